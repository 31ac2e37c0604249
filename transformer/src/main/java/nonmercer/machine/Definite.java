package nonmercer.machine;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.jspecify.annotations.Nullable;

/// A factorised symmetric positive definite matrix whose rows may differ by many orders.
///
/// Its diagonal is scaled to 1, which for a matrix of this kind is within a factor n of the best
/// scaling (van der Sluis 1969), and then raised by `2n` roundings, so that rounding alone does not
/// make it indefinite. A solution is therefore one to be refined with the matrix itself.
final class Definite {
    private final double[] scale;
    private final LinearSolverDense<DMatrixRMaj> cholesky;

    private Definite(double[] scale) {
        this.scale = scale;
        this.cholesky = LinearSolverFactory_DDRM.chol(scale.length);
    }

    /// Factorises `a`, `[n, n]`; null where it is not positive definite to rounding.
    static @Nullable Definite of(int n, double[] a) {
        Definite d = new Definite(new double[n]);
        for (int i = 0; i < n; i++) {
            d.scale[i] = 1 / Math.sqrt(a[i * n + i]);
        }
        double[] scaled = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                scaled[i * n + j] = a[i * n + j] * d.scale[i] * d.scale[j];
                if (!Double.isFinite(scaled[i * n + j])) {
                    return null;
                }
            }
            scaled[i * n + i] += n * 0x1p-52;
        }
        return d.cholesky.setA(DMatrixRMaj.wrap(n, n, scaled)) ? d : null;
    }

    /// `A⁻¹ b`, nearly.
    double[] solve(double[] b) {
        int n = scale.length;
        double[] right = new double[n];
        for (int i = 0; i < n; i++) {
            right[i] = b[i] * scale[i];
        }
        double[] x = new double[n];
        cholesky.solve(DMatrixRMaj.wrap(n, 1, right), DMatrixRMaj.wrap(n, 1, x));
        for (int i = 0; i < n; i++) {
            x[i] *= scale[i];
        }
        return x;
    }
}
