package nonmercer.kernel;

import java.util.List;
import java.util.Optional;

/// `k(q, k) = c q·k`, `c = 1` unless said otherwise: the dot product itself.
///
/// The kernel of linear regression. It is negative for half of all pairs, so attention cannot
/// divide by its sums.
public record Linear(Coefficient scale) implements Profile {
    /// `q·k`.
    public Linear() {
        this(Coefficient.of(1));
    }

    @Override
    public double at(double[] q, double[] k) {
        return scale.value(q.length) * Pairing.DOT.at(q, k);
    }

    @Override
    public Pairing pairing() {
        return Pairing.DOT;
    }

    @Override
    public Expression profile(Expression s) {
        return s.times(scale);
    }

    @Override
    public Optional<FeatureMap> featureMap() {
        return Optional.of(Monomials.of(scale, 0, 1));
    }

    @Override
    public String about() {
        return "The dot product itself, the kernel of linear regression.";
    }

    @Override
    public String source() {
        return "Aronszajn 1950";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "q·k is")
                .proved(Trait.POSITIVE_DEFINITE, "Σᵢⱼ cᵢ cⱼ xᵢ·xⱼ = ‖Σᵢ cᵢ xᵢ‖²")
                .refuted(
                        Trait.STATIONARY,
                        "k(1, 1) ≠ k(0, 0)",
                        new double[] {0},
                        new double[] {0},
                        new double[] {1})
                .refuted(Trait.NON_NEGATIVE, "k(1, -1) < 0", new double[] {1}, new double[] {-1})
                .features(new FeatureDimension.Finite(d -> d, "d", true, "the coordinates"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Linear(), 11, new double[] {1, 2}, new double[] {3, 4}),
                Specimen.of(new Linear(), 0, new double[] {1, 2}, new double[] {-2, 1}),
                Specimen.of(
                        new Linear(Coefficient.inverseRootDimension()),
                        -3,
                        new double[] {2, 0, 1, 1},
                        new double[] {-3, 5, 0, 0}));
    }
}
