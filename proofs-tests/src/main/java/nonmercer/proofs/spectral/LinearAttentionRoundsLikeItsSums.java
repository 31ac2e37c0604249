package nonmercer.proofs.spectral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.array.DType;
import nonmercer.attention.LinearAttention;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.PositiveFeatureMap;
import nonmercer.kernel.Projected;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The same in floating point, with random features: within the roundings of the sums of absolute
/// terms, whether features are kept, computed again, or never all there. A bound by the weights
/// alone would be negative where weights of waves cancel.
final class LinearAttentionRoundsLikeItsSums implements Claim<Sums.Evaluation, List<Sums>> {
    @Override
    public String id() {
        return "P14a";
    }

    @Override
    public String statement() {
        return "for all points and values, keys that are there, laws (normal, mixtures, Fastfood), and trigonometric, positive and hyperbolic features, in float64, u = 2^-53, and float32, u = 2^-24: linear and quadratic attention differ by at most 4 (N + m + 8 + r) u (Σⱼ Σ_f |φ_f(qᵢ) ψ_f(kⱼ)| |vⱼ|/|Zᵢ| + κᵢ |outᵢ|), κᵢ = Σ |φ ψ|/|Zᵢ|, where r counts the roundings of exponents that are shifted, and is 0 where none are";
    }

    @Override
    public Source source() {
        return Source.of("Higham 2002", "sections 3.1 and 3.5: inner products in any order");
    }

    @Override
    public String assumes() {
        return "sums in any order; points of size 1, so that no feature vanishes in float32";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Sums.Evaluation>> subjects() {
        List<Subject<Sums.Evaluation>> all = new ArrayList<>();
        for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
            String in = dtype == DType.FLOAT64 ? "" : ", float32";
            all.add(
                    Subject.of(
                            "features as they are" + in,
                            new Sums.Through(LinearAttention::unguarded, dtype, true)));
            all.add(
                    Subject.of(
                            "logarithms kept" + in,
                            new Sums.Through(
                                    map ->
                                            new LinearAttention(
                                                    map, 64, LinearAttention.Keeps.FEATURES),
                                    dtype,
                                    false)));
            all.add(
                    Subject.of(
                            "by blocks, where features are projections" + in,
                            new Sums.Through(LinearAttention::of, dtype, false)));
        }
        all.add(Subject.of("the projections themselves", new Projections()));
        return List.copyOf(all);
    }

    /// The quadratic form from what the blocks are computed of: `exp(q·ω + k·ω + 2c − η‖k‖²)`.
    private record Projections() implements Sums.Evaluation {
        @Override
        public double[][] of(FeatureMap map, Sums c) {
            Tensor q = Attends.head(c.q());
            Tensor k = Attends.head(c.k());
            Pass pass = Pass.evaluation();
            if (!(map instanceof PositiveFeatureMap positive)) {
                return new Sums.Through(LinearAttention::unguarded, dtype(), true).of(map, c);
            }
            Projected p = positive.fitted(q, k, pass).projected(q, k, pass).orElseThrow();
            double[][] x = Estimates.rows(p.queries());
            double[][] y = Estimates.rows(p.keys());
            double[][] omega = Estimates.rows(p.frequencies());
            Optional<double[]> constants = p.constants().map(t -> t.value().toDoubles());
            double[][] out = new double[x.length][Sums.E];
            for (int i = 0; i < x.length; i++) {
                double z = 0;
                for (int j = 0; j < c.seen(); j++) {
                    double w = 0;
                    for (int f = 0; f < omega.length; f++) {
                        double two = constants.isPresent() ? 2 * constants.get()[f] : 0;
                        double both = GaussAt.dot(omega[f], x[i]) + GaussAt.dot(omega[f], y[j]);
                        w += Math.exp(both + two - p.norm() * GaussAt.square(y[j]));
                    }
                    z += w;
                    for (int l = 0; l < Sums.E; l++) {
                        out[i][l] += w * c.v()[j][l];
                    }
                }
                double sum = z;
                double[] row = out[i];
                Arrays.setAll(row, l -> row[l] / sum);
            }
            return out;
        }
    }

    /// Each with waves and positive features of all three laws.
    @Override
    public Cases<List<Sums>> cases(Sums.Evaluation evaluation) {
        return Cases.random(14, GaussAt.drawn(r -> Sums.each(r, false, 80)))
                .hitting(
                        "some keys are not there",
                        0.2,
                        c -> c.stream().anyMatch(x -> x.seen() < x.k().length));
    }

    /// The greatest difference over its own bound.
    @Override
    public double statistic(Sums.Evaluation evaluation, List<Sums> c) {
        return c.stream().mapToDouble(x -> x.difference(evaluation)).max().orElseThrow();
    }

    @Override
    public Tolerance<Sums.Evaluation, List<Sums>> tolerance() {
        return Tolerance.bound(
                (evaluation, c) -> 1,
                "the difference over the bound of the statement: N + m additions in any order on either side; r = (d + 16) times the largest ‖ω‖ ‖x‖₁ + ‖x‖² + |A| ‖ω‖² + 4, for four exponentials");
    }

    @Override
    public Optional<Picture> picture(Sums.Evaluation evaluation) {
        double[] n = {16, 32, 64, 128, 256};
        return Optional.of(
                new Picture(
                        "positive features: the greatest difference, over its bound",
                        Picture.Axis.powers("keys"),
                        Picture.Axis.powers("share of the bound"),
                        List.of(
                                Curves.measured(
                                        "of the code",
                                        n,
                                        x -> Sums.positive((int) x, false).difference(evaluation)),
                                Curves.bound("the bound", n, x -> 1))));
    }

    @Override
    public List<Mutant<Sums.Evaluation>> mutants() {
        return List.of(
                Mutant.of(
                        "an ε in the divisor",
                        "cs1160701/OnLearningTheKernel, eps = 1e-6",
                        (map, c) -> quadratic(map, c, c.seen(), 1e-6, 0)),
                Mutant.of(
                        "an ε a feature",
                        "Performer, kernel_epsilon",
                        (map, c) -> quadratic(map, c, c.seen(), 0, 1e-6)),
                Mutant.of(
                        "the mask after the sum",
                        "values hidden, features of their keys not",
                        (map, c) -> quadratic(map, c, c.k().length, 0, 0)));
    }

    /// With a divisor over `count` keys.
    private static double[][] quadratic(
            FeatureMap map, Sums c, int count, double sum, double each) {
        FeatureMap more = new Estimates.Changed(map, x -> x.plus(each));
        double[][] k = Estimates.gram(more, c.q(), c.k());
        double[][] out = new double[k.length][Sums.E];
        for (int i = 0; i < k.length; i++) {
            double z = sum + Arrays.stream(k[i]).limit(count).sum();
            for (int j = 0; j < c.seen(); j++) {
                for (int l = 0; l < Sums.E; l++) {
                    out[i][l] += k[i][j] * c.v()[j][l] / z;
                }
            }
        }
        return out;
    }
}
