// twin: float
package nonmercer.lanes;

/// sin x and cos x: the definitions.
final class ScalarDoubleTrig {
    private ScalarDoubleTrig() {}

    /// sin x.
    static double sin(double x) {
        return Math.abs(x) <= F64.TRIG_LIMIT ? near(x, 0) : F64.farSin(x);
    }

    /// cos x = sin(x + π/2): a quarter turn more.
    static double cos(double x) {
        return Math.abs(x) <= F64.TRIG_LIMIT ? near(x, 1) : F64.farCos(x);
    }

    /// sin(x + quarters·π/2): with n = round(x·2/π) and r = x − n·π/2, one of ±sin r, ±cos r by n +
    /// quarters mod 4.
    private static double near(double x, int quarters) {
        double t = Math.fma(x, F64.TWO_OVER_PI, F64.MAGIC);
        double n = t - F64.MAGIC;
        double r = Math.fma(n, -F64.HALF_PI_HIGH, x);
        r = Math.fma(n, -F64.HALF_PI_MIDDLE, r);
        r = Math.fma(n, -F64.HALF_PI_LOW, r);
        double z = r * r;
        double sine = Math.fma(r * z, sinPolynomial(z), r);
        double cosine = Math.fma(z * z, cosPolynomial(z), Math.fma(z, -0.5, 1.0));
        /*bits*/ long turn = F64.bits(t) + quarters;
        double y = (turn & 1) == 0 ? sine : cosine;
        return F64.ofBits(F64.bits(y) ^ ((turn << (F64.SIGN_SHIFT - 1)) & F64.SIGN));
    }

    /// (sin r/r − 1)/z in z = r².
    private static double sinPolynomial(double x) {
        double p = F64.SIN_TOP;
        p = Math.fma(p, x, F64.SIN_4); // float64 only
        p = Math.fma(p, x, F64.SIN_3); // float64 only
        p = Math.fma(p, x, F64.SIN_2); // float64 only
        p = Math.fma(p, x, F64.SIN_1);
        p = Math.fma(p, x, F64.SIN_0);
        return p;
    }

    /// (cos r − 1 + z/2)/z² in z = r².
    private static double cosPolynomial(double x) {
        double p = F64.COS_TOP;
        p = Math.fma(p, x, F64.COS_4); // float64 only
        p = Math.fma(p, x, F64.COS_3); // float64 only
        p = Math.fma(p, x, F64.COS_2); // float64 only
        p = Math.fma(p, x, F64.COS_1);
        p = Math.fma(p, x, F64.COS_0);
        return p;
    }
}
