package nonmercer.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import nonmercer.array.Array;
import nonmercer.machine.DualNewton.Term;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.jspecify.annotations.Nullable;

/// The Newton system of a dual as least squares: `(C + Bᵀ L Lᵀ B) y = -g` where `y = C⁻¹(A u - g)`,
/// `A = Bᵀ L`, and u minimises `|u|² + |C^{-½}(A u - g)|²`; then `u = -Lᵀ B y`.
///
/// Near a solution C spans all orders. Products of A with itself lose what is small, and so does
/// `Lᵀ B y` with the y that is computed: the functions' steps are to be taken from u. Householder's
/// factorisation with columns exchanged and the rows sorted by size keeps the digits of each row
/// (Cox & Higham 1998).
final class Stacked {
    private static final int TIES = 3; // each leaves what Lᵀ B y is to C^½ y

    private final double[] root; // C^{-½}
    private final double[] a; // [responses, columns], without C
    private final int[] widths; // of each L
    private final int columns;
    private final Integer[] order;
    private final LinearSolverDense<DMatrixRMaj> qr;

    /// @param y by response
    /// @param u by function
    record Answer(double[] y, List<double[]> u) {}

    private Stacked(List<Term> terms, List<Array> roots, double[] inverse) {
        int m = inverse.length;
        widths = roots.stream().mapToInt(l -> l.dim(1)).toArray();
        columns = Arrays.stream(widths).sum();
        root = Arrays.stream(inverse).map(Math::sqrt).toArray();
        a = new double[m * columns];
        int first = 0;
        for (int s = 0; s < terms.size(); s++) {
            double[] l = roots.get(s).toDoubles();
            for (int o = 0; o < m; o++) {
                int from = terms.get(s).point()[o] * widths[s];
                for (int k = 0; k < widths[s]; k++) {
                    a[o * columns + first + k] = terms.get(s).weight()[o] * l[from + k];
                }
            }
            first += widths[s];
        }
        double[] size = new double[m + columns];
        Arrays.fill(size, 1);
        for (int o = 0; o < m; o++) {
            double most = 0;
            for (int k = 0; k < columns; k++) {
                most = Math.max(most, Math.abs(a[o * columns + k]));
            }
            size[o] = root[o] * most;
        }
        order = IntStream.range(0, m + columns).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> -size[i]));
        qr = LinearSolverFactory_DDRM.leastSquaresQrPivot(false, false);
    }

    /// Factorises; null where something is no number.
    ///
    /// @param roots `L` of each function, `[points, ·]`
    /// @param inverse the diagonal of `C⁻¹`
    static @Nullable Stacked of(List<Term> terms, List<Array> roots, double[] inverse) {
        Stacked s = new Stacked(terms, roots, inverse);
        int m = inverse.length;
        DMatrixRMaj rows = new DMatrixRMaj(m + s.columns, s.columns);
        for (int i = 0; i < s.order.length; i++) {
            int row = s.order[i];
            if (row >= m) {
                rows.set(i, row - m, 1);
                continue;
            }
            for (int k = 0; k < s.columns; k++) {
                double entry = s.root[row] * s.a[row * s.columns + k];
                if (!Double.isFinite(entry)) {
                    return null;
                }
                rows.set(i, k, entry);
            }
        }
        return s.qr.setA(rows) ? s : null;
    }

    /// The solution; null where rounding leaves none.
    @Nullable Answer solve(double[] g) {
        int m = g.length;
        DMatrixRMaj right = new DMatrixRMaj(m + columns, 1);
        for (int i = 0; i < order.length; i++) {
            right.set(i, 0, order[i] < m ? root[order[i]] * g[order[i]] : 0);
        }
        DMatrixRMaj x = new DMatrixRMaj(columns, 1);
        qr.solve(right, x);
        double[] y = new double[m];
        for (int o = 0; o < m; o++) {
            double t = -g[o];
            for (int k = 0; k < columns; k++) {
                t += a[o * columns + k] * x.data[k];
            }
            y[o] = root[o] * root[o] * t;
            if (!Double.isFinite(y[o])) {
                return null;
            }
        }
        List<double[]> u = new ArrayList<>();
        int first = 0;
        for (int width : widths) {
            u.add(Arrays.copyOfRange(x.data, first, first + width));
            first += width;
        }
        return new Answer(y, u);
    }

    /// `y` corrected to `Lᵀ B y = -u`, which rounding has lost where K is far above C: by the
    /// changes that are least in `C`.
    double[] tied(double[] y, List<double[]> u) {
        int m = y.length;
        double[] out = y.clone();
        for (int pass = 0; pass < TIES; pass++) {
            double[] miss = new double[columns];
            int first = 0;
            for (double[] part : u) {
                for (int k = 0; k < part.length; k++) {
                    miss[first + k] = -part[k];
                }
                first += part.length;
            }
            for (int o = 0; o < m; o++) {
                for (int k = 0; k < columns; k++) {
                    miss[k] -= a[o * columns + k] * out[o];
                }
            }
            DMatrixRMaj right = new DMatrixRMaj(m + columns, 1);
            for (int i = 0; i < order.length; i++) {
                right.set(i, 0, order[i] < m ? 0 : miss[order[i] - m]);
            }
            DMatrixRMaj x = new DMatrixRMaj(columns, 1);
            qr.solve(right, x);
            for (int o = 0; o < m; o++) {
                double by = 0;
                for (int k = 0; k < columns; k++) {
                    by += a[o * columns + k] * x.data[k];
                }
                out[o] += root[o] * root[o] * by;
            }
        }
        return out;
    }
}
