package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = exp(c q·k)`, `c = 1/√d` unless said otherwise: the softmax kernel.
///
/// As a function of query and key it is symmetric and positive definite; attention makes it
/// neither, by projecting queries and keys with different matrices. Source: Vaswani et al. 2017,
/// eq. 1; Wright & Gonzalez 2021, Prop. 1.
public record ExpDot(Coefficient scale) implements Profile {
    /// The scale of the Transformer, `1/√d`.
    public ExpDot() {
        this(Coefficient.inverseRootDimension());
    }

    @Override
    public double at(double[] q, double[] k) {
        return Math.exp(scale.value(q.length) * Pairing.DOT.at(q, k));
    }

    @Override
    public Pairing pairing() {
        return Pairing.DOT;
    }

    @Override
    public Expression profile(Expression s) {
        return s.times(scale).exp();
    }

    @Override
    public String about() {
        return "The softmax kernel of the Transformer.";
    }

    @Override
    public String source() {
        return "Vaswani et al. 2017, eq. 1";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "q·k is")
                .proved(
                        Trait.POSITIVE_DEFINITE,
                        "power series of q·k with non-negative coefficients: Schur 1911")
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
                                "Vandermonde minors: Wright & Gonzalez 2021, section 3"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new ExpDot(), 1, new double[] {0, 3}, new double[] {5, 0}),
                Specimen.of(
                        new ExpDot(), Math.E, new double[] {1, 1, 1, 1}, new double[] {2, 0, 0, 0}),
                Specimen.of(
                        new ExpDot(Coefficient.of(2)),
                        Math.exp(-6),
                        new double[] {1, -1},
                        new double[] {-1, 2}));
    }
}
