// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.GT;
import static nonmercer.lanes.DoubleFold.BY_1;
import static nonmercer.lanes.DoubleFold.BY_2;
import static nonmercer.lanes.DoubleFold.BY_4;
import static nonmercer.lanes.DoubleFold.BY_8;
import static nonmercer.lanes.DoubleFold.PARTS;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// [Pairing#HARMONIC] of one query with whole vectors of keys, as in [VectorDoublePairs].
final class VectorDoubleHarmonic {
    private static final int S = DoubleLanes.STRIPE;

    private VectorDoubleHarmonic() {}

    static void apply(
            double[] q, int qo, int d, double[] keys, int ko, int stride, double[] out, int oo) {
        DoubleVector a = DoubleVector.zero(SPECIES);
        for (int l = 0; l < d; l++) {
            double x = q[qo + l];
            if (x > 0.0) {
                a = added(x, DoubleVector.fromArray(SPECIES, keys, ko + l * stride), a);
            }
        }
        a.intoArray(out, oo);
    }

    static void apply4(
            double[] q, int qo, int d, double[] keys, int ko, int stride, double[] out, int oo) {
        DoubleVector a = DoubleVector.zero(SPECIES);
        DoubleVector b = DoubleVector.zero(SPECIES);
        DoubleVector c = DoubleVector.zero(SPECIES);
        DoubleVector e = DoubleVector.zero(SPECIES);
        for (int l = 0; l < d; l++) {
            double x = q[qo + l];
            if (x > 0.0) {
                int k = ko + l * stride;
                a = added(x, DoubleVector.fromArray(SPECIES, keys, k), a);
                b = added(x, DoubleVector.fromArray(SPECIES, keys, k + LANES), b);
                c = added(x, DoubleVector.fromArray(SPECIES, keys, k + 2 * LANES), c);
                e = added(x, DoubleVector.fromArray(SPECIES, keys, k + 3 * LANES), e);
            }
        }
        a.intoArray(out, oo);
        b.intoArray(out, oo + LANES);
        c.intoArray(out, oo + 2 * LANES);
        e.intoArray(out, oo + 3 * LANES);
    }

    /// sum + 2x·k/(x + k) where k > 0.
    private static DoubleVector added(double x, DoubleVector k, DoubleVector sum) {
        DoubleVector part = k.div(k.add(x));
        DoubleVector more = DoubleVector.broadcast(SPECIES, 2.0 * x).fma(part, sum);
        return sum.blend(more, k.compare(GT, 0.0));
    }

    /// The gradients of one chunk of keys, a whole number of stripes: the sum in the query's
    /// coordinate is returned.
    static double gradient(
            double q, double[] keys, int ko, double[] g, int go, double[] dkeys, int dko, int m) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector query = DoubleVector.broadcast(SPECIES, q);
        DoubleVector left = zero;
        DoubleVector right = left;
        for (int p = 0; p < PARTS; p++) {
            DoubleVector sum = zero;
            for (int j = DoubleFold.part(p); j < m; j += S) {
                DoubleVector w = DoubleVector.fromArray(SPECIES, g, go + j);
                DoubleVector k = DoubleVector.fromArray(SPECIES, keys, ko + j);
                VectorMask<Double> both = k.compare(GT, 0.0).and(query.compare(GT, 0.0));
                DoubleVector whole = k.add(q);
                DoubleVector mine = zero.blend(twiceSquared(k.div(whole)), both);
                DoubleVector other = zero.blend(twiceSquared(query.div(whole)), both);
                w.fma(other, DoubleVector.fromArray(SPECIES, dkeys, dko + j))
                        .intoArray(dkeys, dko + j);
                sum = w.fma(mine, sum);
            }
            left = p == 0 ? sum : p == 1 ? left.add(sum) : left;
            right = p == 2 ? sum : p == 3 ? right.add(sum) : right;
        }
        DoubleVector a = PARTS == 4 ? left.add(right) : left;
        a = LANES > 8 ? a.add(a.rearrange(BY_8)) : a;
        a = LANES > 4 ? a.add(a.rearrange(BY_4)) : a;
        a = LANES > 2 ? a.add(a.rearrange(BY_2)) : a;
        return a.add(a.rearrange(BY_1)).lane(0);
    }

    private static DoubleVector twiceSquared(DoubleVector part) {
        return part.mul(2.0).mul(part);
    }
}
