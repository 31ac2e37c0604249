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

/// The sums of exponentials of one chunk in the order that [DoubleLanes] sets.
///
/// One exponential stands in the loop; the four running sums take turns. The last fold is written
/// out: behind an exponential a call of this library's is not inlined (see [VectorDoubleExp]).
final class VectorDoubleExpSums {
    private static final int S = DoubleLanes.STRIPE;

    private VectorDoubleExpSums() {}

    /// Σ e^(x − shift).
    static double sum(double[] x, int xo, double shift, int n) {
        int m = n & -S;
        DoubleVector left = DoubleVector.zero(SPECIES);
        DoubleVector right = left;
        for (int p = 0; p < PARTS; p++) {
            DoubleVector s0 = DoubleVector.zero(SPECIES);
            DoubleVector s1 = DoubleVector.zero(SPECIES);
            DoubleVector s2 = DoubleVector.zero(SPECIES);
            DoubleVector s3 = DoubleVector.zero(SPECIES);
            int at = xo + DoubleFold.part(p);
            for (int i = 0; i < m; i += S) {
                DoubleVector e =
                        VectorDoubleExp.exp(DoubleVector.fromArray(SPECIES, x, at + i).sub(shift));
                DoubleVector next = s0.add(e);
                s0 = s1;
                s1 = s2;
                s2 = s3;
                s3 = next;
            }
            for (int i = m; (i & 3 * S) != 0; i += S) {
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
        DoubleVector v = PARTS == 4 ? left.add(right) : left;
        v = LANES > 8 ? v.add(v.rearrange(BY_8)) : v;
        v = LANES > 4 ? v.add(v.rearrange(BY_4)) : v;
        v = LANES > 2 ? v.add(v.rearrange(BY_2)) : v;
        double total = v.add(v.rearrange(BY_1)).lane(0);
        for (int i = m; i < n; i++) {
            total += ScalarDoubleExp.exp(x[xo + i] - shift);
        }
        return total;
    }

    /// The same, and out = e^(x − shift) up to the last multiple of STRIPE; the exponentials from
    /// there on are in `out` already.
    static double write(double[] x, int xo, double shift, double[] out, int oo, int n) {
        int m = n & -S;
        DoubleVector left = DoubleVector.zero(SPECIES);
        DoubleVector right = left;
        for (int p = 0; p < PARTS; p++) {
            DoubleVector s0 = DoubleVector.zero(SPECIES);
            DoubleVector s1 = DoubleVector.zero(SPECIES);
            DoubleVector s2 = DoubleVector.zero(SPECIES);
            DoubleVector s3 = DoubleVector.zero(SPECIES);
            int part = DoubleFold.part(p);
            for (int i = part; i < m; i += S) {
                DoubleVector e =
                        VectorDoubleExp.exp(DoubleVector.fromArray(SPECIES, x, xo + i).sub(shift));
                e.intoArray(out, oo + i);
                DoubleVector next = s0.add(e);
                s0 = s1;
                s1 = s2;
                s2 = s3;
                s3 = next;
            }
            for (int i = m; (i & 3 * S) != 0; i += S) {
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
        DoubleVector v = PARTS == 4 ? left.add(right) : left;
        v = LANES > 8 ? v.add(v.rearrange(BY_8)) : v;
        v = LANES > 4 ? v.add(v.rearrange(BY_4)) : v;
        v = LANES > 2 ? v.add(v.rearrange(BY_2)) : v;
        double total = v.add(v.rearrange(BY_1)).lane(0);
        for (int i = m; i < n; i++) {
            total += out[oo + i];
        }
        return total;
    }
}
