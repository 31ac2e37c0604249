package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = 1 - θ/π` or `‖q‖‖k‖ (sin θ + (π - θ) cos θ)/π`, θ the angle between query and key:
/// the kernels of a wide layer of steps, or of rectifiers.
///
/// `½ k(q, k) = E[f(w·q) f(w·k)]` for normal `w`, `f` the step or the rectifier. A point at 0 is at
/// a right angle to all; where two are parallel the gradient is taken as 0. Source: Cho & Saul
/// 2009, eqs. 3-6.
public record ArcCosine(int order) implements Composed {
    /// Order 1.
    public ArcCosine() {
        this(1);
    }

    /// Refuses an order other than 0 and 1.
    public ArcCosine {
        if (order != 0 && order != 1) {
            throw new IllegalArgumentException(
                    "the arc-cosine kernel has order 0 or 1 here, got " + order);
        }
    }

    @Override
    public double at(double[] q, double[] k) {
        double lengths = Math.sqrt(Pairing.DOT.at(q, q)) * Math.sqrt(Pairing.DOT.at(k, k));
        double cos = lengths > 0 ? Math.clamp(Pairing.DOT.at(q, k) / lengths, -1, 1) : 0;
        double theta = Math.acos(cos);
        double sin = Math.sqrt((1 - cos) * (1 + cos));
        return order == 0
                ? Math.max(0, 1 - theta / Math.PI)
                : Math.max(0, lengths / Math.PI * (sin + (Math.PI - theta) * cos));
    }

    @Override
    public Kernel definition() {
        Expression cos = new Expression.Variable();
        Expression rest = cos.acos().negated().plus(Math.PI);
        if (order == 0) {
            return new Cosine().applied(rest.times(1 / Math.PI).relu());
        }
        Expression sin = cos.negated().plus(1).times(cos.plus(1)).relu().sqrt();
        Kernel lengths = new Linear().warped(new Radius(0, Coefficient.of(1)));
        return lengths.times(
                new Cosine().applied(sin.plus(rest.times(cos)).times(1 / Math.PI).relu()));
    }

    @Override
    public String formula() {
        return order == 0 ? "1 - θ/π, θ = ∠(q,k)" : "‖q‖‖k‖(sin θ + (π-θ)cos θ)/π, θ = ∠(q,k)";
    }

    @Override
    public String about() {
        return "The kernel of an infinitely wide layer of steps, or of rectifiers.";
    }

    @Override
    public String source() {
        return "Cho & Saul 2009, eqs. 3-6";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "the angle is")
                .proved(
                        Trait.POSITIVE_DEFINITE,
                        "an expectation of products of features: Cho & Saul 2009, eq. 1")
                .proved(
                        Trait.NON_NEGATIVE,
                        "an expectation of products of features that are not negative")
                .refuted(
                        Trait.STATIONARY,
                        "opposite points, moved, are parallel",
                        new double[] {1},
                        new double[] {-1},
                        new double[] {2})
                .features(
                        new FeatureDimension.Infinite(
                                "from two coordinates on: infinitely many Fourier coefficients in θ are not 0"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new ArcCosine(), 10, new double[] {3, 4}, new double[] {1.2, 1.6}),
                Specimen.of(new ArcCosine(), 6 / Math.PI, new double[] {3, 0}, new double[] {0, 2}),
                Specimen.of(new ArcCosine(0), 0.5, new double[] {3, 0}, new double[] {0, 2}),
                Specimen.of(new ArcCosine(0), 0.75, new double[] {1, 1}, new double[] {0, 2}),
                Specimen.of(new ArcCosine(0), 0, new double[] {1}, new double[] {-2}));
    }
}
