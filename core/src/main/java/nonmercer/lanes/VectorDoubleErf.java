// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// erf x over whole vectors, `n` a multiple of the lanes: the operations of [ScalarDoubleErf], in
/// its order.
final class VectorDoubleErf {
    private VectorDoubleErf() {}

    static void erf(double[] x, int xo, double[] out, int oo, int n) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector s = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector v = s.lanewise(ABS);
            DoubleVector w = v.lanewise(FMA, v, -F64.ERF_CENTRE);
            DoubleVector near = v.fma(erfPolynomial(w, w.mul(w)), v);
            DoubleVector t = v.sub(F64.ERFC_CENTRE);
            DoubleVector z = t.mul(t);
            DoubleVector even = erfcEven(z);
            // The odd powers are written out: a call would come too late (see VectorDoubleExp).
            DoubleVector a = DoubleVector.broadcast(SPECIES, F64.ERFC_TOP);
            a = a.lanewise(FMA, z, F64.ERFC_33); // float64 only
            a = a.lanewise(FMA, z, F64.ERFC_31); // float64 only
            a = a.lanewise(FMA, z, F64.ERFC_29); // float64 only
            a = a.lanewise(FMA, z, F64.ERFC_27); // float64 only
            a = a.lanewise(FMA, z, F64.ERFC_25); // float64 only
            a = a.lanewise(FMA, z, F64.ERFC_23); // float64 only
            a = a.lanewise(FMA, z, F64.ERFC_21); // float64 only
            a = a.lanewise(FMA, z, F64.ERFC_19); // float64 only
            a = a.lanewise(FMA, z, F64.ERFC_17); // float64 only
            a = a.lanewise(FMA, z, F64.ERFC_15); // float64 only
            a = a.lanewise(FMA, z, F64.ERFC_13); // float64 only
            a = a.lanewise(FMA, z, F64.ERFC_11);
            a = a.lanewise(FMA, z, F64.ERFC_9);
            a = a.lanewise(FMA, z, F64.ERFC_7);
            a = a.lanewise(FMA, z, F64.ERFC_5);
            a = a.lanewise(FMA, z, F64.ERFC_3);
            a = a.lanewise(FMA, z, F64.ERFC_1);
            DoubleVector y = one.sub(a.fma(t, even)).blend(near, v.compare(LT, F64.ERF_SPLIT));
            y = y.blend(one, v.compare(GT, F64.ERFC_LIMIT));
            y =
                    s.viewAsIntegralLanes()
                            .and(F64.SIGN)
                            .or(y.viewAsIntegralLanes())
                            .viewAsFloatingLanes();
            y.intoArray(out, oo + i);
        }
    }

    /// erf y/y − 1 in x = y² − ERF_CENTRE, z = x².
    private static DoubleVector erfPolynomial(DoubleVector x, DoubleVector z) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, F64.ERF_TOP);
        DoubleVector b = DoubleVector.broadcast(SPECIES, F64.ERF_NEXT);
        a = a.lanewise(FMA, z, F64.ERF_11); // float64 only
        b = b.lanewise(FMA, z, F64.ERF_10); // float64 only
        a = a.lanewise(FMA, z, F64.ERF_9); // float64 only
        b = b.lanewise(FMA, z, F64.ERF_8); // float64 only
        a = a.lanewise(FMA, z, F64.ERF_7); // float64 only
        b = b.lanewise(FMA, z, F64.ERF_6); // float64 only
        a = a.lanewise(FMA, z, F64.ERF_5);
        b = b.lanewise(FMA, z, F64.ERF_4);
        a = a.lanewise(FMA, z, F64.ERF_3);
        b = b.lanewise(FMA, z, F64.ERF_2);
        a = a.lanewise(FMA, z, F64.ERF_1);
        b = b.lanewise(FMA, z, F64.ERF_0);
        return a.fma(x, b);
    }

    /// The even powers of 1 − erf y in y − ERFC_CENTRE, z its square.
    private static DoubleVector erfcEven(DoubleVector z) {
        DoubleVector b = DoubleVector.broadcast(SPECIES, F64.ERFC_NEXT);
        b = b.lanewise(FMA, z, F64.ERFC_32); // float64 only
        b = b.lanewise(FMA, z, F64.ERFC_30); // float64 only
        b = b.lanewise(FMA, z, F64.ERFC_28); // float64 only
        b = b.lanewise(FMA, z, F64.ERFC_26); // float64 only
        b = b.lanewise(FMA, z, F64.ERFC_24); // float64 only
        b = b.lanewise(FMA, z, F64.ERFC_22); // float64 only
        b = b.lanewise(FMA, z, F64.ERFC_20); // float64 only
        b = b.lanewise(FMA, z, F64.ERFC_18); // float64 only
        b = b.lanewise(FMA, z, F64.ERFC_16); // float64 only
        b = b.lanewise(FMA, z, F64.ERFC_14); // float64 only
        b = b.lanewise(FMA, z, F64.ERFC_12); // float64 only
        b = b.lanewise(FMA, z, F64.ERFC_10);
        b = b.lanewise(FMA, z, F64.ERFC_8);
        b = b.lanewise(FMA, z, F64.ERFC_6);
        b = b.lanewise(FMA, z, F64.ERFC_4);
        b = b.lanewise(FMA, z, F64.ERFC_2);
        b = b.lanewise(FMA, z, F64.ERFC_0);
        return b;
    }
}
