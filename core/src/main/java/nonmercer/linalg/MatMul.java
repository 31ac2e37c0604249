package nonmercer.linalg;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.parallel.Parallel;

/// The matrix product, batched: `out[…, i, j] = Σₚ a[…, i, p]·b[…, p, j]`. Leading axes broadcast.
public final class MatMul {
    private MatMul() {}

    /// The shape of a product.
    ///
    /// @throws IllegalArgumentException if the shapes have no product
    public static Shape shape(Shape a, Transpose ta, Shape b, Transpose tb) {
        if (a.rank() < 2 || b.rank() < 2) {
            throw new IllegalArgumentException(
                    "matmul: expected two matrices [..., rows, columns], got " + a + " and " + b);
        }
        if (columns(a, ta) != rows(b, tb)) {
            throw new IllegalArgumentException("matmul: inner dimensions differ: " + a + " x " + b);
        }
        return Shape.broadcast(a.first(a.rank() - 2), b.first(b.rank() - 2)).append(rows(a, ta), columns(b, tb));
    }

    /// `out = a·b`.
    public static void multiply(Array a, Transpose ta, Array b, Transpose tb, Array out) {
        if (!out.shape().equals(shape(a.shape(), ta, b.shape(), tb))) {
            throw new IllegalArgumentException("matmul: " + a.shape() + " x " + b.shape() + " does not give " + out.shape());
        }
        int m = out.dim(-2);
        int n = out.dim(-1);
        int k = columns(a.shape(), ta);
        Shape batch = out.shape().first(out.shape().rank() - 2);
        Parallel.forRanges(batch.size() * m, Math.max(1, (1 << 14) / Math.max(1, n * k)), (from, to) -> {
            for (int row = from; row < to; row++) {
                int ao = offset(a.shape(), batch, row / m) * m * k;
                int bo = offset(b.shape(), batch, row / m) * k * n;
                int i = row % m;
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int p = 0; p < k; p++) {
                        sum += a.at(ao + (ta == Transpose.PLAIN ? i * k + p : p * m + i))
                                * b.at(bo + (tb == Transpose.PLAIN ? p * n + j : j * k + p));
                    }
                    put(out, row * n + j, sum);
                }
            }
        });
    }

    private static void put(Array out, int at, double value) {
        if (out.dtype() == DType.FLOAT64) {
            out.doubles()[at] = value;
        } else {
            out.floats()[at] = (float) value;
        }
    }

    /// The matrix of `x` that stands for entry `i` of the batch.
    private static int offset(Shape x, Shape batch, int i) {
        int at = 0;
        int stride = 1;
        int rest = i;
        for (int axis = 1; axis <= batch.rank(); axis++) {
            int c = rest % batch.dim(-axis);
            rest /= batch.dim(-axis);
            if (axis <= x.rank() - 2) {
                int extent = x.dim(-2 - axis);
                at += extent == 1 ? 0 : c * stride;
                stride *= extent;
            }
        }
        return at;
    }

    private static int rows(Shape s, Transpose t) {
        return s.dim(t == Transpose.PLAIN ? -2 : -1);
    }

    private static int columns(Shape s, Transpose t) {
        return s.dim(t == Transpose.PLAIN ? -1 : -2);
    }
}
