// twin: float
package nonmercer.lanes;

/// eˣ and what is made of it: the definitions. The vector version does the same operations in the
/// same order.
final class ScalarDoubleExp {
    private ScalarDoubleExp() {}

    /// eˣ = 2ᵏ·eʳ with k = round(x·log₂e), r = x − k·ln 2.
    ///
    /// Adding 1.5·2ⁿ rounds x·log₂e to an integer and leaves it in the low bits, from where a shift
    /// moves it into an exponent: no conversion. The scaling is done in two halves, so that the
    /// result may be infinite or denormal.
    static double exp(double x) {
        double t = Math.fma(x, F64.LOG2_E, F64.MAGIC);
        double k = t - F64.MAGIC;
        double r = Math.fma(k, -F64.LN2_LOW, Math.fma(k, -F64.LN2_HIGH, x));
        double z = r * r;
        double y = 1.0 + Math.fma(z, polynomial(r, z), r);
        /*bits*/ long whole = F64.bits(t);
        /*bits*/ long half = whole >>> 1;
        y =
                y
                        * F64.ofBits((half << F64.SIGNIFICAND) + F64.ONE)
                        * F64.ofBits(((whole - half) << F64.SIGNIFICAND) + F64.ONE);
        y = x > F64.EXP_LIMIT ? Double.POSITIVE_INFINITY : y;
        return x < -F64.EXP_LIMIT ? 0.0 : y;
    }

    /// eˣ − 1 = 2·(2ᵏ⁻¹·(eʳ − 1) + (2ᵏ⁻¹ − ½)), without the ends: for |x| ≥ TINY and x ≥
    /// −EXPM1_LIMIT.
    private static double expm1Core(double x) {
        double t = Math.fma(x, F64.LOG2_E, F64.MAGIC);
        double k = t - F64.MAGIC;
        double r = Math.fma(k, -F64.LN2_LOW, Math.fma(k, -F64.LN2_HIGH, x));
        double z = r * r;
        double q = Math.fma(z, polynomial(r, z), r);
        double s = F64.ofBits(((F64.bits(t) - 1) << F64.SIGNIFICAND) + F64.ONE);
        return 2.0 * Math.fma(s, q, s - 0.5);
    }

    /// eˣ − 1.
    static double expm1(double x) {
        double y = expm1Core(x);
        y = x > F64.EXPM1_TOP ? Double.POSITIVE_INFINITY : y;
        y = x < -F64.EXPM1_LIMIT ? -1.0 : y;
        return Math.abs(x) < F64.TINY ? x : y;
    }

    /// tanh |x| = e/(e + 2) with e = e^(2|x|) − 1; odd.
    static double tanh(double x) {
        double a = Math.abs(x);
        double e = expm1Core(a + a);
        double y = e / (e + 2.0);
        y = a > F64.TANH_LIMIT ? 1.0 : y;
        return F64.ofBits((F64.bits(x) & F64.SIGN) | F64.bits(y));
    }

    /// 1/(1 + e⁻ˣ), with the exponential of −|x| only: no overflow, no cancellation.
    static double sigmoid(double x) {
        double e = exp(-Math.abs(x));
        return (x < 0.0 ? e : 1.0) / (1.0 + e);
    }

    /// ½x(1 + tanh u) = x/(1 + e^(−2u)) with u = √(2/π)(x + 0.044715x³).
    static double geluTanh(double x) {
        double u = Math.fma(F64.GELU_CUBIC * x, x * x, x);
        return x / (1.0 + exp(u * (-2.0 * F64.SQRT_2_OVER_PI)));
    }

    /// s + 2x·s(1 − s)·√(2/π)(1 + 3·0.044715x²) with s = 1/(1 + e^(−2u)), the u above. With e =
    /// e^(−|2u|), one of s and 1 − s is 1/(1 + e) and the other e/(1 + e).
    static double geluTanhSlope(double x) {
        double z = x * x;
        double u = Math.fma(F64.GELU_CUBIC * x, z, x) * (2.0 * F64.SQRT_2_OVER_PI);
        double e = exp(-Math.abs(u));
        double r = 1.0 / (1.0 + e);
        double small = e * r;
        double inner = Math.fma(F64.GELU_CUBIC_3, z, 1.0) * (2.0 * F64.SQRT_2_OVER_PI);
        return Math.fma(x * inner, small * r, x < 0.0 ? small : r);
    }

    /// (eʳ − 1 − r)/r² in r = x, z = x².
    static double polynomial(double x, double z) {
        double a = F64.EXP_TOP;
        a = Math.fma(a, x, F64.EXP_8); // float64 only
        double b = F64.EXP_NEXT;
        a = Math.fma(a, z, F64.EXP_6); // float64 only
        b = Math.fma(b, z, F64.EXP_5); // float64 only
        a = Math.fma(a, z, F64.EXP_4); // float64 only
        b = Math.fma(b, z, F64.EXP_3); // float64 only
        a = Math.fma(a, z, F64.EXP_2);
        b = Math.fma(b, z, F64.EXP_1);
        a = Math.fma(a, z, F64.EXP_0);
        return Math.fma(b, x, a);
    }
}
