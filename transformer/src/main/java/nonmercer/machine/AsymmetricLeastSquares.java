package nonmercer.machine;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Kernel;
import nonmercer.linalg.Decompositions;

/// The stationary point of `w·v + γ/2 (|z - S w|² + |z - T v|²)` over two vectors of features `S`,
/// `T` of the same points: `[I/γ, K; Kᵀ, I/γ] [α; β] = [z; z]`, `K = S Tᵀ`.
///
/// The penalty is a bilinear form, not a norm. With fewer points than features the stationary point
/// is a SADDLE: a method that minimises leaves it, without end. So there is no duality gap: what
/// certifies a solution is the residual of its equations. It is the only stationary point unless
/// `1/γ` is a singular value of K, for the system's eigenvalues are `1/γ ± σ`. The two functions
/// are expansions in the kernel, unlike those of a pair of spaces. Source: He et al. 2023 (AsK-LS).
///
/// @param kernel any, symmetric or not
/// @param gamma how much an error counts, above 0
public record AsymmetricLeastSquares(Kernel kernel, double gamma) {
    /// Refuses what is not a positive number.
    public AsymmetricLeastSquares {
        if (!Objective.usable(gamma)) {
            throw new IllegalArgumentException(
                    "asymmetric least squares needs a finite γ > 0, got " + gamma);
        }
    }

    /// The stationary point.
    ///
    /// @param x the points, `[n, d]`
    /// @param alpha `[n]`
    /// @param beta `[n]`
    /// @param residual the largest error of the equations
    /// @param report the objective's value, an infinite gap for what has no least value, and
    ///   whether there is another stationary point
    public record Model(
            Kernel kernel, Array x, double[] alpha, double[] beta, double residual, Report report) {
        /// `f(x') = Σⱼ κ(x', xⱼ) βⱼ`: the points as queries.
        public double[] asQueries(Array points) {
            return KernelBlocks.times(kernel, points, x, beta);
        }

        /// `g(x') = Σᵢ αᵢ κ(xᵢ, x')`: the points as keys.
        public double[] asKeys(Array points) {
            return Dense.transposedTimes(KernelBlocks.matrix(kernel, x, points), alpha);
        }
    }

    /// Solves the equations.
    ///
    /// @throws IllegalArgumentException if there is not one response a point
    /// @throws ArithmeticException if they are singular: if `1/γ` is a singular value of K
    public Model solve(Array x, double... z) {
        RegularisationNetwork.checked(x, z);
        int n = x.dim(0);
        double[] k = KernelBlocks.matrix(kernel, x, x).toDoubles();
        double apart = apart(k, n);
        double[] system = new double[4 * n * n];
        double[] right = new double[2 * n];
        for (int i = 0; i < n; i++) {
            right[i] = z[i];
            right[n + i] = z[i];
            system[i * 2 * n + i] = 1 / gamma;
            system[(n + i) * 2 * n + n + i] = 1 / gamma;
            for (int j = 0; j < n; j++) {
                system[i * 2 * n + n + j] = k[i * n + j];
                system[(n + j) * 2 * n + i] = k[i * n + j];
            }
        }
        Array a = Array.of(Shape.of(2 * n, 2 * n), system);
        double[] both = Decompositions.solve(a, Array.vector(right)).toDoubles();
        double[] back = Dense.times(a, both);
        double worst = 0;
        for (int i = 0; i < back.length; i++) {
            worst = Math.max(worst, Math.abs(back[i] - right[i]));
        }
        double[] alpha = Arrays.copyOf(both, n);
        double[] beta = Arrays.copyOfRange(both, n, 2 * n);
        double largest = Arrays.stream(z).map(Math::abs).max().orElse(0);
        var only =
                new Uniqueness.Unique(
                        "every singular value of the kernel's matrix is "
                                + apart
                                + " or more from 1/γ");
        Report report =
                new Report(
                        "one linear system: a stationary point, with nothing below to bound it",
                        objective(Array.of(Shape.of(n, n), k), alpha, beta),
                        Double.POSITIVE_INFINITY,
                        Report.close(worst, largest),
                        0,
                        only);
        return new Model(kernel, x.cast(DType.FLOAT64), alpha, beta, worst, report);
    }

    /// `w·v = αᵀ K β`, and the errors are `α/γ` and `β/γ`.
    private double objective(Array k, double[] alpha, double[] beta) {
        double errors = Dense.dot(alpha, alpha) + Dense.dot(beta, beta);
        return Dense.dot(alpha, Dense.times(k, beta)) + errors / (2 * gamma);
    }

    /// How far `1/γ` is from the nearest singular value.
    private double apart(double[] k, int n) {
        double[] sigma = Decompositions.singularValues(Array.of(Shape.of(n, n), k)).toDoubles();
        double nearest = Double.POSITIVE_INFINITY;
        for (double s : sigma) {
            nearest = Math.min(nearest, Math.abs(s - 1 / gamma));
        }
        if (nearest <= 16 * n * 0x1p-53 * (sigma[0] + 1 / gamma)) {
            throw new ArithmeticException(
                    "1/γ = "
                            + 1 / gamma
                            + " is a singular value of the kernel's matrix, up to rounding: there is no stationary"
                            + " point, or many; change γ");
        }
        return nearest;
    }

    /// What kind of stationary point it is, for finitely many features: the signs of the
    /// eigenvalues of the objective's second derivative `[γ SᵀS, I; I, γ TᵀT]`.
    public Curvature curvature(FeatureMap map, Array x) {
        Array s = Side.QUERIES.features(map, x);
        Array t = Side.KEYS.features(map, x);
        int d = s.dim(1);
        double[] ss = Dense.transposedTimes(s, s).toDoubles();
        double[] tt = Dense.transposedTimes(t, t).toDoubles();
        double[] h = new double[4 * d * d];
        for (int i = 0; i < d; i++) {
            h[i * 2 * d + d + i] = 1;
            h[(d + i) * 2 * d + i] = 1;
            for (int j = 0; j < d; j++) {
                h[i * 2 * d + j] = gamma * ss[i * d + j];
                h[(d + i) * 2 * d + d + j] = gamma * tt[i * d + j];
            }
        }
        return Curvature.of(Array.of(Shape.of(2 * d, 2 * d), h));
    }
}
