package nonmercer.kernel;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.autodiff.Parameter;

/// `k(q, k) = exp(-c ‖q - k‖²)`, `c = 1/√d` unless said otherwise: the radial basis function.
///
/// Row-normalised over the keys it is the softmax kernel with a bias of `-c‖k‖²` on each key.
/// Source: Schoenberg 1938; Wright & Gonzalez 2021, section 5.
public record Gauss(Coefficient scale) implements Profile {
    /// The scale of Wright & Gonzalez, `1/√d`.
    public Gauss() {
        this(Coefficient.inverseRootDimension());
    }

    /// `exp(-½ Σₗ (qₗ - kₗ)²/ℓₗ²)` with a trained lengthscale for each coordinate, `ℓ` at first:
    /// automatic relevance determination.
    public static Kernel ard(double... l) {
        double[] logs = new double[l.length];
        for (int i = 0; i < l.length; i++) {
            logs[i] = Math.log(Coefficient.of(l[i]).value(l.length));
        }
        return new Gauss(Coefficient.of(0.5))
                .warped(new Warp.Ard(new Parameter(Array.vector(logs))));
    }

    /// `exp(-‖q - k‖² / (2ℓ²))`.
    public static Gauss lengthscaled(double l) {
        return new Gauss(Coefficient.of(1 / (2 * l * l)));
    }

    @Override
    public double at(double[] q, double[] k) {
        return Math.exp(-scale.value(q.length) * Pairing.SQUARED_DISTANCE.at(q, k));
    }

    @Override
    public Pairing pairing() {
        return Pairing.SQUARED_DISTANCE;
    }

    @Override
    public Expression profile(Expression s) {
        return s.times(scale).negated().exp();
    }

    @Override
    public String about() {
        return "A bell of the distance: near keys count.";
    }

    @Override
    public String source() {
        return "Wright & Gonzalez 2021, section 5";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "a function of the distance")
                .proved(Trait.POSITIVE_DEFINITE, "Fourier transform of a Gaussian: Bochner 1932")
                .proved(Trait.INFINITELY_DIVISIBLE, "a power is one with another c")
                .proved(Trait.STATIONARY, "a function of q - k")
                .proved(Trait.NON_NEGATIVE, "an exponential is positive")
                .features(
                        new FeatureDimension.Infinite(
                                "strictly positive definite: Gram matrices of distinct points have full rank,"
                                        + " Schoenberg 1938"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Gauss(), 1, new double[] {3, 4}, new double[] {3, 4}),
                Specimen.of(
                        new Gauss(),
                        Math.exp(-1),
                        new double[] {1, 0, 0, 1},
                        new double[] {0, 0, 0, 0}),
                Specimen.of(
                        lengthscaled(2), Math.exp(-0.5), new double[] {2, 0}, new double[] {0, 0}),
                Specimen.of(ard(1, 2, 4), Math.exp(-1.5), new double[] {1, 2, 4}, new double[3]));
    }
}
