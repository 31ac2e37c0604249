// twin: float
package nonmercer.lanes;

/// arccos x: the definition.
final class ScalarDoubleAcos {
    private ScalarDoubleAcos() {}

    /// π/2 − arcsin x for |x| ≤ ½, else 2 arcsin √((1 − x)/2), and π less that of −x.
    static double acos(double argument) {
        double x = Math.min(Math.max(argument, -1.0), 1.0);
        double a = Math.abs(x);
        boolean far = a > 0.5;
        double z = far ? Math.fma(a, -0.5, 0.5) : x * x;
        double s = far ? F64.sqrt(z) : x;
        double arc = Math.fma(s * z, polynomial(z), s);
        double rest = F64.ACOS_HIGH - (arc - F64.ACOS_LOW);
        if (!far) {
            return rest;
        }
        return x > 0.0 ? arc + arc : rest + rest;
    }

    private static double polynomial(double z) {
        double p = F64.ASIN_TOP;
        p = Math.fma(p, z, F64.ASIN_11); // float64 only
        p = Math.fma(p, z, F64.ASIN_10); // float64 only
        p = Math.fma(p, z, F64.ASIN_9); // float64 only
        p = Math.fma(p, z, F64.ASIN_8); // float64 only
        p = Math.fma(p, z, F64.ASIN_7); // float64 only
        p = Math.fma(p, z, F64.ASIN_6); // float64 only
        p = Math.fma(p, z, F64.ASIN_5); // float64 only
        p = Math.fma(p, z, F64.ASIN_4);
        p = Math.fma(p, z, F64.ASIN_3);
        p = Math.fma(p, z, F64.ASIN_2);
        p = Math.fma(p, z, F64.ASIN_1);
        p = Math.fma(p, z, F64.ASIN_0);
        return p;
    }
}
