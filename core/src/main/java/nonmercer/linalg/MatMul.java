package nonmercer.linalg;

import java.util.Locale;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.parallel.Parallel;

/// The matrix product, batched: `out[…, i, j] = Σₚ a[…, i, p]·b[…, p, j]`.
///
/// Leading axes broadcast. Every element is one chain of fused multiply-adds over ascending p,
/// rounded once each, started at 0 or at what is to be added: `|computed − exact| ≤ γₖ Σₚ |aₚ||bₚ|`
/// with `γₖ = k·u/(1 − k·u)`. Only a product of a matrix and a vector whose summed elements stand
/// side by side in both, and are 512 or more, is the dot products of the matrix's rows, in the
/// order of [nonmercer.lanes.DoubleTiles#longDots], added to the start; their bound is smaller. The
/// bits are the same at any number of threads and any vector width, and those of the scalar loop.
/// NaN and infinity go where that order takes them.
///
/// ```java
/// MatMul.multiply(q, PLAIN, k, TRANSPOSED, scores); // [b, h, n, d] x [b, h, m, d]ᵀ -> [b, h, n, m]
/// ```
public final class MatMul {
    /// From here on (about half a millisecond of one core) one product of a batch is shared by all
    /// threads.
    private static final double LARGE_FLOPS = 0x1p26;

    /// What a task of several small products should at least amount to.
    private static final double TASK_FLOPS = 0x1p20;

    private static final Array ZERO64 = Array.zeros(DType.FLOAT64, Shape.SCALAR);
    private static final Array ZERO32 = Array.zeros(DType.FLOAT32, Shape.SCALAR);

    private MatMul() {}

    /// `out = a·b`.
    public static void multiply(Array a, Transpose ta, Array b, Transpose tb, Array out) {
        run(a, ta, b, tb, a.dtype() == DType.FLOAT64 ? ZERO64 : ZERO32, out);
    }

    /// `into += a·b`: each chain starts at what `into` held. For accumulation buffers.
    public static void multiplyAdd(Array a, Transpose ta, Array b, Transpose tb, Array into) {
        run(a, ta, b, tb, into, into);
    }

    /// `out = start + a·b`: each chain starts at the element of start. That is a bias of shape
    /// `[n]`, the same for every row, or something of the shape of out, such as a residual; it
    /// costs next to nothing, while a pass over out costs what the memory does.
    ///
    /// @throws IllegalArgumentException if start has neither shape
    public static void multiplyAdd(
            Array a, Transpose ta, Array b, Transpose tb, Array start, Array out) {
        Shape s = start.shape();
        boolean row = s.rank() == 1 && s.dim(0) == out.dim(-1);
        if (start.dtype() != out.dtype() || !row && !s.equals(out.shape())) {
            throw new IllegalArgumentException(
                    "matmul: expected a start of shape ["
                            + out.dim(-1)
                            + "] or "
                            + out.shape()
                            + " and type "
                            + name(out.dtype())
                            + ", got "
                            + s
                            + " and "
                            + name(start.dtype()));
        }
        run(a, ta, b, tb, start, out);
    }

