// twin: float
package nonmercer.lanes;

/// erf x and what is made of it: the definitions.
final class ScalarDoubleErf {
    private ScalarDoubleErf() {}

    /// x + x·P(x² − ½·1.25²) up to |x| = 1.25, then 1 − Q(|x| − c), then 1; odd.
    static double erf(double x) {
        double a = Math.abs(x);
        double w = Math.fma(a, a, -F64.ERF_CENTRE);
        double near = Math.fma(a, erfPolynomial(w, w * w), a);
        double t = a - F64.ERFC_CENTRE;
        double far = 1.0 - erfcPolynomial(t, t * t);
        double y = a < F64.ERF_SPLIT ? near : far;
        y = a > F64.ERFC_LIMIT ? 1.0 : y;
        return F64.ofBits((F64.bits(x) & F64.SIGN) | F64.bits(y));
    }

    /// x·Φ(x): Φ(x) = ½ + x·P(x² − ½·1.75²) up to |x| = 1.75, then Q(|x| − c) below and 1 − Q above
    /// 0.
    static double gelu(double x) {
        double a = Math.abs(x);
        double w = Math.fma(x, x, -F64.NORMAL_CENTRE);
        double near = Math.fma(x, normalPolynomial(w, w * w), 0.5);
        double t = a - F64.TAIL_CENTRE;
        double tail = tailPolynomial(t, t * t);
        tail = a > F64.TAIL_LIMIT ? 0.0 : tail;
        double far = x < 0.0 ? tail : 1.0 - tail;
        return x * (a < F64.NORMAL_SPLIT ? near : far);
    }

    /// ½(1 + erf(x/√2)) + x·e^(−x²/2)/√(2π).
    static double geluSlope(double x) {
        double density = F64.INVERSE_SQRT_2PI * ScalarDoubleExp.exp(-0.5 * x * x);
        return Math.fma(x, density, Math.fma(0.5, erf(x * F64.SQRT_HALF_VALUE), 0.5));
    }

    /// erf y/y − 1 in x = y² − ERF_CENTRE, z = x².
    private static double erfPolynomial(double x, double z) {
        double a = F64.ERF_TOP;
        double b = F64.ERF_NEXT;
        a = Math.fma(a, z, F64.ERF_11); // float64 only
        b = Math.fma(b, z, F64.ERF_10); // float64 only
        a = Math.fma(a, z, F64.ERF_9); // float64 only
        b = Math.fma(b, z, F64.ERF_8); // float64 only
        a = Math.fma(a, z, F64.ERF_7); // float64 only
        b = Math.fma(b, z, F64.ERF_6); // float64 only
        a = Math.fma(a, z, F64.ERF_5);
        b = Math.fma(b, z, F64.ERF_4);
        a = Math.fma(a, z, F64.ERF_3);
        b = Math.fma(b, z, F64.ERF_2);
        a = Math.fma(a, z, F64.ERF_1);
        b = Math.fma(b, z, F64.ERF_0);
        return Math.fma(a, x, b);
    }

    /// 1 − erf y in x = y − ERFC_CENTRE, z = x².
    private static double erfcPolynomial(double x, double z) {
        double a = F64.ERFC_TOP;
        double b = F64.ERFC_NEXT;
        a = Math.fma(a, z, F64.ERFC_33); // float64 only
        b = Math.fma(b, z, F64.ERFC_32); // float64 only
        a = Math.fma(a, z, F64.ERFC_31); // float64 only
        b = Math.fma(b, z, F64.ERFC_30); // float64 only
        a = Math.fma(a, z, F64.ERFC_29); // float64 only
        b = Math.fma(b, z, F64.ERFC_28); // float64 only
        a = Math.fma(a, z, F64.ERFC_27); // float64 only
        b = Math.fma(b, z, F64.ERFC_26); // float64 only
        a = Math.fma(a, z, F64.ERFC_25); // float64 only
        b = Math.fma(b, z, F64.ERFC_24); // float64 only
        a = Math.fma(a, z, F64.ERFC_23); // float64 only
        b = Math.fma(b, z, F64.ERFC_22); // float64 only
        a = Math.fma(a, z, F64.ERFC_21); // float64 only
        b = Math.fma(b, z, F64.ERFC_20); // float64 only
        a = Math.fma(a, z, F64.ERFC_19); // float64 only
        b = Math.fma(b, z, F64.ERFC_18); // float64 only
        a = Math.fma(a, z, F64.ERFC_17); // float64 only
        b = Math.fma(b, z, F64.ERFC_16); // float64 only
        a = Math.fma(a, z, F64.ERFC_15); // float64 only
        b = Math.fma(b, z, F64.ERFC_14); // float64 only
        a = Math.fma(a, z, F64.ERFC_13); // float64 only
        b = Math.fma(b, z, F64.ERFC_12); // float64 only
        a = Math.fma(a, z, F64.ERFC_11);
        b = Math.fma(b, z, F64.ERFC_10);
        a = Math.fma(a, z, F64.ERFC_9);
        b = Math.fma(b, z, F64.ERFC_8);
        a = Math.fma(a, z, F64.ERFC_7);
        b = Math.fma(b, z, F64.ERFC_6);
        a = Math.fma(a, z, F64.ERFC_5);
        b = Math.fma(b, z, F64.ERFC_4);
        a = Math.fma(a, z, F64.ERFC_3);
        b = Math.fma(b, z, F64.ERFC_2);
        a = Math.fma(a, z, F64.ERFC_1);
        b = Math.fma(b, z, F64.ERFC_0);
        return Math.fma(a, x, b);
    }

