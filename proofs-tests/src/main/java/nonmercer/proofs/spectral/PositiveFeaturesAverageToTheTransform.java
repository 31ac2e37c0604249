package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.feature.Component;
import nonmercer.feature.Preconditioner;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Evidence;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;

/// Positive features are unbiased. One feature has heavy tails but a known variance, `k² (e^(z'Sz)
/// - 1)`; the mean is taken by an estimator that needs no more.
final class PositiveFeaturesAverageToTheTransform
        implements Claim<PositiveFeaturesAverageToTheTransform.Features, GaussAt.Both> {
    private static final int MAPS = 1 << 11;
    private static final int M = 64;
    private static final int CASES = 3;

    /// `m` frequencies of the law of a case, as a map of scaled points.
    interface Features {
        FeatureMap map(GaussAt c, int m, RandomStream stream);
    }

    @Override
    public String id() {
        return "P3";
    }

    @Override
    public String statement() {
        return "for all μ, S, x, y: the mean of exp(ω·z) exp(-‖x‖² - ‖y‖²), z = x + y, over ω ~ N(μ, S) is exp(μ·z + z'Sz/2 - ‖x‖² - ‖y‖²)";
    }

    @Override
    public Source source() {
        return Source.of(
                "Choromanski et al. 2021; Chowdhury et al. 2022", "Lemma 1; GMM-PRF as released");
    }

    @Override
    public String assumes() {
        return "a source of normal numbers (P3a); exponents small enough that the second moment, which the bound uses, exists and is the library's";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.STATISTICAL;
    }

    @Override
    public Evidence evidence() {
        return Evidence.BUDGETED;
    }

    @Override
    public double falseAlarm() {
        return 2 * 2 * CASES * Deviation.ALPHA;
    }

    @Override
    public List<Subject<Features>> subjects() {
        return List.of(
                Subject.of(
                        "positive",
                        (c, m, s) ->
                                features(c, new Component.Positive(Target.GAUSSIAN), m).draw(s)),
                Subject.of(
                        "orthogonal",
                        (c, m, s) ->
                                features(c, new Component.Positive(Target.GAUSSIAN), m)
                                        .with(new Coupling.Orthogonal())
                                        .draw(s)));
    }

    static RandomFeatures features(GaussAt c, Component component, int m) {
        return new RandomFeatures(
                c.law(),
                new Coupling.Independent(),
                component,
                Preconditioner.NONE,
                Estimates.PLAIN,
                m);
    }

    @Override
    public Cases<GaussAt.Both> cases(Features features) {
        return Cases.random(CASES, GaussAt.together());
    }

    @Override
    public double statistic(Features features, GaussAt.Both c) {
        return c.max(law -> error(features, law));
    }

    /// Relative to the kernel: the greater of two differences, each over its own bound.
    private static double error(Features features, GaussAt c) {
        double h = GaussAt.square(c.x()) + GaussAt.square(c.y());
        double kernel = Math.exp(c.along(c.z()) + c.variance(c.z()) / 2 - h);
        double[] estimates = new double[MAPS];
        Arrays.setAll(
                estimates,
                i -> GaussAt.estimate(features.map(c, M, c.stream().at(i)), c.x(), c.y()) / kernel);
        double mean = Deviation.catoniMean(estimates, variance(c));
        double derived =
                features(c, new Component.Positive(Target.GAUSSIAN), 1)
                        .expected(0, c.x(), c.y())
                        .orElseThrow();
        return Math.max(
                Math.abs(mean - 1) / Deviation.catoni(variance(c), MAPS),
                Math.abs(derived / kernel - 1) / Estimates.DERIVED);
    }

    /// Of the mean of `M` features, at most; orthogonal ones have less.
    private static double variance(GaussAt c) {
        return Math.expm1(c.variance(c.z())) / M;
    }

    @Override
    public Tolerance<Features, GaussAt.Both> tolerance() {
        return Tolerance.bound(
                (features, c) -> 1,
                "the greater of two differences, each over its own bound: Catoni's for 2048 means of 64 features, of variance at most (e^(z'Sz) - 1)/64, and 1e-12 for what the library derives; the mutants move the mean by more than 0.07");
    }

    @Override
    public Optional<Picture> picture(Features features) {
        double[] z = {0.6, -0.4};
        GaussAt c =
                new GaussAt(
                        new double[] {0.5, 0.3},
                        new double[][] {{1, 0.8}, {0, 0.4}},
                        false,
                        z,
                        new double[2],
                        1);
        FeatureMap map = features.map(c, 1 << 14, c.stream());
        double[] t = Curves.range(0, 4, 41);
        return Curves.of(
                "a query tz against the key 0, by 16,384 features",
                "t",
                "k(tz, 0)",
                Curves.measured(
                        "mean of features",
                        t,
                        a -> {
                            double[] q = z.clone();
                            GaussAt.scale(q, a);
                            return GaussAt.estimate(map, q, new double[2]);
                        }),
                Curves.bound(
                        "exp(tμ·z + t²z'Sz/2 - t²‖z‖²)",
                        t,
                        a ->
                                Math.exp(
                                        a * c.along(z)
                                                + a
                                                        * a
                                                        * (c.variance(z) / 2
                                                                - GaussAt.square(z)))));
    }

    @Override
    public List<Mutant<Features>> mutants() {
        return List.of(
                Mutant.of(
                        "‖x‖²/2 for ‖x‖²",
                        "Performer's factor with the kernel of another paper",
                        (c, m, s) ->
                                features(c, new Component.Positive(Target.SOFTMAX), m).draw(s)),
                Mutant.of(
                        "Lᵀ for L, or the variance for the standard deviation",
                        "exp(λ) for exp(λ/2)",
                        (c, m, s) ->
                                new RandomFeatures(
                                                c.law(c.other()),
                                                new Coupling.Independent(),
                                                new Component.Positive(Target.GAUSSIAN),
                                                Preconditioner.NONE,
                                                Estimates.PLAIN,
                                                m)
                                        .draw(s)),
                Mutant.of(
                        "all frequencies zero",
                        "cs1160701/OnLearningTheKernel, orthogonal_random_matrix_: w is bound anew where rows == cols",
                        (c, m, s) -> {
                            double[][] zero = new double[c.d()][c.d()];
                            for (int l = 0; l < c.d(); l++) {
                                zero[l][l] = 1e-9;
                            }
                            return new RandomFeatures(
                                            new GaussAt(
                                                            new double[c.d()],
                                                            zero,
                                                            c.diagonal(),
                                                            c.x(),
                                                            c.y(),
                                                            0)
                                                    .law(),
                                            new Coupling.Independent(),
                                            new Component.Positive(Target.GAUSSIAN),
                                            Preconditioner.NONE,
                                            Estimates.PLAIN,
                                            m)
                                    .draw(s);
                        }));
    }
}
