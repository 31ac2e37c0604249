package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.Mask;
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

/// The constant that keeps the normaliser from vanishing also caps the largest weight of attention.
final class WavesCannotAttendSharply
        implements Claim<WavesCannotAttendSharply.Weights, WavesCannotAttendSharply.Case> {
    private static final int M = 32;
    private static final int D = 2;

    /// A query, keys, a constant of at least 1, and the seed of the features.
    record Case(double[] q, double[][] k, double constant, long seed) {
        RandomFeatures features() {
            return new RandomFeatures(
                    Gaussian.isotropic(D, 2),
                    new Coupling.Orthogonal(),
                    new Component.Trigonometric(Target.GAUSSIAN, constant),
                    Preconditioner.NONE,
                    Estimates.PLAIN,
                    M);
        }
    }

    /// The weights of attention of one query.
    interface Weights {
        double[] of(Case c, FeatureMap map);
    }

    @Override
    public String id() {
        return "P19";
    }

    @Override
    public String statement() {
        return "for all points, s ≥ 1, c = s², and draws of waves: no weight of L keys is above (1 + c)/Σⱼ (k̂ⱼ + c), nor above (1 + c)/((1 + c) + (L - 1)(min k̂ + c)), which is the library's cap; (1 + c)/(c L) where k̂ ≥ 0";
    }

    @Override
    public Source source() {
        return Source.of("Chowdhury et al. 2022", "the smoothing constant; |k̂| ≤ 1");
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Weights>> subjects() {
        return List.of(Subject.of("LinearAttention", (c, map) -> weights(c, map)));
    }

    /// Attention to values that are unit vectors gives its weights.
    private static double[] weights(Case c, FeatureMap map) {
        double[][] unit = new double[c.k.length][c.k.length];
        for (int j = 0; j < unit.length; j++) {
            unit[j][j] = 1;
        }
        return Attends.apply(LinearAttention.of(map), new double[][] {c.q}, c.k, unit, Mask.none())[
                0];
    }

    @Override
    public Cases<Case> cases(Weights weights) {
        return Cases.random(
                        100,
                        GaussAt.drawn(r -> {
                            double[][] k = new double[2 + r.nextInt(40)][];
                            Arrays.setAll(k, j -> GaussAt.gaussian(r, D));
                            double s = r.nextInt(4) == 0 ? 1 : 1 + r.nextDouble();
                            return new Case(k[0].clone(), k, s, r.nextLong());
                        }))
                .hitting("s = 1", 0.03, c -> c.constant == 1)
                .hitting("20 keys or more", 0.2, c -> c.k.length >= 20);
    }

    /// The largest weight less its caps.
    @Override
    public double statistic(Weights weights, Case c) {
        FeatureMap map = c.features().draw(RandomStream.of(c.seed));
        double[] shifted = Estimates.gram(map, new double[][] {c.q}, c.k)[0]; // k̂ + c
        double square = c.constant * c.constant;
        double sum = Arrays.stream(shifted).sum();
        double least = Arrays.stream(shifted).min().orElseThrow() - square;
        double largest = Arrays.stream(weights.of(c, map)).max().orElseThrow();
        double worst = largest - (1 + square) / sum;
        worst = Math.max(worst, largest - c.features().sharpnessCap(c.k.length, least));
        if (least >= 0) {
            worst = Math.max(worst, largest - (1 + square) / (square * c.k.length));
        }
        return worst;
    }

    /// The query is the first key, so that its weight meets the first cap.
    @Override
    public Tolerance<Weights, Case> tolerance() {
        return Tolerance.rounding(
                (weights, c) -> 4 * (c.k.length + 2 * M + 8),
                (weights, c) -> 1,
                "two sums over keys and features, weights at most 1");
    }

    @Override
    public Optional<Picture> picture(Weights weights) {
        double[] keys = {2, 4, 8, 16, 32, 64, 128, 256};
        double[] found = new double[keys.length];
        double[] cap = new double[keys.length];
        Random r = new Random(1);
        for (int i = 0; i < keys.length; i++) {
            double[][] k = new double[(int) keys[i]][];
            Arrays.setAll(k, j -> new double[] {3 * r.nextGaussian(), 3 * r.nextGaussian()});
            Case c = new Case(k[0].clone(), k, 1, 1);
            FeatureMap map = c.features().draw(RandomStream.of(c.seed));
            found[i] = Arrays.stream(weights.of(c, map)).max().orElseThrow();
            cap[i] = c.features().sharpnessCap(k.length, 0);
        }
        return Optional.of(
                new Picture(
                        "a query that is one of the keys, s = 1",
                        Picture.Axis.powers("keys"),
                        Picture.Axis.powers("largest weight"),
                        List.of(
                                Picture.Line.measured("of the code", keys, found),
                                Picture.Line.bound("2/(1 + keys), where k̂ ≥ 0", keys, cap))));
    }

    @Override
    public List<Mutant<Weights>> mutants() {
        return List.of(
                Mutant.of(
                        "the constant in the divisor only",
                        "smoothing added to Z: weights no longer sum to 1, and their own part is left out",
                        (c, map) -> {
                            double square = c.constant * c.constant;
                            double[] k = Estimates.gram(map, new double[][] {c.q}, c.k)[0];
                            double sum = Arrays.stream(k).sum() - square * k.length + 1e-6;
                            return Arrays.stream(k).map(x -> x / sum).toArray();
                        }),
                Mutant.of(
                        "no constant",
                        "weights k̂ⱼ/Σ k̂",
                        (c, map) -> {
                            double square = c.constant * c.constant;
                            double[] k = Estimates.gram(map, new double[][] {c.q}, c.k)[0];
                            double sum = Arrays.stream(k).map(x -> x - square).sum();
                            return Arrays.stream(k).map(x -> (x - square) / sum).toArray();
                        }),
                Mutant.of(
                        "softmax of the estimates",
                        "an exponential of k̂/0.1, which no features give",
                        (c, map) -> {
                            double[] k = Estimates.gram(map, new double[][] {c.q}, c.k)[0];
                            double sum = Arrays.stream(k).map(x -> Math.exp(10 * x)).sum();
                            return Arrays.stream(k).map(x -> Math.exp(10 * x) / sum).toArray();
                        }));
    }
}
