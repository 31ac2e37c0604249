// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/// eˣ and what is made of it, lane by lane: the operations of [ScalarDoubleExp], in its order.
///
/// Calls of this library's own methods stand early in each function: past some 30 vector operations
/// in one loop (18,000 nodes, NodeCountInliningCutoff) the compiler still inlines the Vector API,
/// but nothing else, and a vector handed to a call is one on the heap.
final class VectorDoubleExp {
    private VectorDoubleExp() {}

    static DoubleVector exp(DoubleVector x) {
        DoubleVector t = x.lanewise(FMA, F64.LOG2_E, F64.MAGIC);
        DoubleVector r = reduced(x, t);
        DoubleVector z = r.mul(r);
        DoubleVector y = z.fma(polynomial(r, z), r).add(1.0);
        LongVector whole = t.viewAsIntegralLanes();
        LongVector half = whole.lanewise(LSHR, 1);
        DoubleVector low = half.lanewise(LSHL, F64.SIGNIFICAND).add(F64.ONE).viewAsFloatingLanes();
        DoubleVector high =
                whole.sub(half).lanewise(LSHL, F64.SIGNIFICAND).add(F64.ONE).viewAsFloatingLanes();
        y = y.mul(low).mul(high);
        y = y.blend(Double.POSITIVE_INFINITY, x.compare(GT, F64.EXP_LIMIT));
        return y.blend(0.0, x.compare(LT, -F64.EXP_LIMIT));
    }

    /// eˣ for x ≤ 0 or NaN, the same bits: the exponent is kept large by RAISE until the one
    /// multiplication that may round to a denormal number.
    static DoubleVector expOfNegative(DoubleVector x) {
        DoubleVector t = x.lanewise(FMA, F64.LOG2_E, F64.MAGIC + F64.RAISE);
        DoubleVector k = t.sub(F64.MAGIC + F64.RAISE);
        DoubleVector r = k.lanewise(FMA, -F64.LN2_LOW, k.lanewise(FMA, -F64.LN2_HIGH, x));
        DoubleVector z = r.mul(r);
        DoubleVector y = z.fma(polynomial(r, z), r).add(1.0);
        DoubleVector scale =
                t.viewAsIntegralLanes()
                        .lanewise(LSHL, F64.SIGNIFICAND)
                        .add(F64.ONE)
                        .viewAsFloatingLanes();
        return y.mul(scale).mul(F64.LOWER).blend(0.0, x.compare(LT, -F64.EXP_LIMIT));
    }

    private static DoubleVector reduced(DoubleVector x, DoubleVector t) {
        DoubleVector k = t.sub(F64.MAGIC);
        return k.lanewise(FMA, -F64.LN2_LOW, k.lanewise(FMA, -F64.LN2_HIGH, x));
    }

    private static DoubleVector expm1Core(DoubleVector x) {
        DoubleVector t = x.lanewise(FMA, F64.LOG2_E, F64.MAGIC);
        DoubleVector r = reduced(x, t);
        DoubleVector z = r.mul(r);
        DoubleVector q = z.fma(polynomial(r, z), r);
        DoubleVector s =
                t.viewAsIntegralLanes()
                        .sub(1)
                        .lanewise(LSHL, F64.SIGNIFICAND)
                        .add(F64.ONE)
                        .viewAsFloatingLanes();
        return s.fma(q, s.sub(0.5)).mul(2.0);
    }

    static DoubleVector expm1(DoubleVector x) {
        DoubleVector y = expm1Core(x);
        y = y.blend(Double.POSITIVE_INFINITY, x.compare(GT, F64.EXPM1_TOP));
        y = y.blend(-1.0, x.compare(LT, -F64.EXPM1_LIMIT));
        return y.blend(x, x.lanewise(ABS).compare(LT, F64.TINY));
    }

    static DoubleVector tanh(DoubleVector x) {
        DoubleVector a = x.lanewise(ABS);
        DoubleVector e = expm1Core(a.add(a));
        DoubleVector y = e.div(e.add(2.0));
        y = y.blend(1.0, a.compare(GT, F64.TANH_LIMIT));
        return x.viewAsIntegralLanes()
                .and(F64.SIGN)
                .or(y.viewAsIntegralLanes())
                .viewAsFloatingLanes();
    }

    /// y ≥ 0 with the sign bit of x.
    static DoubleVector withSign(DoubleVector y, DoubleVector x) {
        return x.viewAsIntegralLanes()
                .and(F64.SIGN)
                .or(y.viewAsIntegralLanes())
                .viewAsFloatingLanes();
    }

    static DoubleVector sigmoid(DoubleVector x) {
        DoubleVector e = expOfNegative(x.lanewise(ABS).neg());
        DoubleVector one = DoubleVector.broadcast(DoubleSpecies.SPECIES, 1.0);
        DoubleVector top = one.blend(e, x.compare(LT, 0.0));
        return top.div(e.add(1.0));
    }

    static DoubleVector geluTanh(DoubleVector x) {
        DoubleVector u = x.mul(F64.GELU_CUBIC).fma(x.mul(x), x);
        return x.div(exp(u.mul(-2.0 * F64.SQRT_2_OVER_PI)).add(1.0));
    }

    static DoubleVector geluTanhSlope(DoubleVector x) {
        DoubleVector z = x.mul(x);
        DoubleVector u = x.mul(F64.GELU_CUBIC).fma(z, x).mul(2.0 * F64.SQRT_2_OVER_PI);
        DoubleVector e = expOfNegative(u.lanewise(ABS).neg());
        DoubleVector r = DoubleVector.broadcast(DoubleSpecies.SPECIES, 1.0).div(e.add(1.0));
        DoubleVector small = e.mul(r);
        DoubleVector inner = z.lanewise(FMA, F64.GELU_CUBIC_3, 1.0).mul(2.0 * F64.SQRT_2_OVER_PI);
        return x.mul(inner).fma(small.mul(r), r.blend(small, x.compare(LT, 0.0)));
    }

    /// (eʳ − 1 − r)/r² in r = x, z = x².
    static DoubleVector polynomial(DoubleVector x, DoubleVector z) {
        DoubleVector a = DoubleVector.broadcast(DoubleSpecies.SPECIES, F64.EXP_TOP);
        a = a.lanewise(FMA, x, F64.EXP_8); // float64 only
        DoubleVector b = DoubleVector.broadcast(DoubleSpecies.SPECIES, F64.EXP_NEXT);
        a = a.lanewise(FMA, z, F64.EXP_6); // float64 only
        b = b.lanewise(FMA, z, F64.EXP_5); // float64 only
        a = a.lanewise(FMA, z, F64.EXP_4); // float64 only
        b = b.lanewise(FMA, z, F64.EXP_3); // float64 only
        a = a.lanewise(FMA, z, F64.EXP_2);
        b = b.lanewise(FMA, z, F64.EXP_1);
        a = a.lanewise(FMA, z, F64.EXP_0);
        return b.fma(x, a);
    }
}
