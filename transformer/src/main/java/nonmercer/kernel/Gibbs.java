package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = (2ℓℓ'/(ℓ² + ℓ'²))^(d/2) exp(-‖q - k‖²/(ℓ² + ℓ'²))` with `ℓ² = 1 + c‖q‖²` and `ℓ'² = 1
/// + c‖k‖²`, `c = 1/√d` unless said otherwise: a bell that widens away from the origin.
///
/// Not stationary, though it has a lengthscale. Source: Gibbs 1997, section 3.10; Paciorek &
/// Schervish 2003, eq. 6.
public record Gibbs(Coefficient scale) implements Composed {
    /// Scale `1/√d`.
    public Gibbs() {
        this(Coefficient.inverseRootDimension());
    }

    @Override
    public double at(double[] q, double[] k) {
        double c = scale.value(q.length);
        double a = 1 + c * Pairing.DOT.at(q, q);
        double b = 1 + c * Pairing.DOT.at(k, k);
        double factor = Math.pow(2 * Math.sqrt(a) * Math.sqrt(b) / (a + b), q.length / 2.0);
        return factor * Math.exp(-Pairing.SQUARED_DISTANCE.at(q, k) / (a + b));
    }

    /// `ℓ² + ℓ'² = 2 + c‖q - k‖² + 2c q·k`.
    @Override
    public Kernel definition() {
        Kernel distance = new SquaredDistance();
        Kernel widths =
                new Constant(2)
                        .plus(distance.scaled(scale))
                        .plus(new Linear().scaled(2).scaled(scale));
        Expression s = new Expression.Variable();
        Expression dimension =
                Expression.constant(1).times(Coefficient.inverseRootDimension()).power(-2);
        Kernel inverse = widths.applied(s.reciprocal());
        Kernel ratio = new Linear().warped(new Radius(1, scale)).times(inverse).scaled(2);
        return ratio.applied(s.log().times(dimension.times(0.5)).exp())
                .times(distance.times(inverse).decay(1));
    }

    @Override
    public String formula() {
        return "(2ℓℓ'/(ℓ²+ℓ'²))^(d/2)·exp(-‖q-k‖²/(ℓ²+ℓ'²)), ℓ² = 1 + " + scale.symbol() + "·‖q‖²";
    }

    @Override
    public String about() {
        return "A bell that widens away from the origin: not stationary, though it has a lengthscale.";
    }

    @Override
    public String source() {
        return "Gibbs 1997, section 3.10";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "ℓ and ℓ' change places")
                .proved(
                        Trait.POSITIVE_DEFINITE,
                        "an integral of products of two bells, one of each point: Gibbs 1997;"
                                + " Paciorek & Schervish 2003, Theorem 1")
                .proved(Trait.NON_NEGATIVE, "a product of positive numbers")
                .refuted(
                        Trait.STATIONARY,
                        "farther out it is wider",
                        new double[] {0},
                        new double[] {2},
                        new double[] {3})
                .features(
                        new FeatureDimension.Infinite(
                                "on a sphere about 0 it is Gauss: Schoenberg 1938"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Gibbs(), 1, new double[] {1, 2}, new double[] {1, 2}),
                Specimen.of(
                        new Gibbs(Coefficient.of(1)),
                        0.8 * Math.exp(-0.6),
                        new double[] {0, 0},
                        new double[] {1, Math.sqrt(2)}),
                Specimen.of(
                        new Gibbs(),
                        0.64 * Math.exp(-1.2),
                        new double[] {0, 0, 0, 0},
                        new double[] {2, 1, 1, 0}));
    }
}