    /// The shape of a product.
    ///
    /// @throws IllegalArgumentException if the shapes have no product
    public static Shape shape(Shape a, Transpose ta, Shape b, Transpose tb) {
        if (a.rank() < 2 || b.rank() < 2) {
            throw new IllegalArgumentException(
                    "matmul: expected two matrices [..., rows, columns], got " + a + " and " + b);
        }
        if (columns(a, ta) != rows(b, tb)) {
            throw new IllegalArgumentException(
                    "matmul: inner dimensions differ: "
                            + show(a, ta)
                            + " x "
                            + show(b, tb)
                            + advice(a, ta, b, tb));
        }
        Shape batch;
        try {
            batch = Shape.broadcast(a.first(a.rank() - 2), b.first(b.rank() - 2));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "matmul: leading axes do not broadcast: " + show(a, ta) + " x " + show(b, tb),
                    e);
        }
        return batch.append(rows(a, ta), columns(b, tb));
    }

    private static void run(Array a, Transpose ta, Array b, Transpose tb, Array start, Array out) {
        if (a.dtype() != b.dtype() || out.dtype() != a.dtype()) {
            throw new IllegalArgumentException(
                    "matmul: expected one type, got "
                            + name(a.dtype())
                            + " x "
                            + name(b.dtype())
                            + " -> "
                            + name(out.dtype())
                            + "; use cast");
        }
        if (!fits(a.shape(), ta, b.shape(), tb, out.shape())) {
            Shape shape = shape(a.shape(), ta, b.shape(), tb);
            throw new IllegalArgumentException(
                    "matmul: "
                            + show(a.shape(), ta)
                            + " x "
                            + show(b.shape(), tb)
                            + " gives "
                            + shape
                            + ", out is "
                            + out.shape());
        }
        if (out.shape().size() == 0) {
            return;
        }
        Batch batch = Batch.of(a.shape(), ta, b.shape(), tb, out.shape(), start.shape().rank());
        double flops = batch.extents().flops();
        int count = batch.count();
        if (count == 1 || Parallel.threads() == 1 || flops >= LARGE_FLOPS) {
            range(batch, a, b, start, out, 0, count);
        } else {
            share(batch, a, b, start, out);
        }
    }

    /// Small products are shared out among the threads, several to a task; large ones are each cut
    /// up for all threads.
    private static void share(Batch batch, Array a, Array b, Array start, Array out) {
        int count = batch.count();
        double flops = Math.max(1, batch.extents().flops());
        Parallel.forRanges(
                count,
                (int) Math.clamp(TASK_FLOPS / flops, 1, Math.max(1, count)),
                (from, to) -> range(batch, a, b, start, out, from, to));
    }

    private static void range(
            Batch batch, Array a, Array b, Array start, Array out, int from, int to) {
        Extents e = batch.extents();
        if (a.dtype() == DType.FLOAT64) {
            double[] x = a.doubles();
            double[] y = b.doubles();
            double[] z = out.doubles();
            double[] s = start.doubles();
            DoubleProduct product = DoubleProduct.instance();
            for (int i = from; i < to; i++) {
                product.multiply(
                        e, x, batch.a(i), y, batch.b(i), s, batch.start(i), z, batch.out(i));
            }
        } else {
            float[] x = a.floats();
            float[] y = b.floats();
            float[] z = out.floats();
            float[] s = start.floats();
            FloatProduct product = FloatProduct.instance();
            for (int i = from; i < to; i++) {
                product.multiply(
                        e, x, batch.a(i), y, batch.b(i), s, batch.start(i), z, batch.out(i));
            }
        }
    }

    /// Whether `out` is the shape of the product, found without making one.
    private static boolean fits(Shape a, Transpose ta, Shape b, Transpose tb, Shape out) {
        if (a.rank() < 2
                || b.rank() < 2
                || out.rank() != Math.max(a.rank(), b.rank())
                || columns(a, ta) != rows(b, tb)
                || out.dim(-2) != rows(a, ta)
                || out.dim(-1) != columns(b, tb)) {
            return false;
        }
        for (int axis = 3; axis <= out.rank(); axis++) {
            int m = axis <= a.rank() ? a.dim(-axis) : 1;
            int n = axis <= b.rank() ? b.dim(-axis) : 1;
            if (m != n && m != 1 && n != 1 || out.dim(-axis) != (m == 1 ? n : m)) {
                return false;
            }
        }
        return true;
    }

    private static int rows(Shape s, Transpose t) {
        return s.dim(t == Transpose.PLAIN ? -2 : -1);
    }

    private static int columns(Shape s, Transpose t) {
        return s.dim(t == Transpose.PLAIN ? -1 : -2);
    }

    private static String show(Shape s, Transpose t) {
        return t == Transpose.PLAIN ? s.toString() : s + " TRANSPOSED";
    }

    private static String name(DType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /// What would fit, when reading one of the two the other way would.
    private static String advice(Shape a, Transpose ta, Shape b, Transpose tb) {
        if (columns(a, ta) == rows(b, tb.flip())) {
            return "; did you mean " + tb.flip() + "?";
        }
        if (columns(a, ta.flip()) == rows(b, tb)) {
            return "; did you mean " + ta.flip() + " for the first?";
        }
        return "";
    }
}
