package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Component;
import nonmercer.feature.NoisePolicy;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Generator;
import nonmercer.spectral.Noise;

/// A function of its arguments and nothing else: no hidden draw, no argument written to, no row of
/// noise that knows of the others.
final class EvaluationIsPure implements Claim<EvaluationIsPure.Model, EvaluationIsPure.Case> {
    private static final int D = 4;
    private static final int M = 8;

    /// Points, values, lengths of two sequences, and a seed.
    record Case(double[] points, int[] lengths, long seed) {
        Array array() {
            return Array.of(Shape.of(2, 1, points.length / (2 * D), D), points.clone());
        }

        Generator generator() {
            return Generator.create(RandomStream.of(seed), DType.FLOAT64, D, 8, D);
        }

        FeatureMap map() {
            return new RandomFeatures(generator(), new Component.Positive(Target.SOFTMAX), M)
                    .draw(RandomStream.of(seed).at("noise"), NoisePolicy.PER_STEP);
        }
    }

    /// Attention with a generator's features, evaluated; and the frequencies it makes of noise.
    interface Model {
        /// With one array for queries, keys and values.
        Array attention(Case c, Array x, int[] lengths);

        default double[][] frequencies(Case c, Noise.Rows noise) {
            return Estimates.rows(
                    c.generator().frequencies(noise, DType.FLOAT64, Pass.evaluation()).dense());
        }
    }

    @Override
    public String id() {
        return "P20";
    }

    @Override
    public String statement() {
        return "for all inputs: evaluated twice, attention through random features gives the same bits, leaves points and lengths as they were, and a frequency depends on its own row of noise only";
    }

    @Override
    public Source source() {
        return Source.of(
                "Chowdhury et al. 2022", "redraw = 1 and BatchNorm across the noise, as released");
    }

    @Override
    public String assumes() {
        return "one pass, one noise: redrawing is a new pass";
    }

    @Override
    public Kind kind() {
        return Kind.EXACT;
    }

    @Override
    public List<Subject<Model>> subjects() {
        return List.of(Subject.of("LinearAttention and Generator", EvaluationIsPure::attention));
    }

    private static Array attention(Case c, Array x, int... lengths) {
        return attention(c.map(), x, lengths);
    }

    private static Array attention(FeatureMap map, Array x, int... lengths) {
        Tensor t = Tensor.of(x);
        return LinearAttention.of(map)
                .apply(t, t, t, Mask.lengths(lengths), Pass.evaluation())
                .value()
                .copy();
    }

    @Override
    public Cases<Case> cases(Model model) {
        return Cases.random(
                        60,
                        GaussAt.drawn(r -> {
                            int n = 2 + r.nextInt(10);
                            return new Case(
                                    GaussAt.gaussian(r, 2 * n * D),
                                    new int[] {1 + r.nextInt(n - 1), n},
                                    r.nextLong());
                        }))
                .hitting(
                        "a sequence shorter than the other", 0.9, c -> c.lengths[0] < c.lengths[1]);
    }

    /// The number of numbers that differ.
    @Override
    public double statistic(Model model, Case c) {
        Array x = c.array();
        int[] lengths = c.lengths.clone();
        Array first = model.attention(c, x, lengths);
        Array second = model.attention(c, x, lengths);
        int differing = differing(first.toDoubles(), second.toDoubles());
        differing += differing(x.toDoubles(), c.points);
        differing += Arrays.equals(lengths, c.lengths) ? 0 : 1;
        Noise.Rows noise =
                new Coupling.Independent().draw(M, D, RandomStream.of(c.seed).at("rows"));
        double[] other = noise.normal().toDoubles();
        for (int i = D; i < other.length; i++) {
            other[i] += 1 + i;
        }
        Noise.Rows changed =
                new Noise.Rows(
                        Array.of(noise.normal().shape(), other),
                        noise.chiSquared(),
                        noise.weights());
        return differing
                + differing(model.frequencies(c, noise)[0], model.frequencies(c, changed)[0]);
    }

    private static int differing(double[] a, double... b) {
        int count = 0;
        for (int i = 0; i < a.length; i++) {
            count += Double.doubleToLongBits(a[i]) == Double.doubleToLongBits(b[i]) ? 0 : 1;
        }
        return count;
    }

    @Override
    public Tolerance<Model, Case> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Model>> mutants() {
        return List.of(
                Mutant.of(
                        "lengths counted up in place",
                        "cs1160701/OnLearningTheKernel: length_mask += 1 for the class token",
                        (c, x, lengths) -> {
                            Array out = attention(c, x, lengths);
                            lengths[0]++;
                            return out;
                        }),
                Mutant.of(
                        "noise drawn anew in evaluation",
                        "cs1160701/OnLearningTheKernel: redraw = 1, deterministic_eval = False",
                        new Resampling()),
                Mutant.of(
                        "statistics of the batch across the noise",
                        "cs1160701/OnLearningTheKernel, Generative: BatchNorm1d",
                        new Normalised()));
    }

    /// Another draw each time.
    private static final class Resampling implements Model {
        private int count;

        @Override
        public Array attention(Case c, Array x, int[] lengths) {
            FeatureMap map =
                    new RandomFeatures(c.generator(), new Component.Positive(Target.SOFTMAX), M)
                            .draw(RandomStream.of(c.seed).at(count++));
            return EvaluationIsPure.attention(map, x, lengths);
        }
    }

    /// Frequencies from noise that is brought to mean 0 and variance 1.
    private static final class Normalised implements Model {
        @Override
        public Array attention(Case c, Array x, int[] lengths) {
            return EvaluationIsPure.attention(c, x, lengths);
        }

        @Override
        public double[][] frequencies(Case c, Noise.Rows noise) {
            Tensor t = Tensor.of(noise.normal()).permute(1, 0).normalizeRows().permute(1, 0);
            return Model.super.frequencies(
                    c, new Noise.Rows(t.value(), noise.chiSquared(), noise.weights()));
        }
    }
}
