package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = (1 + c ‖q - k‖²/α)^(-α)`, `α = 2` and `c = 1/√d` unless said otherwise: a mixture of
/// Gaussians of all widths.
///
/// `α = 1` is [Cauchy], `α → ∞` is [Gauss]. Source: Rasmussen & Williams 2006, eq. 4.19, with `2ℓ²
/// = 1/c`.
public record RationalQuadratic(Coefficient alpha, Coefficient scale) implements Profile {
    /// `α = 2`, scale `1/√d`.
    public RationalQuadratic() {
        this(Coefficient.of(2), Coefficient.inverseRootDimension());
    }

    @Override
    public double at(double[] q, double[] k) {
        double a = alpha.value(q.length);
        double s = scale.value(q.length) * Pairing.SQUARED_DISTANCE.at(q, k);
        return Math.pow(1 + s / a, -a);
    }

    @Override
    public Pairing pairing() {
        return Pairing.SQUARED_DISTANCE;
    }

    /// As an exponential, so that the logarithm is at hand and `α` may be trained.
    @Override
    public Expression profile(Expression s) {
        Expression a = Expression.constant(1).times(alpha);
        return s.times(scale).times(a.reciprocal()).plus(1).log().times(a).negated().exp();
    }

    @Override
    public String formula() {
        String a = alpha.symbol();
        String s =
                Expression.constant(1)
                        .times(new Expression.Variable())
                        .times(scale)
                        .print("‖q-k‖²");
        return "(1 + " + s + "/" + a + ")^(-" + a + ")";
    }

    @Override
    public String about() {
        return "Gaussians of all widths mixed: a tail that falls as a power of one's choice.";
    }

    @Override
    public String source() {
        return "Rasmussen & Williams 2006, eq. 4.19";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "a function of the distance")
                .proved(
                        Trait.POSITIVE_DEFINITE,
                        "mixture of Gaussians with gamma weights: Schoenberg 1938")
                .proved(Trait.INFINITELY_DIVISIBLE, "a power is one with another α")
                .proved(Trait.STATIONARY, "a function of q - k")
                .proved(Trait.NON_NEGATIVE, "a power of a positive number")
                .features(
                        new FeatureDimension.Infinite(
                                "Gram matrices of distinct points are regular: Micchelli 1986"));
    }

    static List<Specimen> specimens() {
        Coefficient one = Coefficient.of(1);
        return List.of(
                Specimen.of(new RationalQuadratic(), 1, new double[] {1, 2}, new double[] {1, 2}),
                Specimen.of(
                        new RationalQuadratic(), 0.25, new double[] {1, 1, 1, 1}, new double[4]),
                Specimen.of(
                        new RationalQuadratic(Coefficient.of(0.5), one),
                        1.0 / 3,
                        new double[] {2, 0},
                        new double[] {0, 0}),
                Specimen.of(
                        new RationalQuadratic(Coefficient.of(3), Coefficient.of(3)),
                        0.001,
                        new double[] {3},
                        new double[] {0}));
    }
}
