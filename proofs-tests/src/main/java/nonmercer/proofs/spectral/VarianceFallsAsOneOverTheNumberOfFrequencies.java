package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.RandomFeatures;
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

/// The rate `m^-½` of a Monte Carlo estimate, from replicates of whole feature maps.
final class VarianceFallsAsOneOverTheNumberOfFrequencies
        implements Claim<
                VarianceFallsAsOneOverTheNumberOfFrequencies.Features,
                VarianceFallsAsOneOverTheNumberOfFrequencies.Case> {
    private static final int D = 3;
    private static final int REPLICATES = 2500;

    private static final double Z = 6.5;

    /// What the skewness of squares of one cosine, at most `6/√2500`, makes of a normal tail at
    /// 6.5: `e^(0.12 · 6.5³/6)`.
    private static final double SKEW = 250;

    private static final int CASES = 2;
    private static final int[] COUNTS = {1, 4, 16, 64, 256};

    /// One pair of points with `‖x - y‖²` between each two neighbours of these.
    private static final double[] SIZES = {0.4, 1, 2.5, 9};

    /// Points `x` and `y`, and the seed of the replicates.
    record Case(double[][] x, double[][] y, long seed) {
        double square(int i) {
            double[] t = x[i].clone();
            Arrays.setAll(t, l -> t[l] - y[i][l]);
            return GaussAt.square(t);
        }
    }

    /// A map with `m` frequencies in 3 coordinates.
    interface Features {
        FeatureMap map(int m, RandomStream stream);
    }

    @Override
    public String id() {
        return "P9";
    }

    @Override
    public String statement() {
        return "for all x, y and m = 1, 4, 16, 64, 256 independent frequencies: m times the variance of the estimate is the variance of one frequency's, (1 - e^-‖x - y‖²)²/2";
    }

    @Override
    public Source source() {
        return Source.of("Rahimi & Recht 2007", "section 3: an average of independent terms");
    }

    @Override
    public String assumes() {
        return "independent frequencies; 2500 replicates are many enough for a limit theorem";
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
        return Evidence.PINNED;
    }

    @Override
    public double falseAlarm() {
        return SKEW * tolerance().falseAlarm(CASES * COUNTS.length * (SIZES.length - 1));
    }

    @Override
    public List<Subject<Features>> subjects() {
        return List.of(Subject.of("RandomFeatures", (m, s) -> features(m).draw(s)));
    }

    private static RandomFeatures features(int m) {
        return CosinesAverageToTheTransform.trigonometric(Gaussian.standard(D), m)
                .with(Estimates.PLAIN);
    }

    @Override
    public Cases<Case> cases(Features features) {
        return Cases.random(
                CASES, GaussAt.drawn(VarianceFallsAsOneOverTheNumberOfFrequencies::random));
    }

    private static Case random(Random r) {
        double[][] x = new double[SIZES.length - 1][];
        double[][] y = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            double square = SIZES[i] + (SIZES[i + 1] - SIZES[i]) * r.nextDouble();
            double[] t = GaussAt.gaussian(r, D);
            GaussAt.scale(t, Math.sqrt(square / GaussAt.square(t)));
            y[i] = GaussAt.gaussian(r, D);
            double[] from = y[i];
            Arrays.setAll(t, l -> t[l] + from[l]);
            x[i] = t;
        }
        return new Case(x, y, r.nextLong());
    }

    /// How many standard errors the variance of the replicates is off, over all numbers of
    /// frequencies and pairs of points; or what the library derives, in its own tolerance.
    @Override
    public double statistic(Features features, Case c) {
        return Arrays.stream(COUNTS).mapToDouble(m -> off(features, m, c)).max().orElseThrow();
    }

    private static double off(Features features, int m, Case c) {
        double[] squares = new double[c.x.length];
        RandomStream s = RandomStream.of(c.seed).at(m);
        for (int j = 0; j < REPLICATES; j++) {
            double[][] k = Estimates.gram(features.map(m, s.at(j)), c.x, c.y);
            for (int i = 0; i < squares.length; i++) {
                squares[i] += Math.pow(k[i][i] - Math.exp(-c.square(i) / 2), 2) / REPLICATES;
            }
        }
        double worst = 0;
        for (int i = 0; i < squares.length; i++) {
            double one = variance(c.square(i));
            double off = Math.abs(m * squares[i] / one - 1);
            worst = Math.max(worst, off / error(m, c.square(i)));
            double derived = features(m).variance(0, c.x[i], c.y[i]).orElseThrow();
            worst = Math.max(worst, Z * Math.abs(m * derived / one - 1) / Estimates.DERIVED);
        }
        return worst;
    }

    /// Of one frequency.
    private static double variance(double square) {
        return Math.pow(-Math.expm1(-square), 2) / 2;
    }

    /// The standard error of the ratio: `√((κ - 1)/R)`, where `κ = 3 + (κ₁ - 3)/m` is the kurtosis
    /// of the estimate and `κ₁` that of one cosine: from 8.5 at `‖x - y‖² = 0.4` to 1.5.
    private static double error(int m, double square) {
        double e = Math.exp(-square / 2);
        double two = (1 + Math.pow(e, 4)) / 2;
        double three = (3 * e + Math.pow(e, 9)) / 4;
        double four = (3 + 4 * Math.pow(e, 4) + Math.pow(e, 16)) / 8;
        double fourth = four - 4 * e * three + 6 * e * e * two - 3 * Math.pow(e, 4);
        double kurtosis = 3 + (fourth / Math.pow(variance(square), 2) - 3) / m;
        return Math.sqrt((kurtosis - 1) / REPLICATES);
    }

    /// Asymptotic, and so with seeds of its own.
    @Override
    public Tolerance<Features, Case> tolerance() {
        return Tolerance.standardErrors(
                Z,
                (features, c) -> 1,
                "of a ratio of variances over 2500 replicates, from the exact kurtosis of an estimate; 1e-12 for the library's variance");
    }

    @Override
    public Optional<Picture> picture(Features features) {
        double[] m = {1, 4, 16, 64, 256};
        double[] variance = new double[m.length];
        double[] right = new double[m.length];
        double[] x = {1, 0.5, 0};
        for (int i = 0; i < m.length; i++) {
            for (int j = 0; j < 400; j++) {
                RandomStream s = RandomStream.of(i).at(j);
                double k = GaussAt.estimate(features.map((int) m[i], s), x, new double[D]);
                variance[i] += Math.pow(k - Math.exp(-1.25 / 2), 2) / 400;
            }
            right[i] = Math.pow(-Math.expm1(-1.25), 2) / (2 * m[i]);
        }
        return Optional.of(
                new Picture(
                        "variance of an estimate, of 400 replicates",
                        Picture.Axis.powers("frequencies"),
                        Picture.Axis.powers("variance"),
                        List.of(
                                Picture.Line.measured("measured", m, variance),
                                Picture.Line.bound("(1 - e^-‖x - y‖²)²/2m", m, right))));
    }

    @Override
    public List<Mutant<Features>> mutants() {
        return List.of(
                Mutant.of(
                        "one frequency for all features",
                        "a draw that is broadcast: the ratio is m",
                        (m, s) -> {
                            FeatureMap one = features(1).draw(s);
                            return new Estimates.Changed(one, x -> repeated(x, m));
                        }),
                Mutant.of(
                        "features divided by m",
                        "1/m in front of each feature, not of each product",
                        (m, s) ->
                                new Estimates.Changed(
                                        features(m).draw(s), x -> x.scale(1 / Math.sqrt(m)))));
    }

    private static Tensor repeated(Tensor x, int m) {
        Tensor[] all = new Tensor[m];
        Arrays.fill(all, x.scale(1 / Math.sqrt(m)));
        return Tensor.concat(-1, List.of(all));
    }
}
