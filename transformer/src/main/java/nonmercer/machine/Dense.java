package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.linalg.MatMul;
import nonmercer.linalg.Transpose;

/// Products of float64 matrices and vectors, by the library's matrix product.
final class Dense {
    private Dense() {}

    static Array zeros(int rows, int columns) {
        return Array.zeros(DType.FLOAT64, Shape.of(rows, columns));
    }

    static Array column(double[] v) {
        return Array.of(Shape.of(v.length, 1), v);
    }

    /// `A B`.
    static Array times(Array a, Array b) {
        Array out = zeros(a.dim(0), b.dim(1));
        MatMul.multiply(a, Transpose.PLAIN, b, Transpose.PLAIN, out);
        return out;
    }

    /// `A Bᵀ`.
    static Array timesTransposed(Array a, Array b) {
        Array out = zeros(a.dim(0), b.dim(0));
        MatMul.multiply(a, Transpose.PLAIN, b, Transpose.TRANSPOSED, out);
        return out;
    }

    /// `Aᵀ B`.
    static Array transposedTimes(Array a, Array b) {
        Array out = zeros(a.dim(1), b.dim(1));
        MatMul.multiply(a, Transpose.TRANSPOSED, b, Transpose.PLAIN, out);
        return out;
    }

    /// `A v`.
    static double[] times(Array a, double[] v) {
        return times(a, column(v)).toDoubles();
    }

    /// `Aᵀ v`.
    static double[] transposedTimes(Array a, double[] v) {
        return transposedTimes(a, column(v)).toDoubles();
    }

    /// `Aᵀ`.
    static Array transposed(Array a) {
        int m = a.dim(0);
        int n = a.dim(1);
        double[] from = a.toDoubles();
        double[] to = new double[from.length];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                to[j * m + i] = from[i * n + j];
            }
        }
        return Array.of(Shape.of(n, m), to);
    }

    /// `A` with column j times `s[j]`.
    static Array scaledColumns(Array a, double[] s) {
        double[] out = a.toDoubles();
        for (int i = 0; i < out.length; i++) {
            out[i] *= s[i % s.length];
        }
        return Array.of(a.shape(), out);
    }

    /// `A + s I`.
    static Array shifted(Array a, double s) {
        int n = a.dim(0);
        double[] out = a.toDoubles();
        for (int i = 0; i < n; i++) {
            out[i * n + i] += s;
        }
        return Array.of(a.shape(), out);
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /// `a + s b`.
    static double[] sum(double[] a, double s, double[] b) {
        double[] out = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            out[i] = a[i] + s * b[i];
        }
        return out;
    }

    static double[] scaled(double[] v, double s) {
        double[] out = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            out[i] = s * v[i];
        }
        return out;
    }

    /// Refuses points that are no matrix of finite numbers, with what they are called.
    static void checkPoints(String what, Array points) {
        checkMatrix(what, points);
        for (int i = 0; i < points.size(); i++) {
            if (!Double.isFinite(points.at(i))) {
                throw new IllegalArgumentException(
                        what
                                + " must be finite, got "
                                + points.at(i)
                                + " in row "
                                + i / points.dim(1));
            }
        }
    }

    /// Refuses what is no matrix.
    static void checkMatrix(String what, Array points) {
        if (points.shape().rank() != 2) {
            throw new IllegalArgumentException(
                    what + " must be one a row, [n, d], got shape " + points.shape());
        }
    }
}
