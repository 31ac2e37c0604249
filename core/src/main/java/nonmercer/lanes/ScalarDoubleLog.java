// twin: float
package nonmercer.lanes;

/// ln x and what is made of it: the definitions.
final class ScalarDoubleLog {
    private ScalarDoubleLog() {}

    /// ln x = e·ln 2 + ln m with x = m·2ᵉ and √½ ≤ m < √2; then, with f = m − 1, s = f/(2 + f), ln
    /// m = f − f²/2 + s·(f²/2 + s²·P(s²)).
    static double log(double x) {
        boolean denormal = x < F64.MIN_NORMAL;
        double scaled = denormal ? x * F64.SCALE : x;
        double exponents = denormal ? F64.INTEGER_BIAS + F64.SCALE_EXPONENT : F64.INTEGER_BIAS;
        double y = core(scaled, exponents, 0.0);
        y = x < Double.POSITIVE_INFINITY ? y : x;
        y = x < 0.0 ? Double.NaN : y;
        return x == 0.0 ? Double.NEGATIVE_INFINITY : y;
    }

    /// ln(1 + x) = ln u + c/u, where u = 1 + x as rounded and c is what the rounding lost, exactly.
    static double log1p(double x) {
        double u = 1.0 + x;
        double b = u - 1.0;
        double c = (1.0 - (u - b)) + (x - b);
        double y = core(u, F64.INTEGER_BIAS, c / u);
        y = x < Double.POSITIVE_INFINITY ? y : x;
        y = x < -1.0 ? Double.NaN : y;
        y = x == -1.0 ? Double.NEGATIVE_INFINITY : y;
        return Math.abs(x) < F64.TINY ? x : y;
    }

    /// ln x + correction, for a normal x; `exponents` is what the exponent field, as a number, is
    /// too large by.
    private static double core(double x, double exponents, double correction) {
        /*bits*/ long i = F64.bits(x) + (F64.ONE - F64.SQRT_HALF);
        double e = F64.ofBits((i >>> F64.SIGNIFICAND) + F64.INTEGER) - exponents;
        double f = F64.ofBits((i & F64.FRACTION) + F64.SQRT_HALF) - 1.0;
        double halfSquare = 0.5 * f * f;
        double s = f / (2.0 + f);
        double z = s * s;
        double small = Math.fma(e, F64.LN2_LOW, correction);
        double p = Math.fma(s, Math.fma(z, logPolynomial(z, z * z), halfSquare), small);
        return Math.fma(e, F64.LN2_HIGH, f - (halfSquare - p));
    }

    /// max(x, 0) + ln(1 + e^(−|x|)).
    static double softplus(double x) {
        return Math.max(x, 0.0) + log1p(ScalarDoubleExp.exp(-Math.abs(x)));
    }

    /// aᵇ = e^(b·ln a); 1 when b = 0.
    static double power(double a, double b) {
        double y = ScalarDoubleExp.exp(b * log(a));
        return b == 0.0 ? 1.0 : y;
    }

    /// (ln((1 + s)/(1 − s)) − 2s)/(s·x) in x = s², z = x².
    private static double logPolynomial(double x, double z) {
        double a = F64.LOG_TOP;
        a = Math.fma(a, x, F64.LOG_5); // float64 only
        double b = F64.LOG_NEXT;
        a = Math.fma(a, z, F64.LOG_3); // float64 only
        b = Math.fma(b, z, F64.LOG_2); // float64 only
        a = Math.fma(a, z, F64.LOG_1);
        b = Math.fma(b, z, F64.LOG_0);
        return Math.fma(a, x, b);
    }
}
