package nonmercer.linalg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.LUDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/// Decompositions of one matrix, by EJML in float64. What goes in as float32 comes out as float32,
/// rounded once at the end.
///
/// Inputs are copied and must be finite. What cannot be decomposed is an [ArithmeticException] in a
/// sentence.
public final class Decompositions {
    private Decompositions() {}

    /// The eigenvalues and eigenvectors of a symmetric matrix, by tridiagonal QR.
    ///
    /// @throws IllegalArgumentException if it is not symmetric up to rounding
    public static SymmetricEigen symmetricEigen(Array a) {
        DMatrixRMaj m = Dense.symmetric("symmetricEigen", a);
        int n = m.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        converged("symmetricEigen", n == 0 || eigen.decompose(m), a);
        int[] order = order(n, Comparator.comparingDouble(i -> eigen.getEigenvalue(i).real));
        double[] values = new double[n];
        double[] vectors = new double[n * n];
        for (int j = 0; j < n; j++) {
            values[j] = eigen.getEigenvalue(order[j]).real;
            double[] v = eigen.getEigenVector(order[j]).data;
            for (int i = 0; i < n; i++) {
                vectors[i * n + j] = v[i];
            }
        }
        return new SymmetricEigen(
                array(values, a.dtype()), Array.of(a.shape(), vectors).cast(a.dtype()));
    }

