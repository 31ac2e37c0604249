package nonmercer.proofs.spectral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Component;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.FeatureMap;
import nonmercer.linalg.Transpose;
import nonmercer.parallel.Parallel;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Fastfood;
import nonmercer.spectral.Mixture;
import org.jspecify.annotations.Nullable;

/// Attentions by name, for [Metered] to run where all code is metered: names and numbers are all
/// that passes between the two worlds.
public final class MeteredAttention {
    private static final int D = 8;
    private static final int M = 16;
    private static final int E = 4;

    private MeteredAttention() {}

    /// Attention of queries, keys and values.
    private interface Recorded {
        Tensor of(Tensor q, Tensor k, Tensor v, Pass pass);
    }

    private record Entry(DType dtype, Recorded attention) {}

    /// The library's.
    private static final Map<String, Entry> SUBJECTS = new LinkedHashMap<>();

    /// Wrong ones.
    private static final Map<String, Entry> MUTANTS = new LinkedHashMap<>();

    static {
        LinearAttention given = LinearAttention.of(new Attends.Given());
        add("given features", given, Mask.none());
        add("given features, causal", given, Mask.causal());
        add("given features, causal, recomputing", given.recomputing(), Mask.causal());
        RandomFeatures positive = RandomFeatures.favorPlus(D, M);
        add("positive features", positive, Mask.none());
        add("positive features, causal", positive, Mask.causal());
        add("positive features, padded", positive, Mask.lengths(60));
        Component component = new Component.Positive(Target.GAUSSIAN);
        RandomStream stream = RandomStream.of(2);
        Mixture mixture = Mixture.trainedDiagonal(2, 1, D, DType.FLOAT32, stream);
        add("a mixture of Gaussians", new RandomFeatures(mixture, component, M), Mask.none());
        add(
                "a mixture of Gaussians, causal",
                new RandomFeatures(mixture, component, M),
                Mask.causal());
        RandomFeatures fastfood = new RandomFeatures(Fastfood.drawn(D), component, M);
        add("Fastfood", fastfood, Mask.none());
        add("Fastfood, causal", fastfood, Mask.causal());
        RandomFeatures waves = RandomFeatures.fourier(D, M / 2);
        add("waves", waves, Mask.none());
        add("waves, causal", waves, Mask.causal());
        MUTANTS.put(
                "a hidden matrix of all pairs",
                new Entry(DType.FLOAT64, (q, k, v, pass) -> pairs(q, k, v)));
        MUTANTS.put(
                "every prefix anew",
                new Entry(DType.FLOAT64, (q, k, v, pass) -> prefixes(q, k, v)));
        MUTANTS.put(
                "all pairs within one operation",
                new Entry(DType.FLOAT64, (q, k, v, pass) -> Tensor.apply(new AllPairs(), q, k, v)));
    }

    private static void add(String name, RandomFeatures features, Mask mask) {
        FeatureMap map = features.draw(RandomStream.of(1));
        LinearAttention linear = LinearAttention.of(map);
        SUBJECTS.put(name, entry(DType.FLOAT32, linear, mask));
    }

    private static void add(String name, LinearAttention linear, Mask mask) {
        SUBJECTS.put(name, entry(DType.FLOAT64, linear, mask));
    }

    private static Entry entry(DType dtype, LinearAttention linear, Mask mask) {
        return new Entry(dtype, (q, k, v, pass) -> linear.apply(q, k, v, mask, pass));
    }

    static List<String> subjects() {
        return List.copyOf(SUBJECTS.keySet());
    }

    static List<String> mutants() {
        return List.copyOf(MUTANTS.keySet());
    }

    /// `{branches forward, branches forward and backward, numbers in new arrays}` of a thread that
    /// has nothing from before.
    public static long[] run(String name, int n) throws InterruptedException {
        Parallel.threads(1);
        Entry entry = Objects.requireNonNull(SUBJECTS.getOrDefault(name, MUTANTS.get(name)), name);
        long[] cost = new long[3];
        Thread thread = new Thread(() -> pass(entry, n, cost), "metered");
        thread.start();
        thread.join();
        return cost;
    }

    private static void pass(Entry entry, int n, long[] cost) {
        List<Array> points = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            double[] x = new double[n * (i < 2 ? D : E)];
            Arrays.setAll(x, l -> 1 + Math.sin(l));
            points.add(Array.of(Shape.of(1, 1, n, i < 2 ? D : E), x).cast(entry.dtype));
        }
        long[] start = Meter.reading();
        try (Tape tape = Tape.open()) {
            List<Tensor> in = points.stream().map(tape::watch).toList();
            Tensor out = entry.attention.of(in.get(0), in.get(1), in.get(2), Pass.recorded(tape));
            cost[0] = Meter.reading()[0] - start[0];
            tape.gradients(out.square().sum(), in);
        }
        long[] end = Meter.reading();
        cost[1] = end[0] - start[0];
        cost[2] = end[1] - start[1];
    }

    private static Tensor pairs(Tensor q, Tensor k, Tensor v) {
        Tensor w = q.matmul(k, Transpose.TRANSPOSED);
        Tensor sum = w.sum(-1);
        return w.matmul(v).div(sum.reshape(sum.shape().append(1)));
    }

    private static Tensor prefixes(Tensor q, Tensor k, Tensor v) {
        Tensor[] rows = new Tensor[q.dim(2)];
        for (int i = 0; i < rows.length; i++) {
            Tensor state = k.slice(2, 0, i + 1).permute(0, 1, 3, 2).matmul(v.slice(2, 0, i + 1));
            rows[i] = q.slice(2, i, i + 1).matmul(state);
        }
        return Tensor.concat(2, List.of(rows));
    }

    /// `Σⱼ (qᵢ·kⱼ) vⱼ` pair by pair, which keeps nothing of a pair; of its gradients only the
    /// values' is right.
    private record AllPairs() implements Op {
        @Override
        public Shape shape(Shape... in) {
            return in[2];
        }

        @Override
        public void forward(Forward f) {
            double[] q = f.in(0).toDoubles();
            double[] k = f.in(1).toDoubles();
            double[] v = f.in(2).toDoubles();
            double[] out = f.out().doubles();
            int n = f.in(0).dim(2);
            Arrays.fill(out, 0);
            for (int i = 0; i < n * n; i++) {
                double w = 0;
                for (int l = 0; l < D; l++) {
                    w += q[i / n * D + l] * k[i % n * D + l];
                }
                for (int l = 0; l < E; l++) {
                    out[i / n * E + l] += w * v[i % n * E + l];
                }
            }
        }

        @Override
        public @Nullable Tensor[] pullback(Pullback p) {
            Tensor q = p.in(0);
            Tensor k = p.in(1);
            Tensor w = q.matmul(k, Transpose.TRANSPOSED).permute(0, 1, 3, 2);
            return new @Nullable Tensor[] {q, k, w.matmul(p.gradient())};
        }

        @Override
        public int keeps() {
            return ~0;
        }
    }
}
