package nonmercer.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Elementwise;
import nonmercer.array.Recurrence;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.PositiveFeatureMap;

/// Causal linear attention one token at a time: the state is `m (e + 1)` numbers a head, however
/// many tokens have passed.
///
/// Gives what [LinearAttention] gives for the whole sequence with a causal mask, up to rounding.
/// Not for training: nothing is recorded. Belongs to one sequence (or batch of sequences in step)
/// and one thread.
public final class LinearStream {
    private final FeatureMap features;
    private final Shape heads;
    private final int width;
    private final Array state;
    private final Array decay;
    private final Array values;
    private final Array sums;
    private final double[] level;

    /// A stream of `batch × heads` heads, with features of `d` coordinates and values of `e`.
    ///
    /// @throws IllegalArgumentException if the features are fitted to all of the data
    public LinearStream(FeatureMap features, int batch, int heads, int d, int e, DType dtype) {
        if (features.fitsData()) {
            throw new IllegalArgumentException(
                    "a stream cannot fit features to tokens that are yet to come");
        }
        this(features, Shape.of(batch, heads), features.dimension(d), e + 1, dtype);
    }

    private LinearStream(FeatureMap features, Shape heads, int m, int width, DType dtype) {
        int all = heads.size();
        this.features = features;
        this.heads = heads;
        this.width = width;
        this.state = Array.zeros(dtype, Shape.of(all, m, width));
        this.decay = Array.zeros(dtype, Shape.of(all));
        this.values = Array.full(dtype, Shape.of(all, width), 1);
        this.sums = Array.zeros(dtype, Shape.of(all, width));
        this.level = new double[all];
        Arrays.fill(level, Double.NEGATIVE_INFINITY);
    }

    /// How many numbers are kept between tokens, beside one level a head.
    public long numbers() {
        return state.size();
    }

    /// The outputs for more tokens: `q` `[batch, heads, n, d]`, `k` `[batch, groups, n, d]`, `v`
    /// `[batch, groups, n, e]` → `[batch, heads, n, e]`.
    public Tensor extend(Tensor q, Tensor k, Tensor v, Pass pass) {
        Tensor keys = LinearAttention.spread(k, q.dim(1));
        Tensor own = LinearAttention.spread(v, q.dim(1));
        List<Tensor> out = new ArrayList<>();
        for (int i = 0; i < q.dim(2); i++) {
            out.add(
                    next(
                            q.slice(2, i, i + 1),
                            keys.slice(2, i, i + 1),
                            own.slice(2, i, i + 1),
                            pass));
        }
        return out.size() == 1 ? out.getFirst() : Tensor.concat(2, out);
    }

    /// A stream of which sequence `i` has read what sequence `sequences[i]` of this one has.
    public LinearStream pick(int... sequences) {
        int h = heads.dim(1);
        int m = state.dim(1);
        LinearStream picked =
                new LinearStream(features, Shape.of(sequences.length, h), m, width, state.dtype());
        int size = h * m * width;
        for (int i = 0; i < sequences.length; i++) {
            copy(state, sequences[i] * size, picked.state, i * size, size);
            System.arraycopy(level, sequences[i] * h, picked.level, i * h, h);
        }
        return picked;
    }

    /// The output for one more token: `q`, `k` `[batch, heads, 1, d]`, `v` `[batch, heads, 1, e]` →
    /// `[batch, heads, 1, e]`.
    public Tensor next(Tensor q, Tensor k, Tensor v, Pass pass) {
        FeatureMap map = features.fitted(q, k, pass);
        Tensor phi;
        Tensor psi;
        if (map instanceof PositiveFeatureMap positive) {
            Tensor lq = positive.logQueries(q, pass).scores().detach();
            Tensor lk = positive.logKeys(k, pass).sum().detach();
            phi = lq.sub(column(lq.max())).exp();
            psi = lk.sub(column(raise(lk.max()))).exp();
        } else {
            Elementwise.fill(decay, 1);
            phi = map.queries(q, pass);
            psi = map.keys(k, pass);
        }
        int all = heads.size();
        int m = phi.dim(-1);
        step(
                phi.value().reshape(Shape.of(all, m)),
                psi.value().reshape(Shape.of(all, m)),
                v.value().reshape(Shape.of(all, width - 1)));
        return LinearAttention.quotient(Tensor.of(sums.copy()).reshape(heads.append(1, width)));
    }

    private static Tensor column(Tensor x) {
        return x.reshape(x.shape().append(1));
    }

    /// The level of each head once it has seen this key, and how far the state falls.
    private Tensor raise(Tensor most) {
        double[] now = new double[level.length];
        for (int i = 0; i < now.length; i++) {
            now[i] = Math.max(level[i], most.value().at(i));
            put(decay, i, level[i] == now[i] ? 1 : Math.exp(level[i] - now[i]));
            level[i] = now[i];
        }
        return Tensor.of(Array.of(most.shape(), now).cast(most.dtype()));
    }

    /// Takes in features of a key and its value, reads with those of a query; allocates nothing.
    private void step(Array phi, Array psi, Array v) {
        int e = width - 1;
        for (int i = 0; i < heads.size(); i++) {
            for (int l = 0; l < e; l++) {
                put(values, i * width + l, v.at(i * e + l));
            }
        }
        Recurrence.step(state, decay, psi, values, phi, sums);
    }

    private static void copy(Array a, int from, Array b, int to, int n) {
        if (a.dtype() == DType.FLOAT32) {
            System.arraycopy(a.floats(), from, b.floats(), to, n);
        } else {
            System.arraycopy(a.doubles(), from, b.doubles(), to, n);
        }
    }

    private static void put(Array a, int at, double value) {
        if (a.dtype() == DType.FLOAT32) {
            a.floats()[at] = (float) value;
        } else {
            a.doubles()[at] = value;
        }
    }
}
