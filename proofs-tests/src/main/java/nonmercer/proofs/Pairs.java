package nonmercer.proofs;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Kernel;

/// Queries and keys: rows of coordinates.
///
/// @param q queries `[n][d]`
/// @param k keys `[m][d']`
public record Pairs(double[][] q, double[][] k) {
    /// The queries as a constant tensor `[n, d]`.
    public Tensor queries(DType dtype) {
        return Tensor.of(Array.matrix(q).cast(dtype));
    }

    /// The keys as a constant tensor `[m, d']`.
    public Tensor keys(DType dtype) {
        return Tensor.of(Array.matrix(k).cast(dtype));
    }

    /// The same without signs.
    Pairs positive() {
        return new Pairs(positive(q), positive(k));
    }

    private static double[][] positive(double[][] x) {
        return Arrays.stream(x)
                .map(row -> Arrays.stream(row).map(Math::abs).toArray())
                .toArray(double[][]::new);
    }

    /// `K[i][j] = k(qᵢ, kⱼ)` by the definition.
    public double[][] gram(Kernel kernel) {
        return gram(kernel, q, k);
    }

    /// `K[i][j] = k(xᵢ, yⱼ)` by the definition.
    public static double[][] gram(Kernel kernel, double[][] x, double[][] y) {
        double[][] gram = new double[x.length][y.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
                gram[i][j] = kernel.at(x[i], y[j]);
            }
        }
        return gram;
    }

    /// `√Σ error²` over the entries of that matrix: by at most this much rounding moves it in the
    /// Frobenius norm, and so each of its singular values, and each eigenvalue if it is symmetric
    /// (Weyl).
    public static double rounding(Kernel kernel, double[][] x, double[][] y) {
        double sum = 0;
        for (double[] xi : x) {
            for (double[] yj : y) {
                double e = Enclosure.of(kernel, xi, yj, Tolerance.Rounding.DOUBLE).error();
                sum += e * e;
            }
        }
        return Math.sqrt(sum);
    }
}
