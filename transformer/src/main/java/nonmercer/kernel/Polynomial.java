package nonmercer.kernel;

import java.util.List;
import java.util.Optional;

/// `k(q, k) = (c q·k + b)ᵖ`, `c = 1/√d`, `b = 1` and `p = 3` unless said otherwise.
///
/// Its features are the monomials of degree at most `p`, of degree `p` alone without an offset.
/// Source: Vapnik 1995, section 5.6.
public record Polynomial(int degree, Coefficient scale, double offset) implements Profile {
    /// The cube, scale `1/√d`, offset 1.
    public Polynomial() {
        this(3);
    }

    /// Scale `1/√d`, offset 1.
    public Polynomial(int degree) {
        this(degree, Coefficient.inverseRootDimension(), 1);
    }

    /// Refuses a degree below 1, and a negative offset, for which the kernel is not positive
    /// definite.
    public Polynomial {
        if (degree < 1 || degree > 30) {
            throw new IllegalArgumentException(
                    "a polynomial kernel has a degree of 1 to 30, got " + degree);
        }
        if (!(offset >= 0) || Double.isInfinite(offset)) {
            throw new IllegalArgumentException(
                    "the offset of a polynomial kernel must be 0 or positive, got " + offset);
        }
    }

    @Override
    public double at(double[] q, double[] k) {
        double t = scale.value(q.length) * Pairing.DOT.at(q, k) + offset;
        double power = t;
        for (int i = 1; i < degree; i++) {
            power *= t;
        }
        return power;
    }

    @Override
    public Pairing pairing() {
        return Pairing.DOT;
    }

    @Override
    public Expression profile(Expression s) {
        return s.times(scale).plus(offset).power(degree);
    }

    @Override
    public Optional<FeatureMap> featureMap() {
        return Optional.of(Monomials.binomial(scale, offset, degree));
    }

    @Override
    public String about() {
        return "A power of an affine function of the dot product: all monomials up to a degree.";
    }

    @Override
    public String source() {
        return "Vapnik 1995, section 5.6";
    }

    @Override
    public Traits traits() {
        Traits t =
                Traits.none()
                        .proved(Trait.SYMMETRIC, "q·k is")
                        .proved(
                                Trait.POSITIVE_DEFINITE,
                                "polynomial of q·k with non-negative coefficients: Schur 1911")
                        .refuted(
                                Trait.STATIONARY,
                                "k(1, 1) > k(0, 0)",
                                new double[] {0},
                                new double[] {0},
                                new double[] {1})
                        .features(Monomials.count(degree, offset > 0));
        double far = Math.sqrt((offset + 1) / scale.value(1));
        return degree % 2 == 0
                ? t.proved(Trait.NON_NEGATIVE, "an even power")
                : t.refuted(
                        Trait.NON_NEGATIVE,
                        "an odd power of c q·k + b = -1",
                        new double[] {far},
                        new double[] {-far});
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(
                        new Polynomial(), 8, new double[] {2, 0, 0, 0}, new double[] {1, 5, 5, 5}),
                Specimen.of(
                        new Polynomial(4, Coefficient.of(1), 0),
                        16,
                        new double[] {1, 1},
                        new double[] {1, 1}),
                Specimen.of(
                        new Polynomial(3, Coefficient.of(2), 1),
                        -27,
                        new double[] {1, 1},
                        new double[] {-1, -1}));
    }
}
