package nonmercer.machine;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.Attention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Schedule;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.layer.Activation;
import nonmercer.layer.FeedForward;
import nonmercer.layer.Linear;
import nonmercer.random.RandomStream;

/// `t(x, y) = ln κ(q(x), k(y))` with two networks `q`, `k`: deep kernel learning.
///
/// With `κ = exp(q·k/√d)` the prediction is `q(x)·k(y)/√d`, the logits of attention, and the
/// softmax of a row of them over the keys is attention's weights: the same two towers, trained with
/// the loss of a kernel machine, are a head of a Transformer. Source: Wright & Gonzalez 2021,
/// sections 4 and 5, Theorem 2.
///
/// @param queries the tower of queries
/// @param keys the tower of keys
/// @param kernel with a logarithm, such as `ExpDot`
public record TwoTowers(FeedForward queries, FeedForward keys, Kernel kernel) {
    /// Refuses a kernel without a logarithm.
    public TwoTowers {
        if (!Gram.hasLog(kernel)) {
            throw new IllegalArgumentException(
                    "two towers predict the logarithm of their kernel, and "
                            + kernel.name()
                            + " has none; use one such as ExpDot");
        }
    }

    /// The widths of a pair of towers.
    ///
    /// @param queries coordinates of a query
    /// @param keys coordinates of a key
    /// @param hidden units between
    /// @param head coordinates of what the towers make of them
    public record Widths(int queries, int keys, int hidden, int head) {}

    /// Fresh towers of one hidden layer, in float32.
    public static TwoTowers create(RandomStream random, Widths widths, Kernel kernel) {
        return new TwoTowers(
                tower(random.at("queries"), widths.queries, widths),
                tower(random.at("keys"), widths.keys, widths),
                kernel);
    }

    private static FeedForward tower(RandomStream random, int in, Widths w) {
        return new FeedForward(
                Linear.create(random.at("in"), in, w.hidden, DType.FLOAT32),
                Linear.create(random.at("out"), w.hidden, w.head, DType.FLOAT32),
                Activation.GELU,
                0);
    }

    /// `t` for every pair: `[n, d] × [m, d'] → [n, m]`.
    public Tensor logits(Tensor x, Tensor y, Pass pass) {
        return Gram.log(kernel, queries.apply(x, pass), keys.apply(y, pass), pass).orElseThrow();
    }

    /// The prediction for every pair.
    public Array predict(Array x, Array y) {
        Pass pass = Pass.evaluation();
        return logits(Tensor.of(x.cast(dtype())), Tensor.of(y.cast(dtype())), pass).value();
    }

    /// Attention's weights of these keys for each query, `[n, m]`: rows sum to 1.
    public Array attention(Array x, Array y) {
        Pass pass = Pass.evaluation();
        Tensor q = queries.apply(Tensor.of(x.cast(dtype())), pass);
        Tensor k = keys.apply(Tensor.of(y.cast(dtype())), pass);
        return Attention.of(kernel)
                .weights(
                        q.reshape(1, 1, q.dim(0), q.dim(1)),
                        k.reshape(1, 1, k.dim(0), k.dim(1)),
                        Mask.none(),
                        pass)
                .value()
                .reshape(Shape.of(q.dim(0), k.dim(0)));
    }

    private DType dtype() {
        return ParameterTree.of(this).all().getFirst().value().dtype();
    }

    /// How towers are trained.
    ///
    /// @param steps of AdamW on all responses
    /// @param rate the learning rate, reached in at most 20 steps and then falling as a cosine
    /// @param decay of the weights
    public record Training(int steps, double rate, double decay) {}

    /// Trains these towers in place: the mean loss of the responses falls. Returns it step by step.
    public List<Double> train(Array x, Array y, Responses z, Loss loss, Training training) {
        ParameterTree parameters = ParameterTree.of(this);
        AdamW optimizer =
                new AdamW(
                        parameters,
                        0.9,
                        0.999,
                        1e-8,
                        training.decay,
                        (name, p) -> p.shape().rank() > 1);
        Schedule schedule =
                Schedule.warmUpCosine(
                        training.rate, Math.min(20, training.steps / 2), training.steps, 0);
        DType dtype = dtype();
        Tensor xs = Tensor.of(x.cast(dtype));
        Tensor ys = Tensor.of(y.cast(dtype));
        Tensor zs = Tensor.of(Array.of(Shape.of(z.size(), 1), z.values()).cast(dtype));
        int[] at = new int[z.size()];
        for (int o = 0; o < at.length; o++) {
            at[o] = z.row(o) * z.columns() + z.column(o);
        }
        boolean complete = z.complete();
        List<Double> curve = new ArrayList<>();
        for (int step = 1; step <= training.steps; step++) {
            try (Tape tape = Tape.open()) {
                Tensor all = logits(xs, ys, Pass.recorded(tape)).reshape(z.rows() * z.columns(), 1);
                Tensor mean = loss.values(zs, complete ? all : all.gather(at)).mean();
                curve.add(mean.item());
                optimizer.step(tape.gradients(mean, parameters), schedule.rate(step));
            }
        }
        return curve;
    }

    /// The trained numbers.
    public long parameters() {
        return ParameterTree.of(this).count();
    }
}
