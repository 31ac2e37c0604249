// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// GELU over whole vectors, `n` a multiple of the lanes: the operations of [ScalarDoubleErf#gelu],
/// in their order.
final class VectorDoubleGelu {
    private VectorDoubleGelu() {}

    static void gelu(double[] x, int xo, double[] out, int oo, int n) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
        DoubleVector half = DoubleVector.broadcast(SPECIES, 0.5);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector w = v.lanewise(FMA, v, -F64.NORMAL_CENTRE);
            DoubleVector near = v.fma(normalPolynomial(w, w.mul(w)), half);
            DoubleVector m = v.lanewise(ABS);
            DoubleVector t = m.sub(F64.TAIL_CENTRE);
            DoubleVector z = t.mul(t);
            DoubleVector even = tailEven(z);
            // The odd powers are written out: a call would come too late (see VectorDoubleExp).
            DoubleVector a = DoubleVector.broadcast(SPECIES, F64.TAIL_TOP);
            a = a.lanewise(FMA, z, F64.TAIL_33); // float64 only
            a = a.lanewise(FMA, z, F64.TAIL_31); // float64 only
            a = a.lanewise(FMA, z, F64.TAIL_29); // float64 only
            a = a.lanewise(FMA, z, F64.TAIL_27); // float64 only
            a = a.lanewise(FMA, z, F64.TAIL_25); // float64 only
            a = a.lanewise(FMA, z, F64.TAIL_23); // float64 only
            a = a.lanewise(FMA, z, F64.TAIL_21); // float64 only
            a = a.lanewise(FMA, z, F64.TAIL_19); // float64 only
            a = a.lanewise(FMA, z, F64.TAIL_17); // float64 only
            a = a.lanewise(FMA, z, F64.TAIL_15); // float64 only
            a = a.lanewise(FMA, z, F64.TAIL_13); // float64 only
            a = a.lanewise(FMA, z, F64.TAIL_11);
            a = a.lanewise(FMA, z, F64.TAIL_9);
            a = a.lanewise(FMA, z, F64.TAIL_7);
            a = a.lanewise(FMA, z, F64.TAIL_5);
            a = a.lanewise(FMA, z, F64.TAIL_3);
            a = a.lanewise(FMA, z, F64.TAIL_1);
            DoubleVector tail = a.fma(t, even).blend(0.0, m.compare(GT, F64.TAIL_LIMIT));
            DoubleVector far = one.sub(tail).blend(tail, v.compare(LT, 0.0));
            v.mul(far.blend(near, m.compare(LT, F64.NORMAL_SPLIT))).intoArray(out, oo + i);
        }
    }

    /// (Φ(y) − ½)/y in x = y² − NORMAL_CENTRE, z = x².
    private static DoubleVector normalPolynomial(DoubleVector x, DoubleVector z) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, F64.NORMAL_TOP);
        DoubleVector b = DoubleVector.broadcast(SPECIES, F64.NORMAL_NEXT);
        a = a.lanewise(FMA, z, F64.NORMAL_11); // float64 only
        b = b.lanewise(FMA, z, F64.NORMAL_10); // float64 only
        a = a.lanewise(FMA, z, F64.NORMAL_9); // float64 only
        b = b.lanewise(FMA, z, F64.NORMAL_8); // float64 only
        a = a.lanewise(FMA, z, F64.NORMAL_7); // float64 only
        b = b.lanewise(FMA, z, F64.NORMAL_6); // float64 only
        a = a.lanewise(FMA, z, F64.NORMAL_5);
        b = b.lanewise(FMA, z, F64.NORMAL_4);
        a = a.lanewise(FMA, z, F64.NORMAL_3);
        b = b.lanewise(FMA, z, F64.NORMAL_2);
        a = a.lanewise(FMA, z, F64.NORMAL_1);
        b = b.lanewise(FMA, z, F64.NORMAL_0);
        return a.fma(x, b);
    }

    /// The even powers of Φ(−y) in y − TAIL_CENTRE, z its square.
    private static DoubleVector tailEven(DoubleVector z) {
        DoubleVector b = DoubleVector.broadcast(SPECIES, F64.TAIL_NEXT);
        b = b.lanewise(FMA, z, F64.TAIL_32); // float64 only
        b = b.lanewise(FMA, z, F64.TAIL_30); // float64 only
        b = b.lanewise(FMA, z, F64.TAIL_28); // float64 only
        b = b.lanewise(FMA, z, F64.TAIL_26); // float64 only
        b = b.lanewise(FMA, z, F64.TAIL_24); // float64 only
        b = b.lanewise(FMA, z, F64.TAIL_22); // float64 only
        b = b.lanewise(FMA, z, F64.TAIL_20); // float64 only
        b = b.lanewise(FMA, z, F64.TAIL_18); // float64 only
        b = b.lanewise(FMA, z, F64.TAIL_16); // float64 only
        b = b.lanewise(FMA, z, F64.TAIL_14); // float64 only
        b = b.lanewise(FMA, z, F64.TAIL_12); // float64 only
        b = b.lanewise(FMA, z, F64.TAIL_10);
        b = b.lanewise(FMA, z, F64.TAIL_8);
        b = b.lanewise(FMA, z, F64.TAIL_6);
        b = b.lanewise(FMA, z, F64.TAIL_4);
        b = b.lanewise(FMA, z, F64.TAIL_2);
        b = b.lanewise(FMA, z, F64.TAIL_0);
        return b;
    }
}
