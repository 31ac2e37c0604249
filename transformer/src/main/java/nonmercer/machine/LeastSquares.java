package nonmercer.machine;

/// A solved least-squares problem in a kernel's functions.
///
/// @param model the function
/// @param residual `|z - (K + λ) c|`, what the equations of a stationary point miss
/// @param report how it was solved, and whether there is another solution
public record LeastSquares(KernelModel model, double residual, Report report) {
    /// The ridge regression with these coefficients. Of `½|z - K c|² + ½λ cᵀK c` the dual is `λ c·z
    /// - ½λ²|c|² - ½λ cᵀK c`, and their difference `½|z - (K + λ) c|²`.
    ///
    /// @param fitted `K c`
    static LeastSquares ridge(
            KernelModel model,
            double lambda,
            double[] z,
            double[] c,
            double[] fitted,
            String method,
            int steps) {
        double residual = residual(lambda, z, c, fitted);
        return new LeastSquares(
                model,
                residual,
                Report.ofOne(
                        method,
                        objective(lambda, z, c, fitted),
                        residual * residual / 2,
                        steps,
                        "λ/2 ‖·‖² is strictly convex, so that there is one function"));
    }

    static double residual(double lambda, double[] z, double[] c, double[] fitted) {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            double r = z[i] - fitted[i] - lambda * c[i];
            sum += r * r;
        }
        return Math.sqrt(sum);
    }

    /// `½|z - K c|² + ½λ cᵀK c`.
    static double objective(double lambda, double[] z, double[] c, double[] fitted) {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            double r = z[i] - fitted[i];
            sum += (r * r + lambda * c[i] * fitted[i]) / 2;
        }
        return sum;
    }

    /// What the objective is above the least one, at most.
    public double gap() {
        return report.gap();
    }

    /// Of the solver, 0 for a factorisation.
    public int steps() {
        return report.steps();
    }
}
