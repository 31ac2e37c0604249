package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.attention.Attention;
import nonmercer.attention.Bias;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Component;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// What positive features learn when their law is Gaussian: no kernel beyond softmax, but its
/// metric, and a bias of the keys. The expected kernel, normalised, against softmax attention at
/// the points `S^½ q`, `S^½ k` with that bias.
final class LearnedGaussianFeaturesAreSoftmaxWithALearnedMetric
        implements Claim<
                LearnedGaussianFeaturesAreSoftmaxWithALearnedMetric.Softmax,
                LearnedGaussianFeaturesAreSoftmaxWithALearnedMetric.Case> {
    /// A Gaussian law with a diagonal or full covariance, a query, and keys.
    record Case(GaussAt law, double[] q, double[][] k) {
        /// `S k = LᵀL k`.
        double[] metric(double... key) {
            double[] l = GaussAt.times(law.factor(), key);
            double[] s = new double[key.length];
            for (int i = 0; i < s.length; i++) {
                for (int j = 0; j < s.length; j++) {
                    s[i] += law.factor()[j][i] * l[j];
                }
            }
            return s;
        }
    }

    /// The weights of one query.
    interface Softmax {
        double[] weights(Case c);
    }

    /// The bias of a key.
    private interface KeyBias {
        double of(Case c, double... key);
    }

    @Override
    public String id() {
        return "P4";
    }

    @Override
    public String statement() {
        return "for all μ, S and points: E ⟨φ(q), φ(kⱼ)⟩ of positive features over ω ~ N(μ, S), divided by its row sum, is softmaxⱼ(q'S kⱼ + μ·kⱼ + kⱼ'S kⱼ/2 - ‖kⱼ‖²)";
    }

    @Override
    public Source source() {
        return Source.of(
                "Chowdhury et al. 2022",
                "GMM-PRF; completing the square in E exp(ω·(q + k)) - ‖q‖² - ‖k‖²");
    }

    @Override
    public String assumes() {
        return "S is symmetric and positive semidefinite; one temperature, in the points";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Softmax>> subjects() {
        return List.of(
                Subject.of(
                        "attention with ExpDot and a bias",
                        c ->
                                softmax(
                                        c,
                                        c.law.factor(),
                                        LearnedGaussianFeaturesAreSoftmaxWithALearnedMetric
                                                ::bias)));
    }

    private static double bias(Case c, double... key) {
        return c.law.along(key) + c.law.variance(key) / 2 - GaussAt.square(key);
    }

    /// Attention at the points `L q`, `L k`.
    private static double[] softmax(Case c, double[][] l, KeyBias bias) {
        double[][] k = Arrays.stream(c.k).map(x -> GaussAt.times(l, x)).toArray(double[][]::new);
        double[] b = Arrays.stream(c.k).mapToDouble(x -> bias.of(c, x)).toArray();
        Shape points = Shape.of(1, 1, k.length, c.q.length);
        Tensor weights =
                Attention.of(new ExpDot(Coefficient.of(1)))
                        .weights(
                                Tensor.of(
                                        Array.of(
                                                Shape.of(1, 1, 1, c.q.length),
                                                GaussAt.times(l, c.q))),
                                Tensor.of(Array.matrix(k).reshape(points)),
                                Mask.none(),
                                Bias.of(Tensor.of(Array.of(Shape.of(1, k.length), b))),
                                Pass.evaluation());
        return weights.value().toDoubles();
    }

    @Override
    public Cases<Case> cases(Softmax softmax) {
        return Cases.random(
                        150,
                        GaussAt.together()
                                .map(both -> {
                                    var r = new Random(both.full().seed());
                                    GaussAt law = r.nextBoolean() ? both.full() : both.diagonal();
                                    double[][] k = new double[5][];
                                    Arrays.setAll(k, j -> GaussAt.gaussian(r, law.d()));
                                    return new Case(law, GaussAt.gaussian(r, law.d()), k);
                                }))
                .hitting("full S", 0.2, c -> !c.law.diagonal())
                .hitting("diagonal S", 0.2, c -> c.law.diagonal());
    }

    /// The greatest `|ln a - ln b|` of two weights.
    @Override
    public double statistic(Softmax softmax, Case c) {
        double[] right = weights(c);
        double[] w = softmax.weights(c);
        double worst = 0;
        for (int j = 0; j < w.length; j++) {
            worst = Math.max(worst, Math.abs(Math.log(w[j]) - Math.log(right[j])));
        }
        return worst;
    }

    /// The expected kernel over its sum.
    private static double[] weights(Case c) {
        RandomFeatures f =
                new RandomFeatures(c.law.law(), new Component.Positive(Target.GAUSSIAN), 1)
                        .with(Estimates.PLAIN);
        double[] kernel =
                Arrays.stream(c.k).mapToDouble(k -> f.expected(0, c.q, k).orElseThrow()).toArray();
        double sum = Arrays.stream(kernel).sum();
        return Arrays.stream(kernel).map(k -> k / sum).toArray();
    }

    @Override
    public Tolerance<Softmax, Case> tolerance() {
        return Tolerance.rounding(
                (softmax, c) -> 64,
                (softmax, c) -> 1 + 2 * terms(c),
                "64 roundings of every term of the two logits that are compared, and of their sums");
    }

    /// The greatest sum of the absolute terms of a logit, of query and key.
    private static double terms(Case c) {
        double most = 0;
        for (double[] k : c.k) {
            double each = 0;
            for (double[] x : List.of(c.q, k)) {
                double s = Math.sqrt(GaussAt.square(x) * GaussAt.square(c.metric(x)));
                each +=
                        s
                                + 2 * GaussAt.square(x)
                                + Math.sqrt(GaussAt.square(x) * GaussAt.square(c.law.mean()));
            }
            most = Math.max(most, 2 * each);
        }
        return most;
    }

    @Override
    public Optional<Picture> picture(Softmax softmax) {
        double[] q = {1, 0.5};
        GaussAt law =
                new GaussAt(
                        new double[] {0.4, -0.8},
                        new double[][] {{1.2, 0.5}, {0, 0.7}},
                        false,
                        q,
                        q,
                        1);
        double[] t = Curves.range(-2.5, 2.5, 51);
        double[][] k = Arrays.stream(t).mapToObj(a -> new double[] {a, a}).toArray(double[][]::new);
        Case c = new Case(law, q, k);
        double[] right = weights(c);
        return Curves.of(
                "one query, 51 keys along a line",
                "the key's coordinates",
                "weight",
                Picture.Line.measured("softmax with a metric and a bias", t, softmax.weights(c)),
                Picture.Line.bound("the expected kernel, over its sum", t, right));
    }

    @Override
    public List<Mutant<Softmax>> mutants() {
        return List.of(
                Mutant.of(
                        "without k'Sk/2",
                        "the square completed in q only",
                        c ->
                                softmax(
                                        c,
                                        c.law.factor(),
                                        (x, k) -> bias(x, k) - x.law.variance(k) / 2)),
                Mutant.of(
                        "without μ·k",
                        "a mean that is learned and cannot matter",
                        c -> softmax(c, c.law.factor(), (x, k) -> bias(x, k) - x.law.along(k))),
                Mutant.of(
                        "S for S^½",
                        "the metric applied to queries and to keys",
                        c ->
                                softmax(
                                        c,
                                        Arrays.stream(c.law.factor())
                                                .map(c::metric)
                                                .toArray(double[][]::new),
                                        LearnedGaussianFeaturesAreSoftmaxWithALearnedMetric
                                                ::bias)));
    }
}
