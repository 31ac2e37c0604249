package nonmercer.linalg;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/// Decompositions of dense matrices, in float64, through EJML.
public final class Decompositions {
    private Decompositions() {}

    /// `A = V diag(values) Vᵀ` of a symmetric matrix.
    ///
    /// @param values the eigenvalues, ascending
    /// @param vectors `V [n, n]`, the eigenvectors as columns in the order of the values
    public record SymmetricEigen(double[] values, Array vectors) {}

    /// The eigenvalues and eigenvectors of a symmetric matrix `[n, n]`; what lies above the diagonal is read as its mirror.
    public static SymmetricEigen symmetricEigen(Array a) {
        int n = a.dim(0);
        DMatrixRMaj m = DMatrixRMaj.wrap(n, n, a.toDoubles());
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(m)) {
            throw new ArithmeticException("the eigenvalues of a matrix " + a.shape() + " did not converge");
        }
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        java.util.Arrays.sort(order, java.util.Comparator.comparingDouble(i -> eigen.getEigenvalue(i).getReal()));
        double[] values = new double[n];
        double[] vectors = new double[n * n];
        for (int j = 0; j < n; j++) {
            values[j] = eigen.getEigenvalue(order[j]).getReal();
            DMatrixRMaj v = eigen.getEigenVector(order[j]);
            for (int i = 0; i < n; i++) {
                vectors[i * n + j] = v.get(i, 0);
            }
        }
        return new SymmetricEigen(values, Array.of(Shape.of(n, n), vectors));
    }
}
