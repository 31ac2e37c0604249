package nonmercer.kernel;

import java.util.List;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// `k(q, k) = cos(π(t - u)/2M) Σₗ max(qₗ, 0) max(kₗ, 0)`, `M = 1` unless said otherwise, with
/// positions `t`, `u` in the last coordinate of query and key and the sum over the others: near
/// keys count more.
///
/// A tensor product of [ReLU] and a cosine of positions; what lies outside `0 … M` counts as 0 or
/// as M, where the cosine is not negative. Source: Qin et al. 2022, eq. 9.
public record Cosformer(Coefficient length) implements Featured {
    /// Positions from 0 to 1.
    public Cosformer() {
        this(Coefficient.of(1));
    }

    @Override
    public double at(double[] q, double[] k) {
        int last = q.length - 1;
        double m = length.value(q.length);
        double apart = (Math.clamp(q[last], 0, m) - Math.clamp(k[last], 0, m)) / m;
        double sum = 0;
        for (int l = 0; l < last; l++) {
            sum += Math.max(q[l], 0) * Math.max(k[l], 0);
        }
        return Math.cos(Math.PI / 2 * apart) * sum;
    }

    @Override
    public FeatureMap features() {
        return new Positioned(length);
    }

    /// `max(x, 0)` times `cos(πt/2M)` and times `sin(πt/2M)`.
    private record Positioned(Coefficient length) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return 2 * (d - 1);
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            int last = q.dim(-1) - 1;
            Tensor content = q.slice(-1, 0, last).relu();
            Tensor angle = angle(q.slice(-1, last, last + 1), q.dim(-1), pass);
            return Tensor.concat(-1, List.of(content.mul(angle.cos()), content.mul(angle.sin())));
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return queries(k, pass);
        }

        /// `(π/2) max(0, min(t/M, 1))`, as `max(0, t/M) - max(0, t/M - 1)`.
        private Tensor angle(Tensor t, int d, Pass pass) {
            Tensor part =
                    length instanceof Coefficient.Trained m
                            ? t.mul(m.tensor(pass).reciprocal())
                            : t.scale(1 / length.value(d));
            return part.relu().sub(part.plus(-1).relu()).scale(Math.PI / 2);
        }
    }

    @Override
    public String formula() {
        return "cos(π(t-u)/"
                + (length.equals(Coefficient.of(1)) ? "2" : "(2·" + length.symbol() + ")")
                + ")·Σₗ max(qₗ,0)·max(kₗ,0), t and u last";
    }

    @Override
    public String about() {
        return "Positive parts, weighted by a cosine of the distance of two positions.";
    }

    @Override
    public String source() {
        return "Qin et al. 2022, eq. 9";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "both sides are mapped alike")
                .proved(Trait.POSITIVE_DEFINITE, "a dot product of features")
                .proved(
                        Trait.NON_NEGATIVE,
                        "positions are at most M apart, where the cosine is not negative")
                .refuted(
                        Trait.STATIONARY,
                        "content is not",
                        new double[] {0, 0},
                        new double[] {0, 0},
                        new double[] {1, 0})
                .features(
                        new FeatureDimension.Finite(
                                d -> d == 0 ? 0 : 2L * (d - 1),
                                "2(d-1)",
                                false,
                                "two for each coordinate but the last"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(
                        new Cosformer(), 11, new double[] {1, 2, 0.5}, new double[] {3, 4, 0.5}),
                Specimen.of(
                        new Cosformer(),
                        Math.sqrt(0.5) * 3,
                        new double[] {1, -2, 0},
                        new double[] {3, 4, 0.5}),
                Specimen.of(
                        new Cosformer(Coefficient.of(3)),
                        1,
                        new double[] {1, 5},
                        new double[] {2, 1}));
    }
}
