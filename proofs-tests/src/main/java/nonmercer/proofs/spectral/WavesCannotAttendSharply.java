package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nonmercer.array.Array;
import nonmercer.array.Shape;
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
import nonmercer.spectral.Numbers;
import nonmercer.spectral.Spread;

/// The constant that keeps the normaliser from vanishing also caps the largest weight of attention:
/// by `(b + c)/Σⱼ (k̂ⱼ + c)` for estimates up to `b`, which is 1; and 2 for the released pairs,
/// whose factor `√(4/n)` for `n/4` noises is not halved.
final class WavesCannotAttendSharply
        implements Claim<WavesCannotAttendSharply.Weights, WavesCannotAttendSharply.Case> {
    private static final int M = 32;
    private static final int D = 2;

    /// A query, keys, the waves, a constant `s` with `s² ≥ b`, and the seed of the features.
    record Case(double[] q, double[][] k, Waves waves, double constant, long seed) {
        /// The features with this constant; where the pairs are not halved, with `s/√2`, so that
        /// `√2` times all of them are `√2 cos`, `√2 sin` and `s`.
        RandomFeatures features() {
            return new RandomFeatures(
                    waves == Waves.SINGLE ? Gaussian.isotropic(D, 2) : law(seed).paired(),
                    waves == Waves.SINGLE ? new Coupling.Orthogonal() : new Coupling.Independent(),
                    new Component.Trigonometric(
                            Target.GAUSSIAN, constant / Math.sqrt(waves.greatest)),
                    Preconditioner.NONE,
                    Estimates.PLAIN,
                    M);
        }

        FeatureMap map() {
            FeatureMap map = features().draw(RandomStream.of(seed));
            return new Estimates.Changed(map, x -> x.scale(Math.sqrt(waves.greatest)));
        }

        private static Gaussian law(long seed) {
            double[] mean = GaussAt.gaussian(new Random(seed), D);
            return new Gaussian(
                    Numbers.fixed(Array.of(Shape.of(1, D), mean)), Spread.Isotropic.unit());
        }
    }

    /// What estimates are made of, and the greatest that they can be.
    enum Waves {
        SINGLE(1),
        PAIRS(1),
        PAIRS_NOT_HALVED(2);

        final double greatest;

        Waves(double greatest) {
            this.greatest = greatest;
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
        return "for all points and draws of waves with estimates k̂ up to b, b = 1, or 2 for pairs that are not halved, s² = c ≥ b: no weight of L keys is above (b + c)/Σⱼ (k̂ⱼ + c), nor above (b + c)/((b + c) + (L - 1)(min k̂ + c)), which is the library's cap; (b + c)/(c L) where k̂ ≥ 0";
    }

    @Override
    public Source source() {
        return Source.of("Chowdhury et al. 2022", "the smoothing constant; |k̂| ≤ 1");
    }

    @Override
    public String assumes() {
        return "the square of the constant c ≥ b, so that no sum of weights is negative";
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
                            Waves waves = Waves.values()[r.nextInt(3)];
                            double s = r.nextInt(4) == 0 ? 1 : 1 + r.nextDouble();
                            return new Case(
                                    k[0].clone(),
                                    k,
                                    waves,
                                    s * Math.sqrt(waves.greatest),
                                    r.nextLong());
                        }))
                .hitting("c = b", 0.03, c -> c.constant == Math.sqrt(c.waves.greatest))
                .hitting("pairs, not halved", 0.1, c -> c.waves == Waves.PAIRS_NOT_HALVED)
                .hitting("20 keys or more", 0.2, c -> c.k.length >= 20);
    }

    /// The largest weight less its caps; infinite where an estimate is above `b` by more than the
    /// few hundred roundings of its sum.
    @Override
    public double statistic(Weights weights, Case c) {
        FeatureMap map = c.map();
        double[] shifted = Estimates.gram(map, new double[][] {c.q}, c.k)[0]; // k̂ + c
        double square = c.constant * c.constant;
        double most = c.waves.greatest + square;
        double sum = Arrays.stream(shifted).sum();
        double least = Arrays.stream(shifted).min().orElseThrow() - square;
        if (Arrays.stream(shifted).max().orElseThrow() > most * (1 + 1e-12)) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = Arrays.stream(weights.of(c, map)).max().orElseThrow();
        double worst = largest - most / sum;
        double cap = c.features().sharpnessCap(c.k.length, least / c.waves.greatest);
        worst = Math.max(worst, largest - cap);
        if (least >= 0) {
            worst = Math.max(worst, largest - most / (square * c.k.length));
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
            Case c = new Case(k[0].clone(), k, Waves.SINGLE, 1, 1);
            FeatureMap map = c.map();
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
                        "smoothing added to Z once, and to no weight",
                        (c, map) -> {
                            double square = c.constant * c.constant;
                            double[] k = Estimates.gram(map, new double[][] {c.q}, c.k)[0];
                            double sum = Arrays.stream(k).sum() - square * (k.length - 1);
                            return Arrays.stream(k).map(x -> (x - square) / sum).toArray();
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
                        "pairs that are not halved, taken for halved ones",
                        "cs1160701/OnLearningTheKernel, GMM-RKS: a cap of 1 + c for 2 + c",
                        (c, map) -> {
                            double square = c.constant * c.constant;
                            double[] k = Estimates.gram(map, new double[][] {c.q}, c.k)[0];
                            double sum = Arrays.stream(k).map(x -> 2 * x - square).sum();
                            return Arrays.stream(k).map(x -> (2 * x - square) / sum).toArray();
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
