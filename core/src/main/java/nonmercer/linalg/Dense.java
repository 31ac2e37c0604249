package nonmercer.linalg;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import org.ejml.data.DMatrixRMaj;

/// Between arrays and EJML's matrices, and the checks on the way: what EJML would loop on or
/// misread is refused here.
final class Dense {
    private Dense() {}

    /// A copy of a matrix in float64.
    static DMatrixRMaj of(String what, Array a) {
        if (a.shape().rank() != 2) {
            throw new IllegalArgumentException(
                    what + ": expected a matrix [rows, columns], got shape " + a.shape());
        }
        double[] values = a.toDoubles();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        what
                                + ": expected finite numbers, element ["
                                + i / a.dim(1)
                                + ", "
                                + i % a.dim(1)
                                + "] of "
                                + a.shape()
                                + " is "
                                + values[i]);
            }
        }
        return DMatrixRMaj.wrap(a.dim(0), a.dim(1), values);
    }

    /// A copy of a square matrix in float64.
    static DMatrixRMaj square(String what, Array a) {
        DMatrixRMaj m = of(what, a);
        if (m.numRows != m.numCols) {
            throw new IllegalArgumentException(
                    what + ": expected a square matrix, got shape " + a.shape());
        }
        return m;
    }

    /// The symmetric part `(A + Aᵀ)/2`, after checking that A differs from its transpose by
    /// rounding at most: by `√u · max|aᵢⱼ|`, u the roundoff of its type.
    static DMatrixRMaj symmetric(String what, Array a) {
        DMatrixRMaj m = square(what, a);
        int n = m.numRows;
        double largest = 0;
        for (double x : m.data) {
            largest = Math.max(largest, Math.abs(x));
        }
        double tolerance = Math.sqrt(a.dtype().unitRoundoff()) * largest;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double x = m.data[i * n + j];
                double y = m.data[j * n + i];
                if (Math.abs(x - y) > tolerance) {
                    throw new IllegalArgumentException(
                            what
                                    + ": expected a symmetric matrix, got "
                                    + x
                                    + " at ["
                                    + i
                                    + ", "
                                    + j
                                    + "] and "
                                    + y
                                    + " at ["
                                    + j
                                    + ", "
                                    + i
                                    + "]");
                }
                m.data[i * n + j] = 0.5 * x + 0.5 * y;
                m.data[j * n + i] = m.data[i * n + j];
            }
        }
        return m;
    }

    /// That b is `[n]` or `[n, columns]` beside an `[n, n]` matrix.
    static void checkRight(String what, Shape matrix, Array b) {
        if (b.shape().rank() < 1 || b.shape().rank() > 2 || b.dim(0) != matrix.dim(0)) {
            throw new IllegalArgumentException(
                    what
                            + ": the right side of a system "
                            + matrix
                            + " must be ["
                            + matrix.dim(0)
                            + "] or ["
                            + matrix.dim(0)
                            + ", columns], got "
                            + b.shape());
        }
    }

    /// A matrix as an array of this type.
    static Array array(DMatrixRMaj m, DType type) {
        return Array.of(Shape.of(m.numRows, m.numCols), Arrays.copyOf(m.data, m.getNumElements()))
                .cast(type);
    }
}
