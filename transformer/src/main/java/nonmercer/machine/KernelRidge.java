package nonmercer.machine;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;
import nonmercer.linalg.Decompositions;
import nonmercer.random.RandomStream;

/// `min ½ Σ (zᵢ - f(xᵢ))² + λ/2 ‖f‖²` over the Hilbert space of a positive definite kernel: `(K +
/// λI) c = z`.
///
/// The model keeps its points in float64 and evaluates the kernel so, for where λ is small its
/// coefficients are large and cancel.
///
/// ```java
/// KernelRidge ridge = new KernelRidge(new Gauss(), 1e-3);
/// double[] z2 = ridge.iterative(x, z, 500, RandomStream.of(1)).model().predict(x2).toDoubles();
/// ```
public record KernelRidge(Kernel kernel, double lambda) {
    private static final double TOLERANCE = 1e-6; // of ‖z‖
    private static final int MOST_STEPS = 1000;
    private static final int MEASURED = 32; // steps between two measurements in float64

    /// Refuses kernels without a proof that they are positive definite.
    public KernelRidge {
        check(kernel, lambda);
    }

    static void check(Kernel kernel, double lambda) {
        if (!Objective.usable(lambda)) {
            throw new IllegalArgumentException(
                    "ridge regression needs a finite λ > 0, got " + lambda);
        }
        if (!kernel.traits().proved(Trait.POSITIVE_DEFINITE)) {
            throw new IllegalArgumentException(
                    "ridge regression minimises a norm, and "
                            + kernel.name()
                            + " is not proved positive definite; use KreinLeastSquares");
        }
    }

    /// By Cholesky's factorisation: `n²` numbers, `n³/3` multiplications.
    public LeastSquares direct(Array x, double... z) {
        double[] own = RegularisationNetwork.checked(x, z);
        Array centres = x.cast(DType.FLOAT64);
        Array k = KernelBlocks.matrix(kernel, centres, centres);
        double[] c =
                Decompositions.cholesky(Dense.shifted(k, lambda))
                        .solve(Array.vector(own))
                        .toDoubles();
        double[] fitted = Dense.times(k, c);
        return LeastSquares.ridge(
                new KernelModel(kernel, centres, Dense.column(c)),
                lambda,
                z,
                c,
                fitted,
                "Cholesky",
                0);
    }

    /// By conjugate gradients with the preconditioner of a Nyström approximation ([Nystrom]) from
    /// so many random landmarks, until the residual is `10⁻⁶ ‖z‖`.
    ///
    /// The kernel is evaluated tile by tile at each step, in the points' type; `n` times landmarks
    /// numbers are kept. What is returned is measured in float64, as the model predicts: of the
    /// last step, every 32nd and zero the one with the smallest gap that is no worse than zero. In
    /// float32 a λ below `n 2⁻²⁴` is lost in the kernel's rounding; the report says so. Few steps
    /// are needed once the landmarks exceed twice the effective dimension `tr K(K + λ)⁻¹`. Source:
    /// Frangella, Tropp & Udell 2023.
    public LeastSquares iterative(Array x, double[] z, int landmarks, RandomStream random) {
        double[] r = RegularisationNetwork.checked(x, z);
        Nystrom nystrom = Nystrom.of(kernel, x, landmarks, random);
        double goal = TOLERANCE * Math.sqrt(Dense.dot(z, z));
        double[] c = new double[z.length];
        Array centres = x.cast(DType.FLOAT64);
        LeastSquares zero = measured(centres, z, c, 0);
        LeastSquares best = zero;
        double[] s = nystrom.inverse(lambda, r);
        double[] d = s.clone();
        double rs = Dense.dot(r, s);
        int steps = 0;
        while (Math.sqrt(Dense.dot(r, r)) > goal && steps < MOST_STEPS) {
            double[] kd = shiftedTimes(x, d);
            double curvature = Dense.dot(d, kd);
            if (!(curvature > 0)) {
                break; // of rounding alone: the matrix is positive definite
            }
            double rate = rs / curvature;
            for (int i = 0; i < c.length; i++) {
                c[i] += rate * d[i];
                r[i] -= rate * kd[i];
            }
            s = nystrom.inverse(lambda, r);
            double next = Dense.dot(r, s);
            for (int i = 0; i < d.length; i++) {
                d[i] = s[i] + next / rs * d[i];
            }
            rs = next;
            steps++;
            if (steps % MEASURED == 0) {
                best = better(best, measured(centres, z, c, steps), zero);
            }
        }
        return better(best, measured(centres, z, c, steps), zero);
    }

