package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Component;
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
import nonmercer.spectral.Gaussian;

/// The formulas by which features of `exp(x·y)` are compared, each written out: what the library
/// derives of a recipe must be these numbers. Of optimal positive features, whose moments are those
/// of `exp(a‖ω‖² + b ω·z)`, `(1 - 2a)^(-d/2) e^(b²‖z‖²/(2 - 4a))`, the draws are asked too.
final class VariancesOfFeaturesHaveClosedForms
        implements Claim<
                VariancesOfFeaturesHaveClosedForms.Variance,
                VariancesOfFeaturesHaveClosedForms.Case> {
    private static final int CASES = 6;
    private static final int N = 1 << 16;

    /// Of one block of positive features at pairwise cosine `-1/(d - 1)`, and at right angles, in
    /// 4, 8 and 16 coordinates: the variance over that of independent ones, at `‖z‖² = 1` and 4.
    private static final double[][] SIMPLEX = {{0.510, 0.373, 0.274}, {0.956, 0.921, 0.882}};

    private static final Component WAVES = new Component.Trigonometric(Target.SOFTMAX, 0);
    private static final Component POSITIVE = new Component.Positive(Target.SOFTMAX);
    private static final Component HYPERBOLIC = new Component.Hyperbolic(Target.SOFTMAX);

    private static final double[][] ORTHOGONAL = {{0.887, 0.828, 0.782}, {0.972, 0.949, 0.922}};

    /// Points, the number of frequencies, `A < 0`, and the seed of a draw.
    record Case(double[] x, double[] y, int m, double a, long seed) {
        double square(int sign) {
            double[] t = x.clone();
            Arrays.setAll(t, l -> t[l] + sign * y[l]);
            return GaussAt.square(t);
        }

        double kernel() {
            return Math.exp(GaussAt.dot(x, y));
        }
    }

    /// The variance of an estimate at two scaled points.
    interface Variance {
        double of(RandomFeatures features, double[] x, double[] y);
    }

    @Override
    public String id() {
        return "P5a";
    }

    @Override
    public String statement() {
        return "for all x, y and m independent frequencies of N(0, I), K = exp(x·y), δ = x - y, z = x + y: the variance of an estimate of K is e^(‖x‖² + ‖y‖²) (1 - e^-‖δ‖²)²/2m by waves, K² (e^‖z‖² - 1)/m by positive features, half of it times 1 - e^-‖z‖² by hyperbolic ones, K² (((ρ + 1)/2)^d ρ^(-d/2) e^(ρ‖z‖²) - 1)/m, ρ = 1/(1 - 8A), by optimal positive ones, also of those that are drawn; and of one block of d = 4, 8, 16 positive ones at ‖z‖ = 1 it is 0.510, 0.373, 0.274 times as much for a simplex, 0.887, 0.828, 0.782 for right angles";
    }

    @Override
    public Source source() {
        return Source.of(
                "Choromanski et al. 2021; Likhosherstov et al. 2022; Reid et al. 2023",
                "Lemma 2; Theorem 3.2; section 3");
    }

    @Override
    public String assumes() {
        return "a source of normal numbers (P3a); the ratios of blocks to three places, as they were simulated";
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
        return 2 * CASES * Deviation.ALPHA;
    }

    @Override
    public List<Subject<Variance>> subjects() {
        return List.of(
                Subject.of(
                        "RandomFeatures.variance", (f, x, y) -> f.variance(0, x, y).orElseThrow()));
    }

    private static RandomFeatures features(int d, Component component, int m) {
        return new RandomFeatures(Gaussian.standard(d), component, m).with(Estimates.PLAIN);
    }

    @Override
    public Cases<Case> cases(Variance variance) {
        return Cases.random(CASES, GaussAt.drawn(VariancesOfFeaturesHaveClosedForms::random));
    }

    private static Case random(Random r) {
        int d = 2 + r.nextInt(7);
        double[] x = GaussAt.gaussian(r, d);
        double[] y = GaussAt.gaussian(r, d);
        double[] sum = x.clone();
        Arrays.setAll(sum, l -> x[l] + y[l]);
        double by = Math.sqrt((0.5 + r.nextDouble()) / GaussAt.square(sum));
        GaussAt.scale(x, by);
        GaussAt.scale(y, by);
        return new Case(x, y, 1 + r.nextInt(64), -0.02 - 0.18 * r.nextDouble(), r.nextLong());
    }

    /// The greatest difference over its own bound.
    @Override
    public double statistic(Variance variance, Case c) {
        int d = c.x.length;
        double z = c.square(1);
        double square = c.kernel() * c.kernel();
        double hills = GaussAt.square(c.x) + GaussAt.square(c.y);
        double waves = Math.exp(hills) * Math.pow(-Math.expm1(-c.square(-1)), 2) / 2;
        double positive = square * Math.expm1(z);
        double optimal = square * (moment(c, 2) / Math.pow(moment(c, 1), 2) - 1);
        double rho = 1 / (1 - 8 * c.a);
        double printed =
                Math.pow((rho + 1) / 2, d) * Math.pow(rho, -d / 2.0) * Math.exp(rho * z) - 1;
        double worst = off(optimal, square * printed);
        worst = Math.max(worst, off(waves, of(variance, c, WAVES)));
        worst = Math.max(worst, off(positive, of(variance, c, POSITIVE)));
        worst = Math.max(worst, off(positive * -Math.expm1(-z) / 2, of(variance, c, HYPERBOLIC)));
        double derived = of(variance, c, new Component.OptimalPositive(c.a));
        worst = Math.max(worst, off(optimal, derived));
        for (int i = 0; i < 6; i++) {
            worst = Math.max(worst, block(variance, i % 3, i / 3));
        }
        return worst > 1 ? worst : Math.max(worst, drawn(c, derived));
    }

    /// Relative, in units of 1e-10.
    private static double off(double right, double found) {
        return Math.abs(found / right - 1) / (100 * Estimates.DERIVED);
    }

    /// Of one frequency.
    private static double of(Variance variance, Case c, Component component) {
        return c.m * variance.of(features(c.x.length, component, c.m), c.x, c.y);
    }

    /// `E Xᵖ` of `X = (1 - 4A)^(d/2) exp(2A‖ω‖² + √(1 - 4A) ω·z)`.
    private static double moment(Case c, int p) {
        double d = c.x.length;
        double b = 1 - 4 * c.a;
        double a = 1 - 4 * p * c.a;
        return Math.pow(b, p * d / 2)
                * Math.pow(a, -d / 2)
                * Math.exp(p * p * b * c.square(1) / (2 * a));
    }

    /// The two ratios of a block, over half a unit of their third place and the simulation's.
    private static double block(Variance variance, int size, int length) {
        int d = 4 << size;
        double[] x = new double[d];
        x[0] = length == 0 ? 1 : 2;
        RandomFeatures f = features(d, POSITIVE, d);
        double alone = variance.of(f, x, new double[d]);
        double simplex = variance.of(f.with(new Coupling.Simplex()), x, new double[d]) / alone;
        double right = variance.of(f.with(new Coupling.Orthogonal()), x, new double[d]) / alone;
        return Math.max(
                        Math.abs(simplex - SIMPLEX[length][size]),
                        Math.abs(right - ORTHOGONAL[length][size]))
                / 1e-3;
    }

    /// The mean and the mean square of what the drawn optimal positive features of each frequency
    /// give, over Catoni's bounds; relative to the kernel.
    private static double drawn(Case c, double derived) {
        FeatureMap map =
                features(c.x.length, new Component.OptimalPositive(c.a), N)
                        .draw(RandomStream.of(c.seed));
        double[] f = features(map, true, c.x);
        double[] g = features(map, false, c.y);
        double[] one = new double[N];
        double[] two = new double[N];
        for (int i = 0; i < N; i++) {
            one[i] = N * f[i] * g[i] / c.kernel();
            two[i] = one[i] * one[i];
        }
        double mean = moment(c, 1);
        double first = moment(c, 2) / (mean * mean) - 1;
        double second = moment(c, 4) / Math.pow(mean, 4) - Math.pow(first + 1, 2);
        double right = derived / (c.kernel() * c.kernel()) + 1;
        return Math.max(
                Math.abs(Deviation.catoniMean(one, first) - 1) / Deviation.catoni(first, N),
                Math.abs(Deviation.catoniMean(two, second) - right) / Deviation.catoni(second, N));
    }

    private static double[] features(FeatureMap map, boolean query, double[] x) {
        Tensor point = Tensor.of(Array.matrix(new double[][] {x}));
        Pass pass = Pass.evaluation();
        return (query ? map.queries(point, pass) : map.keys(point, pass)).value().toDoubles();
    }

    @Override
    public Tolerance<Variance, Case> tolerance() {
        return Tolerance.bound(
                (variance, c) -> 1,
                "the greatest difference over its own bound: 1e-10 of each formula, whose 1 - e^-s loses three digits at most; 1e-3 for ratios given to three places; Catoni's for the first two moments of 65,536 drawn features, with the second and the fourth");
    }

    @Override
    public Optional<Picture> picture(Variance variance) {
        double[] angle = Curves.range(0.05, Math.PI - 0.05, 37);
        return Optional.of(
                new Picture(
                        "‖x‖ = ‖y‖ = 1.2, 64 frequencies in 16 coordinates",
                        Picture.Axis.of("angle of x and y"),
                        Picture.Axis.powers("relative standard deviation"),
                        List.of(
                                line("waves", variance, angle, WAVES),
                                line("positive", variance, angle, POSITIVE),
                                line("hyperbolic", variance, angle, HYPERBOLIC),
                                line(
                                        "optimal",
                                        variance,
                                        angle,
                                        new Component.OptimalPositive()))));
    }

    private static Picture.Line line(
            String name, Variance variance, double[] angle, Component component) {
        RandomFeatures f = features(16, component, 64);
        return Curves.measured(
                name,
                angle,
                a -> {
                    double[] x = new double[16];
                    double[] y = new double[16];
                    x[0] = 1.2;
                    y[0] = 1.2 * Math.cos(a);
                    y[1] = 1.2 * Math.sin(a);
                    double all = variance.of(f, x, y) / Math.exp(2 * GaussAt.dot(x, y));
                    return Math.sqrt(Math.max(1e-10, all));
                });
    }

    @Override
    public List<Mutant<Variance>> mutants() {
        return List.of(
                Mutant.of(
                        "the mean is not squared",
                        "E X² - E X",
                        (f, x, y) -> {
                            double mean = f.expected(0, x, y).orElseThrow();
                            return f.variance(0, x, y).orElseThrow()
                                    + (mean * mean - mean) / f.frequencies();
                        }),
                Mutant.of(
                        "hyperbolic features counted as frequencies",
                        "2m for m",
                        (f, x, y) ->
                                f.variance(0, x, y).orElseThrow()
                                        / (f.component() instanceof Component.Hyperbolic ? 2 : 1)),
                Mutant.of(
                        "A = 0 in the variance",
                        "that of FAVOR+ for FAVOR++",
                        (f, x, y) ->
                                f.component() instanceof Component.OptimalPositive
                                        ? features(x.length, POSITIVE, f.frequencies())
                                                .variance(0, x, y)
                                                .orElseThrow()
                                        : f.variance(0, x, y).orElseThrow()),
                Mutant.of(
                        "right angles for a simplex",
                        "any coupling taken for orthogonal",
                        (f, x, y) ->
                                (f.coupling() instanceof Coupling.Independent
                                                ? f
                                                : f.with(new Coupling.Orthogonal()))
                                        .variance(0, x, y)
                                        .orElseThrow()));
    }
}
