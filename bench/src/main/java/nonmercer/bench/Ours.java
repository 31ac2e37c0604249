package nonmercer.bench;

import static nonmercer.linalg.Transpose.PLAIN;

import java.util.function.Supplier;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Elementwise;
import nonmercer.array.Reduce;
import nonmercer.array.Shape;
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
        };
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
