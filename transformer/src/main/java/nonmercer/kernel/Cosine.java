package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = q·k/(‖q‖ ‖k‖)`: the cosine of the angle; 0 where a point is 0.
///
/// Lengths do not count. At 0 its gradient is taken as 0.
public record Cosine() implements Composed {
    @Override
    public double at(double[] q, double[] k) {
        double lengths = Math.sqrt(Pairing.DOT.at(q, q)) * Math.sqrt(Pairing.DOT.at(k, k));
        return lengths > 0 ? Pairing.DOT.at(q, k) / lengths : 0;
    }

    @Override
    public Kernel definition() {
        return new Linear().warped(new Unit());
    }

    @Override
    public String formula() {
        return "q·k/(‖q‖‖k‖)";
    }

    @Override
    public String about() {
        return "The cosine of the angle between query and key: lengths do not count.";
    }

    @Override
    public String source() {
        return "Salton, Wong & Yang 1975";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "q·k is")
                .proved(Trait.POSITIVE_DEFINITE, "Gram matrices of points of length 1, or 0")
                .refuted(
                        Trait.STATIONARY,
                        "k(1, -1) = -1, k(3, 1) = 1",
                        new double[] {1},
                        new double[] {-1},
                        new double[] {2})
                .refuted(Trait.NON_NEGATIVE, "k(1, -1) = -1", new double[] {1}, new double[] {-1})
                .features(new FeatureDimension.Finite(d -> d, "d", true, "the unit vector"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Cosine(), 0.96, new double[] {3, 4}, new double[] {8, 6}),
                Specimen.of(new Cosine(), 0, new double[] {0, 0}, new double[] {1, 2}),
                Specimen.of(new Cosine(), -1, new double[] {2, 0}, new double[] {-7, 0}));
    }
}
