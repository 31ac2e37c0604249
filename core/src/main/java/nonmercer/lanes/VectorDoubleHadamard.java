// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;

/// [DoubleHadamard] by vectors: the bits of [ScalarDoubleHadamard].
///
/// The first pass does the stages within a vector; each further pass three stages (radix 8), or
/// two. All passes over a block of [#BLOCK] numbers are done before the next block is touched, so
/// that they stay in the first-level cache; only the stages between blocks go through the second.
final class VectorDoubleHadamard implements DoubleHadamard {
    /// 16 KB of float32, 32 KB of float64.
    private static final int BLOCK = 1 << 12;

    /// Of rows of less than a vector.
    private static final DoubleHadamard SHORT = new ScalarDoubleHadamard();

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
            SHORT.transform(x, xo, out, oo, n);
            return;
        }
        int block = Math.min(n, BLOCK);
        for (int b = 0; b < n; b += block) {
            first(x, xo + b, out, oo + b, block);
            between(out, oo + b, block, LANES);
        }
        between(out, oo, n, block);
    }

    /// The stages within one vector, written out in the loop: a vector that is handed to a call, or
    /// returned, may end on the heap.
    private static void first(double[] x, int xo, double[] out, int oo, int n) {
        if (LANES == 2) {
            pairs(x, xo, out, oo, n);
            return;
        }
        for (int i = 0; i < n; i += LANES) {
            DoubleVector y = DoubleVector.fromArray(SPECIES, x, xo + i);
            y = y.fma(DoubleVector.fromArray(SPECIES, SIGN1, 0), y.rearrange(SWAP1));
            y = y.fma(DoubleVector.fromArray(SPECIES, SIGN2, 0), y.rearrange(SWAP2));
            if (LANES > 4) {
                y = y.fma(DoubleVector.fromArray(SPECIES, SIGN4, 0), y.rearrange(SWAP4));
            }
            if (LANES > 8) {
                y = y.fma(DoubleVector.fromArray(SPECIES, SIGN8, 0), y.rearrange(SWAP8));
            }
            y.intoArray(out, oo + i);
        }
    }

    /// The stage within vectors of two: the compiler has no instruction that swaps their lanes.
    private static void pairs(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += 2) {
            double a = x[xo + i];
            double b = x[xo + i + 1];
            out[oo + i] = a + b;
            out[oo + i + 1] = a - b;
        }
    }

    /// The stages `h, 2h … n/2`, h a multiple of the lanes.
    static void between(double[] x, int xo, int n, int h) {
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
            DoubleVector a0 = DoubleVector.fromArray(SPECIES, x, j);
            DoubleVector a1 = DoubleVector.fromArray(SPECIES, x, j + h);
            DoubleVector a2 = DoubleVector.fromArray(SPECIES, x, j + 2 * h);
            DoubleVector a3 = DoubleVector.fromArray(SPECIES, x, j + 3 * h);
            DoubleVector b0 = a0.add(a1);
            DoubleVector b1 = a0.sub(a1);
            DoubleVector b2 = a2.add(a3);
            DoubleVector b3 = a2.sub(a3);
            a0 = b0.add(b2);
            a1 = b1.add(b3);
            a2 = b0.sub(b2);
            a3 = b1.sub(b3);
            int k = j + 4 * h;
            DoubleVector a4 = DoubleVector.fromArray(SPECIES, x, k);
            DoubleVector a5 = DoubleVector.fromArray(SPECIES, x, k + h);
            DoubleVector a6 = DoubleVector.fromArray(SPECIES, x, k + 2 * h);
            DoubleVector a7 = DoubleVector.fromArray(SPECIES, x, k + 3 * h);
            b0 = a4.add(a5);
            b1 = a4.sub(a5);
            b2 = a6.add(a7);
            b3 = a6.sub(a7);
            a4 = b0.add(b2);
            a5 = b1.add(b3);
            a6 = b0.sub(b2);
            a7 = b1.sub(b3);
            a0.add(a4).intoArray(x, j);
            a1.add(a5).intoArray(x, j + h);
            a2.add(a6).intoArray(x, j + 2 * h);
            a3.add(a7).intoArray(x, j + 3 * h);
            a0.sub(a4).intoArray(x, k);
            a1.sub(a5).intoArray(x, k + h);
            a2.sub(a6).intoArray(x, k + 2 * h);
            a3.sub(a7).intoArray(x, k + 3 * h);
        }
    }
}
