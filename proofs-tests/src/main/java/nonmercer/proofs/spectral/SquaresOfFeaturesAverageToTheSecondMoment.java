package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.feature.Component;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
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
import nonmercer.spectral.Coupling;

/// The library's variance of an estimate from one frequency, and its mean, make the second moment;
/// the square of what one frequency gives, averaged over the law's own frequencies, must be that.
///
/// Squares of exponentials have a variance of their own, `e^(8s) - e^(4s)` with `s` the variance of
/// `ω·z`, which stays small for `s ≤ ¼`.
final class SquaresOfFeaturesAverageToTheSecondMoment
        implements Claim<SquaresOfFeaturesAverageToTheSecondMoment.Variance, GaussAt.Both> {
    private static final int N = 1 << 19;
    private static final int CASES = 2;

    /// The variance of an estimate at two scaled points.
    interface Variance {
        double of(RandomFeatures features, double[] x, double[] y);
    }

    @Override
    public String id() {
        return "P5";
    }

    @Override
    public String statement() {
        return "for all μ, L and points, δ = x - y, z = x + y: E cos²ω·δ = (1 + e^(-2‖Lδ‖²) cos 2μ·δ)/2 and E e^(2ω·z) = e^(2μ·z + 2‖Lz‖²) are the library's variance plus squared mean, for trigonometric, positive and hyperbolic features";
    }

    @Override
    public Source source() {
        return Source.of(
                "Choromanski et al. 2021; Yu et al. 2016",
                "Lemma 2; Lemma 1: variance of one feature");
    }

    @Override
    public String assumes() {
        return "a source of normal numbers (P3a); fourth moments as derived";
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
        return 2 * 3 * CASES * Deviation.ALPHA;
    }

    @Override
    public List<Subject<Variance>> subjects() {
        return List.of(
                Subject.of(
                        "RandomFeatures.variance", (f, x, y) -> f.variance(0, x, y).orElseThrow()));
    }

    @Override
    public Cases<GaussAt.Both> cases(Variance variance) {
        return Cases.random(CASES, GaussAt.together());
    }

    @Override
    public double statistic(Variance variance, GaussAt.Both c) {
        return c.max(law -> error(variance, law.halved()));
    }

    /// The greatest difference over the tolerance of its own.
    private static double error(Variance variance, GaussAt c) {
        double[][] omega =
                Estimates.frequencies(c.law(), new Coupling.Independent(), N, c.stream());
        double h = GaussAt.square(c.x()) + GaussAt.square(c.y());
        double s = c.variance(c.z());
        double a = c.along(c.z());
        double[] waves = new double[N];
        double[] growth = new double[N];
        double[] both = new double[N];
        double[] delta = c.delta();
        GaussAt.scale(delta, 3);
        for (int i = 0; i < N; i++) {
            double w = Math.cos(GaussAt.dot(omega[i], delta));
            double e = GaussAt.dot(omega[i], c.z());
            waves[i] = w * w;
            growth[i] = Math.exp(2 * e - 2 * a);
            both[i] = Math.cosh(e) * Math.cosh(e);
        }
        double fourth = Math.exp(8 * s) - Math.exp(4 * s);
        double cosh =
                (3 + 4 * Math.exp(2 * s) * Math.cosh(2 * a) + Math.exp(8 * s) * Math.cosh(4 * a))
                        / 8;
        double trig =
                Math.abs(
                                Arrays.stream(waves).average().orElseThrow()
                                        - second(
                                                variance,
                                                c,
                                                new Component.Trigonometric(Target.GAUSSIAN, 0),
                                                tripled(c.x()),
                                                tripled(c.y()),
                                                0,
                                                1))
                        / Deviation.hoeffding(1, N);
        double positive =
                Math.abs(
                                Deviation.catoniMean(growth, fourth)
                                        - second(
                                                variance,
                                                c,
                                                new Component.Positive(Target.GAUSSIAN),
                                                c.x(),
                                                c.y(),
                                                2 * h - 2 * a,
                                                1))
                        / Deviation.catoni(fourth, N);
        double hyperbolic =
                Math.abs(
                                Deviation.catoniMean(both, cosh)
                                        - second(
                                                variance,
                                                c,
                                                new Component.Hyperbolic(Target.GAUSSIAN),
                                                c.x(),
                                                c.y(),
                                                2 * h,
                                                1))
                        / Deviation.catoni(cosh, N);
        return Math.max(trig, Math.max(positive, hyperbolic));
    }

    private static double[] tripled(double... x) {
        double[] y = x.clone();
        GaussAt.scale(y, 3);
        return y;
    }

    /// `(m Var + mean²) e^log`.
    private static double second(
            Variance variance,
            GaussAt c,
            Component component,
            double[] x,
            double[] y,
            double log,
            int m) {
        RandomFeatures f = PositiveFeaturesAverageToTheTransform.features(c, component, m);
        double mean = f.expected(0, x, y).orElseThrow();
        return (m * variance.of(f, x, y) + mean * mean) * Math.exp(log);
    }

    @Override
    public Tolerance<Variance, GaussAt.Both> tolerance() {
        return Tolerance.bound(
                (variance, c) -> 1,
                "the largest of three differences, each over its own bound: Hoeffding's for squared cosines, Catoni's for squared exponentials and hyperbolic cosines with their fourth moments, 2^19 frequencies");
    }

    @Override
    public Optional<Picture> picture(Variance variance) {
        double[] delta = {0.8, -0.6};
        GaussAt c =
                new GaussAt(
                        new double[] {0.3, 0.4},
                        new double[][] {{1, 0.5}, {0, 0.8}},
                        false,
                        delta,
                        new double[2],
                        1);
        double[][] omega =
                Estimates.frequencies(c.law(), new Coupling.Independent(), 1 << 14, c.stream());
        var waves = new Component.Trigonometric(Target.GAUSSIAN, 0);
        RandomFeatures f = PositiveFeaturesAverageToTheTransform.features(c, waves, 1);
        double[] t = Curves.range(0.05, 4, 80);
        return Curves.of(
                "variance of one wave along δ",
                "t",
                "variance of cos tω·δ",
                Curves.measured(
                        "of the code",
                        t,
                        a -> {
                            double[] x = delta.clone();
                            GaussAt.scale(x, a);
                            return variance.of(f, x, new double[2]);
                        }),
                Curves.bound("of 16,384 frequencies", t, a -> sampled(omega, a, delta)));
    }

    private static double sampled(double[][] omega, double t, double... delta) {
        double sum = 0;
        double squares = 0;
        for (double[] w : omega) {
            double x = Math.cos(t * GaussAt.dot(w, delta));
            sum += x / omega.length;
            squares += x * x / omega.length;
        }
        return squares - sum * sum;
    }

    @Override
    public List<Mutant<Variance>> mutants() {
        return List.of(
                Mutant.of(
                        "the mean is not squared",
                        "E X² - E X",
                        (f, x, y) -> {
                            double mean = f.expected(0, x, y).orElseThrow();
                            return f.variance(0, x, y).orElseThrow() + mean * mean - mean;
                        }),
                Mutant.of(
                        "the variance of two frequencies, for one",
                        "m counted as features where it counts frequencies: cosines and sines are 2m",
                        (f, x, y) -> f.variance(0, x, y).orElseThrow() / 2));
    }
}