    /// (Φ(y) − ½)/y in x = y² − NORMAL_CENTRE, z = x².
    private static double normalPolynomial(double x, double z) {
        double a = F64.NORMAL_TOP;
        double b = F64.NORMAL_NEXT;
        a = Math.fma(a, z, F64.NORMAL_11); // float64 only
        b = Math.fma(b, z, F64.NORMAL_10); // float64 only
        a = Math.fma(a, z, F64.NORMAL_9); // float64 only
        b = Math.fma(b, z, F64.NORMAL_8); // float64 only
        a = Math.fma(a, z, F64.NORMAL_7); // float64 only
        b = Math.fma(b, z, F64.NORMAL_6); // float64 only
        a = Math.fma(a, z, F64.NORMAL_5);
        b = Math.fma(b, z, F64.NORMAL_4);
        a = Math.fma(a, z, F64.NORMAL_3);
        b = Math.fma(b, z, F64.NORMAL_2);
        a = Math.fma(a, z, F64.NORMAL_1);
        b = Math.fma(b, z, F64.NORMAL_0);
        return Math.fma(a, x, b);
    }

    /// Φ(−y) in x = y − TAIL_CENTRE, z = x².
    private static double tailPolynomial(double x, double z) {
        double a = F64.TAIL_TOP;
        double b = F64.TAIL_NEXT;
        a = Math.fma(a, z, F64.TAIL_33); // float64 only
        b = Math.fma(b, z, F64.TAIL_32); // float64 only
        a = Math.fma(a, z, F64.TAIL_31); // float64 only
        b = Math.fma(b, z, F64.TAIL_30); // float64 only
        a = Math.fma(a, z, F64.TAIL_29); // float64 only
        b = Math.fma(b, z, F64.TAIL_28); // float64 only
        a = Math.fma(a, z, F64.TAIL_27); // float64 only
        b = Math.fma(b, z, F64.TAIL_26); // float64 only
        a = Math.fma(a, z, F64.TAIL_25); // float64 only
        b = Math.fma(b, z, F64.TAIL_24); // float64 only
        a = Math.fma(a, z, F64.TAIL_23); // float64 only
        b = Math.fma(b, z, F64.TAIL_22); // float64 only
        a = Math.fma(a, z, F64.TAIL_21); // float64 only
        b = Math.fma(b, z, F64.TAIL_20); // float64 only
        a = Math.fma(a, z, F64.TAIL_19); // float64 only
        b = Math.fma(b, z, F64.TAIL_18); // float64 only
        a = Math.fma(a, z, F64.TAIL_17); // float64 only
        b = Math.fma(b, z, F64.TAIL_16); // float64 only
        a = Math.fma(a, z, F64.TAIL_15); // float64 only
        b = Math.fma(b, z, F64.TAIL_14); // float64 only
        a = Math.fma(a, z, F64.TAIL_13); // float64 only
        b = Math.fma(b, z, F64.TAIL_12); // float64 only
        a = Math.fma(a, z, F64.TAIL_11);
        b = Math.fma(b, z, F64.TAIL_10);
        a = Math.fma(a, z, F64.TAIL_9);
        b = Math.fma(b, z, F64.TAIL_8);
        a = Math.fma(a, z, F64.TAIL_7);
        b = Math.fma(b, z, F64.TAIL_6);
        a = Math.fma(a, z, F64.TAIL_5);
        b = Math.fma(b, z, F64.TAIL_4);
        a = Math.fma(a, z, F64.TAIL_3);
        b = Math.fma(b, z, F64.TAIL_2);
        a = Math.fma(a, z, F64.TAIL_1);
        b = Math.fma(b, z, F64.TAIL_0);
        return Math.fma(a, x, b);
    }
}
