// twin: float
package nonmercer.lanes;

/// erf x and what is made of it: the definitions.
final class ScalarDoubleErf {
    private ScalarDoubleErf() {}

    /// x + x·P(x²) up to |x| = 1, then 1 − e^(−Q(|x| − 1)); odd.
    static double erf(double x) {
        double a = Math.abs(x);
        double near = Math.fma(a, erfPolynomial(a * a), a);
        double tail = ScalarDoubleExp.exp(-erfcPolynomial(a - 1.0));
        double y = a < 1.0 ? near : 1.0 - tail;
        y = a > F64.ERFC_LIMIT ? 1.0 : y;
        return F64.ofBits((F64.bits(x) & F64.SIGN) | F64.bits(y));
    }

    /// ½x(1 + erf(x/√2)).
    static double gelu(double x) {
        return 0.5 * x * (1.0 + erf(x * F64.SQRT_HALF_VALUE));
    }

    /// ½(1 + erf(x/√2)) + x·e^(−x²/2)/√(2π).
    static double geluSlope(double x) {
        double density = F64.INVERSE_SQRT_2PI * ScalarDoubleExp.exp(-0.5 * x * x);
        return Math.fma(x, density, Math.fma(0.5, erf(x * F64.SQRT_HALF_VALUE), 0.5));
    }

    /// erf x/x − 1 in x².
    private static double erfPolynomial(double x) {
        double p = F64.ERF_TOP;
        p = Math.fma(p, x, F64.ERF_10); // float64 only
        p = Math.fma(p, x, F64.ERF_9); // float64 only
        p = Math.fma(p, x, F64.ERF_8); // float64 only
        p = Math.fma(p, x, F64.ERF_7); // float64 only
        p = Math.fma(p, x, F64.ERF_6); // float64 only
        p = Math.fma(p, x, F64.ERF_5);
        p = Math.fma(p, x, F64.ERF_4);
        p = Math.fma(p, x, F64.ERF_3);
        p = Math.fma(p, x, F64.ERF_2);
        p = Math.fma(p, x, F64.ERF_1);
        p = Math.fma(p, x, F64.ERF_0);
        return p;
    }

    /// −ln(1 − erf x) in x − 1.
    private static double erfcPolynomial(double x) {
        double p = F64.ERFC_TOP;
        p = Math.fma(p, x, F64.ERFC_20); // float64 only
        p = Math.fma(p, x, F64.ERFC_19); // float64 only
        p = Math.fma(p, x, F64.ERFC_18); // float64 only
        p = Math.fma(p, x, F64.ERFC_17); // float64 only
        p = Math.fma(p, x, F64.ERFC_16); // float64 only
        p = Math.fma(p, x, F64.ERFC_15); // float64 only
        p = Math.fma(p, x, F64.ERFC_14); // float64 only
        p = Math.fma(p, x, F64.ERFC_13); // float64 only
        p = Math.fma(p, x, F64.ERFC_12); // float64 only
        p = Math.fma(p, x, F64.ERFC_11); // float64 only
        p = Math.fma(p, x, F64.ERFC_10); // float64 only
        p = Math.fma(p, x, F64.ERFC_9); // float64 only
        p = Math.fma(p, x, F64.ERFC_8); // float64 only
        p = Math.fma(p, x, F64.ERFC_7); // float64 only
        p = Math.fma(p, x, F64.ERFC_6);
        p = Math.fma(p, x, F64.ERFC_5);
        p = Math.fma(p, x, F64.ERFC_4);
        p = Math.fma(p, x, F64.ERFC_3);
        p = Math.fma(p, x, F64.ERFC_2);
        p = Math.fma(p, x, F64.ERFC_1);
        p = Math.fma(p, x, F64.ERFC_0);
        return p;
    }
}
