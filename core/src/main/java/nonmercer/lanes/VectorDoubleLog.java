// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// ln x and what is made of it, lane by lane: the operations of [ScalarDoubleLog], in its order.
final class VectorDoubleLog {
    private VectorDoubleLog() {}

    static DoubleVector log(DoubleVector x) {
        VectorMask<Double> denormal = x.compare(LT, F64.MIN_NORMAL);
        DoubleVector scaled = x.blend(x.mul(F64.SCALE), denormal);
        DoubleVector exponents =
                DoubleVector.broadcast(SPECIES, F64.INTEGER_BIAS)
                        .blend(F64.INTEGER_BIAS + F64.SCALE_EXPONENT, denormal);
        DoubleVector y = core(scaled, exponents, DoubleVector.zero(SPECIES));
        y = x.blend(y, x.compare(LT, Double.POSITIVE_INFINITY));
        y = y.blend(Double.NaN, x.compare(LT, 0.0));
        return y.blend(Double.NEGATIVE_INFINITY, x.compare(EQ, 0.0));
    }

    static DoubleVector log1p(DoubleVector x) {
        DoubleVector u = x.add(1.0);
        DoubleVector b = u.sub(1.0);
        DoubleVector c =
                DoubleVector.broadcast(DoubleSpecies.SPECIES, 1.0).sub(u.sub(b)).add(x.sub(b));
        DoubleVector y = core(u, DoubleVector.broadcast(SPECIES, F64.INTEGER_BIAS), c.div(u));
        y = x.blend(y, x.compare(LT, Double.POSITIVE_INFINITY));
        y = y.blend(Double.NaN, x.compare(LT, -1.0));
        y = y.blend(Double.NEGATIVE_INFINITY, x.compare(EQ, -1.0));
        return y.blend(x, x.lanewise(ABS).compare(LT, F64.TINY));
    }

    private static DoubleVector core(
            DoubleVector x, DoubleVector exponents, DoubleVector correction) {
        LongVector i = x.viewAsIntegralLanes().add(F64.ONE - F64.SQRT_HALF);
        DoubleVector e =
                i.lanewise(LSHR, F64.SIGNIFICAND)
                        .add(F64.INTEGER)
                        .viewAsFloatingLanes()
                        .sub(exponents);
        DoubleVector f = i.and(F64.FRACTION).add(F64.SQRT_HALF).viewAsFloatingLanes().sub(1.0);
        DoubleVector halfSquare = f.mul(0.5).mul(f);
        DoubleVector s = f.div(f.add(2.0));
        DoubleVector z = s.mul(s);
        DoubleVector small = e.lanewise(FMA, F64.LN2_LOW, correction);
        DoubleVector p = s.fma(z.fma(logPolynomial(z, z.mul(z)), halfSquare), small);
        return e.lanewise(FMA, F64.LN2_HIGH, f.sub(halfSquare.sub(p)));
    }

    /// (ln((1 + s)/(1 − s)) − 2s)/(s·x) in x = s², z = x².
    private static DoubleVector logPolynomial(DoubleVector x, DoubleVector z) {
        DoubleVector a = DoubleVector.broadcast(DoubleSpecies.SPECIES, F64.LOG_TOP);
        a = a.lanewise(FMA, x, F64.LOG_5); // float64 only
        DoubleVector b = DoubleVector.broadcast(DoubleSpecies.SPECIES, F64.LOG_NEXT);
        a = a.lanewise(FMA, z, F64.LOG_3); // float64 only
        b = b.lanewise(FMA, z, F64.LOG_2); // float64 only
        a = a.lanewise(FMA, z, F64.LOG_1);
        b = b.lanewise(FMA, z, F64.LOG_0);
        return a.fma(x, b);
    }
}