    /// The eigenvalues of a symmetric matrix, ascending, `[n]`.
    ///
    /// @throws IllegalArgumentException if it is not symmetric up to rounding
    public static Array symmetricEigenvalues(Array a) {
        DMatrixRMaj m = Dense.symmetric("symmetricEigenvalues", a);
        int n = m.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, false, true);
        converged("symmetricEigenvalues", n == 0 || eigen.decompose(m), a);
        return array(
                IntStream.range(0, n)
                        .mapToDouble(i -> eigen.getEigenvalue(i).real)
                        .sorted()
                        .toArray(),
                a.dtype());
    }

    /// The eigenvalues of a square matrix, by Hessenberg QR.
    public static Eigenvalues eigenvalues(Array a) {
        DMatrixRMaj m = Dense.square("eigenvalues", a);
        int n = m.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, false, false);
        converged("eigenvalues", n == 0 || eigen.decompose(m), a);
        Complex_F64[] values =
                IntStream.range(0, n).mapToObj(eigen::getEigenvalue).toArray(Complex_F64[]::new);
        Comparator<Complex_F64> byReal = Comparator.comparingDouble(z -> z.real);
        Arrays.sort(values, byReal.thenComparingDouble(z -> z.imaginary));
        return new Eigenvalues(
                array(Arrays.stream(values).mapToDouble(z -> z.real).toArray(), a.dtype()),
                array(Arrays.stream(values).mapToDouble(z -> z.imaginary).toArray(), a.dtype()));
    }

    /// The orthogonal factor of `A = Q R` with a positive diagonal of `R`, `[m, n]` for `m ≥ n`.
    ///
    /// Without the sign rule `Q` is not unique, and the one that Householder's reflections give has
    /// `R₁₁ < 0` more often than not: of a matrix of independent normal numbers it is not uniformly
    /// distributed, while this one is (Mezzadri 2007).
    public static Array orthonormal(Array a) {
        DMatrixRMaj m = Dense.of("orthonormal", a);
        int rows = m.numRows;
        int n = m.numCols;
        if (rows < n) {
            throw new IllegalArgumentException(
                    "orthonormal: expected at least as many rows as columns, got " + a.shape());
        }
        if (n == 0) {
            return a;
        }
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(rows, n);
        converged("orthonormal", qr.decompose(m), a);
        DMatrixRMaj q = qr.getQ(null, true);
        DMatrixRMaj r = qr.getR(null, true);
        for (int j = 0; j < n; j++) {
            for (int i = 0; r.get(j, j) < 0 && i < rows; i++) {
                q.set(i, j, -q.get(i, j));
            }
        }
        return Dense.array(q, a.dtype());
    }

    /// The singular values and vectors of a matrix.
    public static SingularValues svd(Array a) {
        DMatrixRMaj m = Dense.of("svd", a);
        int r = Math.min(m.numRows, m.numCols);
        if (r == 0) {
            return new SingularValues(
                    Array.zeros(a.dtype(), Shape.of(m.numRows, 0)),
                    Array.zeros(a.dtype(), Shape.of(0)),
                    Array.zeros(a.dtype(), Shape.of(m.numCols, 0)));
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(m.numRows, m.numCols, true, true, true);
        converged("svd", svd.decompose(m), a);
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj v = svd.getV(null, false);
        double[] s = svd.getSingularValues();
        SingularOps_DDRM.descendingOrder(u, false, s, r, v, false);
        return new SingularValues(
                Dense.array(u, a.dtype()),
                array(Arrays.copyOf(s, r), a.dtype()),
                Dense.array(v, a.dtype()));
    }

    /// The singular values of a matrix, descending, `[min(m, n)]`.
    public static Array singularValues(Array a) {
        return array(singular("singularValues", a), a.dtype());
    }

    /// How many singular values exceed `max(m, n)·2u·s₁`, u the roundoff of the matrix's type:
    /// rounding of its elements alone could make smaller ones.
    public static int rank(Array a) {
        return rank(a, Math.max(a.dim(0), a.dim(-1)) * 2 * a.dtype().unitRoundoff());
    }

    /// How many singular values exceed `tolerance·s₁`.
    public static int rank(Array a, double tolerance) {
        double[] s = singular("rank", a);
        int rank = 0;
        while (rank < s.length && s[rank] > tolerance * s[0]) {
            rank++;
        }
        return rank;
    }

    /// The Cholesky factor of a symmetric positive definite matrix.
    ///
    /// @throws IllegalArgumentException if it is not symmetric up to rounding
    /// @throws ArithmeticException if it is not positive definite
    public static Cholesky cholesky(Array a) {
        DMatrixRMaj m = Dense.symmetric("cholesky", a);
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky =
                DecompositionFactory_DDRM.chol(m.numRows, true);
        if (m.numRows > 0 && !cholesky.decompose(m)) {
            throw new ArithmeticException(
                    "cholesky: the matrix "
                            + a.shape()
                            + " is not positive definite in float64; its smallest eigenvalue is about "
                            + symmetricEigenvalues(a).at(0)
                            + ": add more than that to its diagonal");
        }
        return new Cholesky(
                m.numRows == 0 ? a.copy() : Dense.array(cholesky.getT(null), a.dtype()));
    }

    /// x with `a·x = b` for a square matrix, by LU with row exchanges; b is `[n]` or `[n,
    /// columns]`.
    ///
    /// @throws ArithmeticException if the matrix is singular up to rounding
    public static Array solve(Array a, Array b) {
        DMatrixRMaj m = Dense.square("solve", a);
        int n = m.numRows;
        Dense.checkRight("solve", a.shape(), b);
        DType type =
                a.dtype() == DType.FLOAT32 && b.dtype() == DType.FLOAT32
                        ? DType.FLOAT32
                        : DType.FLOAT64;
        if (b.size() == 0) {
            return Array.zeros(type, b.shape());
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.lu(n);
        if (!solver.setA(m) || !(pivots(solver) > n * DType.FLOAT64.unitRoundoff())) {
            throw new ArithmeticException(
                    "solve: the matrix "
                            + a.shape()
                            + " is singular up to rounding; its rank is "
                            + rank(a));
        }
        DMatrixRMaj right = Dense.of("solve", b.reshape(Shape.of(n, b.size() / n)));
        DMatrixRMaj x = new DMatrixRMaj(n, right.numCols);
        solver.solve(right, x);
        return Array.of(b.shape(), x.data).cast(type);
    }

    /// The smallest pivot of an elimination over the largest. EJML's own measure is the product of
    /// all of them, which falls with the size of a matrix, however far from singular.
    private static double pivots(LinearSolverDense<DMatrixRMaj> solver) {
        LUDecomposition_F64<DMatrixRMaj> lu = solver.getDecomposition();
        DMatrixRMaj upper = lu.getUpper(null);
        double least = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int i = 0; i < upper.numRows; i++) {
            double pivot = Math.abs(upper.get(i, i));
            least = Math.min(least, pivot);
            largest = Math.max(largest, pivot);
        }
        return least / largest;
    }

    private static double[] singular(String what, Array a) {
        DMatrixRMaj m = Dense.of(what, a);
        int r = Math.min(m.numRows, m.numCols);
        if (r == 0) {
            return new double[0];
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(m.numRows, m.numCols, false, false, true);
        converged(what, svd.decompose(m), a);
        double[] ascending = Arrays.copyOf(svd.getSingularValues(), r);
        Arrays.sort(ascending);
        return IntStream.range(0, r).mapToDouble(i -> ascending[r - 1 - i]).toArray();
    }

    private static void converged(String what, boolean done, Array a) {
        if (!done) {
            throw new ArithmeticException(
                    what + ": the iteration did not converge for a matrix " + a.shape());
        }
    }

    private static int[] order(int n, Comparator<Integer> by) {
        return IntStream.range(0, n).boxed().sorted(by).mapToInt(i -> i).toArray();
    }

    private static Array array(double[] values, DType type) {
        return Array.vector(values).cast(type);
    }
}
