package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = exp(-c ‖q - k‖)`, `c = 1/√d` unless said otherwise, of the 2-norm or of the 1-norm.
///
/// Of the 1-norm it is a product over coordinates; of the 2-norm it is [Matern] of smoothness 1/2.
/// Where two points meet it has a kink; its gradient is taken as 0 there. Source: Schoenberg 1938
/// for both norms.
public record Laplace(Coefficient scale, Norm norm) implements Profile {
    /// How long a difference is.
    public enum Norm {
        /// `Σₗ |xₗ|`.
        ONE,
        /// `√Σₗ xₗ²`.
        TWO
    }

    /// The 2-norm, scale `1/√d`.
    public Laplace() {
        this(Norm.TWO);
    }

    /// Scale `1/√d`.
    public Laplace(Norm norm) {
        this(Coefficient.inverseRootDimension(), norm);
    }

    @Override
    public double at(double[] q, double[] k) {
        double length = 0;
        for (int l = 0; l < q.length; l++) {
            double apart = Math.abs(q[l] - k[l]);
            length = norm == Norm.ONE ? length + apart : Math.hypot(length, apart);
        }
        return Math.exp(-scale.value(q.length) * length);
    }

    @Override
    public Pairing pairing() {
        return norm == Norm.ONE ? Pairing.L1_DISTANCE : Pairing.SQUARED_DISTANCE;
    }

    @Override
    public Expression profile(Expression s) {
        return (norm == Norm.ONE ? s : s.sqrt()).times(scale).negated().exp();
    }

    @Override
    public String about() {
        return "An exponential of the distance: pointed, with a tail between Gauss and Cauchy.";
    }

    @Override
    public String source() {
        return "Schoenberg 1938";
    }

    @Override
    public Traits traits() {
        String distance =
                norm == Norm.ONE
                        ? "the 1-norm is conditionally negative definite: Schoenberg 1938"
                        : "the distance is conditionally negative definite: Schoenberg 1938";
        return Traits.none()
                .proved(Trait.SYMMETRIC, "a function of a distance")
                .proved(Trait.POSITIVE_DEFINITE, distance)
                .proved(Trait.INFINITELY_DIVISIBLE, distance)
                .proved(Trait.STATIONARY, "a function of q - k")
                .proved(Trait.NON_NEGATIVE, "an exponential is positive")
                .features(
                        new FeatureDimension.Infinite(
                                "on a line, where both norms are one, Gram matrices of distinct points are"
                                        + " regular: Micchelli 1986"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Laplace(), 1, new double[] {1, 2}, new double[] {1, 2}),
                Specimen.of(
                        new Laplace(Norm.ONE),
                        Math.exp(-3.5),
                        new double[] {1, 2, 3, 4},
                        new double[] {0, 0, 3, 0}),
                Specimen.of(
                        new Laplace(Norm.TWO),
                        Math.exp(-2.5),
                        new double[] {3, 0, 1, 5},
                        new double[] {0, 4, 1, 5}),
                Specimen.of(
                        new Laplace(Coefficient.of(2), Norm.TWO),
                        Math.exp(-10),
                        new double[] {3, 4},
                        new double[] {0, 0}));
    }
}
