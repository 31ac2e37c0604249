package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;
import nonmercer.linalg.Decompositions;
import nonmercer.linalg.SymmetricEigen;

/// The stationary point of `½ Σ (zᵢ - f(xᵢ))² + λ/2 ⟨f, f⟩` for a symmetric kernel that need not be
/// positive definite: `(K + λI) c = z`.
///
/// `⟨f, f⟩ = cᵀ K c` is no norm then; the problem is stabilised, not minimised. The stationary
/// point is a minimum exactly if no eigenvalue μ of K lies between `-λ` and 0, and then the
/// objective is above its least value by `½ Σ μ/(μ + λ) rᵢ²`, `r` the residual along the
/// eigenvectors; else nothing bounds it from below, and the gap is infinite. The stationary
/// function is the only one unless `-λ` is an eigenvalue. Source: Ong, Mary, Canu & Smola 2004,
/// section 4.
///
/// @param kernel proved symmetric
/// @param lambda above 0
public record KreinLeastSquares(Kernel kernel, double lambda) {
    /// Refuses kernels that are not proved symmetric.
    public KreinLeastSquares {
        if (!Objective.usable(lambda)) {
            throw new IllegalArgumentException("least squares needs a finite λ > 0, got " + lambda);
        }
        if (!kernel.traits().proved(Trait.SYMMETRIC)) {
            throw new IllegalArgumentException(
                    kernel.name()
                            + " is not proved symmetric; use AsymmetricLeastSquares or KernelSvd");
        }
    }

    /// The function, and what kind of point it is: the second derivative `K(K + λ)` along its
    /// eigenvectors, level where μ is 0 to rounding. A minimum's gap closes; a saddle has its
    /// residual only.
    public record Model(LeastSquares solution, Curvature curvature) {}

    /// Solves by the eigenvectors of K.
    ///
    /// @throws IllegalArgumentException if there is not one response a point
    /// @throws ArithmeticException if `-λ` is an eigenvalue of K up to rounding: there is then no
    ///   stationary point, or a line of them
    public Model solve(Array x, double... z) {
        RegularisationNetwork.checked(x, z);
        Array k = KernelBlocks.matrix(kernel, x, x);
        SymmetricEigen e = Decompositions.symmetricEigen(k);
        double[] mu = e.values().toDoubles();
        int n = mu.length;
        double largest = Math.max(Math.abs(mu[0]), Math.abs(mu[n - 1]));
        double[] turned = Dense.transposedTimes(e.vectors(), z);
        double level = 16 * n * 0x1p-53 * largest; // an eigenvalue below it may be 0
        int negative = 0;
        int positive = 0;
        for (int i = 0; i < n; i++) {
            double shifted = mu[i] + lambda;
            if (Math.abs(shifted) <= 16 * n * 0x1p-53 * (largest + lambda)) {
                throw new ArithmeticException(
                        "-λ = "
                                + -lambda
                                + " is an eigenvalue of the kernel's matrix up to rounding: the least-squares problem"
                                + " has no single stationary point; choose another λ");
            }
            turned[i] /= shifted;
            boolean down = mu[i] < 0 && shifted > 0;
            negative += Math.abs(mu[i]) > level && down ? 1 : 0;
            positive += Math.abs(mu[i]) > level && !down ? 1 : 0;
        }
        double[] c = Dense.times(e.vectors(), turned);
        var curvature = new Curvature(negative, n - negative - positive, positive);
        return new Model(stationary(x, k, e, z, c, curvature.minimum()), curvature);
    }

    private LeastSquares stationary(
            Array x, Array k, SymmetricEigen e, double[] z, double[] c, boolean minimum) {
        double[] fitted = Dense.times(k, c);
        double residual = LeastSquares.residual(lambda, z, c, fitted);
        double objective = LeastSquares.objective(lambda, z, c, fitted);
        double[] left = Dense.sum(Dense.sum(z, -1, fitted), -lambda, c);
        double[] along = Dense.transposedTimes(e.vectors(), left);
        double gap = 0;
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < along.length; i++) {
            double mu = e.values().at(i);
            gap += Math.max(0, mu / (mu + lambda)) * along[i] * along[i] / 2;
            nearest = Math.min(nearest, Math.abs(mu + lambda));
        }
        boolean close =
                minimum
                        ? Report.close(gap, objective)
                        : Report.close(residual, Lp.hilbert().norm(z));
        var only =
                new Uniqueness.Unique(
                        "every eigenvalue of the kernel's matrix is "
                                + nearest
                                + " or more from -λ");
        Report report =
                new Report(
                        minimum
                                ? "eigenvectors: a minimum"
                                : "eigenvectors: a stationary point, with nothing below to bound it",
                        objective,
                        minimum ? gap : Double.POSITIVE_INFINITY,
                        close,
                        0,
                        only);
        return new LeastSquares(
                new KernelModel(kernel, x.cast(DType.FLOAT64), Dense.column(c)), residual, report);
    }
}
