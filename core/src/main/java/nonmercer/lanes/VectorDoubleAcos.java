// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.SQRT;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// arccos x, lane by lane: the operations of [ScalarDoubleAcos], in its order.
final class VectorDoubleAcos {
    private VectorDoubleAcos() {}

    static void acos(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            acos(DoubleVector.fromArray(SPECIES, x, xo + i)).intoArray(out, oo + i);
        }
    }

    private static DoubleVector acos(DoubleVector argument) {
        DoubleVector x = argument.max(-1.0).min(1.0);
        DoubleVector a = x.lanewise(ABS);
        VectorMask<Double> far = a.compare(GT, 0.5);
        DoubleVector z = x.mul(x).blend(a.lanewise(FMA, -0.5, 0.5), far);
        DoubleVector s = x.blend(z.lanewise(SQRT), far);
        DoubleVector arc = s.mul(z).fma(polynomial(z), s);
        DoubleVector rest =
                DoubleVector.broadcast(SPECIES, F64.ACOS_HIGH).sub(arc.sub(F64.ACOS_LOW));
        DoubleVector twice = rest.add(rest).blend(arc.add(arc), x.compare(GT, 0.0));
        return rest.blend(twice, far);
    }

    private static DoubleVector polynomial(DoubleVector z) {
        DoubleVector p = DoubleVector.broadcast(SPECIES, F64.ASIN_TOP);
        p = p.lanewise(FMA, z, F64.ASIN_11); // float64 only
        p = p.lanewise(FMA, z, F64.ASIN_10); // float64 only
        p = p.lanewise(FMA, z, F64.ASIN_9); // float64 only
        p = p.lanewise(FMA, z, F64.ASIN_8); // float64 only
        p = p.lanewise(FMA, z, F64.ASIN_7); // float64 only
        p = p.lanewise(FMA, z, F64.ASIN_6); // float64 only
        p = p.lanewise(FMA, z, F64.ASIN_5); // float64 only
        p = p.lanewise(FMA, z, F64.ASIN_4);
        p = p.lanewise(FMA, z, F64.ASIN_3);
        p = p.lanewise(FMA, z, F64.ASIN_2);
        p = p.lanewise(FMA, z, F64.ASIN_1);
        p = p.lanewise(FMA, z, F64.ASIN_0);
        return p;
    }
}
