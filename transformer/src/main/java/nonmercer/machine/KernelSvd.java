package nonmercer.machine;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.kernel.Kernel;
import nonmercer.linalg.Decompositions;
import nonmercer.linalg.SingularValues;

/// `K ≈ U Σ Vᵀ` of an asymmetric kernel's matrix, with its projections at any point: `e(x) = Σⱼ vⱼ
/// κ(x, yⱼ)` and `r(y) = Σᵢ uᵢ κ(xᵢ, y)`.
///
/// At the nodes `e = U Σ` and `r = V Σ`; `e(x)/σ` extends the singular vectors (asymmetric
/// Nyström), exactly at the nodes. Rounding grows like `σ₁/σ`. Source: Suykens 2016 (KSVD); Chen,
/// Tao, Tonin & Suykens 2023 (Primal-Attention), Theorem 3.2.
///
/// @param kernel the kernel
/// @param x the query nodes, `[n, d]`
/// @param y the key nodes, `[m, d']`
/// @param left `U`, `[n, rank]`
/// @param values `Σ`, descending
/// @param right `V`, `[m, rank]`
public record KernelSvd(Kernel kernel, Array x, Array y, Array left, Array values, Array right) {
    /// Of the kernel's matrix at these points, the largest `rank` singular values.
    public static KernelSvd of(Kernel kernel, Array x, Array y, int rank) {
        SingularValues svd = Decompositions.svd(KernelBlocks.matrix(kernel, x, y));
        int most = svd.s().size();
        if (rank < 1 || rank > most) {
            throw new IllegalArgumentException(
                    "a matrix ["
                            + x.dim(0)
                            + ", "
                            + y.dim(0)
                            + "] has 1 to "
                            + most
                            + " singular values, got a rank of "
                            + rank);
        }
        return new KernelSvd(
                kernel,
                x,
                y,
                columns(svd.u(), rank),
                Array.vector(Arrays.copyOf(svd.s().toDoubles(), rank)),
                columns(svd.v(), rank));
    }

    private static Array columns(Array a, int count) {
        int n = a.dim(0);
        double[] out = new double[n * count];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < count; j++) {
                out[i * count + j] = a.get(i, j);
            }
        }
        return Array.of(Shape.of(n, count), out);
    }

    /// `e(x)` of queries `[n', d]`: `[n', rank]`.
    public Array queries(Array points) {
        return KernelBlocks.times(kernel, points, y, right);
    }

    /// `r(y)` of keys `[m', d']`: `[m', rank]`.
    public Array keys(Array points) {
        return Dense.times(Dense.transposed(KernelBlocks.matrix(kernel, x, points)), left);
    }
}
