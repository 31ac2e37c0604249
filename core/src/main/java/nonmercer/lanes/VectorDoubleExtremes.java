// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// The largest and the smallest of whole vectors: `n` a positive multiple of the lanes.
///
/// A maximum that respects NaN and the sign of 0 takes six instructions, a comparison and a choice
/// take two. So the choice is made first, beside a sum that is NaN if anything is; where the sum is
/// NaN or the result 0, the careful maximum follows.
final class VectorDoubleExtremes {
    private VectorDoubleExtremes() {}

    static double max(double[] x, int xo, int n) {
        DoubleVector a = DoubleVector.fromArray(SPECIES, x, xo);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        DoubleVector nan = DoubleVector.zero(SPECIES);
        DoubleVector more = nan;
        int i = 0;
        for (; i + 3 * LANES < n; i += 4 * LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i + LANES);
            DoubleVector w = DoubleVector.fromArray(SPECIES, x, xo + i + 2 * LANES);
            DoubleVector z = DoubleVector.fromArray(SPECIES, x, xo + i + 3 * LANES);
            a = a.blend(u, u.compare(GT, a));
            b = b.blend(v, v.compare(GT, b));
            c = c.blend(w, w.compare(GT, c));
            d = d.blend(z, z.compare(GT, d));
            nan = nan.add(u).add(v);
            more = more.add(w).add(z);
        }
        for (; i < n; i += LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, x, xo + i);
            a = a.blend(u, u.compare(GT, a));
            nan = nan.add(u);
        }
        double most = DoubleFold.max(a.max(b).max(c.max(d)));
        nan = nan.add(more);
        boolean sure = most != 0.0 && nan.compare(EQ, nan).allTrue();
        return sure ? most : carefulMax(x, xo, n);
    }

    private static double carefulMax(double[] x, int xo, int n) {
        DoubleVector a = DoubleVector.fromArray(SPECIES, x, xo);
        for (int i = LANES; i < n; i += LANES) {
            a = a.max(DoubleVector.fromArray(SPECIES, x, xo + i));
        }
        return DoubleFold.max(a);
    }

    static double min(double[] x, int xo, int n) {
        DoubleVector a = DoubleVector.fromArray(SPECIES, x, xo);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        DoubleVector nan = DoubleVector.zero(SPECIES);
        DoubleVector more = nan;
        int i = 0;
        for (; i + 3 * LANES < n; i += 4 * LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i + LANES);
            DoubleVector w = DoubleVector.fromArray(SPECIES, x, xo + i + 2 * LANES);
            DoubleVector z = DoubleVector.fromArray(SPECIES, x, xo + i + 3 * LANES);
            a = a.blend(u, u.compare(LT, a));
            b = b.blend(v, v.compare(LT, b));
            c = c.blend(w, w.compare(LT, c));
            d = d.blend(z, z.compare(LT, d));
            nan = nan.add(u).add(v);
            more = more.add(w).add(z);
        }
        for (; i < n; i += LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, x, xo + i);
            a = a.blend(u, u.compare(LT, a));
            nan = nan.add(u);
        }
        double least = DoubleFold.min(a.min(b).min(c.min(d)));
        nan = nan.add(more);
        boolean sure = least != 0.0 && nan.compare(EQ, nan).allTrue();
        return sure ? least : carefulMin(x, xo, n);
    }

    private static double carefulMin(double[] x, int xo, int n) {
        DoubleVector a = DoubleVector.fromArray(SPECIES, x, xo);
        for (int i = LANES; i < n; i += LANES) {
            a = a.min(DoubleVector.fromArray(SPECIES, x, xo + i));
        }
        return DoubleFold.min(a);
    }

    /// The first vector's index, in elements, that has a lane equal to `most` or NaN; n if none
    /// has.
    static int findMax(double[] x, int xo, double most, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            VectorMask<Double> found = v.compare(EQ, most).or(v.compare(NE, v));
            if (found.anyTrue()) {
                return i;
            }
        }
        return n;
    }

    /// The first vector's index, in elements, that has an infinite or NaN lane; n if none has.
    static int findNonFinite(double[] x, int xo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            if (!v.abs().compare(LE, Double.MAX_VALUE).allTrue()) {
                return i;
            }
        }
        return n;
    }
}
