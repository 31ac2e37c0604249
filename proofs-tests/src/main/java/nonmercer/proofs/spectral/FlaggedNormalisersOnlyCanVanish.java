package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.attention.LinearAttention;
import nonmercer.autodiff.Pass;
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
import nonmercer.proofs.Printed;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Numbers;
import nonmercer.spectral.Spread;

/// The sum of weights of waves with a constant feature `s` is at least `L (s² - 1)`: what the
/// library does not flag cannot turn negative, and what it flags attention refuses.
final class FlaggedNormalisersOnlyCanVanish
        implements Claim<
                FlaggedNormalisersOnlyCanVanish.Waves, FlaggedNormalisersOnlyCanVanish.Case> {
    private static final int L = 12;

    /// A constant over `√b`, the number of frequencies in one coordinate, and a query; the keys are
    /// all at 0.
    record Case(double constant, int m, double query, long seed) {}

    /// A map with a constant feature.
    interface Waves {
        FeatureMap map(double constant, int m, RandomStream stream);

        /// `b`: the greatest estimate without the constant.
        default double greatest() {
            return 1;
        }
    }

    /// Pairs `ω± = ε ± μ` of one noise, whose features are multiplied by `√b`.
    private record Pairs(double greatest) implements Waves {
        @Override
        public FeatureMap map(double constant, int m, RandomStream stream) {
            Numbers mean = Numbers.fixed(Array.of(Shape.of(1, 1), 0.7));
            FeatureMap map =
                    new RandomFeatures(
                                    new Gaussian(mean, Spread.Isotropic.unit()).paired(),
                                    new Component.Trigonometric(
                                            Target.GAUSSIAN, constant / Math.sqrt(greatest)),
                                    2 * m)
                            .with(Estimates.PLAIN)
                            .draw(stream);
            return new Estimates.Changed(map, x -> x.scale(Math.sqrt(greatest)));
        }
    }

    @Override
    public String id() {
        return "P18a";
    }

    @Override
    public String statement() {
        return "for every constant feature s, all points and draws of waves with estimates up to b, b = 1, or 2 for pairs that are not halved: where s² ≥ b the sum of weights is at least L (s² - b) ≥ 0, and where s² < b the map is flagged and linear attention refuses it";
    }

    @Override
    public Source source() {
        return Source.of(
                "Chowdhury et al. 2022",
                "the smoothing constant, documented as k + s; released as k + s²");
    }

    @Override
    public String assumes() {
        return "cosines and sines of the same frequencies, in equal weight";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Printed<?>> printed() {
        return Optional.of(
                Printed.exact(
                        "with the constant 0.36 no sum of weights is negative: for all queries, keys at 0 and draws of waves",
                        () ->
                                Cases.random(
                                        200,
                                        Combinators.combine(
                                                        Arbitraries.integers().between(1, 3),
                                                        Arbitraries.integers().between(-40, 40),
                                                        Arbitraries.longs().between(1, 1000))
                                                .as((m, query, seed) ->
                                                        new Case(0.36, m, query / 2.0, seed))),
                        c ->
                                Math.max(
                                        0,
                                        -mean(
                                                waves(c.constant, c.m, RandomStream.of(c.seed)),
                                                c))));
    }

    @Override
    public List<Subject<Waves>> subjects() {
        return List.of(
                Subject.of("RandomFeatures", FlaggedNormalisersOnlyCanVanish::waves),
                Subject.of("in pairs", new Pairs(1)),
                Subject.of("in pairs that are not halved", new Pairs(2)));
    }

    private static FeatureMap waves(double constant, int m, RandomStream stream) {
        return new RandomFeatures(
                        Gaussian.standard(1),
                        new Coupling.Independent(),
                        new Component.Trigonometric(Target.GAUSSIAN, constant),
                        Preconditioner.NONE,
                        Estimates.PLAIN,
                        m)
                .draw(stream);
    }

    @Override
    public Cases<Case> cases(Waves waves) {
        return Cases.random(
                        300,
                        GaussAt.drawn(r ->
                                new Case(
                                        r.nextInt(4) == 0 ? 1 : 0.2 + 1.6 * r.nextDouble(),
                                        1 + r.nextInt(3),
                                        20 * r.nextGaussian(),
                                        r.nextLong())))
                .hitting("s² < b", 0.2, c -> c.constant < 1)
                .hitting("s² ≥ b", 0.3, c -> c.constant >= 1);
    }

    /// How far the mean weight is below `s² - b`; infinite where flag and refusal are not as said.
    @Override
    public double statistic(Waves waves, Case c) {
        FeatureMap map =
                waves.map(c.constant * Math.sqrt(waves.greatest()), c.m, RandomStream.of(c.seed));
        double mean = mean(map, c);
        boolean flagged = map.normaliserRisk().isPresent();
        if (flagged != refused(map)) {
            return Double.POSITIVE_INFINITY;
        }
        boolean negative = mean < -1e-9;
        if (!flagged && negative || flagged && c.constant >= 1) {
            return Double.POSITIVE_INFINITY;
        }
        return waves.greatest() * (c.constant * c.constant - 1) - mean;
    }

    private static double mean(FeatureMap map, Case c) {
        double[][] gram = Estimates.gram(map, new double[][] {{c.query}}, new double[L][1]);
        return Arrays.stream(gram[0]).sum() / L;
    }

    private static boolean refused(FeatureMap map) {
        try {
            LinearAttention.of(map);
            return false;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    @Override
    public Tolerance<Waves, Case> tolerance() {
        return Tolerance.rounding(
                (waves, c) -> 4 * c.m + L + 40,
                (waves, c) -> waves.greatest() * (1 + c.constant * c.constant),
                "sums of 4m + 1 products at most, of size 1/m and s², and over L keys; no term that the angle's own rounding moves");
    }

    /// A map that says so, or not.
    private record Flag(FeatureMap map, boolean risk) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return map.dimension(d);
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return map.queries(q, pass);
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return map.keys(k, pass);
        }

        @Override
        public Optional<String> normaliserRisk() {
            return risk ? Optional.of("small constant") : Optional.empty();
        }
    }

    @Override
    public Optional<Picture> picture(Waves waves) {
        double b = waves.greatest();
        double[] t = Curves.range(0, 20, 101);
        FeatureMap one = waves.map(Math.sqrt(b), 2, RandomStream.of(3));
        FeatureMap less = waves.map(0.6 * Math.sqrt(b), 2, RandomStream.of(3));
        return Curves.of(
                "sum of the weights of keys at 0, over their number",
                "the query",
                "k̂ + s²",
                Curves.measured(
                        one.normaliserRisk().isPresent() ? "s = √b, flagged" : "s = √b",
                        t,
                        q -> GaussAt.estimate(one, new double[] {q}, new double[1])),
                Curves.measured(
                        less.normaliserRisk().isPresent() ? "s = 0.6 √b, flagged" : "s = 0.6 √b",
                        t,
                        q -> GaussAt.estimate(less, new double[] {q}, new double[1])),
                Curves.bound("zero", t, q -> 0));
    }

    @Override
    public List<Mutant<Waves>> mutants() {
        return List.of(
                Mutant.of(
                        "s for s²",
                        "cs1160701/OnLearningTheKernel: documented as kernel + s",
                        (s, m, stream) -> new Flag(waves(s, m, stream), s * s < 0.36)),
                Mutant.of(
                        "pairs that are not halved, with s = 0.36, not flagged",
                        "cs1160701/OnLearningTheKernel, GMM-RKS for Text: the kernel is in [-2, 2]",
                        (s, m, stream) ->
                                new Flag(
                                        new Estimates.Changed(
                                                waves(0, m, stream), x -> x.scale(Math.sqrt(2))),
                                        s < 0.36)),
                Mutant.of(
                        "flagged at s = 1 too",
                        "> for ≥",
                        (s, m, stream) -> new Flag(waves(s, m, stream), s <= 1)));
    }
}
