// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;

/// [DoubleHadamard] by vectors: the bits of [ScalarDoubleHadamard].
///
/// The first pass reads eight vectors, does the stages within a vector and three more, and writes
/// them; each further pass does three stages (radix 8), or two. All passes over a block of [#BLOCK]
/// numbers are done before the next block is touched, so that they stay in the first-level cache;
/// only the stages between blocks go through the second.
final class VectorDoubleHadamard implements DoubleHadamard {
    /// 16 KB of float32, 32 KB of float64.
    private static final int BLOCK = 1 << 12;

    private static final VectorShuffle<Double> SWAP1 = swap(1);
    private static final VectorShuffle<Double> SWAP2 = swap(2);
    private static final VectorShuffle<Double> SWAP4 = swap(4);
    private static final VectorShuffle<Double> SWAP8 = swap(8);
    private static final double[] SIGN1 = signs(1);
    private static final double[] SIGN2 = signs(2);
    private static final double[] SIGN4 = signs(4);
    private static final double[] SIGN8 = signs(8);

    private static VectorShuffle<Double> swap(int h) {
        return VectorShuffle.fromOp(SPECIES, i -> (i ^ h) % LANES);
    }

    private static double[] signs(int h) {
        double[] s = new double[LANES];
        for (int i = 0; i < LANES; i++) {
            s[i] = (i & h) == 0 ? 1 : -1;
        }
        return s;
    }

    @Override
    public void transform(double[] x, int xo, double[] out, int oo, int n) {
        if (n < LANES) {
            new ScalarDoubleHadamard().transform(x, xo, out, oo, n);
        } else if (n < 8 * LANES) {
            for (int i = 0; i < n; i += LANES) {
                within(DoubleVector.fromArray(SPECIES, x, xo + i)).intoArray(out, oo + i);
            }
            between(out, oo, n, LANES);
        } else {
            int block = Math.min(n, BLOCK);
            for (int b = 0; b < n; b += block) {
                for (int i = b; i < b + block; i += 8 * LANES) {
                    first(x, xo + i, out, oo + i);
                }
                between(out, oo + b, block, 8 * LANES);
            }
            between(out, oo, n, block);
        }
    }

    /// The stages within one vector.
    private static DoubleVector within(DoubleVector x) {
        DoubleVector y = x.fma(DoubleVector.fromArray(SPECIES, SIGN1, 0), x.rearrange(SWAP1));
        if (LANES > 2) {
            y = y.fma(DoubleVector.fromArray(SPECIES, SIGN2, 0), y.rearrange(SWAP2));
        }
        if (LANES > 4) {
            y = y.fma(DoubleVector.fromArray(SPECIES, SIGN4, 0), y.rearrange(SWAP4));
        }
        if (LANES > 8) {
            y = y.fma(DoubleVector.fromArray(SPECIES, SIGN8, 0), y.rearrange(SWAP8));
        }
        return y;
    }

    /// The stages `h, 2h … n/2`, h at least a vector.
    private static void between(double[] x, int xo, int n, int h) {
        for (int left = Integer.numberOfTrailingZeros(n / h); left > 0; ) {
            if (left == 1) {
                two(x, xo, n, h);
                return;
            }
            if (left == 2 || left == 4) {
                for (int i = xo; i < xo + n; i += 4 * h) {
                    four(x, i, h);
                }
                h *= 4;
                left -= 2;
            } else {
                for (int i = xo; i < xo + n; i += 8 * h) {
                    eight(x, i, h);
                }
                h *= 8;
                left -= 3;
            }
        }
    }

    private static void two(double[] x, int xo, int n, int h) {
        for (int i = xo; i < xo + n; i += 2 * h) {
            for (int j = i; j < i + h; j += LANES) {
                DoubleVector a = DoubleVector.fromArray(SPECIES, x, j);
                DoubleVector b = DoubleVector.fromArray(SPECIES, x, j + h);
                a.add(b).intoArray(x, j);
                a.sub(b).intoArray(x, j + h);
            }
        }
    }