    /// The ridge regression with these coefficients, measured in float64.
    private LeastSquares measured(Array centres, double[] z, double[] c, int steps) {
        return LeastSquares.ridge(
                new KernelModel(kernel, centres, Dense.column(c.clone())),
                lambda,
                z,
                c,
                KernelBlocks.times(kernel, centres, centres, c),
                "conjugate gradients with Nyström's preconditioner",
                steps);
    }

    private static LeastSquares better(LeastSquares best, LeastSquares now, LeastSquares zero) {
        boolean useful = now.report().objective() <= zero.report().objective();
        return useful && now.gap() < best.gap() ? now : best;
    }

    /// `(K + λ) d`.
    private double[] shiftedTimes(Array x, double[] d) {
        double[] out = KernelBlocks.times(kernel, x, x, d);
        for (int i = 0; i < out.length; i++) {
            out[i] += lambda * d[i];
        }
        return out;
    }

    /// `K ≈ U Σ Uᵀ` from landmarks among the points.
    private record Nystrom(Array u, double[] sigma) {
        static Nystrom of(Kernel kernel, Array x, int landmarks, RandomStream random) {
            int n = x.dim(0);
            int m = Math.min(landmarks, n);
            if (m < 1) {
                throw new IllegalArgumentException(
                        "the preconditioner needs at least one landmark, got " + landmarks);
            }
            int[] chosen = Arrays.copyOf(random.permutation(n), m);
            Array marks = rows(x, chosen);
            Array inner = KernelBlocks.matrix(kernel, marks, marks);
            double trace = 0;
            for (int i = 0; i < m; i++) {
                trace += inner.get(i, i);
            }
            if (trace == 0) { // K is zero at these: there is nothing to precondition with
                return new Nystrom(Dense.zeros(n, m), new double[m]);
            }
            // The shift that makes the rounded matrix factorise: n u tr K and more (Higham 2002,
            // ch. 10).
            double shift = 16 * m * DType.FLOAT64.unitRoundoff() * trace;
            Array lower = Decompositions.cholesky(Dense.shifted(inner, shift)).lower();
            Array across = KernelBlocks.matrix(kernel, x, marks); // [n, m]
            Array half = solvedRight(across, lower); // across L⁻ᵀ
            var eigen = Decompositions.symmetricEigen(Dense.transposedTimes(half, half));
            double[] sigma = eigen.values().toDoubles();
            double[] scale = new double[m];
            for (int i = 0; i < m; i++) {
                boolean seen = sigma[i] > 1e-14 * sigma[m - 1];
                scale[i] = seen ? 1 / Math.sqrt(sigma[i]) : 0;
                sigma[i] = seen ? sigma[i] : 0;
            }
            Array u = Dense.times(half, Dense.scaledColumns(eigen.vectors(), scale));
            return new Nystrom(u, sigma);
        }

        /// `B L⁻ᵀ` by blocks of rows: `L⁻¹` is made once.
        private static Array solvedRight(Array b, Array lower) {
            int m = lower.dim(0);
            double[] l = lower.toDoubles();
            double[] inverse = new double[m * m];
            for (int j = 0; j < m; j++) {
                inverse[j * m + j] = 1 / l[j * m + j];
                for (int i = j + 1; i < m; i++) {
                    double sum = 0;
                    for (int k = j; k < i; k++) {
                        sum += l[i * m + k] * inverse[k * m + j];
                    }
                    inverse[i * m + j] = -sum / l[i * m + i];
                }
            }
            return Dense.timesTransposed(b, Array.of(Shape.of(m, m), inverse));
        }

        private static Array rows(Array x, int[] at) {
            int d = x.dim(1);
            double[] all = x.toDoubles();
            double[] out = new double[at.length * d];
            for (int i = 0; i < at.length; i++) {
                System.arraycopy(all, at[i] * d, out, i * d, d);
            }
            return Array.of(Shape.of(at.length, d), out);
        }

        /// `P⁻¹ r = (σ₁ + λ) U (Σ + λ)⁻¹ Uᵀ r + r - U Uᵀ r`, with the least `σ` for `σ₁`.
        double[] inverse(double lambda, double[] r) {
            double least = sigma[0];
            double[] ur = Dense.transposedTimes(u, r);
            for (int i = 0; i < ur.length; i++) {
                ur[i] *= (least + lambda) / (sigma[i] + lambda) - 1;
            }
            double[] out = Dense.times(u, ur);
            for (int i = 0; i < out.length; i++) {
                out[i] += r[i];
            }
            return out;
        }
    }
}
