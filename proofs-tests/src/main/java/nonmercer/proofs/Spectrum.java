package nonmercer.proofs;

import nonmercer.array.Array;
import nonmercer.linalg.Decompositions;

/// Eigenvalues and singular values of small matrices, and how far rounding can move them.
public final class Spectrum {
    private Spectrum() {}

    /// The eigenvalues of a symmetric matrix, ascending.
    public static double[] symmetric(double[][] a) {
        return Decompositions.symmetricEigenvalues(Array.matrix(a)).toDoubles();
    }

    /// The singular values of a matrix, descending.
    public static double[] singular(double[][] a) {
        return Decompositions.singularValues(Array.matrix(a)).toDoubles();
    }

    /// By how much the computed eigenvalues of a symmetric matrix, or the singular values of any,
    /// are off: those of a matrix within `16 n u ‖A‖` of it (backward stability, a modest multiple
    /// of n; Golub & Van Loan 2013, sections 8.3 and 8.6).
    public static double rounding(int n, double norm) {
        return 16 * n * Tolerance.Rounding.DOUBLE * norm;
    }

    /// `√Σ aᵢⱼ²`.
    public static double frobenius(double[][] a) {
        double sum = 0;
        for (double[] row : a) {
            for (double v : row) {
                sum += v * v;
            }
        }
        return Math.sqrt(sum);
    }

    /// The number of singular values above a threshold that rounding cannot reach.
    public static int rank(double[] singular, double threshold) {
        int rank = 0;
        for (double s : singular) {
            rank += s > threshold ? 1 : 0;
        }
        return rank;
    }
}
