package nonmercer.linalg;

import nonmercer.array.Array;

/// `A = L·Lᵀ` of a symmetric positive definite matrix.
///
/// @param lower L, `[n, n]`, zero above its diagonal, positive on it
public record Cholesky(Array lower) {
    /// x with `A·x = b`, for b of shape `[n]` or `[n, columns]`: one solution a column.
    public Array solve(Array b) {
        int n = lower.dim(0);
        Dense.checkRight("solve", lower.shape(), b);
        int columns = b.shape().rank() == 1 ? 1 : b.dim(1);
        double[] l = lower.toDoubles();
        double[] x = b.toDoubles();
        for (int i = 0; i < n; i++) {
            for (int p = 0; p < i; p++) {
                subtract(x, i, l[i * n + p], p, columns);
            }
            divide(x, i, l[i * n + i], columns);
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int p = i + 1; p < n; p++) {
                subtract(x, i, l[p * n + i], p, columns);
            }
            divide(x, i, l[i * n + i], columns);
        }
        return Array.of(b.shape(), x).cast(b.dtype());
    }

    /// `ln det A = 2 Σ ln Lᵢᵢ`.
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.dim(0); i++) {
            sum += StrictMath.log(lower.get(i, i));
        }
        return 2 * sum;
    }

    private static void subtract(double[] x, int row, double factor, int other, int columns) {
        for (int j = 0; j < columns; j++) {
            x[row * columns + j] -= factor * x[other * columns + j];
        }
    }

    private static void divide(double[] x, int row, double by, int columns) {
        for (int j = 0; j < columns; j++) {
            x[row * columns + j] /= by;
        }
    }
}