    private static void four(double[] x, int from, int h) {
        for (int j = from; j < from + h; j += LANES) {
            DoubleVector a0 = DoubleVector.fromArray(SPECIES, x, j);
            DoubleVector a1 = DoubleVector.fromArray(SPECIES, x, j + h);
            DoubleVector a2 = DoubleVector.fromArray(SPECIES, x, j + 2 * h);
            DoubleVector a3 = DoubleVector.fromArray(SPECIES, x, j + 3 * h);
            DoubleVector b0 = a0.add(a1);
            DoubleVector b1 = a0.sub(a1);
            DoubleVector b2 = a2.add(a3);
            DoubleVector b3 = a2.sub(a3);
            b0.add(b2).intoArray(x, j);
            b1.add(b3).intoArray(x, j + h);
            b0.sub(b2).intoArray(x, j + 2 * h);
            b1.sub(b3).intoArray(x, j + 3 * h);
        }
    }

    private static void eight(double[] x, int from, int h) {
        for (int j = from; j < from + h; j += LANES) {
            int k = j + 4 * h;
            DoubleVector a0 = DoubleVector.fromArray(SPECIES, x, j);
            DoubleVector a1 = DoubleVector.fromArray(SPECIES, x, j + h);
            DoubleVector a2 = DoubleVector.fromArray(SPECIES, x, j + 2 * h);
            DoubleVector a3 = DoubleVector.fromArray(SPECIES, x, j + 3 * h);
            DoubleVector a4 = DoubleVector.fromArray(SPECIES, x, k);
            DoubleVector a5 = DoubleVector.fromArray(SPECIES, x, k + h);
            DoubleVector a6 = DoubleVector.fromArray(SPECIES, x, k + 2 * h);
            DoubleVector a7 = DoubleVector.fromArray(SPECIES, x, k + 3 * h);
            DoubleVector b0 = a0.add(a1);
            DoubleVector b1 = a0.sub(a1);
            DoubleVector b2 = a2.add(a3);
            DoubleVector b3 = a2.sub(a3);
            DoubleVector b4 = a4.add(a5);
            DoubleVector b5 = a4.sub(a5);
            DoubleVector b6 = a6.add(a7);
            DoubleVector b7 = a6.sub(a7);
            pairs(b0, b2, b4, b6, x, j, k, 2 * h);
            pairs(b1, b3, b5, b7, x, j + h, k + h, 2 * h);
        }
    }

    /// The last two of three stages on four of eight vectors.
    private static void pairs(
            DoubleVector b0,
            DoubleVector b1,
            DoubleVector b2,
            DoubleVector b3,
            double[] x,
            int low,
            int high,
            int h) {
        DoubleVector c0 = b0.add(b1);
        DoubleVector c1 = b0.sub(b1);
        DoubleVector c2 = b2.add(b3);
        DoubleVector c3 = b2.sub(b3);
        c0.add(c2).intoArray(x, low);
        c1.add(c3).intoArray(x, low + h);
        c0.sub(c2).intoArray(x, high);
        c1.sub(c3).intoArray(x, high + h);
    }

    /// The stages within eight vectors and between them.
    private static void first(double[] x, int at, double[] out, int to) {
        int k = at + 4 * LANES;
        DoubleVector a0 = within(DoubleVector.fromArray(SPECIES, x, at));
        DoubleVector a1 = within(DoubleVector.fromArray(SPECIES, x, at + LANES));
        DoubleVector a2 = within(DoubleVector.fromArray(SPECIES, x, at + 2 * LANES));
        DoubleVector a3 = within(DoubleVector.fromArray(SPECIES, x, at + 3 * LANES));
        DoubleVector a4 = within(DoubleVector.fromArray(SPECIES, x, k));
        DoubleVector a5 = within(DoubleVector.fromArray(SPECIES, x, k + LANES));
        DoubleVector a6 = within(DoubleVector.fromArray(SPECIES, x, k + 2 * LANES));
        DoubleVector a7 = within(DoubleVector.fromArray(SPECIES, x, k + 3 * LANES));
        int high = to + 4 * LANES;
        pairs(a0.add(a1), a2.add(a3), a4.add(a5), a6.add(a7), out, to, high, 2 * LANES);
        pairs(
                a0.sub(a1),
                a2.sub(a3),
                a4.sub(a5),
                a6.sub(a7),
                out,
                to + LANES,
                high + LANES,
                2 * LANES);
    }
}
