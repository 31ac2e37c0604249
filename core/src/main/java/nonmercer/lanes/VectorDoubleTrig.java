// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// sin x and cos x, lane by lane, for |x| up to the limit: the operations of [ScalarDoubleTrig], in
/// its order.
final class VectorDoubleTrig {
    private VectorDoubleTrig() {}

    /// sin(x + quarters·π/2) where |x| ≤ TRIG_LIMIT.
    static DoubleVector near(DoubleVector x, int quarters) {
        DoubleVector t = x.lanewise(FMA, F64.TWO_OVER_PI, F64.MAGIC);
        DoubleVector n = t.sub(F64.MAGIC);
        DoubleVector r = n.lanewise(FMA, -F64.HALF_PI_HIGH, x);
        r = n.lanewise(FMA, -F64.HALF_PI_MIDDLE, r);
        r = n.lanewise(FMA, -F64.HALF_PI_LOW, r);
        DoubleVector z = r.mul(r);
        DoubleVector sine = r.mul(z).fma(sinPolynomial(z), r);
        DoubleVector cosine = z.mul(z).fma(cosPolynomial(z), z.lanewise(FMA, -0.5, 1.0));
        LongVector turn = t.viewAsIntegralLanes().add(quarters);
        VectorMask<Double> odd = turn.and(1).compare(NE, 0).cast(DoubleSpecies.SPECIES);
        LongVector y = sine.blend(cosine, odd).viewAsIntegralLanes();
        LongVector sign = turn.lanewise(LSHL, F64.SIGN_SHIFT - 1).and(F64.SIGN);
        return y.lanewise(jdk.incubator.vector.VectorOperators.XOR, sign).viewAsFloatingLanes();
    }

    /// (sin r/r − 1)/z in z = r².
    private static DoubleVector sinPolynomial(DoubleVector x) {
        DoubleVector p = DoubleVector.broadcast(DoubleSpecies.SPECIES, F64.SIN_TOP);
        p = p.lanewise(FMA, x, F64.SIN_4); // float64 only
        p = p.lanewise(FMA, x, F64.SIN_3); // float64 only
        p = p.lanewise(FMA, x, F64.SIN_2); // float64 only
        p = p.lanewise(FMA, x, F64.SIN_1);
        p = p.lanewise(FMA, x, F64.SIN_0);
        return p;
    }

    /// (cos r − 1 + z/2)/z² in z = r².
    private static DoubleVector cosPolynomial(DoubleVector x) {
        DoubleVector p = DoubleVector.broadcast(DoubleSpecies.SPECIES, F64.COS_TOP);
        p = p.lanewise(FMA, x, F64.COS_4); // float64 only
        p = p.lanewise(FMA, x, F64.COS_3); // float64 only
        p = p.lanewise(FMA, x, F64.COS_2); // float64 only
        p = p.lanewise(FMA, x, F64.COS_1);
        p = p.lanewise(FMA, x, F64.COS_0);
        return p;
    }
}
