package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = exp(c Σₗ min(qₗ, kₗ))`, `c = 1` unless said otherwise: the exponentiated intersection
/// kernel.
///
/// The sum of minima itself is positive definite only on the non-negative orthant; its exponential
/// is on all of `ℝᵈ`, since `exp(c min(a, b)) = min(eᶜᵃ, eᶜᵇ)`. Source: Wright & Gonzalez 2021,
/// section 5.
public record ExpIntersection(Coefficient scale) implements Profile {
    /// The scale of Wright & Gonzalez, 1.
    public ExpIntersection() {
        this(Coefficient.of(1));
    }

    @Override
    public double at(double[] q, double[] k) {
        return Math.exp(scale.value(q.length) * Pairing.SUM_OF_MINIMA.at(q, k));
    }

    @Override
    public Pairing pairing() {
        return Pairing.SUM_OF_MINIMA;
    }

    @Override
    public Expression profile(Expression s) {
        return s.times(scale).exp();
    }

    @Override
    public String about() {
        return "The exponential of the histogram intersection.";
    }

    @Override
    public String source() {
        return "Wright & Gonzalez 2021, section 5";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "min is")
                .proved(
                        Trait.POSITIVE_DEFINITE,
                        "product over coordinates of min(eᶜᵃ, eᶜᵇ), each positive definite: Schur 1911")
                .proved(Trait.INFINITELY_DIVISIBLE, "a power is one with another c")
                .proved(Trait.NON_NEGATIVE, "an exponential is positive")
                .refuted(
                        Trait.STATIONARY,
                        "k(1, 1) > k(0, 0)",
                        new double[] {0},
                        new double[] {0},
                        new double[] {1})
                .features(
                        new FeatureDimension.Infinite(
                                "min(u, v) on the positive half-line is strictly positive definite: determinant"
                                        + " u₁ Π(uᵢ₊₁ - uᵢ)"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new ExpIntersection(), 1, new double[] {0, 0}, new double[] {5, 7}),
                Specimen.of(
                        new ExpIntersection(),
                        Math.exp(-2),
                        new double[] {1, -3},
                        new double[] {4, 2}),
                Specimen.of(
                        new ExpIntersection(Coefficient.of(0.5)),
                        Math.E,
                        new double[] {3, 1},
                        new double[] {1, 2}));
    }
}
