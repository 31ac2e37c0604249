// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static nonmercer.lanes.DoubleSpecies.fma;

import jdk.incubator.vector.DoubleVector;

/// erf x and what is made of it, lane by lane: the operations of [ScalarDoubleErf], in its order.
final class VectorDoubleErf {
    private VectorDoubleErf() {}

    static DoubleVector erf(DoubleVector x) {
        DoubleVector a = x.lanewise(ABS);
        DoubleVector near = a.fma(erfPolynomial(a.mul(a)), a);
        DoubleVector tail = VectorDoubleExp.exp(erfcPolynomial(fma(a, F64.ERFC_SCALE, F64.ERFC_SHIFT)).neg());
        DoubleVector y = DoubleSpecies.ONE.sub(tail).blend(near, a.compare(LT, 1.0));
        y = y.blend(1.0, a.compare(GT, F64.ERFC_LIMIT));
        return VectorDoubleExp.withSign(y, x);
    }

    static DoubleVector gelu(DoubleVector x) {
        return x.mul(0.5).mul(erf(x.mul(F64.SQRT_HALF_VALUE)).add(1.0));
    }

    static DoubleVector geluSlope(DoubleVector x) {
        DoubleVector density = VectorDoubleExp.exp(x.mul(-0.5).mul(x)).mul(F64.INVERSE_SQRT_2PI);
        return x.fma(density, fma(erf(x.mul(F64.SQRT_HALF_VALUE)), 0.5, 0.5));
    }

    /// erf x/x − 1 in x².
    private static DoubleVector erfPolynomial(DoubleVector x) {
        DoubleVector p = DoubleVector.broadcast(DoubleSpecies.SPECIES, F64.ERF_TOP);
        p = fma(p, x, F64.ERF_10); // float64 only
        p = fma(p, x, F64.ERF_9); // float64 only
        p = fma(p, x, F64.ERF_8); // float64 only
        p = fma(p, x, F64.ERF_7); // float64 only
        p = fma(p, x, F64.ERF_6); // float64 only
        p = fma(p, x, F64.ERF_5);
        p = fma(p, x, F64.ERF_4);
        p = fma(p, x, F64.ERF_3);
        p = fma(p, x, F64.ERF_2);
        p = fma(p, x, F64.ERF_1);
        p = fma(p, x, F64.ERF_0);
        return p;
    }

    /// −ln(1 − erf x) in u.
    private static DoubleVector erfcPolynomial(DoubleVector x) {
        DoubleVector p = DoubleVector.broadcast(DoubleSpecies.SPECIES, F64.ERFC_TOP);
        p = fma(p, x, F64.ERFC_22); // float64 only
        p = fma(p, x, F64.ERFC_21); // float64 only
        p = fma(p, x, F64.ERFC_20); // float64 only
        p = fma(p, x, F64.ERFC_19); // float64 only
        p = fma(p, x, F64.ERFC_18); // float64 only
        p = fma(p, x, F64.ERFC_17); // float64 only
        p = fma(p, x, F64.ERFC_16); // float64 only
        p = fma(p, x, F64.ERFC_15); // float64 only
        p = fma(p, x, F64.ERFC_14); // float64 only
        p = fma(p, x, F64.ERFC_13); // float64 only
        p = fma(p, x, F64.ERFC_12); // float64 only
        p = fma(p, x, F64.ERFC_11); // float64 only
        p = fma(p, x, F64.ERFC_10); // float64 only
        p = fma(p, x, F64.ERFC_9); // float64 only
        p = fma(p, x, F64.ERFC_8); // float64 only
        p = fma(p, x, F64.ERFC_7); // float64 only
        p = fma(p, x, F64.ERFC_6);
        p = fma(p, x, F64.ERFC_5);
        p = fma(p, x, F64.ERFC_4);
        p = fma(p, x, F64.ERFC_3);
        p = fma(p, x, F64.ERFC_2);
        p = fma(p, x, F64.ERFC_1);
        p = fma(p, x, F64.ERFC_0);
        return p;
    }
}
