package nonmercer.machine;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.machine.DualNewton.Term;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.jspecify.annotations.Nullable;

/// The Newton system of a dual: responses coupled through the points they belong to.
///
/// `(C + Bᵀ H B) d = -g` with a diagonal `C` and the functions' curvatures `H`, over λ: a system of
/// all responses that is one of all points (Woodbury).
final class Coupled {
    private final List<Term> terms;
    private final List<Array> curvatures;
    private final double[] inverse;
    private final int points;
    private final LinearSolverDense<DMatrixRMaj> lu;

    private Coupled(List<Term> terms, List<Array> curvatures, double[] inverse) {
        this.terms = terms;
        this.curvatures = curvatures;
        this.inverse = inverse;
        this.points = terms.stream().mapToInt(t -> t.trace().size()).sum();
        this.lu = LinearSolverFactory_DDRM.lu(points);
    }

    /// Factorises `I + H W`, `W = B C⁻¹ Bᵀ`; null where it is singular to rounding.
    ///
    /// @param inverse the diagonal of `C⁻¹`
    static @Nullable Coupled of(List<Term> terms, List<Array> curvatures, double[] inverse) {
        Coupled system = new Coupled(terms, curvatures, inverse);
        int n = system.points;
        Array hw = system.times(Array.of(Shape.of(n, n), system.weights()));
        boolean regular = system.lu.setA(DMatrixRMaj.wrap(n, n, Dense.shifted(hw, 1).toDoubles()));
        return regular ? system : null;
    }

    /// `d = C⁻¹(-g - Bᵀ y)` with `(I + H W) y = H B C⁻¹(-g)`; null where rounding leaves no
    /// solution.
    double @Nullable [] solve(double[] g) {
        double[] r = new double[points];
        int start = 0;
        for (Term term : terms) {
            for (int o = 0; o < inverse.length; o++) {
                r[start + term.point()[o]] -= term.weight()[o] * g[o] * inverse[o];
            }
            start += term.trace().size();
        }
        double[] y = new double[points];
        double[] hr = times(Dense.column(r)).toDoubles();
        lu.solve(DMatrixRMaj.wrap(points, 1, hr), DMatrixRMaj.wrap(points, 1, y));
        double[] d = new double[inverse.length];
        for (int o = 0; o < d.length; o++) {
            double by = 0;
            int first = 0;
            for (Term term : terms) {
                by += term.weight()[o] * y[first + term.point()[o]];
                first += term.trace().size();
            }
            d[o] = inverse[o] * (-g[o] - by);
            if (!Double.isFinite(d[o])) {
                return null;
            }
        }
        return d;
    }

    /// `B C⁻¹ Bᵀ`.
    private double[] weights() {
        double[] w = new double[points * points];
        for (int o = 0; o < inverse.length; o++) {
            int first = 0;
            for (Term s : terms) {
                int i = first + s.point()[o];
                int second = 0;
                for (Term t : terms) {
                    int j = second + t.point()[o];
                    w[i * points + j] += s.weight()[o] * t.weight()[o] * inverse[o];
                    second += t.trace().size();
                }
                first += s.trace().size();
            }
        }
        return w;
    }

    /// The block diagonal of the curvatures over λ, times a matrix of all points.
    private Array times(Array a) {
        int columns = a.dim(1);
        double[] all = a.toDoubles();
        double[] out = new double[all.length];
        int first = 0;
        for (int s = 0; s < terms.size(); s++) {
            int n = curvatures.get(s).dim(0);
            double[] rows = Arrays.copyOfRange(all, first * columns, (first + n) * columns);
            double[] product =
                    Dense.times(curvatures.get(s), Array.of(Shape.of(n, columns), rows))
                            .toDoubles();
            for (int i = 0; i < product.length; i++) {
                out[first * columns + i] = product[i] / terms.get(s).lambda();
            }
            first += n;
        }
        return Array.of(a.shape(), out);
    }
}
