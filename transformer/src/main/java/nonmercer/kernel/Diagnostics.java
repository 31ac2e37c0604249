package nonmercer.kernel;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import nonmercer.array.Array;
import nonmercer.linalg.Decompositions;

/// What the Gram matrix `K[i, j] = k(xᵢ, yⱼ)` of a kernel on points says, in float64 by the
/// definition.
///
/// Two domains may differ: then `K` is rectangular and has singular values only. What speaks of
/// positive definiteness ([#spectrum()]) is there where queries and keys are the same points, of
/// the symmetric part `S = (K + Kᵀ)/2`.
///
/// A singular value counts as 0 up to [#tolerance()] times the largest, `max(n, m)·2⁻⁵²`: the
/// rounding of the elements alone can make ones of about that size (`‖E‖ ≤ √(nm)·2⁻⁵³·max|K|`). The
/// same share of the largest absolute eigenvalue counts as 0 in the inertia.
///
/// @param kernel the kernel
/// @param gram `K`, a row a query
/// @param singularValues of `K`, descending
/// @param spectrum where queries and keys are the same points
/// @param weights of the row-normalised attention; empty where an element of `K` is negative or a
///   row sums to 0
public record Diagnostics(
        Kernel kernel,
        double[][] gram,
        double[] singularValues,
        Optional<Spectrum> spectrum,
        Optional<Weights> weights) {
    private static final double ULP = Math.ulp(1.0);

    /// Of the symmetric part of a square Gram matrix.
    ///
    /// @param eigenvalues ascending
    /// @param asymmetry `‖K - Kᵀ‖/(2‖K‖)` in Frobenius' norm: 0 if symmetric, 1 if antisymmetric
    public record Spectrum(double[] eigenvalues, double asymmetry) {
        /// How many eigenvalues are positive, negative, and 0 up to rounding.
        public record Inertia(int positive, int negative, int zero) {}

        /// The distance of `S` to the cone of positive semidefinite matrices over its own size,
        /// `√(Σ_{λ<0} λ²/Σ λ²)` (Higham 1988): 0 if positive semidefinite, 1 if negative.
        public double psdDefect() {
            double all = squares(Arrays.stream(eigenvalues));
            double negative = squares(Arrays.stream(eigenvalues).filter(v -> v < -zero()));
            return all == 0 ? 0 : Math.sqrt(negative / all);
        }

        /// The signs of the eigenvalues.
        public Inertia inertia() {
            int positive = (int) Arrays.stream(eigenvalues).filter(v -> v > zero()).count();
            int negative = (int) Arrays.stream(eigenvalues).filter(v -> v < -zero()).count();
            return new Inertia(positive, negative, eigenvalues.length - positive - negative);
        }

        private double zero() {
            int n = eigenvalues.length;
            return n * ULP * Math.max(Math.abs(eigenvalues[0]), Math.abs(eigenvalues[n - 1]));
        }

        private static double squares(DoubleStream values) {
            return values.map(v -> v * v).sum();
        }
    }

    /// Of the rows `wᵢⱼ = Kᵢⱼ/Σⱼ Kᵢⱼ`.
    ///
    /// @param entropies `-Σⱼ wᵢⱼ ln wᵢⱼ` of each row, in nats: 0 for one key, `ln m` for all alike
    /// @param largest the largest weight of each row
    public record Weights(double[] entropies, double[] largest) {
        /// The mean entropy of a row, in nats.
        public double entropy() {
            return Arrays.stream(entropies).average().orElseThrow();
        }

        /// The mean of the largest weights: `1/m` for rows that weigh all keys alike, 1 for rows
        /// that choose one.
        public double sharpness() {
            return Arrays.stream(largest).average().orElseThrow();
        }
    }

    /// On points that are queries and keys at once.
    public static Diagnostics of(Kernel kernel, double[][] points) {
        return of(kernel, points, points);
    }

    /// On queries and keys.
    ///
    /// @throws IllegalArgumentException if there are none, or if the kernel is not finite on a pair
    public static Diagnostics of(Kernel kernel, double[][] queries, double[][] keys) {
        if (queries.length == 0 || keys.length == 0) {
            throw new IllegalArgumentException(
                    "diagnostics need at least one query and one key, got "
                            + queries.length
                            + " and "
                            + keys.length);
        }
        double[][] gram = new double[queries.length][keys.length];
        for (int i = 0; i < queries.length; i++) {
            for (int j = 0; j < keys.length; j++) {
                gram[i][j] = kernel.at(queries[i], keys[j]);
                if (!Double.isFinite(gram[i][j])) {
                    throw new IllegalArgumentException(
                            kernel.name()
                                    + " is "
                                    + gram[i][j]
                                    + " for query "
                                    + i
                                    + " and key "
                                    + j
                                    + "; points nearer to 0 or a smaller scale may help");
                }
            }
        }
        boolean same = Arrays.deepEquals(queries, keys);
        return new Diagnostics(
                kernel,
                gram,
                Decompositions.singularValues(Array.matrix(gram)).toDoubles(),
                same ? Optional.of(spectrumOf(gram)) : Optional.empty(),
                weightsOf(gram));
    }

    private static Spectrum spectrumOf(double[][] k) {
        int n = k.length;
        double[][] symmetric = new double[n][n];
        double all = 0;
        double anti = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                symmetric[i][j] = (k[i][j] + k[j][i]) / 2;
                double a = (k[i][j] - k[j][i]) / 2;
                anti += a * a;
                all += k[i][j] * k[i][j];
            }
        }
        return new Spectrum(
                Decompositions.symmetricEigenvalues(Array.matrix(symmetric)).toDoubles(),
                all == 0 ? 0 : Math.sqrt(anti / all));
    }

    private static Optional<Weights> weightsOf(double[][] k) {
        double[] entropies = new double[k.length];
        double[] largest = new double[k.length];
        for (int i = 0; i < k.length; i++) {
            double sum = 0;
            double most = 0;
            for (double v : k[i]) {
                if (v < 0) {
                    return Optional.empty();
                }
                sum += v;
                most = Math.max(most, v);
            }
            if (sum == 0 || Double.isInfinite(sum)) {
                return Optional.empty();
            }
            for (double v : k[i]) {
                entropies[i] -= v == 0 ? 0 : v / sum * Math.log(v / sum);
            }
            largest[i] = most / sum;
        }
        return Optional.of(new Weights(entropies, largest));
    }

    /// The share of the largest singular value up to which one counts as 0: `max(n, m)·2⁻⁵²`.
    public double tolerance() {
        return Math.max(gram.length, gram[0].length) * ULP;
    }

    /// How many singular values exceed `tolerance()·σ₁`: the numerical rank.
    public int rank() {
        double least = tolerance() * singularValues[0];
        return (int) Arrays.stream(singularValues).filter(s -> s > least).count();
    }

    /// The largest rank a Gram matrix of this shape can have by what is proved of the kernel, where
    /// the points have `d` coordinates: `min(n, m)`, or the number of features if that is less.
    public long rankBound(int d) {
        long shape = Math.min(gram.length, gram[0].length);
        return kernel.traits().features() instanceof FeatureDimension.Finite f
                ? Math.min(shape, f.count().applyAsLong(d))
                : shape;
    }

    /// `σ₁/σₙ`; empty if the smallest is 0.
    public OptionalDouble condition() {
        double least = singularValues[singularValues.length - 1];
        return least == 0 ? OptionalDouble.empty() : OptionalDouble.of(singularValues[0] / least);
    }

    /// `Σᵢ σᵢ/(σᵢ + λ)`: for a positive semidefinite `K` the trace of `K (K + λI)⁻¹`, the effective
    /// dimension of ridge regression with penalty `λ`.
    public double effectiveDimension(double lambda) {
        if (!(lambda > 0)) {
            throw new IllegalArgumentException(
                    "the effective dimension needs a penalty above 0, got " + lambda);
        }
        return Arrays.stream(singularValues).map(s -> s / (s + lambda)).sum();
    }
}
