package nonmercer.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.op.HarmonicMeans;
import nonmercer.autodiff.op.L1Distance;
import nonmercer.autodiff.op.SumOfMinima;
import nonmercer.fused.Divisor;
import nonmercer.fused.Fused;
import nonmercer.fused.Program.Step;
import nonmercer.fused.Scores;
import nonmercer.fused.Setting;
import nonmercer.fused.Visible;
import nonmercer.lanes.Unary;
import org.jspecify.annotations.Nullable;

/// `outᵢ = Σⱼ wᵢⱼ vⱼ / Σⱼ wᵢⱼ` in tiles, forward and backward: no array of all pairs exists.
///
/// Inputs: the queries and keys of the first pairing, of the second, …, the values, then the
/// logarithms `λ` of the trained coefficients, then the bias. The pullback of the pullback is that
/// of the definition.
///
/// @param scores the weights as code, made with the present values of the coefficients
/// @param setting what is applied to them; the bias apart
/// @param biased whether there is a bias
/// @param coefficients the present values of the trained coefficients, `e^λ`
/// @param definition the same in ordinary tensor operations
record FusedAttention(
        Scores scores,
        Setting setting,
        boolean biased,
        List<Double> coefficients,
        Function<List<Tensor>, Tensor> definition)
        implements Op {
    private int pairings() {
        return scores.forms().size();
    }

    private int bias() {
        return 2 * pairings() + 1 + coefficients.size();
    }

    private Setting setting(Function<Integer, Array> in) {
        if (!biased) {
            return setting;
        }
        Array b = in.apply(bias());
        var bias = new nonmercer.fused.Bias(b, b.shape().rank() == 3);
        return new Setting(
                setting.visible(), Optional.of(bias), setting.coins(), setting.divisor());
    }

    @Override
    public Shape shape(Shape... in) {
        return in[0].with(-1, in[2 * pairings()].dim(-1));
    }

    @Override
    public void forward(Forward f) {
        Array norms = f.fresh(Shape.of(scores.kept() * f.in(0).shape().without(-1).size()));
        Fused.forward(
                scores,
                setting(f::in),
                every(f::in, 0),
                every(f::in, 1),
                f.in(2 * pairings()),
                f.out(),
                norms);
        f.save(norms);
    }

    private List<Array> every(Function<Integer, Array> in, int first) {
        List<Array> all = new ArrayList<>();
        for (int p = 0; p < pairings(); p++) {
            all.add(in.apply(2 * p + first));
        }
        return all;
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        if (p.recording()) {
            return p.ofDefinition(definition);
        }
        int[] sources = sources(p);
        List<Array> dq = every(i -> p.fresh(p.shape(i)), 0);
        List<Array> dk = every(i -> p.fresh(p.shape(i)), 1);
        int v = 2 * pairings();
        Array dv = p.fresh(p.shape(v));
        Optional<Array> dbias =
                biased && p.wants(bias())
                        ? Optional.of(p.fresh(p.shape(bias())))
                        : Optional.empty();
        double[] others =
                Fused.backward(
                        scores,
                        setting(i -> p.in(i).value()),
                        every(i -> p.in(i).value(), 0),
                        every(i -> p.in(i).value(), 1),
                        p.in(v).value(),
                        p.out().value(),
                        p.saved(0),
                        p.gradient().value(),
                        dq,
                        dk,
                        dv,
                        dbias);
        List<@Nullable Tensor> all = new ArrayList<>();
        for (int i = 0; i < pairings(); i++) {
            all.add(sources[i] == i ? Tensor.of(dq.get(i)) : null);
            all.add(sources[i] == i ? Tensor.of(dk.get(i)) : null);
        }
        all.add(Tensor.of(dv));
        for (int o = 0; o < others.length; o++) {
            // ∂/∂λ = e^λ ∂/∂e^λ
            double slope = coefficients.get(o) * others[o];
            all.add(Tensor.of(Array.scalar(p.gradient().dtype(), slope)));
        }
        if (biased) {
            all.add(dbias.map(Tensor::of).orElse(null));
        }
        return all.toArray(new @Nullable Tensor[0]);
    }

    /// For each pairing the one whose gradients have its own in them.
    private int[] sources(Pullback p) {
        Object[] q = every(i -> p.in(i).value(), 0).stream().map(FusedAttention::storage).toArray();
        Object[] k = every(i -> p.in(i).value(), 1).stream().map(FusedAttention::storage).toArray();
        return IntStream.range(0, pairings()).map(i -> scores.source(i, q, k)).toArray();
    }

    private static Object storage(Array a) {
        return a.dtype() == DType.FLOAT32 ? a.floats() : a.doubles();
    }

    @Override
    public int keeps() {
        return OUTPUT | (1 << bias() + (biased ? 1 : 0)) - 1;
    }

    /// Pairings by comparison have ties; a root of a squared distance has a kink where two points
    /// meet, half their distance away from either; and without a logarithm the mean jumps where all
    /// weights of a query vanish.
    @Override
    public double distanceToKink(Array... in) {
        double least =
                scores.logarithms() || setting.divisor().kind() == Divisor.Kind.ONE
                        ? Double.POSITIVE_INFINITY
                        : leastMeanWeight(in);
        for (int p = 0; p < pairings(); p++) {
            Array k = in[2 * p + 1];
            Array q = below(in[2 * p], k);
            least =
                    Math.min(
                            least,
                            switch (scores.forms().get(p)) {
                                case DOT -> Double.POSITIVE_INFINITY;
                                case L1_DISTANCE -> new L1Distance().distanceToKink(q, k);
                                case SUM_OF_MINIMA -> new SumOfMinima().distanceToKink(q, k);
                                case HARMONIC -> new HarmonicMeans().distanceToKink(q, k);
                                case SQUARED_DISTANCE ->
                                        rooted() ? meeting(q, k) / 2 : Double.POSITIVE_INFINITY;
                            });
        }
        return least;
    }

    /// The queries of the heads that read one head of keys below each other, `[b, h', g n, d]`.
    private static Array below(Array q, Array k) {
        int share = q.dim(1) / k.dim(1);
        return q.reshape(Shape.of(q.dim(0), k.dim(1), share * q.dim(2), q.dim(3)));
    }

    private double leastMeanWeight(Array... in) {
        Array v = in[2 * pairings()];
        Shape rows = in[0].shape().without(-1);
        Array norms = Array.zeros(v.dtype(), Shape.of(scores.kept() * rows.size()));
        Array out = Array.zeros(v.dtype(), rows.append(v.dim(-1)));
        Setting plain = setting(i -> in[i]);
        Fused.forward(scores, plain, every(i -> in[i], 0), every(i -> in[i], 1), v, out, norms);
        int n = rows.dim(-1);
        int m = v.dim(-2);
        Visible visible = setting.visible();
        double least = Double.POSITIVE_INFINITY;
        for (int row = 0; row < rows.size(); row++) {
            int sequence = row / (rows.dim(1) * n);
            int seen = visible.to(sequence, row % n, n, m) - visible.from(sequence, row % n, n, m);
            if (seen > 0) {
                least = Math.min(least, Math.abs(norms.at(row)) / seen);
            }
        }
        return least;
    }

    private boolean rooted() {
        return scores.value().steps().stream()
                .anyMatch(s -> s instanceof Step.Apply(Unary f, int x) && f == Unary.SQRT);
    }

    /// The least distance, in the largest coordinate, of a query and a key.
    private static double meeting(Array q, Array k) {
        int d = q.dim(-1);
        int n = q.dim(-2);
        int m = k.dim(-2);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < q.size() / Math.max(1, d); i++) {
            for (int j = 0; j < m; j++) {
                double most = 0;
                for (int l = 0; l < d; l++) {
                    double apart = q.at(i * d + l) - k.at((i / n * m + j) * d + l);
                    most = Math.max(most, Math.abs(apart));
                }
                least = Math.min(least, most);
            }
        }
        return least;
    }
}
