package nonmercer.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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
    /// @param dropout the share of the coordinates of queries and keys dropped at each step
    public record Training(int steps, double rate, double decay, double dropout) {}

    /// Trains these towers in place on the loss of a kernel machine: the mean of `ℓ(z, t)` over the
    /// responses falls. Returns it step by step.
    ///
    /// @param random what is dropped
    public List<Double> train(
            Array x, Array y, Responses z, Loss loss, Training training, RandomStream random) {
        int[] at = places(z);
        Tensor zs = Tensor.of(Array.of(Shape.of(z.size(), 1), z.values()).cast(dtype()));
        boolean complete = z.complete();
        return fit(
                x,
                y,
                training,
                random,
                t -> {
                    Tensor all = t.reshape(z.rows() * z.columns(), 1);
                    return loss.values(zs, complete ? all : all.gather(at)).mean();
                });
    }

    /// Trains these towers in place as a head of attention: the mean over the queries of `-ln Σⱼ
    /// αᵢⱼ` falls, with α attention's weights of the keys that have a response with this query, and
    /// the sum over those where it is positive. Returns it step by step. Queries without a positive
    /// response are left out.
    ///
    /// @param random what is dropped
    /// @throws IllegalArgumentException if no response is positive
    public List<Double> attend(
            Array x, Array y, Responses z, Training training, RandomStream random) {
        double[] seen = new double[z.rows() * z.columns()];
        double[] right = new double[seen.length];
        int[] at = places(z);
        for (int o = 0; o < at.length; o++) {
            seen[at[o]] = 1;
            right[at[o]] = z.value(o) > 0 ? 1 : 0;
        }
        int[] queries =
                IntStream.range(0, at.length)
                        .filter(o -> z.value(o) > 0)
                        .map(z::row)
                        .distinct()
                        .toArray();
        if (queries.length == 0) {
            throw new IllegalArgumentException(
                    "attention learns which keys to attend to from positive responses, and there are none");
        }
        Array among = Array.of(Shape.of(z.rows(), z.columns()), seen).cast(dtype());
        Array own = Array.of(Shape.of(z.rows(), z.columns()), right).cast(dtype());
        return fit(
                x,
                y,
                training,
                random,
                t -> {
                    Tensor those = t.gather(queries);
                    return mass(those, rows(among, queries))
                            .sub(mass(those, rows(own, queries)))
                            .mean();
                });
    }

    private static Tensor mass(Tensor t, Array mask) {
        return t.where(mask, Double.NEGATIVE_INFINITY).logSumExp();
    }

    private static Array rows(Array a, int[] rows) {
        return Tensor.of(a).gather(rows).value();
    }

    private static int[] places(Responses z) {
        int[] at = new int[z.size()];
        for (int o = 0; o < at.length; o++) {
            at[o] = z.row(o) * z.columns() + z.column(o);
        }
        return at;
    }

    private List<Double> fit(
            Array x,
            Array y,
            Training training,
            RandomStream random,
            UnaryOperator<Tensor> objective) {
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
        Tensor xs = Tensor.of(x.cast(dtype()));
        Tensor ys = Tensor.of(y.cast(dtype()));
        List<Double> curve = new ArrayList<>();
        for (int step = 1; step <= training.steps; step++) {
            try (Tape tape = Tape.open()) {
                Pass pass = Pass.training(tape, random.at("step").at(step));
                Tensor t =
                        logits(
                                pass.dropout(xs, training.dropout),
                                pass.dropout(ys, training.dropout),
                                pass);
                Tensor mean = objective.apply(t);
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
