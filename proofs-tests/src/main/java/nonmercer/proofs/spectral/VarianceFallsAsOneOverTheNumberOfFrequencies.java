package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
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

    /// The number of frequencies, and the seed of the replicates.
    record Case(int m, long seed) {}

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
        return "for m = 1, 4, 16, 64, 256 independent frequencies: m times the variance of the estimate is the variance of one frequency's, (1 - e^-‖x - y‖²)²/2";
    }

    @Override
    public Source source() {
        return Source.of("Rahimi & Recht 2007", "section 3: an average of independent terms");
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
        return tolerance().falseAlarm(5);
    }

    @Override
    public List<Subject<Features>> subjects() {
        return List.of(
                Subject.of(
                        "RandomFeatures",
                        (m, s) ->
                                CosinesAverageToTheTransform.trigonometric(Gaussian.standard(D), m)
                                        .with(Estimates.PLAIN)
                                        .draw(s)));
    }

    @Override
    public Cases<Case> cases(Features features) {
        return Cases.all(
                new Case(1, 1), new Case(4, 2), new Case(16, 3), new Case(64, 4), new Case(256, 5));
    }

    @Override
    public double statistic(Features features, Case c) {
        double[] x = {1, 0.5, 0};
        double[] y = {0, 0, 0};
        double[] k = new double[REPLICATES];
        RandomStream s = RandomStream.of(c.seed);
        Arrays.setAll(k, i -> GaussAt.estimate(features.map(c.m, s.at(i)), x, y));
        double mean = Math.exp(-1.25 / 2);
        double square = Arrays.stream(k).map(v -> (v - mean) * (v - mean)).sum() / REPLICATES;
        double one = Math.pow(-Math.expm1(-1.25), 2) / 2;
        return Math.abs(c.m * square / one - 1);
    }

    /// The fourth moment of an estimate over its squared variance is at most 3.2: of one cosine it
    /// is less, of a mean it goes to 3.
    @Override
    public Tolerance<Features, Case> tolerance() {
        return Tolerance.standardErrors(
                6,
                (features, c) -> Math.sqrt(2.2 / REPLICATES),
                "of a ratio of variances over 2500 replicates, with a kurtosis of at most 3.2");
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
                            FeatureMap one =
                                    CosinesAverageToTheTransform.trigonometric(
                                                    Gaussian.standard(D), 1)
                                            .with(Estimates.PLAIN)
                                            .draw(s);
                            return new Estimates.Changed(one, x -> repeated(x, m));
                        }),
                Mutant.of(
                        "features divided by m",
                        "1/m in front of each feature, not of each product",
                        (m, s) ->
                                new Estimates.Changed(
                                        CosinesAverageToTheTransform.trigonometric(
                                                        Gaussian.standard(D), m)
                                                .with(Estimates.PLAIN)
                                                .draw(s),
                                        x -> x.scale(1 / Math.sqrt(m)))));
    }

    private static Tensor repeated(Tensor x, int m) {
        Tensor[] all = new Tensor[m];
        Arrays.fill(all, x.scale(1 / Math.sqrt(m)));
        return Tensor.concat(-1, List.of(all));
    }
}
