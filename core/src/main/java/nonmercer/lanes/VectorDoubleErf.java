// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.DoubleVector;

/// The polynomials of erf, lane by lane: the operations of [ScalarDoubleErf], in its order.
final class VectorDoubleErf {
    private VectorDoubleErf() {}

    /// erf x/x − 1 in x².
    static DoubleVector erfPolynomial(DoubleVector x) {
        DoubleVector p = DoubleVector.broadcast(DoubleSpecies.SPECIES, F64.ERF_TOP);
        p = p.lanewise(FMA, x, F64.ERF_10); // float64 only
        p = p.lanewise(FMA, x, F64.ERF_9); // float64 only
        p = p.lanewise(FMA, x, F64.ERF_8); // float64 only
        p = p.lanewise(FMA, x, F64.ERF_7); // float64 only
        p = p.lanewise(FMA, x, F64.ERF_6); // float64 only
        p = p.lanewise(FMA, x, F64.ERF_5);
        p = p.lanewise(FMA, x, F64.ERF_4);
        p = p.lanewise(FMA, x, F64.ERF_3);
        p = p.lanewise(FMA, x, F64.ERF_2);
        p = p.lanewise(FMA, x, F64.ERF_1);
        p = p.lanewise(FMA, x, F64.ERF_0);
        return p;
    }

    /// −ln(1 − erf x) in x − 1.
    static DoubleVector erfcPolynomial(DoubleVector x) {
        DoubleVector p = DoubleVector.broadcast(DoubleSpecies.SPECIES, F64.ERFC_TOP);
        p = p.lanewise(FMA, x, F64.ERFC_20); // float64 only
        p = p.lanewise(FMA, x, F64.ERFC_19); // float64 only
        p = p.lanewise(FMA, x, F64.ERFC_18); // float64 only
        p = p.lanewise(FMA, x, F64.ERFC_17); // float64 only
        p = p.lanewise(FMA, x, F64.ERFC_16); // float64 only
        p = p.lanewise(FMA, x, F64.ERFC_15); // float64 only
        p = p.lanewise(FMA, x, F64.ERFC_14); // float64 only
        p = p.lanewise(FMA, x, F64.ERFC_13); // float64 only
        p = p.lanewise(FMA, x, F64.ERFC_12); // float64 only
        p = p.lanewise(FMA, x, F64.ERFC_11); // float64 only
        p = p.lanewise(FMA, x, F64.ERFC_10); // float64 only
        p = p.lanewise(FMA, x, F64.ERFC_9); // float64 only
        p = p.lanewise(FMA, x, F64.ERFC_8); // float64 only
        p = p.lanewise(FMA, x, F64.ERFC_7); // float64 only
        p = p.lanewise(FMA, x, F64.ERFC_6);
        p = p.lanewise(FMA, x, F64.ERFC_5);
        p = p.lanewise(FMA, x, F64.ERFC_4);
        p = p.lanewise(FMA, x, F64.ERFC_3);
        p = p.lanewise(FMA, x, F64.ERFC_2);
        p = p.lanewise(FMA, x, F64.ERFC_1);
        p = p.lanewise(FMA, x, F64.ERFC_0);
        return p;
    }
}
