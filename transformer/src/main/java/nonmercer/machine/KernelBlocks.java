package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.array.Slab;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.linalg.MatMul;
import nonmercer.linalg.Transpose;
import nonmercer.parallel.Parallel;

/// A kernel's matrix, whole or tile by tile.
final class KernelBlocks {
    private static final int ROWS = 128; // a tile of float32 fits a core's second cache
    private static final int COLUMNS = 1024;

    private KernelBlocks() {}

    /// `κ(xᵢ, yⱼ)` in float64, `[n, m]`.
    static Array matrix(Kernel kernel, Array x, Array y) {
        Dense.checkPoints("the points", x);
        Dense.checkPoints("the points", y);
        Tensor q = Tensor.of(x.cast(DType.FLOAT64));
        return Gram.of(kernel, q, Tensor.of(y.cast(DType.FLOAT64)), Pass.evaluation()).value();
    }

    /// `out[i, c] = Σⱼ κ(xᵢ, yⱼ) w[j, c]`, in float64; no array of all pairs exists.
    ///
    /// The kernel is evaluated in the points' type, tiles are added up in float64 in ascending
    /// order: the same bits at any number of threads.
    static Array times(Kernel kernel, Array x, Array y, Array w) {
        if (x.dtype() != y.dtype()) {
            return times(kernel, x.cast(DType.FLOAT64), y.cast(DType.FLOAT64), w);
        }
        int n = x.dim(0);
        int m = y.dim(0);
        int columns = w.dim(1);
        Array weights = w.cast(x.dtype());
        double[] out = new double[n * columns];
        Parallel.forRanges(
                n,
                ROWS,
                (from, to) -> {
                    Slab slab = Slab.create();
                    for (int j = 0; j < m; j += COLUMNS) {
                        int until = Math.min(m, j + COLUMNS);
                        Tensor q = Tensor.of(rows(x, from, to, slab));
                        Tensor k = Tensor.of(rows(y, j, until, slab));
                        Array tile = Gram.of(kernel, q, k, Pass.evaluation()).value();
                        Array part = slab.fresh(x.dtype(), Shape.of(to - from, columns));
                        MatMul.multiply(
                                tile,
                                Transpose.PLAIN,
                                rows(weights, j, until, slab),
                                Transpose.PLAIN,
                                part);
                        add(part, out, from * columns);
                        slab.reset();
                    }
                });
        return Array.of(Shape.of(n, columns), out);
    }

    /// `Σⱼ κ(xᵢ, yⱼ) wⱼ`.
    static double[] times(Kernel kernel, Array x, Array y, double[] w) {
        return times(kernel, x, y, Dense.column(w)).toDoubles();
    }

    private static Array rows(Array a, int from, int to, Slab slab) {
        int width = a.dim(1);
        Array part = slab.fresh(a.dtype(), Shape.of(to - from, width));
        if (a.dtype() == DType.FLOAT32) {
            System.arraycopy(a.floats(), from * width, part.floats(), 0, (to - from) * width);
        } else {
            System.arraycopy(a.doubles(), from * width, part.doubles(), 0, (to - from) * width);
        }
        return part;
    }

    private static void add(Array part, double[] out, int at) {
        for (int i = 0; i < part.size(); i++) {
            out[at + i] += part.at(i);
        }
    }
}
