package nonmercer.proofs.spectral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import nonmercer.array.DType;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.LinearStream;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Component;
import nonmercer.feature.Preconditioner;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Fastfood;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Mixture;
import nonmercer.spectral.SpectralLaw;

/// Attention through random features with the roundings of its sums: points, values, a law and what
/// a feature makes of a frequency, and the seed of the draw. Points are of size 1, so that no
/// feature vanishes in float32.
///
/// @param q queries `[n][d]`
/// @param k keys `[N][d]`
/// @param v values `[N][e]`
/// @param seen how many keys are there; of causal attention, how many rows an edit leaves alone
record Sums(
        double[][] q,
        double[][] k,
        double[][] v,
        Law law,
        Component component,
        boolean causal,
        int seen,
        long seed) {
    static final int M = 24;
    static final int D = 4;
    static final int E = 2;

    private static final double A = -0.1;

    /// Where frequencies come from.
    enum Law {
        GAUSSIAN,
        MIXTURE,
        FASTFOOD
    }

    /// Attention through a map.
    interface Evaluation {
        double[][] of(FeatureMap map, Sums c);

        /// The type it computes in.
        default DType dtype() {
            return DType.FLOAT64;
        }

        /// Whether the features are the very numbers that the map gives, not exponentials of
        /// logarithms that were shifted.
        default boolean given() {
            return false;
        }
    }

    /// The library's.
    record Through(Function<FeatureMap, LinearAttention> attention, DType dtype, boolean given)
            implements Evaluation {
        @Override
        public double[][] of(FeatureMap map, Sums c) {
            LinearAttention linear =
                    map.normaliserRisk().isPresent()
                            ? LinearAttention.unguarded(map)
                            : attention.apply(map);
            return Attends.apply(
                    linear, typed(dtype, c.q), typed(dtype, c.k), typed(dtype, c.v), c.mask());
        }
    }

    /// The library's, token by token.
    record Stream(DType dtype) implements Evaluation {
        @Override
        public double[][] of(FeatureMap map, Sums c) {
            LinearStream stream = new LinearStream(map, 1, 1, D, E, dtype);
            return Estimates.rows(
                    stream.extend(
                            typed(dtype, c.q),
                            typed(dtype, c.k),
                            typed(dtype, c.v),
                            Pass.evaluation()));
        }
    }

    static Tensor typed(DType dtype, double[]... rows) {
        return Tensor.of(Attends.head(rows).value().cast(dtype));
    }

    /// Of each law waves and positive features, with up to `most` keys, the first of them with
    /// nearly as many as can be, of which some may be missing; or causal, with as many queries.
    static List<Sums> each(Random r, boolean causal, int most) {
        List<Sums> all = new ArrayList<>();
        for (Law law : Law.values()) {
            List<Component> positive =
                    List.of(
                            new Component.Positive(Target.GAUSSIAN),
                            new Component.Positive(Target.SOFTMAX),
                            new Component.Hyperbolic(Target.SOFTMAX),
                            new Component.OptimalPositive(A));
            int count = law == Law.MIXTURE ? positive.size() - 1 : positive.size();
            var waves = new Component.Trigonometric(Target.GAUSSIAN, r.nextInt(2));
            for (Component c : List.of(positive.get(r.nextInt(count)), waves)) {
                int keys = all.isEmpty() ? most - r.nextInt(10) : 1 + r.nextInt(most);
                all.add(random(r, law, c, causal, keys));
            }
        }
        return List.copyOf(all);
    }

    private static Sums random(Random r, Law law, Component c, boolean causal, int keys) {
        double[][] q = new double[causal ? keys : 4][];
        double[][] k = new double[keys][];
        double[][] v = new double[keys][];
        Arrays.setAll(q, i -> single(GaussAt.gaussian(r, D)));
        Arrays.setAll(k, i -> single(GaussAt.gaussian(r, D)));
        Arrays.setAll(v, i -> single(GaussAt.gaussian(r, E)));
        int seen = r.nextBoolean() ? keys : 1 + r.nextInt(keys);
        return new Sums(q, k, v, law, c, causal, seen, r.nextLong());
    }

    /// So many keys, all of them there, through positive features of a normal law.
    static Sums positive(int keys, boolean causal) {
        Sums c =
                random(
                        new Random(1),
                        Law.GAUSSIAN,
                        new Component.Positive(Target.SOFTMAX),
                        causal,
                        keys);
        return new Sums(c.q, c.k, c.v, c.law, c.component, causal, keys, c.seed);
    }

    /// Numbers that both types have.
    private static double[] single(double... x) {
        Arrays.setAll(x, l -> (float) x[l]);
        return x;
    }

    private RandomStream stream() {
        return RandomStream.of(seed);
    }

    private RandomFeatures features(DType dtype) {
        SpectralLaw spectrum =
                switch (law) {
                    case GAUSSIAN -> Gaussian.standard(D);
                    case MIXTURE -> Mixture.trainedDiagonal(3, 1, D, dtype, stream().at("law"));
                    case FASTFOOD -> Fastfood.drawn(D);
                };
        Coupling coupling =
                law == Law.FASTFOOD ? new Coupling.Fastfood() : new Coupling.Orthogonal();
        return new RandomFeatures(
                spectrum, coupling, component, Preconditioner.NONE, Estimates.PLAIN, M);
    }

    /// The map, with trained numbers of this type.
    FeatureMap map(DType dtype) {
        return features(dtype).draw(stream());
    }

    Mask mask() {
        if (causal) {
            return Mask.causal();
        }
        return seen == k.length ? Mask.none() : Mask.lengths(seen);
    }

    /// Whether query `i` sees key `j`.
    boolean sees(int i, int j) {
        return causal ? j <= i : j < seen;
    }

    /// Other keys and values from `seen` on.
    Sums edited() {
        double[][] keys = k.clone();
        double[][] values = v.clone();
        for (int j = seen; j < k.length; j++) {
            keys[j] = Arrays.stream(k[j]).map(x -> 0.5 - x).toArray();
            values[j] = new double[E];
        }
        return new Sums(q, keys, values, law, component, causal, seen, seed);
    }

    /// The greatest difference of an evaluation from the quadratic form with the same features,
    /// over `4 (N + m + 8 + r) u (Σⱼ Σ_f |φ_f(qᵢ) ψ_f(kⱼ)| |vⱼ|/|Zᵢ| + κᵢ |outᵢ|)`.
    double difference(Evaluation evaluation) {
        FeatureMap map = map(evaluation.dtype());
        Tensor queries = typed(evaluation.dtype(), q);
        Tensor keys = typed(evaluation.dtype(), k);
        Pass pass = Pass.evaluation();
        FeatureMap ready = map.fitted(queries, keys, pass);
        double[][] phi = Estimates.rows(ready.queries(queries, pass));
        double[][] psi = Estimates.rows(ready.keys(keys, pass));
        double unit =
                evaluation.dtype() == DType.FLOAT64
                        ? Tolerance.Rounding.DOUBLE
                        : Tolerance.Rounding.FLOAT;
        double r = evaluation.given() || !component.positive() ? 0 : exponents();
        double u = 4 * (k.length + phi[0].length + 8 + r) * unit;
        double[][] out = evaluation.of(map, this);
        double worst = 0;
        for (int i = 0; i < phi.length; i++) {
            worst = Math.max(worst, row(i, phi[i], psi, out[i]) / u);
        }
        return worst;
    }

    private double row(int i, double[] phi, double[][] psi, double[] out) {
        double z = 0;
        double absolute = 0;
        double[] sum = new double[E];
        double[] weighted = new double[E];
        for (int j = 0; j < psi.length; j++) {
            if (!sees(i, j)) {
                continue;
            }
            double a = 0;
            double w = GaussAt.dot(phi, psi[j]);
            for (int f = 0; f < phi.length; f++) {
                a += Math.abs(phi[f] * psi[j][f]);
            }
            z += w;
            absolute += a;
            for (int l = 0; l < E; l++) {
                sum[l] += w * v[j][l];
                weighted[l] += a * Math.abs(v[j][l]);
            }
        }
        double worst = 0;
        for (int l = 0; l < E; l++) {
            double right = sum[l] / z;
            double terms = (weighted[l] + absolute * Math.abs(right)) / Math.abs(z);
            worst = Math.max(worst, Math.abs(out[l] - right) / terms);
        }
        return worst;
    }

    /// `r`: the roundings of a logarithm of a feature. Its terms are at most `‖ω‖ ‖x‖₁ + ‖x‖² + |A|
    /// ‖ω‖² + 4`, also inside of the Hadamard transforms of Fastfood; each is rounded at most `d +
    /// 16` times, with the frequency, its cast, the shift and the exponential. Two features of each
    /// of two evaluations are the four.
    private double exponents() {
        double longest = 0;
        RandomFeatures f = features(DType.FLOAT64);
        for (double[] w : Estimates.frequencies(f.law(), f.coupling(), M, stream())) {
            longest = Math.max(longest, Math.sqrt(GaussAt.square(w)));
        }
        double most = 0;
        for (double[][] points : List.of(q, k)) {
            for (double[] x : points) {
                double taxi = Arrays.stream(x).map(Math::abs).sum();
                most = Math.max(most, longest * taxi + GaussAt.square(x));
            }
        }
        return (D + 16) * (most - A * longest * longest + 4);
    }
}
