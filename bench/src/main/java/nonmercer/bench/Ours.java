package nonmercer.bench;

import static nonmercer.linalg.Transpose.PLAIN;

import java.util.function.Supplier;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Elementwise;
import nonmercer.array.Layout;
import nonmercer.array.Reduce;
import nonmercer.array.Rows;
import nonmercer.array.Shape;
import nonmercer.array.Updates;
import nonmercer.lanes.AdamStep;
import nonmercer.lanes.Binary;
import nonmercer.linalg.MatMul;

/// This library's own way to do a task.
///
/// @param call does the work
/// @param result what the last call computed
record Ours(Runnable call, Supplier<Array> result) {
    static Ours of(Task task) {
        return switch (task) {
            case Task.Product(var a, var ta, var b, var tb) ->
                    into(
                            Array.zeros(a.dtype(), MatMul.shape(a.shape(), ta, b.shape(), tb)),
                            out -> MatMul.multiply(a, ta, b, tb, out));
            case Task.Function(var f, var x) -> like(x, out -> Elementwise.unary(f, x, out));
            case Task.Add(var x, var y) ->
                    like(x, out -> Elementwise.binary(Binary.ADD, x, y, out));
            case Task.Scale(var s, var x) -> like(x, out -> Elementwise.affine(x, s, 0, out));
            case Task.AddScaled(var s, var x, var y) ->
                    into(y.copy(), out -> Elementwise.addScaled(s, x, out));
            case Task.Sum(var x) -> into(scalar(x), out -> set(out, Reduce.sumAll(x)));
            case Task.Dot(var x, var y) -> into(scalar(x), out -> set(out, Reduce.dot(x, y)));
            case Task.MatVec(var a, var x) ->
                    into(
                            Array.zeros(a.dtype(), Shape.of(a.dim(0), 1)),
                            out -> MatMul.multiply(a, PLAIN, x, PLAIN, out));
            case Task.Blocks(var f, var x, var times) ->
                    like(
                            x,
                            out -> {
                                for (int i = 0; i < times; i++) {
                                    Elementwise.unary(f, x, out);
                                }
                            });
            case Task.Softmax(var x) -> like(x, out -> Rows.softmax(x, out));
            case Task.SoftmaxGradient(var y, var g) ->
                    like(y, out -> Rows.softmaxGradient(y, g, out));
            case Task.LogSumExp(var x) -> into(perRow(x), out -> Rows.logSumExp(x, out));
            case Task.LayerNorm(var x, var epsilon) -> {
                Array inverse = perRow(x);
                yield like(x, out -> Rows.layerNorm(x, epsilon, out, inverse));
            }
            case Task.LayerNormGradient(var x, var g, var epsilon) -> {
                Array y = Array.zeros(x.dtype(), x.shape());
                Array inverse = perRow(x);
                Rows.layerNorm(x, epsilon, y, inverse);
                yield like(x, out -> Rows.layerNormGradient(y, g, inverse, out));
            }
            case Task.Gather(var table, var rows) ->
                    into(
                            Array.zeros(table.dtype(), table.shape().with(0, rows.length)),
                            out -> Layout.gatherRows(table, rows, out));
            case Task.ScatterAdd(var x, var rows, var extent) ->
                    into(
                            Array.zeros(x.dtype(), x.shape().with(0, extent)),
                            out -> {
                                Elementwise.fill(out, 0);
                                Layout.scatterAddRows(x, rows, out);
                            });
            case Task.AdamW t -> adamW(t);
            case Task.LayerNormTraining t -> Training.of(t);
            case Task.CrossEntropy t -> Training.of(t);
            case Task.Encoder t -> Training.of(t);
            case Task.Attend t -> Training.of(t);
            case Task.AttendTraining t -> Training.of(t);
            case Task.AttendLinear t -> Training.of(t);
            case Task.AttendLinearTraining t -> Training.of(t);
        };
    }

    private static Ours adamW(Task.AdamW task) {
        Array m = Array.zeros(task.p().dtype(), task.p().shape());
        Array v = Array.zeros(task.p().dtype(), task.p().shape());
        AdamStep first =
                AdamStep.of(
                        1,
                        task.rate(),
                        Task.AdamW.BETA1,
                        Task.AdamW.BETA2,
                        Task.AdamW.EPSILON,
                        task.decay());
        return into(task.p().copy(), p -> Updates.adam(first, p, task.g(), m, v));
    }

    private static Array perRow(Array x) {
        return Array.zeros(x.dtype(), x.shape().without(-1));
    }

    private interface Loop {
        void run(Array out);
    }

    private static Ours into(Array out, Loop loop) {
        return new Ours(() -> loop.run(out), () -> out);
    }

    private static Ours like(Array x, Loop loop) {
        return into(Array.zeros(x.dtype(), x.shape()), loop);
    }

    private static Array scalar(Array x) {
        return Array.zeros(x.dtype(), Shape.of(1));
    }

    private static void set(Array one, double value) {
        if (one.dtype() == DType.FLOAT32) {
            one.floats()[0] = (float) value;
        } else {
            one.doubles()[0] = value;
        }
    }
}
