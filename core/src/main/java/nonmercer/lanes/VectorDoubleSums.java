// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// The running sums of one chunk in the order that [DoubleLanes] sets, `m` a multiple of
/// [DoubleLanes#STRIPE].
///
/// Each method returns the sums folded to the lanes `[part, part + LANES)` of one stripe: at 512
/// bits there is one part; narrower vectors make two or four passes over a chunk, which is in the
/// first-level cache.
final class VectorDoubleSums {
    private static final int S = DoubleLanes.STRIPE;

    private VectorDoubleSums() {}

    static DoubleVector sum(double[] x, int xo, int m, int part) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = DoubleVector.zero(SPECIES);
        DoubleVector s2 = DoubleVector.zero(SPECIES);
        DoubleVector s3 = DoubleVector.zero(SPECIES);
        int i = part;
        for (; i + 3 * S < m; i += 4 * S) {
            s0 = s0.add(DoubleVector.fromArray(SPECIES, x, xo + i));
            s1 = s1.add(DoubleVector.fromArray(SPECIES, x, xo + i + S));
            s2 = s2.add(DoubleVector.fromArray(SPECIES, x, xo + i + 2 * S));
            s3 = s3.add(DoubleVector.fromArray(SPECIES, x, xo + i + 3 * S));
        }
        if (i < m) {
            s0 = s0.add(DoubleVector.fromArray(SPECIES, x, xo + i));
        }
        if (i + S < m) {
            s1 = s1.add(DoubleVector.fromArray(SPECIES, x, xo + i + S));
        }
        if (i + 2 * S < m) {
            s2 = s2.add(DoubleVector.fromArray(SPECIES, x, xo + i + 2 * S));
        }
        return s0.add(s2).add(s1.add(s3));
    }

    static DoubleVector dot(double[] a, int ao, double[] b, int bo, int m, int part) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = DoubleVector.zero(SPECIES);
        DoubleVector s2 = DoubleVector.zero(SPECIES);
        DoubleVector s3 = DoubleVector.zero(SPECIES);
        int i = part;
        for (; i + 3 * S < m; i += 4 * S) {
            int u = ao + i;
            int v = bo + i;
            s0 =
                    DoubleVector.fromArray(SPECIES, a, u)
                            .fma(DoubleVector.fromArray(SPECIES, b, v), s0);
            s1 =
                    DoubleVector.fromArray(SPECIES, a, u + S)
                            .fma(DoubleVector.fromArray(SPECIES, b, v + S), s1);
            s2 =
                    DoubleVector.fromArray(SPECIES, a, u + 2 * S)
                            .fma(DoubleVector.fromArray(SPECIES, b, v + 2 * S), s2);
            s3 =
                    DoubleVector.fromArray(SPECIES, a, u + 3 * S)
                            .fma(DoubleVector.fromArray(SPECIES, b, v + 3 * S), s3);
        }
        int u = ao + i;
        int v = bo + i;
        if (i < m) {
            s0 =
                    DoubleVector.fromArray(SPECIES, a, u)
                            .fma(DoubleVector.fromArray(SPECIES, b, v), s0);
        }
        if (i + S < m) {
            s1 =
                    DoubleVector.fromArray(SPECIES, a, u + S)
                            .fma(DoubleVector.fromArray(SPECIES, b, v + S), s1);
        }
        if (i + 2 * S < m) {
            s2 =
                    DoubleVector.fromArray(SPECIES, a, u + 2 * S)
                            .fma(DoubleVector.fromArray(SPECIES, b, v + 2 * S), s2);
        }
        return s0.add(s2).add(s1.add(s3));
    }

    static DoubleVector squaredDeviations(double[] x, int xo, double centre, int m, int part) {
        DoubleVector c = DoubleVector.broadcast(SPECIES, centre);
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = DoubleVector.zero(SPECIES);
        DoubleVector s2 = DoubleVector.zero(SPECIES);
        DoubleVector s3 = DoubleVector.zero(SPECIES);
        int i = part;
        for (; i + 3 * S < m; i += 4 * S) {
            s0 = squareAdded(DoubleVector.fromArray(SPECIES, x, xo + i).sub(c), s0);
            s1 = squareAdded(DoubleVector.fromArray(SPECIES, x, xo + i + S).sub(c), s1);
            s2 = squareAdded(DoubleVector.fromArray(SPECIES, x, xo + i + 2 * S).sub(c), s2);
            s3 = squareAdded(DoubleVector.fromArray(SPECIES, x, xo + i + 3 * S).sub(c), s3);
        }
        if (i < m) {
            s0 = squareAdded(DoubleVector.fromArray(SPECIES, x, xo + i).sub(c), s0);
        }
        if (i + S < m) {
            s1 = squareAdded(DoubleVector.fromArray(SPECIES, x, xo + i + S).sub(c), s1);
        }
        if (i + 2 * S < m) {
            s2 = squareAdded(DoubleVector.fromArray(SPECIES, x, xo + i + 2 * S).sub(c), s2);
        }
        return s0.add(s2).add(s1.add(s3));
    }

    /// The running sums of e^(x − shift), one vector of them after the other: two exponentials in
    /// one loop would be too much for the compiler.
    static void sumExp(double[] x, int xo, double shift, int m, double[] running) {
        for (int k = 0; k < running.length; k += LANES) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int i = k; i < m; i += running.length) {
                sum =
                        sum.add(
                                VectorDoubleExp.exp(
                                        DoubleVector.fromArray(SPECIES, x, xo + i).sub(shift)));
            }
            sum.intoArray(running, k);
        }
    }

    private static DoubleVector squareAdded(DoubleVector d, DoubleVector sum) {
        return d.fma(d, sum);
    }
}
