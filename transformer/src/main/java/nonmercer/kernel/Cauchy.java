package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = 1/(1 + c ‖q - k‖²)`, `c = 1/√d` unless said otherwise: Student's t with one degree of
/// freedom.
///
/// Its tail falls as a power: far keys keep some weight. Source: Basak 2008; as t-SNE's kernel, van
/// der Maaten & Hinton 2008.
public record Cauchy(Coefficient scale) implements Profile {
    /// Scale `1/√d`.
    public Cauchy() {
        this(Coefficient.inverseRootDimension());
    }

    @Override
    public double at(double[] q, double[] k) {
        return 1 / (1 + scale.value(q.length) * Pairing.SQUARED_DISTANCE.at(q, k));
    }

    @Override
    public Pairing pairing() {
        return Pairing.SQUARED_DISTANCE;
    }

    @Override
    public Expression profile(Expression s) {
        return s.times(scale).plus(1).reciprocal();
    }

    @Override
    public String about() {
        return "A bell with a heavy tail: weights fall as the inverse square of the distance.";
    }

    @Override
    public String source() {
        return "van der Maaten & Hinton 2008, section 3.3";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "a function of the distance")
                .proved(
                        Trait.POSITIVE_DEFINITE,
                        "mixture of Gaussians, ∫ e^(-t(1 + s)) dt: Schoenberg 1938")
                .proved(
                        Trait.INFINITELY_DIVISIBLE,
                        "(1 + s)^(-r) = ∫ t^(r-1) e^(-t(1 + s)) dt/Γ(r): Schoenberg 1938")
                .proved(Trait.STATIONARY, "a function of q - k")
                .proved(Trait.NON_NEGATIVE, "a reciprocal of a positive number")
                .features(
                        new FeatureDimension.Infinite(
                                "Gram matrices of distinct points are regular: Micchelli 1986"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Cauchy(), 1, new double[] {1, 2}, new double[] {1, 2}),
                Specimen.of(new Cauchy(), 0.5, new double[] {1}, new double[] {0}),
                Specimen.of(
                        new Cauchy(Coefficient.of(2)),
                        1.0 / 19,
                        new double[] {3, 1},
                        new double[] {0, 1}));
    }
}
