package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.linalg.Decompositions;

/// The least `B` that is proved to have `|Σ sₒ f(x_{i(o)}) g(y_{j(o)})| ≤ B ‖f‖ ‖g‖` for all
/// functions of two spaces.
///
/// In Hilbert spaces the largest singular value of `K^½ S L^½`. For features `vᵀ A u` with `A = Φᵀ
/// S Ψ`: the largest singular value times `‖v‖₂/‖v‖ₚ` of each, Hölder's inequality by rows, and for
/// conjugate exponents that of Riesz and Thorin. For any space, `|f(x)| ≤ ‖κ(x, ·)‖ ‖f‖`.
final class BilinearBound {
    private static final double ROUNDING = 1 + 1e-10; // of decompositions up to thousands of rows

    private BilinearBound() {}

    static double of(Trace queries, Trace keys, Responses responses, double[] s) {
        double[] f = sections(queries);
        double[] g = sections(keys);
        double bound = 0;
        double[] sums = new double[queries.size() * keys.size()];
        for (int o = 0; o < s.length; o++) {
            bound += Math.abs(s[o]) * f[responses.row(o)] * g[responses.column(o)];
            sums[responses.row(o) * keys.size() + responses.column(o)] += s[o];
        }
        Array matrix = Array.of(Shape.of(queries.size(), keys.size()), sums);
        if (queries.norm().p() == 2 && keys.norm().p() == 2) {
            Array form = Dense.times(Dense.transposedTimes(root(queries), matrix), root(keys));
            bound = Math.min(bound, largest(form));
        } else if (queries.features().isPresent() && keys.features().isPresent()) {
            Array left = queries.features().orElseThrow();
            Array right = keys.features().orElseThrow();
            Array a = Dense.times(Dense.transposedTimes(left, matrix), right);
            bound = Math.min(bound, byFeatures(a, queries.norm(), keys.norm()));
        }
        return bound * ROUNDING;
    }

    /// `‖κ(xᵢ, ·)‖`.
    private static double[] sections(Trace trace) {
        int n = trace.size();
        double[] norms = new double[n];
        for (int i = 0; i < n; i++) {
            double[] unit = new double[n];
            unit[i] = 1;
            norms[i] = Math.sqrt(2 * trace.energy(unit, new double[n]));
        }
        return norms;
    }

    /// `R` with `R Rᵀ = K`.
    private static Array root(Trace trace) {
        var eigen = Decompositions.symmetricEigen(trace.gram());
        double[] values = eigen.values().toDoubles();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sqrt(Math.max(0, values[i]));
        }
        return Dense.scaledColumns(eigen.vectors(), values);
    }

    private static double largest(Array a) {
        return Decompositions.singularValues(a).at(0);
    }

    private static double byFeatures(Array a, Lp left, Lp right) {
        double[] entries = a.toDoubles();
        int rows = a.dim(0);
        int columns = a.dim(1);
        double[] byRow = new double[rows];
        double[] row = new double[columns];
        double[] rowSums = new double[rows];
        double[] columnSums = new double[columns];
        for (int n = 0; n < rows; n++) {
            System.arraycopy(entries, n * columns, row, 0, columns);
            byRow[n] = right.conjugate().norm(row);
            for (int m = 0; m < columns; m++) {
                rowSums[n] += Math.abs(row[m]);
                columnSums[m] += Math.abs(row[m]);
            }
        }
        double bound = left.conjugate().norm(byRow);
        bound = Math.min(bound, largest(a) * spread(rows, left) * spread(columns, right));
        double p = left.p();
        if (Math.abs(1 / p + 1 / right.p() - 1) < 1e-15) {
            // |vᵀAu| ≤ ‖v‖ₚ ‖A u‖ with the norm of A on ℓ^p', between those on ℓ¹ and on ℓ^∞.
            double thorin = Math.pow(most(columnSums), 1 - 1 / p);
            bound = Math.min(bound, thorin * Math.pow(most(rowSums), 1 / p));
        }
        return bound;
    }

    /// The largest `‖v‖₂/‖v‖ₚ` in so many dimensions.
    private static double spread(int d, Lp norm) {
        return Math.pow(d, Math.max(0, 0.5 - 1 / norm.p()));
    }

    private static double most(double[] v) {
        double most = 0;
        for (double x : v) {
            most = Math.max(most, x);
        }
        return most;
    }
}
