package nonmercer.proofs.spectral;

import java.util.List;
import java.util.Optional;
import nonmercer.feature.Component;
import nonmercer.feature.Preconditioner;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.Coefficient;
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
import nonmercer.spectral.SpectralLaw;

/// Trigonometric features are unbiased. The expected value is written out here; what the library
/// derives for it must agree.
final class CosinesAverageToTheTransform
        implements Claim<CosinesAverageToTheTransform.Features, GaussAt.Both> {
    private static final int FREQUENCIES = 1 << 18;
    private static final int AT_ONCE = 1 << 14;
    private static final int CASES = 6;

    /// `m` frequencies of the law of a case, as a map of points that are not scaled yet.
    interface Features {
        FeatureMap map(GaussAt c, int m, RandomStream stream);
    }

    @Override
    public String id() {
        return "P1";
    }

    @Override
    public String statement() {
        return "for all μ, L, x, y: the mean of cos ω·(x - y) over ω = μ + Lᵀε is exp(-‖L(x - y)‖²/2) cos μ·(x - y), at x = d^-¼ q, y = d^-¼ k";
    }

    @Override
    public Source source() {
        return Source.of(
                "Rahimi & Recht 2007; Chowdhury et al. 2022", "Theorem 1 (Bochner); GMM-RKS");
    }

    @Override
    public String assumes() {
        return "a source of normal numbers (P3a); the frequencies of one draw are independent of the points";
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
                Subject.of("Gaussian", (c, m, s) -> trigonometric(c.law(), m).draw(s)),
                Subject.of(
                        "Gaussian in pairs",
                        (c, m, s) -> trigonometric(c.law().paired(), m).draw(s)));
    }

    static RandomFeatures trigonometric(SpectralLaw law, int m) {
        return new RandomFeatures(
                law,
                new Coupling.Independent(),
                new Component.Trigonometric(Target.GAUSSIAN, 0),
                Preconditioner.NONE,
                Coefficient.inverseRootDimension(),
                m);
    }

    @Override
    public Cases<GaussAt.Both> cases(Features features) {
        return Cases.random(CASES, GaussAt.apart());
    }

    @Override
    public double statistic(Features features, GaussAt.Both c) {
        return c.max(law -> error(features, law));
    }

    /// The greater of two differences, each over its own bound.
    private static double error(Features features, GaussAt c) {
        double up = Math.pow(c.d(), 0.25);
        double[] q = c.x().clone();
        double[] k = c.y().clone();
        GaussAt.scale(q, up);
        GaussAt.scale(k, up);
        double sum = 0;
        for (int i = 0; i < FREQUENCIES / AT_ONCE; i++) {
            sum += GaussAt.estimate(features.map(c, AT_ONCE, c.stream().at(i)), q, k);
        }
        double[] delta = c.delta();
        double kernel = Math.exp(-c.variance(delta) / 2) * Math.cos(c.along(delta));
        double derived = trigonometric(c.law(), 1).expected(0, q, k).orElseThrow();
        double mean = sum * AT_ONCE / FREQUENCIES;
        return Math.max(
                Math.abs(mean - kernel) / Deviation.hoeffding(2, FREQUENCIES / 2),
                Math.abs(derived - kernel) / Estimates.DERIVED);
    }

    /// Pairs are half as many independent numbers in `[-1, 1]`. The mutants move the mean by 0.034
    /// at least.
    @Override
    public Tolerance<Features, GaussAt.Both> tolerance() {
        return Tolerance.bound(
                (features, c) -> 1,
                "the greater of two differences, each over its own bound: Hoeffding's inequality for 2^17 numbers in [-1, 1], and 1e-12 for what the library derives");
    }

    @Override
    public Optional<Picture> picture(Features features) {
        double[] delta = {0.9, -0.5};
        GaussAt c =
                new GaussAt(
                        new double[] {0.6, 1},
                        new double[][] {{1, 0.8}, {0, 0.4}},
                        false,
                        delta,
                        new double[2],
                        1);
        FeatureMap map = features.map(c, AT_ONCE, c.stream());
        double[] t = Curves.range(0, 4, 81);
        return Curves.of(
                "the kernel along δ, by 16,384 frequencies",
                "t",
                "k(tδ)",
                Curves.measured(
                        "mean of cosines",
                        t,
                        a -> {
                            double[] q = delta.clone();
                            GaussAt.scale(q, a * Math.pow(2, 0.25));
                            return GaussAt.estimate(map, q, new double[2]);
                        }),
                Curves.bound(
                        "exp(-t²‖Lδ‖²/2) cos tμ·δ",
                        t,
                        a ->
                                Math.exp(-a * a * c.variance(delta) / 2)
                                        * Math.cos(a * c.along(delta))));
    }

    @Override
    public List<Mutant<Features>> mutants() {
        return List.of(
                Mutant.of(
                        "the transform without ½",
                        "exp(-‖δ‖²) taken for exp(-‖δ‖²/2)",
                        (c, m, s) -> trigonometric(c.law(times(c, Math.sqrt(2))), m).draw(s)),
                Mutant.of(
                        "√(2/M) in front of cosines and sines",
                        "the factor of phase features, in front of paired ones",
                        (c, m, s) ->
                                new Estimates.Changed(
                                        trigonometric(c.law(), m).draw(s),
                                        x -> x.scale(Math.sqrt(2)))),
                Mutant.of(
                        "Lᵀ for L, or the variance for the standard deviation",
                        "ω = Lε; exp(λ) for exp(λ/2)",
                        (c, m, s) -> trigonometric(c.law(c.other()), m).draw(s)),
                Mutant.of(
                        "the temperature twice",
                        "d^-½ where d^-¼ belongs",
                        (c, m, s) ->
                                new Estimates.Before(
                                        trigonometric(c.law(), m).draw(s),
                                        x -> x.scale(Math.pow(c.d(), -0.25)))),
                Mutant.of(
                        "all frequencies zero",
                        "cs1160701/OnLearningTheKernel, orthogonal_random_matrix_: w is bound anew where rows == cols",
                        (c, m, s) -> trigonometric(c.law(times(c, 0)), m).draw(s)));
    }

    private static double[][] times(GaussAt c, double by) {
        double[][] l = c.factor().clone();
        for (int i = 0; i < l.length; i++) {
            l[i] = l[i].clone();
            GaussAt.scale(l[i], by);
        }
        return l;
    }
}
