package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = Σₗ φ(qₗ) φ(kₗ)` with `φ(x) = x + 1` where `x > 0`, else `eˣ`: the linear Transformer.
///
/// Positive features make it an attention in linear time. Source: Katharopoulos et al. 2020, eq. 7.
public record EluPlusOne() implements Featured {
    @Override
    public double at(double[] q, double[] k) {
        double sum = 0;
        for (int l = 0; l < q.length; l++) {
            sum += feature(q[l]) * feature(k[l]);
        }
        return sum;
    }

    private static double feature(double x) {
        return x > 0 ? x + 1 : Math.exp(x);
    }

    @Override
    public FeatureMap features() {
        return new FeatureMaps.Same(x -> x.relu().add(x.neg().relu().neg().exp()), d -> d);
    }

    @Override
    public String formula() {
        return "Σₗ (elu(qₗ)+1)·(elu(kₗ)+1)";
    }

    @Override
    public String about() {
        return "Positive features, coordinate by coordinate: the linear Transformer.";
    }

    @Override
    public String source() {
        return "Katharopoulos et al. 2020, eq. 7";
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
                Specimen.of(new EluPlusOne(), 6, new double[] {1}, new double[] {2}),
                Specimen.of(new EluPlusOne(), 2, new double[] {0, 0}, new double[] {0, 0}),
                Specimen.of(new EluPlusOne(), Math.exp(-3), new double[] {-1}, new double[] {-2}));
    }
}
