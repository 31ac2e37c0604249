package nonmercer.kernel;

import java.util.Arrays;
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
            return -least(symmetrised(k, w));
        }
    },
    /// `Σᵢⱼ cᵢ cⱼ k(xᵢ, xⱼ) ≥ 0` for all finite sets of points and all real `c` with `Σ cᵢ = 0`:
    /// what `exp(t k)` needs to be positive definite for all `t > 0` (Schoenberg 1938). Witness:
    /// points whose centred symmetrised Gram matrix has a negative eigenvalue.
    CONDITIONALLY_POSITIVE_DEFINITE("conditionally positive definite") {
        @Override
        public double violation(Kernel k, double[][] w) {
            return -least(centred(symmetrised(k, w)));
        }
    },
    /// The same of `-k`: squared distances, distances. Witness: points whose centred symmetrised
    /// Gram matrix has a positive eigenvalue.
    CONDITIONALLY_NEGATIVE_DEFINITE("conditionally negative definite") {
        @Override
        public double violation(Kernel k, double[][] w) {
            double[][] gram = centred(symmetrised(k, w));
            for (double[] row : gram) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = -row[j];
                }
            }
            return -least(gram);
        }
    },
    /// `k(x, y) ≥ 0`, and `kʳ` is positive definite for every `r > 0`. Witness: points, and after
    /// them `{r}`, for which the Gram matrix of `kʳ` has a negative eigenvalue.
    INFINITELY_DIVISIBLE("infinitely divisible") {
        @Override
        public double violation(Kernel k, double[][] w) {
            double r = w[w.length - 1][0];
            double[][] gram = symmetrised(k, Arrays.copyOf(w, w.length - 1));
            for (double[] row : gram) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = Math.pow(row[j], r);
                }
            }
            return -least(gram);
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

    private static double[][] symmetrised(Kernel k, double[][] x) {
        double[][] gram = new double[x.length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                gram[i][j] = (k.at(x[i], x[j]) + k.at(x[j], x[i])) / 2;
            }
        }
        return gram;
    }

    /// `PKP` with `P = I - 11ᵀ/n`, which takes every `c` to one with sum 0.
    private static double[][] centred(double[][] gram) {
        int n = gram.length;
        double[] means = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            means[i] = Arrays.stream(gram[i]).sum() / n;
            mean += means[i] / n;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                gram[i][j] += mean - (means[i] + means[j]); // symmetric to the last bit
            }
        }
        return gram;
    }

    private static double least(double[][] symmetric) {
        return Decompositions.symmetricEigenvalues(Array.matrix(symmetric)).at(0);
    }

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
