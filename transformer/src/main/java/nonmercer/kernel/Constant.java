package nonmercer.kernel;

import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.autodiff.Tensor;

/// `k(q, k) = c`, `c ≥ 0`: every key counts alike.
///
/// Attention with it is the mean of the values. It is the 0 and the 1 of the algebra.
public record Constant(double value) implements Profile {
    /// 1.
    public Constant() {
        this(1);
    }

    /// Refuses a negative number, for which the kernel is not positive definite.
    public Constant {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "a constant kernel is 0 or positive and finite, got " + value);
        }
    }

    @Override
    public double at(double[] q, double[] k) {
        return value;
    }

    @Override
    public Pairing pairing() {
        return Pairing.DOT;
    }

    @Override
    public Expression profile(Expression s) {
        return Expression.constant(value);
    }

    /// The feature √c, the same for every point; 0 has none.
    @Override
    public Optional<FeatureMap> featureMap() {
        double root = Math.sqrt(value);
        return value > 0
                ? Optional.of(
                        new FeatureMaps.Same(
                                x -> Tensor.of(Array.full(x.dtype(), x.shape().with(-1, 1), root)),
                                d -> 1))
                : Optional.empty();
    }

    @Override
    public String about() {
        return "Every key counts alike: attention is the mean of the values.";
    }

    @Override
    public String source() {
        return "folklore";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "a constant")
                .proved(Trait.POSITIVE_DEFINITE, "c (Σᵢ cᵢ)² ≥ 0")
                .proved(Trait.CONDITIONALLY_NEGATIVE_DEFINITE, "c (Σᵢ cᵢ)² = 0")
                .proved(Trait.INFINITELY_DIVISIBLE, "powers are constants")
                .proved(Trait.STATIONARY, "a constant")
                .proved(Trait.NON_NEGATIVE, "c ≥ 0")
                .features(
                        new FeatureDimension.Finite(
                                d -> value > 0 ? 1 : 0,
                                value > 0 ? "1" : "0",
                                true,
                                "the feature √c"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Constant(), 1, new double[] {3, 1}, new double[] {-1, 2}),
                Specimen.of(new Constant(3), 3, new double[] {3}, new double[] {1}),
                Specimen.of(new Constant(2.5), 2.5, new double[] {0}, new double[] {7}));
    }
}
