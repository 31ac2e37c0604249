package nonmercer.kernel;

import java.util.List;
import java.util.Optional;

/// `k(q, k) = (c q·k + offset)²`, `c = 1/√d` and `offset = 1` unless said otherwise.
///
/// A finite kernel: with a positive offset its rank is `(d+1)(d+2)/2`, without one `d(d+1)/2`. It
/// cannot tell `q` from `-q` without an offset. Source: Wright & Gonzalez 2021, section 5.
public record Quadratic(Coefficient scale, double offset) implements Profile {
    /// Scale `1/√d`, offset 1.
    public Quadratic() {
        this(Coefficient.inverseRootDimension(), 1);
    }

    /// Refuses a negative offset, for which the kernel is not positive definite.
    public Quadratic {
        if (!(offset >= 0) || Double.isInfinite(offset)) {
            throw new IllegalArgumentException(
                    "the offset of a quadratic kernel must be 0 or positive, got " + offset);
        }
    }

    /// `(q·k/√d)²`.
    public static Quadratic homogeneous() {
        return new Quadratic(Coefficient.inverseRootDimension(), 0);
    }

    @Override
    public double at(double[] q, double[] k) {
        double t = scale.value(q.length) * Pairing.DOT.at(q, k) + offset;
        return t * t;
    }

    @Override
    public Pairing pairing() {
        return Pairing.DOT;
    }

    @Override
    public Expression profile(Expression s) {
        return s.times(scale).plus(offset).power(2);
    }

    @Override
    public Optional<FeatureMap> featureMap() {
        return Optional.of(Monomials.binomial(scale, offset, 2));
    }

    @Override
    public String about() {
        return "A square of an affine function of the dot product: finite, and blind to signs without an offset.";
    }

    @Override
    public String source() {
        return "Wright & Gonzalez 2021, section 5";
    }

    @Override
    public Traits traits() {
        FeatureDimension features =
                offset > 0
                        ? new FeatureDimension.Finite(
                                d -> (d + 1L) * (d + 2) / 2,
                                "(d+1)(d+2)/2",
                                true,
                                "monomials of degree at most 2")
                        : new FeatureDimension.Finite(
                                d -> d * (d + 1L) / 2, "d(d+1)/2", true, "monomials of degree 2");
        return Traits.none()
                .proved(Trait.SYMMETRIC, "q·k is")
                .proved(
                        Trait.POSITIVE_DEFINITE,
                        "polynomial of q·k with non-negative coefficients: Schur 1911")
                .proved(Trait.NON_NEGATIVE, "a square")
                .refuted(
                        Trait.STATIONARY,
                        "k(1, 1) > k(0, 0)",
                        new double[] {0},
                        new double[] {0},
                        new double[] {1})
                .features(features);
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(
                        new Quadratic(), 4, new double[] {2, 0, 0, 0}, new double[] {1, 5, 5, 5}),
                Specimen.of(
                        new Quadratic(), 0, new double[] {2, 0, 0, 0}, new double[] {-1, 5, 5, 5}),
                Specimen.of(
                        homogeneous(), 9, new double[] {3, 0, 0, 0}, new double[] {2, 1, 1, 1}));
    }
}
