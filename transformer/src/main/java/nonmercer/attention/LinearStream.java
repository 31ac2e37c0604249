package nonmercer.attention;

import java.util.Arrays;
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
        int all = batch * heads;
        this.features = features;
        this.heads = Shape.of(batch, heads);
        this.width = e + 1;
        this.state = Array.zeros(dtype, Shape.of(all, features.dimension(d), width));
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

    private static void put(Array a, int at, double value) {
        if (a.dtype() == DType.FLOAT32) {
            a.floats()[at] = (float) value;
        } else {
            a.doubles()[at] = value;
        }
    }
}
