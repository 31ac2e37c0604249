package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = Σₗ 2qₗkₗ/(qₗ + kₗ)` of histograms: harmonic means.
///
/// Negative coordinates are read as 0, as in [Intersection]; where one of two is 0, so is the mean.
/// `Chi2.scaled(2).exponential().normalised()` is the exponential of `-Σ (q - k)²/(q + k)`. Source:
/// Vedaldi & Zisserman 2012.
public record Chi2() implements Profile {
    @Override
    public double at(double[] q, double[] k) {
        double sum = 0;
        for (int l = 0; l < q.length; l++) {
            if (q[l] > 0 && k[l] > 0) {
                sum += 2 / (1 / q[l] + 1 / k[l]);
            }
        }
        return sum;
    }

    @Override
    public Pairing pairing() {
        return Pairing.HARMONIC;
    }

    @Override
    public Expression profile(Expression s) {
        return s;
    }

    @Override
    public String about() {
        return "Harmonic means of two histograms; negative coordinates are read as 0.";
    }

    @Override
    public String source() {
        return "Vedaldi & Zisserman 2012";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "2ab/(a + b) is")
                .proved(
                        Trait.POSITIVE_DEFINITE,
                        "2ab/(a + b) = 2 ∫ a e^(-ta) b e^(-tb) dt over t > 0")
                .proved(Trait.NON_NEGATIVE, "means of positive numbers")
                .refuted(
                        Trait.STATIONARY,
                        "k(1, 1) > k(0, 0)",
                        new double[] {0},
                        new double[] {0},
                        new double[] {1})
                .features(
                        new FeatureDimension.Infinite(
                                "matrices 1/(aᵢ + aⱼ) of distinct points are regular: Cauchy 1841"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Chi2(), 3, new double[] {3, 1}, new double[] {1, 3}),
                Specimen.of(new Chi2(), 2, new double[] {2, -5}, new double[] {2, -5}),
                Specimen.of(new Chi2(), 2.4, new double[] {2, 0, 1}, new double[] {3, 7, 0}));
    }
}
