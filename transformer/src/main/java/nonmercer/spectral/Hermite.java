package nonmercer.spectral;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.linalg.Decompositions;
import nonmercer.linalg.SymmetricEigen;

/// Gauss–Hermite quadrature for the standard normal distribution.
final class Hermite {
    private Hermite() {}

    /// The product grid in `d` coordinates with its weights.
    static Noise.Rows grid(int nodes, int d, int m) {
        double size = Math.pow(nodes, d);
        if (size != m) {
            throw new IllegalArgumentException(
                    "Gauss-Hermite quadrature with "
                            + nodes
                            + " nodes a coordinate in "
                            + d
                            + " coordinates has "
                            + (long) size
                            + " frequencies, "
                            + m
                            + " were asked for");
        }
        SymmetricEigen rule = Decompositions.symmetricEigen(jacobi(nodes));
        double[] rows = new double[m * d];
        double[] weights = new double[m];
        for (int i = 0; i < m; i++) {
            weights[i] = 1;
            for (int l = 0, rest = i; l < d; l++, rest /= nodes) {
                int node = rest % nodes;
                rows[i * d + l] = rule.values().at(node);
                weights[i] *= Math.pow(rule.vectors().get(0, node), 2);
            }
        }
        return new Noise.Rows(
                Array.of(Shape.of(m, d), rows), Array.vector(), Array.vector(weights));
    }

    /// The recurrence of the orthogonal polynomials: nodes are its eigenvalues, weights the squared
    /// first components of its eigenvectors (Golub & Welsch 1969).
    private static Array jacobi(int nodes) {
        double[][] j = new double[nodes][nodes];
        for (int i = 1; i < nodes; i++) {
            j[i][i - 1] = Math.sqrt(i);
            j[i - 1][i] = Math.sqrt(i);
        }
        return Array.matrix(j);
    }
}
