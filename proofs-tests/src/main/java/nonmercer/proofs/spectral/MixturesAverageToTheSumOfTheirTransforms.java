package nonmercer.proofs.spectral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import nonmercer.array.Array;
import nonmercer.array.Shape;
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
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Mixture;
import nonmercer.spectral.Numbers;
import nonmercer.spectral.SpectralLaw;
import nonmercer.spectral.Spread;

/// A mixture of Gaussians gives each component its share of the frequencies and weighs them: by
/// waves and by positive features it estimates the sum of its components' kernels without bias,
/// with the variance of strata.
final class MixturesAverageToTheSumOfTheirTransforms
        implements Claim<
                MixturesAverageToTheSumOfTheirTransforms.Law,
                MixturesAverageToTheSumOfTheirTransforms.Case> {
    private static final int C = 3;
    private static final int D = 3;
    private static final int M = 96;
    private static final int MAPS = 1400;
    private static final int CASES = 2;

    /// Weights, and means and standard deviations of each component; two points.
    record Case(
            double[] weights, double[][] mean, double[][] sd, double[] x, double[] y, long seed) {
        private double[] along(boolean waves) {
            double[] t = x.clone();
            Arrays.setAll(t, l -> waves ? x[l] - y[l] : x[l] + y[l]);
            return t;
        }

        private double variance(int c, double... t) {
            double sum = 0;
            for (int l = 0; l < t.length; l++) {
                sum += sd[c][l] * sd[c][l] * t[l] * t[l];
            }
            return sum;
        }

        /// The kernel of a component.
        double kernel(int c, boolean waves) {
            double[] t = along(waves);
            double s = variance(c, t);
            double mu = GaussAt.dot(mean[c], t);
            return waves
                    ? Math.exp(-s / 2) * Math.cos(mu)
                    : Math.exp(mu + s / 2 - GaussAt.square(x) - GaussAt.square(y));
        }

        /// The variance of one feature of a component.
        double spread(int c, boolean waves) {
            double[] t = along(waves);
            double s = variance(c, t);
            double k = kernel(c, waves);
            return waves
                    ? (1 + Math.exp(-2 * s) * Math.cos(2 * GaussAt.dot(mean[c], t))) / 2 - k * k
                    : k * k * Math.expm1(s);
        }

        /// `Σ f(π_c) k_c`.
        double sum(boolean waves, DoubleUnaryOperator f) {
            double sum = 0;
            for (int c = 0; c < C; c++) {
                sum += f.applyAsDouble(weights[c]) * kernel(c, waves);
            }
            return sum;
        }

        SpectralLaw component(int c) {
            double[] logs = Arrays.stream(sd[c]).map(s -> 2 * Math.log(s)).toArray();
            Shape shape = Shape.of(1, D);
            return new Gaussian(
                    Numbers.fixed(Array.of(shape, mean[c])),
                    new Spread.Diagonal(Numbers.fixed(Array.of(shape, logs))));
        }

        Mixture mixture(double... pi) {
            List<SpectralLaw> laws = new ArrayList<>();
            for (int c = 0; c < C; c++) {
                laws.add(component(c));
            }
            return Mixture.of(laws, pi);
        }

        /// Where every mutant is far off, for waves and for positive features.
        private boolean telling() {
            double norm = GaussAt.square(weights);
            for (boolean waves : new boolean[] {true, false}) {
                double right = sum(waves, p -> p);
                double far = waves ? 0.05 : 0.15 * right;
                if (Math.abs(right - sum(waves, p -> 1.0 / C)) < far
                        || Math.abs(right - sum(waves, p -> p * p / norm)) < far
                        || Math.abs(right - kernel(0, waves)) < far) {
                    return false;
                }
            }
            return true;
        }
    }

    /// The law that is drawn from. What is derived is always that of the library's mixture.
    interface Law {
        SpectralLaw of(Case c);
    }

    @Override
    public String id() {
        return "P1a";
    }

    @Override
    public String statement() {
        return "for all π, μ_c, S_c, x, y: the mean of estimates by a mixture of N(μ_c, S_c) is Σ π_c exp(-δ'S_c δ/2) cos μ_c·δ for waves, δ = x - y, and Σ π_c exp(μ_c·z + z'S_c z/2 - ‖x‖² - ‖y‖²) for positive features, z = x + y; its variance is Σ π_c² V_c/m_c with V_c that of one of the m_c frequencies of a component";
    }

    @Override
    public Source source() {
        return Source.of(
                "Chowdhury et al. 2022; Wilson & Adams 2013", "GMM; the spectral mixture kernel");
    }

    @Override
    public String assumes() {
        return "a source of normal numbers (P3a); the shares of the components are equal";
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
    public List<Subject<Law>> subjects() {
        return List.of(Subject.of("Mixture", c -> c.mixture(c.weights)));
    }

    @Override
    public Cases<Case> cases(Law law) {
        return Cases.random(
                CASES,
                GaussAt.drawn(r -> {
                    Case c;
                    do {
                        c = random(r);
                    } while (!c.telling());
                    return c;
                }));
    }

    private static Case random(Random r) {
        double[] weights = new double[C];
        double[][] mean = new double[C][];
        double[][] sd = new double[C][];
        double sum = 0;
        for (int c = 0; c < C; c++) {
            weights[c] = 0.1 + r.nextDouble();
            sum += weights[c];
            mean[c] = GaussAt.gaussian(r, D);
            GaussAt.scale(mean[c], 0.5);
            sd[c] = new double[D];
            Arrays.setAll(sd[c], l -> 0.3 + r.nextDouble());
        }
        GaussAt.scale(weights, 1 / sum);
        double[] x = GaussAt.gaussian(r, D);
        double[] y = GaussAt.gaussian(r, D);
        GaussAt.scale(x, 0.7 / Math.sqrt(GaussAt.square(x)));
        GaussAt.scale(y, 0.7 / Math.sqrt(GaussAt.square(y)));
        return new Case(weights, mean, sd, x, y, r.nextLong());
    }

    /// The greatest difference over its own bound.
    @Override
    public double statistic(Law law, Case c) {
        return Math.max(error(law, c, true), error(law, c, false));
    }

    private static double error(Law law, Case c, boolean waves) {
        Component component =
                waves
                        ? new Component.Trigonometric(Target.GAUSSIAN, 0)
                        : new Component.Positive(Target.GAUSSIAN);
        RandomFeatures f = new RandomFeatures(law.of(c), component, M).with(Estimates.PLAIN);
        double right = c.sum(waves, p -> p);
        double variance = 0;
        for (int i = 0; i < C; i++) {
            variance += c.weights[i] * c.weights[i] * c.spread(i, waves) * C / M;
        }
        double[] estimates = new double[MAPS];
        RandomStream stream = RandomStream.of(c.seed).at(waves ? 1 : 0);
        Arrays.setAll(estimates, i -> GaussAt.estimate(f.draw(stream.at(i)), c.x, c.y));
        double mean = Deviation.catoniMean(estimates, variance);
        double worst = Math.abs(mean - right) / Deviation.catoni(variance, MAPS);
        RandomFeatures formula =
                new RandomFeatures(c.mixture(c.weights), component, M).with(Estimates.PLAIN);
        double expected = formula.expected(0, c.x, c.y).orElseThrow();
        worst = Math.max(worst, Math.abs(expected - right) / (10 * Estimates.DERIVED));
        double derived = formula.variance(0, c.x, c.y).orElseThrow();
        return Math.max(worst, Math.abs(derived - variance) / (10 * Estimates.DERIVED));
    }

    @Override
    public Tolerance<Law, Case> tolerance() {
        return Tolerance.bound(
                (law, c) -> 1,
                "the greatest difference over its own bound: Catoni's for 1400 means of 96 features of the stated variance, a third of what the mutants move at least, and 1e-11 for what the library derives");
    }

    @Override
    public Optional<Picture> picture(Law law) {
        double[][] mean = {{0, 0, 0}, {2, 0, 0}, {5, 0, 0}};
        double[][] sd = {{0.3, 1, 1}, {0.3, 1, 1}, {1, 1, 1}};
        double[] weights = {0.2, 0.5, 0.3};
        double[] zero = new double[D];
        Case c = new Case(weights, mean, sd, zero, zero, 1);
        var waves = new Component.Trigonometric(Target.GAUSSIAN, 0);
        FeatureMap map =
                new RandomFeatures(law.of(c), waves, 3 << 12)
                        .with(Estimates.PLAIN)
                        .draw(RandomStream.of(1));
        double[] t = Curves.range(0, 5, 101);
        return Curves.of(
                "three Gaussians along e₁, 4096 frequencies each",
                "t",
                "k(t e₁)",
                Curves.measured(
                        "mean of waves",
                        t,
                        a -> GaussAt.estimate(map, new double[] {a, 0, 0}, zero)),
                Curves.bound(
                        "Σ π_c k_c",
                        t,
                        a ->
                                new Case(weights, mean, sd, new double[] {a, 0, 0}, zero, 1)
                                        .sum(true, p -> p)));
    }

    @Override
    public List<Mutant<Law>> mutants() {
        return List.of(
                Mutant.of("equal weights", "π learned, and not used", c -> c.mixture(1, 1, 1)),
                Mutant.of(
                        "squared weights",
                        "π in front of each feature, for √π, and all brought to sum 1",
                        c -> c.mixture(Arrays.stream(c.weights).map(p -> p * p).toArray())),
                Mutant.of(
                        "one Gaussian, whatever C",
                        "cs1160701/OnLearningTheKernel, GMM-RKS: the mixture is over the heads only",
                        c -> c.component(0)));
    }
}
