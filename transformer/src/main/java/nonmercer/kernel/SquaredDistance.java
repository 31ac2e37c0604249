package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = ‖q - k‖²`: a squared distance as a weight.
///
/// Far keys weigh most. Its decay, `exp(-t ‖q - k‖²)`, is [Gauss]: the first case of Schoenberg's
/// theorem.
public record SquaredDistance() implements Profile {
    @Override
    public double at(double[] q, double[] k) {
        double sum = 0;
        for (int l = 0; l < q.length; l++) {
            double apart = q[l] - k[l];
            sum += apart * apart;
        }
        return sum;
    }

    @Override
    public Pairing pairing() {
        return Pairing.SQUARED_DISTANCE;
    }

    @Override
    public Expression profile(Expression s) {
        return s;
    }

    @Override
    public String about() {
        return "A squared distance used as a weight; its decay is Gauss.";
    }

    @Override
    public String source() {
        return "Schoenberg 1938";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "a distance")
                .refuted(
                        Trait.POSITIVE_DEFINITE,
                        "two points give eigenvalues ±k(0, 1)",
                        new double[] {0},
                        new double[] {1})
                .proved(
                        Trait.CONDITIONALLY_NEGATIVE_DEFINITE,
                        "Σᵢⱼ cᵢ cⱼ ‖xᵢ - xⱼ‖² = -2 ‖Σᵢ cᵢ xᵢ‖² where Σᵢ cᵢ = 0")
                .proved(Trait.STATIONARY, "a function of q - k")
                .proved(Trait.NON_NEGATIVE, "a sum of squares")
                .features(
                        new FeatureDimension.Finite(
                                d -> d == 0 ? 0 : d + 2L,
                                "d+2",
                                true,
                                "‖q‖² · 1 + 1 · ‖k‖² - 2 q·k"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new SquaredDistance(), 25, new double[] {3, 4}, new double[] {0, 0}),
                Specimen.of(new SquaredDistance(), 0, new double[] {3, 4}, new double[] {3, 4}),
                Specimen.of(new SquaredDistance(), 4, new double[] {-1}, new double[] {1}));
    }
}
