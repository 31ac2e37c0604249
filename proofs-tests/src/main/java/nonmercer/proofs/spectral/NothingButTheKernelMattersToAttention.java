package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Component;
import nonmercer.feature.Preconditioner;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Logarithms;
import nonmercer.kernel.PositiveFeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;

/// What cancels in a quotient, cancels: exact symmetries of attention through features, which an
/// additive ε breaks.
final class NothingButTheKernelMattersToAttention
        implements Claim<
                NothingButTheKernelMattersToAttention.Evaluation,
                NothingButTheKernelMattersToAttention.Case> {
    private static final int M = 16;
    private static final int D = 3;
    private static final int E = 2;

    /// Points, values, a shift of all values, powers of two for queries and keys, an order of the
    /// keys, and the seed of the features.
    record Case(
            double[][] q,
            double[][] k,
            double[][] v,
            double shift,
            int[] powers,
            int[] order,
            Component component,
            long seed) {
        FeatureMap map() {
            return new RandomFeatures(
                            Gaussian.standard(D),
                            new Coupling.Orthogonal(),
                            component,
                            Preconditioner.NONE,
                            Estimates.PLAIN,
                            M)
                    .draw(RandomStream.of(seed));
        }
    }

    /// Attention through a map.
    interface Evaluation {
        double[][] of(FeatureMap map, double[][] q, double[][] k, double[][] v);
    }

    @Override
    public String id() {
        return "P17";
    }

    @Override
    public String statement() {
        return "for all points, values, constants c, t and whole p, p′: attention through features stays as it is where keys and values are permuted together, where t is added to the logarithms of all keys' positive features, or where queries' features are multiplied by 2ᵖ and keys' by 2ᵖ′ (in every bit); and V + c gives out + c";
    }

    @Override
    public Source source() {
        return Source.of("Katharopoulos et al. 2020", "equation 4: a quotient of two linear forms");
    }

    @Override
    public String assumes() {
        return "a map that is not random between the two evaluations";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Evaluation>> subjects() {
        return List.of(
                Subject.of(
                        "LinearAttention",
                        (map, q, k, v) ->
                                Attends.apply(LinearAttention.of(map), q, k, v, Mask.none())));
    }

    @Override
    public Cases<Case> cases(Evaluation evaluation) {
        List<Component> components =
                List.of(
                        new Component.Trigonometric(Target.GAUSSIAN, 1.5),
                        new Component.Positive(Target.SOFTMAX),
                        new Component.Hyperbolic(Target.GAUSSIAN),
                        new Component.OptimalPositive(-0.1));
        return Cases.random(
                        80,
                        GaussAt.drawn(r -> {
                            int n = 2 + r.nextInt(40);
                            double[][] q = new double[3][];
                            double[][] k = new double[n][];
                            double[][] v = new double[n][];
                            Arrays.setAll(q, i -> GaussAt.gaussian(r, D));
                            Arrays.setAll(k, i -> GaussAt.gaussian(r, D));
                            Arrays.setAll(v, i -> GaussAt.gaussian(r, E));
                            return new Case(
                                    q,
                                    k,
                                    v,
                                    4 * r.nextGaussian(),
                                    new int[] {r.nextInt(81) - 40, r.nextInt(81) - 40},
                                    RandomStream.of(r.nextLong()).permutation(n),
                                    components.get(r.nextInt(components.size())),
                                    r.nextLong());
                        }))
                .hitting("waves", 0.02, c -> !c.component.positive())
                .hitting("a shift above 1", 0.5, c -> Math.abs(c.shift) > 1);
    }

    @Override
    public double statistic(Evaluation evaluation, Case c) {
        FeatureMap map = c.map();
        double[][] out = evaluation.of(map, c.q, c.k, c.v);
        double[][] k = new double[c.k.length][];
        double[][] v = k.clone();
        double[][] shifted = k.clone();
        for (int j = 0; j < k.length; j++) {
            k[j] = c.k[c.order[j]];
            v[j] = c.v[c.order[j]];
            shifted[j] = new double[] {c.v[j][0] + c.shift, c.v[j][1] + c.shift};
        }
        double[][] permuted = evaluation.of(map, c.q, k, v);
        double[][] moved = evaluation.of(map, c.q, c.k, shifted);
        FeatureMap same = new Multiplied(map, 1, 1);
        FeatureMap other =
                new Multiplied(map, Math.scalb(1.0, c.powers[0]), Math.scalb(1.0, c.powers[1]));
        double[][] plain = evaluation.of(same, c.q, c.k, c.v);
        double[][] scaled = evaluation.of(other, c.q, c.k, c.v);
        double[][] logs =
                map instanceof PositiveFeatureMap positive
                        ? evaluation.of(new Raised(positive, c.shift), c.q, c.k, c.v)
                        : out;
        double worst = 0;
        for (int i = 0; i < out.length; i++) {
            for (int l = 0; l < E; l++) {
                worst = Math.max(worst, Math.abs(out[i][l] - permuted[i][l]));
                worst = Math.max(worst, Math.abs(out[i][l] - logs[i][l]));
                worst = Math.max(worst, Math.abs(out[i][l] + c.shift - moved[i][l]));
                worst = plain[i][l] == scaled[i][l] ? worst : Double.POSITIVE_INFINITY;
            }
        }
        return worst;
    }

    /// Weights of waves are in `[c - 1, c + 1]`, `c = 2.25`, so that the sum of their absolute
    /// terms is at most `(1 + c)/(c - 1) = 2.6` times their sum; of positive features it is the
    /// sum.
    @Override
    public Tolerance<Evaluation, Case> tolerance() {
        return Tolerance.rounding(
                (evaluation, c) -> 4 * (c.k.length + 2 * M + 8 + (D + 12) * 80),
                (evaluation, c) -> 2 * 2.6 * (largest(c) + Math.abs(c.shift)),
                "two sums over keys and features, each in any order, on either side; and D + 12 roundings of the terms, below 80, of the exponents of four features");
    }

    /// Features of queries and of keys, multiplied.
    private record Multiplied(FeatureMap map, double queries, double keys) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return map.dimension(d);
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return map.queries(q, pass).scale(queries);
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return map.keys(k, pass).scale(keys);
        }

        @Override
        public Optional<String> normaliserRisk() {
            return map.normaliserRisk();
        }
    }

    /// Positive features, those of keys multiplied by `e^t`.
    private record Raised(PositiveFeatureMap map, double t) implements PositiveFeatureMap {
        @Override
        public int dimension(int d) {
            return map.dimension(d);
        }

        @Override
        public Logarithms logQueries(Tensor q, Pass pass) {
            return map.logQueries(q, pass);
        }

        @Override
        public Logarithms logKeys(Tensor k, Pass pass) {
            Logarithms logs = map.logKeys(k, pass);
            return new Logarithms(logs.scores(), logs.offset().plus(t));
        }
    }

    private static double largest(Case c) {
        return Arrays.stream(c.v).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    }

    @Override
    public List<Mutant<Evaluation>> mutants() {
        return List.of(
                Mutant.of(
                        "an ε in the divisor",
                        "cs1160701/OnLearningTheKernel, eps = 1e-6",
                        (map, q, k, v) -> {
                            double[][] gram = Estimates.gram(map, q, k);
                            double[][] out = new double[q.length][E];
                            for (int i = 0; i < q.length; i++) {
                                double z = Arrays.stream(gram[i]).sum() + 1e-6;
                                for (int j = 0; j < k.length; j++) {
                                    for (int l = 0; l < E; l++) {
                                        out[i][l] += gram[i][j] / z * v[j][l];
                                    }
                                }
                            }
                            return out;
                        }),
                Mutant.of(
                        "an ε a feature",
                        "Performer, kernel_epsilon = 1e-4",
                        (map, q, k, v) ->
                                Attends.apply(
                                        LinearAttention.of(
                                                new Estimates.Changed(map, x -> x.plus(1e-4))),
                                        q,
                                        k,
                                        v,
                                        Mask.none())));
    }
}
