package nonmercer.kernel;

import nonmercer.array.Array;
import nonmercer.linalg.Decompositions;

/// A property a kernel can have. Each knows how to recompute a counter-example.
public enum Trait {
    /// `k(x, y) = k(y, x)` for all `x, y`. Witness: `{x, y}`.
    SYMMETRIC("symmetric") {
        @Override
        public double violation(Kernel k, double[][] w) {
            return Math.abs(k.at(w[0], w[1]) - k.at(w[1], w[0]));
        }
    },
    /// `Σᵢⱼ cᵢ cⱼ k(xᵢ, xⱼ) ≥ 0` for all finite sets of points and all real `c`. Witness: points
    /// whose symmetrised Gram matrix has a negative eigenvalue.
    POSITIVE_DEFINITE("positive definite") {
        @Override
        public double violation(Kernel k, double[][] w) {
            double[][] gram = new double[w.length][w.length];
            for (int i = 0; i < w.length; i++) {
                for (int j = 0; j < w.length; j++) {
                    gram[i][j] = (k.at(w[i], w[j]) + k.at(w[j], w[i])) / 2;
                }
            }
            return -Decompositions.symmetricEigenvalues(Array.matrix(gram)).at(0);
        }
    },
    /// `k(x + t, y + t) = k(x, y)` for all `x, y, t`. Witness: `{x, y, t}`.
    STATIONARY("stationary") {
        @Override
        public double violation(Kernel k, double[][] w) {
            double[] x = w[0].clone();
            double[] y = w[1].clone();
            for (int l = 0; l < x.length; l++) {
                x[l] += w[2][l];
                y[l] += w[2][l];
            }
            return Math.abs(k.at(x, y) - k.at(w[0], w[1]));
        }
    },
    /// `k(x, y) ≥ 0` for all `x, y`. Witness: `{x, y}`.
    NON_NEGATIVE("non-negative") {
        @Override
        public double violation(Kernel k, double[][] w) {
            return -k.at(w[0], w[1]);
        }
    };

    private final String words;

    Trait(String words) {
        this.words = words;
    }

    /// The property in words.
    public String words() {
        return words;
    }

    /// By how much these points violate the property; a counter-example gives a number clearly
    /// above 0.
    public abstract double violation(Kernel kernel, double[][] witness);
}
