package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Component;
import nonmercer.feature.Preconditioner;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;

/// Outputs through positive features are means of values, coordinate by coordinate, however wrong
/// the features are; but for rounding, by which even equal values are left.
final class PositiveFeaturesAverageValues
        implements Claim<
                PositiveFeaturesAverageValues.Features, PositiveFeaturesAverageValues.Case> {
    private static final int M = 16;
    private static final int D = 4;
    private static final int E = 2;

    /// Points, values, and the seed of the features.
    record Case(double[][] q, double[][] k, double[][] v, long seed) {}

    /// A map with `M` frequencies in 4 coordinates.
    interface Features {
        FeatureMap map(RandomStream stream);
    }

    @Override
    public String id() {
        return "P18";
    }

    @Override
    public String statement() {
        return "for all points, values and draws of positive features: every coordinate of the output lies between the least and the greatest of the values, up to 4 (N + m) u max |v|";
    }

    @Override
    public Source source() {
        return Source.of("Choromanski et al. 2021", "section 2.3: why features should be positive");
    }

    @Override
    public String assumes() {
        return "positive features: every one above 0";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Features>> subjects() {
        return List.of(
                Subject.of("positive", s -> features(new Component.Positive(Target.GAUSSIAN), s)),
                Subject.of("FAVOR+", s -> features(new Component.Positive(Target.SOFTMAX), s)),
                Subject.of(
                        "hyperbolic", s -> features(new Component.Hyperbolic(Target.SOFTMAX), s)),
                Subject.of(
                        "optimal positive", s -> features(new Component.OptimalPositive(-0.2), s)));
    }

    private static FeatureMap features(Component component, RandomStream stream) {
        return new RandomFeatures(
                        Gaussian.standard(D),
                        new Coupling.Orthogonal(),
                        component,
                        Preconditioner.NONE,
                        Estimates.PLAIN,
                        M)
                .draw(stream);
    }

    @Override
    public Cases<Case> cases(Features features) {
        return Cases.random(
                        80,
                        GaussAt.drawn(r -> {
                            int n = 1 + r.nextInt(30);
                            double size = r.nextInt(3) == 0 ? 8 : 1;
                            double[][] q = new double[4][];
                            double[][] k = new double[n][];
                            double[][] v = new double[n][];
                            Arrays.setAll(q, i -> GaussAt.gaussian(r, D));
                            Arrays.setAll(k, i -> GaussAt.gaussian(r, D));
                            Arrays.setAll(v, i -> GaussAt.gaussian(r, E));
                            Arrays.stream(q).forEach(x -> GaussAt.scale(x, size));
                            Arrays.stream(k).forEach(x -> GaussAt.scale(x, size));
                            if (r.nextInt(4) == 0) {
                                Arrays.fill(v, v[0]);
                            }
                            return new Case(q, k, v, r.nextLong());
                        }))
                .hitting("points so large that features of some keys vanish", 0.05, c -> large(c))
                .hitting(
                        "equal values", 0.02, c -> c.v.length > 1 && Arrays.equals(c.v[0], c.v[1]));
    }

    private static boolean large(Case c) {
        return Arrays.stream(c.k).anyMatch(x -> GaussAt.square(x) > 100);
    }

    /// How far outside.
    @Override
    public double statistic(Features features, Case c) {
        FeatureMap map = features.map(RandomStream.of(c.seed));
        LinearAttention attention =
                map.normaliserRisk().isEmpty()
                        ? LinearAttention.of(map)
                        : LinearAttention.unguarded(map);
        double[][] out = Attends.apply(attention, c.q, c.k, c.v, Mask.none());
        double worst = 0;
        for (int l = 0; l < E; l++) {
            int at = l;
            double low = Arrays.stream(c.v).mapToDouble(x -> x[at]).min().orElseThrow();
            double high = Arrays.stream(c.v).mapToDouble(x -> x[at]).max().orElseThrow();
            for (double[] row : out) {
                worst = Math.max(worst, Math.max(low - row[l], row[l] - high));
            }
        }
        return worst;
    }

    @Override
    public Tolerance<Features, Case> tolerance() {
        return Tolerance.rounding(
                (features, c) -> 4 * (c.k.length + 2 * M),
                (features, c) ->
                        Arrays.stream(c.v)
                                .flatMapToDouble(Arrays::stream)
                                .map(Math::abs)
                                .max()
                                .orElse(0),
                "numerator and divisor are sums over keys and features of positive terms");
    }

    @Override
    public Optional<Picture> picture(Features features) {
        FeatureMap map = features.map(RandomStream.of(1));
        LinearAttention attention =
                map.normaliserRisk().isEmpty()
                        ? LinearAttention.of(map)
                        : LinearAttention.unguarded(map);
        double[][] k = {{1, 0, 0, 0}, {-1, 0, 0, 0}, {0, 1, 0, 0}};
        double[][] v = {{1, 0}, {-1, 0}, {0.2, 0}};
        double[] t = Curves.range(-4, 4, 81);
        return Curves.of(
                "a query on a line, three keys",
                "the query's first coordinate",
                "output",
                Curves.measured(
                        "of the code",
                        t,
                        a -> {
                            double[][] q = {{a, 0.3, 0, 0}};
                            double out = Attends.apply(attention, q, k, v, Mask.none())[0][0];
                            return Math.max(-4, Math.min(4, out));
                        }),
                Curves.bound("the greatest value", t, a -> 1),
                Curves.bound("the least value", t, a -> -1));
    }

    @Override
    public List<Mutant<Features>> mutants() {
        return List.of(
                Mutant.of(
                        "waves",
                        "random Fourier features for attention",
                        s -> features(new Component.Trigonometric(Target.GAUSSIAN, 0), s)),
                Mutant.of(
                        "centred features",
                        "features less their mean, as in a linear model",
                        s ->
                                new Estimates.Changed(
                                        features(new Component.Positive(Target.SOFTMAX), s),
                                        x -> {
                                            Tensor mean = x.mean(-1);
                                            return x.sub(mean.reshape(mean.shape().append(1)));
                                        })));
    }
}
