package nonmercer.feature;

import java.util.Locale;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.SpectralLaw;

/// What follows of a recipe for random features, in lines.
final class Description {
    private Description() {}

    static String of(RandomFeatures f) {
        SpectralLaw law = f.law();
        StringBuilder out = new StringBuilder();
        line(out, "law", law.formula() + (law.heads() > 1 ? ", one a head" : ""));
        line(out, "coupling", f.coupling().toString().replace("[]", ""));
        line(out, "component", f.component().toString());
        line(out, "preconditioner", f.preconditioner().toString());
        line(
                out,
                "features",
                f.dimension()
                        + " of "
                        + f.frequencies()
                        + " frequencies, "
                        + law.parameterCount()
                        + " trained numbers");
        line(out, "expected kernel", expected(f));
        line(out, "bias", bias(f));
        line(out, "variance", variance(f));
        double[] range = f.range();
        line(out, "range", "[" + number(range[0]) + ", " + number(range[1]) + "]");
        line(out, "normaliser", f.normaliserRisk().orElse("positive"));
        double cap = f.sharpnessCap(1000, 0);
        line(
                out,
                "sharpness",
                cap == 1
                        ? "not capped"
                        : String.format(
                                Locale.ROOT,
                                "at most %.3g on one of 1000 keys, where the kernel is not"
                                        + " negative",
                                cap));
        return out.toString();
    }

    private static void line(StringBuilder out, String what, String value) {
        out.append(String.format(Locale.ROOT, "%-16s %s%n", what, value));
    }

    private static String number(double x) {
        if (Double.isInfinite(x)) {
            return x > 0 ? "∞" : "-∞";
        }
        return x == Math.rint(x) ? Long.toString((long) x) : String.format(Locale.ROOT, "%.4g", x);
    }

    /// With `x = √c q`, `y = √c k`.
    private static String expected(RandomFeatures f) {
        String where = " at x = √c q, y = √c k, c = " + f.scale().symbol();
        boolean standard = RandomFeatures.standard(f.law());
        Component component = f.component();
        if (component instanceof Component.Trigonometric(Target target, double s)) {
            String plain =
                    standard
                            ? target.formula()
                            : "E cos(ω·(x - y))"
                                    + (target == Target.SOFTMAX ? " exp((|x|² + |y|²)/2)" : "");
            return plain + (s > 0 ? " + " + number(s * s) : "") + where;
        }
        if (standard) {
            return component.target().formula() + where;
        }
        return (component instanceof Component.Hyperbolic
                        ? "E cosh(ω·(x + y))"
                        : "E exp(ω·(x + y))")
                + (component.target() == Target.SOFTMAX
                        ? " exp(-(|x|² + |y|²)/2)"
                        : " exp(-|x|² - |y|²)")
                + where;
    }

    private static String bias(RandomFeatures f) {
        if (f.law().unbiased(f.coupling())) {
            return "none";
        }
        return f.coupling() instanceof Coupling.GaussHermite g
                ? "of the quadrature: none for polynomials of degree below "
                        + 2 * g.nodes()
                        + " in each coordinate of ω"
                : "small: the frequencies are only nearly of the law";
    }

    private static String variance(RandomFeatures f) {
        double[] origin = new double[f.law().dimension()];
        double[] unit = origin.clone();
        java.util.Arrays.fill(unit, 1);
        var v = f.variance(0, unit, unit);
        var r = f.relativeVariance(0, unit, unit);
        if (v.isEmpty() || r.isEmpty()) {
            return "no formula is known"
                    + (f.preconditioner() == Preconditioner.NONE
                            ? ""
                            : " before there are data: see Resolution");
        }
        return String.format(
                Locale.ROOT,
                "%.4g at q = k = (1, …, 1), relative to the squared mean %.4g",
                v.getAsDouble(),
                r.getAsDouble());
    }
}
