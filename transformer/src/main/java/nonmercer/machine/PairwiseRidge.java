package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.kernel.Kernel;
import nonmercer.linalg.Decompositions;
import nonmercer.linalg.SymmetricEigen;

/// `F(x, y) = ⟨Φ(x), W Ψ(y)⟩` with `min ½ Σ (zᵢⱼ - F(xᵢ, yⱼ))² + λ/2 ‖W‖²`, the norm that of
/// Hilbert and Schmidt: a response of a pair that is no sum and no product of two.
///
/// `F(x, y) = Σᵢⱼ k(x, xᵢ) Aᵢⱼ l(yⱼ, y)`; with a response for every pair `A = U [(Uᵀ Z V)ᵢⱼ/(sᵢ tⱼ
/// + λ)] Vᵀ` from the eigenvectors of the two Gram matrices, in `n³ + m³` instead of `(nm)³`
///   operations. Source: Abernethy, Bach, Evgeniou & Vert 2009.
///
/// @param queries a positive definite kernel of queries
/// @param keys a positive definite kernel of keys
/// @param lambda the penalty, above 0
public record PairwiseRidge(Kernel queries, Kernel keys, double lambda) {
    private static final double TOLERANCE = 1e-10; // of ‖z‖
    private static final int MOST_STEPS = 2000;

    /// Refuses kernels that are not proved positive definite.
    public PairwiseRidge {
        KernelRidge.check(queries, lambda);
        KernelRidge.check(keys, lambda);
    }

    /// A fitted function of pairs.
    ///
    /// @param weights `A`, `[n, m]`
    /// @param report how it was solved, and whether there is another solution
    public record Model(PairwiseRidge problem, Array x, Array y, Array weights, Report report) {
        /// What the objective is above the least one, at most.
        public double gap() {
            return report.gap();
        }

        /// Of conjugate gradients, 0 for the closed form.
        public int steps() {
            return report.steps();
        }

        /// `F` for every pair, `[n', d] × [m', d'] → [n', m']`, in blocks.
        public Array predict(Array otherX, Array otherY) {
            Array left = KernelBlocks.times(problem.queries, otherX, x, weights); // [n', m]
            return Dense.transposed(
                    KernelBlocks.times(problem.keys, otherY, y, Dense.transposed(left)));
        }

        /// `‖W‖² = tr Aᵀ K A L`.
        public double squaredNorm() {
            Array ka = KernelBlocks.times(problem.queries, x, x, weights);
            Array al = KernelBlocks.times(problem.keys, y, y, Dense.transposed(weights));
            return Dense.dot(ka.toDoubles(), Dense.transposed(al).toDoubles());
        }
    }

    /// The minimiser: in closed form if every pair has a response, else by conjugate gradients on
    /// the observed pairs. The model keeps its points in float64 and evaluates the kernels so.
    public Model solve(Array x, Array y, Responses z) {
        z.checkOf(x, y);
        Array wideX = x.cast(DType.FLOAT64);
        Array wideY = y.cast(DType.FLOAT64);
        Array k = KernelBlocks.matrix(queries, wideX, wideX);
        Array l = KernelBlocks.matrix(keys, wideY, wideY);
        return z.complete() ? closed(wideX, wideY, k, l, z) : iterative(wideX, wideY, k, l, z);
    }

    private Model closed(Array x, Array y, Array k, Array l, Responses responses) {
        int n = k.dim(0);
        int m = l.dim(0);
        Array z = Array.of(Shape.of(n, m), responses.values());
        SymmetricEigen left = Decompositions.symmetricEigen(k);
        SymmetricEigen right = Decompositions.symmetricEigen(l);
        double[] turned =
                Dense.times(Dense.transposedTimes(left.vectors(), z), right.vectors()).toDoubles();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                turned[i * m + j] /= left.values().at(i) * right.values().at(j) + lambda;
            }
        }
        Array a =
                Dense.timesTransposed(
                        Dense.times(left.vectors(), Array.of(Shape.of(n, m), turned)),
                        right.vectors());
        double[] fitted = Dense.times(Dense.times(k, a), l).toDoubles();
        return model(x, y, a, z.toDoubles(), a.toDoubles(), fitted, "closed form", 0);
    }

    /// @param c the coefficient of each response
    /// @param fitted the prediction of each response
    private Model model(
            Array x,
            Array y,
            Array weights,
            double[] z,
            double[] c,
            double[] fitted,
            String method,
            int steps) {
        double residual = LeastSquares.residual(lambda, z, c, fitted);
        return new Model(
                this,
                x,
                y,
                weights,
                Report.ofOne(
                        method,
                        LeastSquares.objective(lambda, z, c, fitted),
                        residual * residual / 2,
                        steps,
                        "λ/2 ‖W‖² is strictly convex, so that there is one operator"));
    }

    /// `(S (K ⊗ L) Sᵀ + λ) a = z`, S the choice of observed pairs; the product is never formed.
    private Model iterative(Array x, Array y, Array k, Array l, Responses z) {
        double[] a = new double[z.size()];
        double[] r = z.values().clone();
        double[] d = r.clone();
        double rr = Dense.dot(r, r);
        double goal = TOLERANCE * TOLERANCE * rr;
        int steps = 0;
        while (rr > goal && steps < MOST_STEPS) {
            double[] kd = apply(k, l, z, d);
            double rate = rr / Dense.dot(d, kd);
            for (int o = 0; o < a.length; o++) {
                a[o] += rate * d[o];
                r[o] -= rate * kd[o];
            }
            double next = Dense.dot(r, r);
            for (int o = 0; o < d.length; o++) {
                d[o] = r[o] + next / rr * d[o];
            }
            rr = next;
            steps++;
        }
        double[] fitted = Dense.sum(apply(k, l, z, a), -lambda, a);
        return model(x, y, scattered(z, a), z.values(), a, fitted, "conjugate gradients", steps);
    }

    private static Array scattered(Responses z, double[] a) {
        double[] all = new double[z.rows() * z.columns()];
        for (int o = 0; o < a.length; o++) {
            all[z.row(o) * z.columns() + z.column(o)] += a[o];
        }
        return Array.of(Shape.of(z.rows(), z.columns()), all);
    }

    private double[] apply(Array k, Array l, Responses z, double[] a) {
        Array all = Dense.times(Dense.times(k, scattered(z, a)), l);
        double[] out = new double[a.length];
        for (int o = 0; o < a.length; o++) {
            out[o] = all.get(z.row(o), z.column(o)) + lambda * a[o];
        }
        return out;
    }
}
