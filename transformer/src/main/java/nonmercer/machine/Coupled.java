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
    private final int responses;
    private final int points;

    private Coupled(List<Term> terms, int responses) {
        this.terms = terms;
        this.responses = responses;
        this.points = terms.stream().mapToInt(t -> t.trace().size()).sum();
    }

    static Coupled of(List<Term> terms, int responses) {
        return new Coupled(terms, responses);
    }

    /// `d = C⁻¹(-g - Bᵀ y)` with `(I + H W) y = H B C⁻¹(-g)`, `W = B C⁻¹ Bᵀ`; null where rounding
    /// leaves no solution.
    double @Nullable [] solve(List<Array> curvatures, double[] inverse, double[] g) {
        double[] w = new double[points * points];
        double[] r = new double[points];
        for (int o = 0; o < responses; o++) {
            scatter(o, inverse[o], -g[o] * inverse[o], w, r);
        }
        Array hw = times(curvatures, Array.of(Shape.of(points, points), w));
        Array hr = times(curvatures, Dense.column(r));
        double[] y = new double[points];
        LinearSolverDense<DMatrixRMaj> lu = LinearSolverFactory_DDRM.lu(points);
        if (!lu.setA(DMatrixRMaj.wrap(points, points, Dense.shifted(hw, 1).toDoubles()))) {
            return null;
        }
        lu.solve(DMatrixRMaj.wrap(points, 1, hr.toDoubles()), DMatrixRMaj.wrap(points, 1, y));
        double[] d = new double[responses];
        for (int o = 0; o < responses; o++) {
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

    /// Adds a response's part of `B C⁻¹ Bᵀ` and of `B C⁻¹(-g)`.
    private void scatter(int o, double inverse, double right, double[] w, double[] r) {
        int first = 0;
        for (Term s : terms) {
            int i = first + s.point()[o];
            r[i] += s.weight()[o] * right;
            int second = 0;
            for (Term t : terms) {
                w[i * points + second + t.point()[o]] += s.weight()[o] * t.weight()[o] * inverse;
                second += t.trace().size();
            }
            first += s.trace().size();
        }
    }

    /// The block diagonal of the curvatures over λ, times a matrix of all points.
    private Array times(List<Array> curvatures, Array a) {
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
