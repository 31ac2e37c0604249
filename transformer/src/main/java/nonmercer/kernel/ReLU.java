package nonmercer.kernel;

import java.util.List;
import nonmercer.autodiff.Tensor;

/// `k(q, k) = Σₗ max(qₗ, 0) max(kₗ, 0)`.
///
/// Features without a bound on their number of zeros: queries that see no key get zeros. Source:
/// Choromanski et al. 2021, section 4, as generalised attention.
public record ReLU() implements Featured {
    @Override
    public double at(double[] q, double[] k) {
        double sum = 0;
        for (int l = 0; l < q.length; l++) {
            sum += feature(q[l]) * feature(k[l]);
        }
        return sum;
    }

    private static double feature(double x) {
        return Math.max(x, 0);
    }

    @Override
    public FeatureMap features() {
        return new FeatureMaps.Same(Tensor::relu, d -> d);
    }

    @Override
    public String formula() {
        return "Σₗ max(qₗ,0)·max(kₗ,0)";
    }

    @Override
    public String about() {
        return "Positive parts, coordinate by coordinate: sparse features.";
    }

    @Override
    public String source() {
        return "Choromanski et al. 2021, section 4";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "both sides are mapped alike")
                .proved(Trait.POSITIVE_DEFINITE, "a dot product of features")
                .refuted(
                        Trait.STATIONARY,
                        "k(1, 1) > k(0, 0)",
                        new double[] {0},
                        new double[] {0},
                        new double[] {1})
                .proved(Trait.NON_NEGATIVE, "features are not negative")
                .features(
                        new FeatureDimension.Finite(
                                d -> d, "d", true, "a feature for each coordinate"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new ReLU(), 11, new double[] {1, 2}, new double[] {3, 4}),
                Specimen.of(new ReLU(), 3, new double[] {1, -2}, new double[] {3, 4}),
                Specimen.of(new ReLU(), 0, new double[] {-1, -2}, new double[] {-3, 4}));
    }
}
