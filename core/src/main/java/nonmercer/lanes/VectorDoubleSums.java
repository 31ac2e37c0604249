// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleFold.BY_1;
import static nonmercer.lanes.DoubleFold.BY_2;
import static nonmercer.lanes.DoubleFold.BY_4;
import static nonmercer.lanes.DoubleFold.BY_8;
import static nonmercer.lanes.DoubleFold.PARTS;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// The sums of one chunk in the order that [DoubleLanes] sets.
///
/// At 512 bits four vectors are the 4·STRIPE running sums. Narrower vectors make two or four passes
/// over a chunk, which is in the first-level cache, each for its [part][DoubleFold#part(int)] of a
/// stripe. A vector that is handed to a call, or returned, may end on the heap; so each method
/// folds its own sums, written out, and returns one number.
final class VectorDoubleSums {
    /// Whether there are whole stripes, so that two chunks can be summed at once: the hardware
    /// reads two streams from memory faster than one.
    static final boolean TWO = PARTS == 1;

    private static final int S = DoubleLanes.STRIPE;

    private VectorDoubleSums() {}

    /// total + the sum of a whole chunk + that of the next.
    static double sumOfTwo(double total, double[] x, int xo) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        DoubleVector t0 = s0;
        DoubleVector t1 = s0;
        DoubleVector t2 = s0;
        DoubleVector t3 = s0;
        int yo = xo + DoubleLanes.CHUNK;
        for (int i = 0; i < DoubleLanes.CHUNK; i += 4 * S) {
            s0 = s0.add(DoubleVector.fromArray(SPECIES, x, xo + i));
            s1 = s1.add(DoubleVector.fromArray(SPECIES, x, xo + i + S));
            s2 = s2.add(DoubleVector.fromArray(SPECIES, x, xo + i + 2 * S));
            s3 = s3.add(DoubleVector.fromArray(SPECIES, x, xo + i + 3 * S));
            t0 = t0.add(DoubleVector.fromArray(SPECIES, x, yo + i));
            t1 = t1.add(DoubleVector.fromArray(SPECIES, x, yo + i + S));
            t2 = t2.add(DoubleVector.fromArray(SPECIES, x, yo + i + 2 * S));
            t3 = t3.add(DoubleVector.fromArray(SPECIES, x, yo + i + 3 * S));
        }
        DoubleVector f = s0.add(s2).add(s1.add(s3));
        DoubleVector g = t0.add(t2).add(t1.add(t3));
        if (LANES > 8) {
            f = f.add(f.rearrange(BY_8));
            g = g.add(g.rearrange(BY_8));
        }
        if (LANES > 4) {
            f = f.add(f.rearrange(BY_4));
            g = g.add(g.rearrange(BY_4));
        }
        if (LANES > 2) {
            f = f.add(f.rearrange(BY_2));
            g = g.add(g.rearrange(BY_2));
        }
        return total + f.add(f.rearrange(BY_1)).lane(0) + g.add(g.rearrange(BY_1)).lane(0);
    }

    static double sum(double[] x, int xo, int n) {
        int m = n & -S;
        DoubleVector left = DoubleVector.zero(SPECIES);
        DoubleVector right = left;
        for (int p = 0; p < PARTS; p++) {
            DoubleVector s0 = DoubleVector.zero(SPECIES);
            DoubleVector s1 = DoubleVector.zero(SPECIES);
            DoubleVector s2 = DoubleVector.zero(SPECIES);
            DoubleVector s3 = DoubleVector.zero(SPECIES);
            int at = xo + DoubleFold.part(p);
            int i = 0;
            for (; i + 3 * S < m; i += 4 * S) {
                s0 = s0.add(DoubleVector.fromArray(SPECIES, x, at + i));
                s1 = s1.add(DoubleVector.fromArray(SPECIES, x, at + i + S));
                s2 = s2.add(DoubleVector.fromArray(SPECIES, x, at + i + 2 * S));
                s3 = s3.add(DoubleVector.fromArray(SPECIES, x, at + i + 3 * S));
            }
            for (; i < m; i += S) {
                DoubleVector next = s0.add(DoubleVector.fromArray(SPECIES, x, at + i));
                s0 = s1;
                s1 = s2;
                s2 = s3;
                s3 = next;
            }
            for (; (i & 3 * S) != 0; i += S) {
                DoubleVector first = s0;
                s0 = s1;
                s1 = s2;
                s2 = s3;
                s3 = first;
            }
            DoubleVector v = s0.add(s2).add(s1.add(s3));
            left = p == 0 ? v : p == 1 ? left.add(v) : left;
            right = p == 2 ? v : p == 3 ? right.add(v) : right;
        }
        DoubleVector f = PARTS == 4 ? left.add(right) : left;
        f = LANES > 8 ? f.add(f.rearrange(BY_8)) : f;
        f = LANES > 4 ? f.add(f.rearrange(BY_4)) : f;
        f = LANES > 2 ? f.add(f.rearrange(BY_2)) : f;
        double total = f.add(f.rearrange(BY_1)).lane(0);
        for (int i = m; i < n; i++) {
            total += x[xo + i];
        }
        return total;
    }

    static double dot(double[] a, int ao, double[] b, int bo, int n) {
        int m = n & -S;
        DoubleVector left = DoubleVector.zero(SPECIES);
        DoubleVector right = left;
        for (int p = 0; p < PARTS; p++) {
            DoubleVector s0 = DoubleVector.zero(SPECIES);
            DoubleVector s1 = DoubleVector.zero(SPECIES);
            DoubleVector s2 = DoubleVector.zero(SPECIES);
            DoubleVector s3 = DoubleVector.zero(SPECIES);
            int u = ao + DoubleFold.part(p);
            int v = bo + DoubleFold.part(p);
            int i = 0;
            for (; i + 3 * S < m; i += 4 * S) {
                s0 =
                        DoubleVector.fromArray(SPECIES, a, u + i)
                                .fma(DoubleVector.fromArray(SPECIES, b, v + i), s0);
                s1 =
                        DoubleVector.fromArray(SPECIES, a, u + i + S)
                                .fma(DoubleVector.fromArray(SPECIES, b, v + i + S), s1);
                s2 =
                        DoubleVector.fromArray(SPECIES, a, u + i + 2 * S)
                                .fma(DoubleVector.fromArray(SPECIES, b, v + i + 2 * S), s2);
                s3 =
                        DoubleVector.fromArray(SPECIES, a, u + i + 3 * S)
                                .fma(DoubleVector.fromArray(SPECIES, b, v + i + 3 * S), s3);
            }
            for (; i < m; i += S) {
                DoubleVector next =
                        DoubleVector.fromArray(SPECIES, a, u + i)
                                .fma(DoubleVector.fromArray(SPECIES, b, v + i), s0);
                s0 = s1;
                s1 = s2;
                s2 = s3;
                s3 = next;
            }
            for (; (i & 3 * S) != 0; i += S) {
                DoubleVector first = s0;
                s0 = s1;
                s1 = s2;
                s2 = s3;
                s3 = first;
            }
            DoubleVector w = s0.add(s2).add(s1.add(s3));
            left = p == 0 ? w : p == 1 ? left.add(w) : left;
            right = p == 2 ? w : p == 3 ? right.add(w) : right;
        }
        DoubleVector f = PARTS == 4 ? left.add(right) : left;
        f = LANES > 8 ? f.add(f.rearrange(BY_8)) : f;
        f = LANES > 4 ? f.add(f.rearrange(BY_4)) : f;
        f = LANES > 2 ? f.add(f.rearrange(BY_2)) : f;
        double total = f.add(f.rearrange(BY_1)).lane(0);
        for (int i = m; i < n; i++) {
            total = Math.fma(a[ao + i], b[bo + i], total);
        }
        return total;
    }

    static double squaredDeviations(double[] x, int xo, double centre, int n) {
        int m = n & -S;
        DoubleVector c = DoubleVector.broadcast(SPECIES, centre);
        DoubleVector left = DoubleVector.zero(SPECIES);
        DoubleVector right = left;
        for (int p = 0; p < PARTS; p++) {
            DoubleVector s0 = DoubleVector.zero(SPECIES);
            DoubleVector s1 = DoubleVector.zero(SPECIES);
            DoubleVector s2 = DoubleVector.zero(SPECIES);
            DoubleVector s3 = DoubleVector.zero(SPECIES);
            int at = xo + DoubleFold.part(p);
            int i = 0;
            for (; i + 3 * S < m; i += 4 * S) {
                DoubleVector d0 = DoubleVector.fromArray(SPECIES, x, at + i).sub(c);
                s0 = d0.fma(d0, s0);
                DoubleVector d1 = DoubleVector.fromArray(SPECIES, x, at + i + S).sub(c);
                s1 = d1.fma(d1, s1);
                DoubleVector d2 = DoubleVector.fromArray(SPECIES, x, at + i + 2 * S).sub(c);
                s2 = d2.fma(d2, s2);
                DoubleVector d3 = DoubleVector.fromArray(SPECIES, x, at + i + 3 * S).sub(c);
                s3 = d3.fma(d3, s3);
            }
            for (; i < m; i += S) {
                DoubleVector d = DoubleVector.fromArray(SPECIES, x, at + i).sub(c);
                DoubleVector next = d.fma(d, s0);
                s0 = s1;
                s1 = s2;
                s2 = s3;
                s3 = next;
            }
            for (; (i & 3 * S) != 0; i += S) {
                DoubleVector first = s0;
                s0 = s1;
                s1 = s2;
                s2 = s3;
                s3 = first;
            }
            DoubleVector v = s0.add(s2).add(s1.add(s3));
            left = p == 0 ? v : p == 1 ? left.add(v) : left;
            right = p == 2 ? v : p == 3 ? right.add(v) : right;
        }
        DoubleVector f = PARTS == 4 ? left.add(right) : left;
        f = LANES > 8 ? f.add(f.rearrange(BY_8)) : f;
        f = LANES > 4 ? f.add(f.rearrange(BY_4)) : f;
        f = LANES > 2 ? f.add(f.rearrange(BY_2)) : f;
        double total = f.add(f.rearrange(BY_1)).lane(0);
        for (int i = m; i < n; i++) {
            double d = x[xo + i] - centre;
            total = Math.fma(d, d, total);
        }
        return total;
    }
}
