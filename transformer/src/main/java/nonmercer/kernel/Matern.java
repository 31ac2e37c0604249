package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = e^(-r) θₚ(r)/θₚ(0)` with `r = c √(2p+1) ‖q - k‖`, `c = 1/√d` unless said otherwise:
/// the Matérn kernel of smoothness `p + 1/2`.
///
/// `θ₀ = 1`, `θ₁ = 1 + r`, `θ₂ = 3 + 3r + r²`: the larger `p`, the smoother, [Gauss] at the end.
/// Source: Rasmussen & Williams 2006, eq. 4.16 with `ℓ = 1/c`; the polynomials are the reverse
/// Bessel polynomials.
public record Matern(int p, Coefficient scale) implements Profile {
    /// Smoothness 3/2, scale `1/√d`.
    public Matern() {
        this(1);
    }

    /// Smoothness `p + 1/2`, scale `1/√d`.
    public Matern(int p) {
        this(p, Coefficient.inverseRootDimension());
    }

    /// Refuses a smoothness other than 1/2, 3/2 and 5/2.
    public Matern {
        if (p < 0 || p > 2) {
            throw new IllegalArgumentException(
                    "the smoothness p + 1/2 of a Matérn kernel is 1/2, 3/2 or 5/2 here, got p = "
                            + p);
        }
    }

    @Override
    public double at(double[] q, double[] k) {
        double distance = Math.sqrt(Pairing.SQUARED_DISTANCE.at(q, k));
        double r = scale.value(q.length) * Math.sqrt(2 * p + 1) * distance;
        return switch (p) {
            case 0 -> Math.exp(-r);
            case 1 -> (1 + r) * Math.exp(-r);
            default -> (1 + r + r * r / 3) * Math.exp(-r);
        };
    }

    @Override
    public Pairing pairing() {
        return Pairing.SQUARED_DISTANCE;
    }

    /// With the polynomial in the exponent, so that the logarithm is at hand.
    @Override
    public Expression profile(Expression s) {
        Expression r = s.sqrt().times(Math.sqrt(2 * p + 1)).times(scale);
        return switch (p) {
            case 0 -> r.negated().exp();
            case 1 -> r.plus(1).log().plus(r.negated()).exp();
            default -> r.plus(1).plus(r.power(2).times(1.0 / 3)).log().plus(r.negated()).exp();
        };
    }

    @Override
    public String formula() {
        String polynomial =
                switch (p) {
                    case 0 -> "";
                    case 1 -> "(1 + r)·";
                    default -> "(1 + r + r²/3)·";
                };
        String root = p == 0 ? "" : "√" + (2 * p + 1) + "·";
        return polynomial
                + "exp(-r), r = "
                + root
                + "‖q-k‖"
                + new Distance(scale).formula().substring("‖q-k‖".length());
    }

    @Override
    public String about() {
        return "Bells of any smoothness: once, twice or p times differentiable.";
    }

    @Override
    public String source() {
        return "Rasmussen & Williams 2006, section 4.2.1";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "a function of the distance")
                .proved(
                        Trait.POSITIVE_DEFINITE,
                        "Fourier transform of a multivariate t density: Bochner 1932")
                .proved(
                        Trait.INFINITELY_DIVISIBLE,
                        "the t distribution is infinitely divisible: Grosswald 1976")
                .proved(Trait.STATIONARY, "a function of q - k")
                .proved(Trait.NON_NEGATIVE, "a product of positive numbers")
                .features(
                        new FeatureDimension.Infinite(
                                "a positive spectral density: Gram matrices of distinct points are regular"));
    }

    static List<Specimen> specimens() {
        Coefficient one = Coefficient.of(1);
        return List.of(
                Specimen.of(new Matern(), 1, new double[] {1, 2}, new double[] {1, 2}),
                Specimen.of(
                        new Matern(0, one), Math.exp(-5), new double[] {3, 4}, new double[] {0, 0}),
                Specimen.of(
                        new Matern(1, one),
                        4 * Math.exp(-3),
                        new double[] {1, 1, 1},
                        new double[] {0, 0, 0}),
                Specimen.of(
                        new Matern(2, Coefficient.of(2)),
                        (1 + 10 + 100.0 / 3) * Math.exp(-10),
                        new double[] {1, 2, 0, 0},
                        new double[] {0, 0, 0, 0}));
    }
}
