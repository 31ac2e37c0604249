package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.linalg.Decompositions;
import nonmercer.linalg.SingularValues;

/// `φ(x) = Σ^-½ Vᵀ κ(Y, x)` and `ψ(y) = Σ^-½ Uᵀ κ(X, y)` for `κ(X, Y) = U Σ Vᵀ`: features of any
/// kernel, exact at the nodes `X`, `Y` (asymmetric Nyström).
///
/// `⟨φ(x), ψ(y)⟩ = κ(x, Y) K⁺ κ(X, y)`, which is `κ(x, y)` if x is in X or y in Y and K has full
/// rank. Neither symmetry nor definiteness is asked of the kernel. Rounding grows like `σ₁/σᵣ`, so
/// singular values below `10⁻¹⁰ σ₁` are left out. Source: Tao et al. 2024 (ICML), section 4.
///
/// @param kernel the kernel
/// @param x nodes among the queries, `[n, d]`
/// @param y nodes among the keys, `[m, d']`
/// @param left `U Σ^-½`, `[n, r]`
/// @param right `V Σ^-½`, `[m, r]`
public record SingularFeatures(Kernel kernel, Array x, Array y, Array left, Array right)
        implements FeatureMap {
    private static final double SMALLEST = 1e-10;

    /// From the kernel's matrix at these nodes.
    ///
    /// @throws IllegalArgumentException if the matrix is zero
    public static SingularFeatures of(Kernel kernel, Array x, Array y) {
        return of(kernel, x, y, Integer.MAX_VALUE);
    }

    /// The same with at most so many features, those of the largest singular values.
    public static SingularFeatures of(Kernel kernel, Array x, Array y, int most) {
        SingularValues svd = Decompositions.svd(KernelBlocks.matrix(kernel, x, y));
        int r = 0;
        while (r < Math.min(svd.s().size(), most) && svd.s().at(r) > SMALLEST * svd.s().at(0)) {
            r++;
        }
        if (r == 0) {
            throw new IllegalArgumentException(
                    kernel.name() + " is zero at all of these nodes; it has no singular features");
        }
        return new SingularFeatures(
                kernel,
                x.cast(DType.FLOAT64),
                y.cast(DType.FLOAT64),
                columns(svd.u(), svd.s(), r),
                columns(svd.v(), svd.s(), r));
    }

    /// The first r columns, each over the root of its singular value.
    private static Array columns(Array vectors, Array s, int r) {
        int n = vectors.dim(0);
        double[] out = new double[n * r];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < r; j++) {
                out[i * r + j] = vectors.get(i, j) / Math.sqrt(s.at(j));
            }
        }
        return Array.of(Shape.of(n, r), out);
    }

    @Override
    public int dimension(int d) {
        return left.dim(1);
    }

    @Override
    public Tensor queries(Tensor q, Pass pass) {
        return Gram.of(kernel, q, Tensor.of(y), pass).matmul(Tensor.of(right));
    }

    @Override
    public Tensor keys(Tensor k, Pass pass) {
        return Gram.of(kernel, Tensor.of(x), k, pass).permute(1, 0).matmul(Tensor.of(left));
    }
}
