package nonmercer.machine;

import java.util.ArrayList;
import java.util.List;

/// Linearly independent atoms of a dictionary as `Φ_A = Q R`, one added after the other by Gram and
/// Schmidt's method, twice (Giraud, Langou & Rozložník 2005: then Q is orthonormal to rounding).
final class IndependentAtoms {
    /// What a dependent atom leaves, of its length: Gram and Schmidt's method twice rounds by n
    /// 2⁻⁵³.
    private static final double NOTHING = 1e-11;

    private final double[] columns; // [D, n]
    private final int n;
    private final List<Integer> atoms = new ArrayList<>();
    private final List<double[]> q = new ArrayList<>();
    private final List<double[]> r = new ArrayList<>(); // columns, without their zeros

    IndependentAtoms(double[] columns, int n) {
        this.columns = columns;
        this.n = n;
    }

    int size() {
        return atoms.size();
    }

    int atom(int k) {
        return atoms.get(k);
    }

    /// Adds an atom unless it depends on those that are there.
    boolean add(int atom) {
        double[] left = column(atom);
        double length = Math.sqrt(Dense.dot(left, left));
        double[] along = removed(left);
        double rest = Math.sqrt(Dense.dot(left, left));
        if (!(rest > NOTHING * length)) {
            return false;
        }
        double[] column = new double[size() + 1];
        System.arraycopy(along, 0, column, 0, along.length);
        column[size()] = rest;
        atoms.add(atom);
        q.add(Dense.scaled(left, 1 / rest));
        r.add(column);
        return true;
    }

    /// Whether an atom is a combination of these.
    boolean spans(int atom) {
        double[] left = column(atom);
        double length = Math.sqrt(Dense.dot(left, left));
        removed(left);
        return !(Math.sqrt(Dense.dot(left, left)) > NOTHING * length);
    }

    private double[] column(int atom) {
        double[] out = new double[n];
        System.arraycopy(columns, atom * n, out, 0, n);
        return out;
    }

    /// `Qᵀ x`; takes `Q Qᵀ x` away from x.
    double[] removed(double[] x) {
        double[] along = new double[size()];
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < along.length; k++) {
                double[] direction = q.get(k);
                double by = Dense.dot(direction, x);
                along[k] += by;
                for (int i = 0; i < n; i++) {
                    x[i] -= by * direction[i];
                }
            }
        }
        return along;
    }

    /// The weights `w` of these atoms that come closest to an atom: `R w = Qᵀ φ`.
    double[] weights(int atom) {
        return solved(removed(column(atom)));
    }

    /// The sum of its weights of these with the signs that they have in v: its product with a
    /// certificate whose products with these are their signs.
    double share(int atom, double[] v) {
        double[] w = weights(atom);
        double sum = 0;
        for (int k = 0; k < w.length; k++) {
            sum += w[k] * Math.signum(v[atom(k)]);
        }
        return sum;
    }

    /// `R⁻¹ b`.
    double[] solved(double[] b) {
        double[] x = b.clone();
        for (int k = x.length - 1; k >= 0; k--) {
            double[] column = r.get(k);
            x[k] /= column[k];
            for (int i = 0; i < k; i++) {
                x[i] -= column[i] * x[k];
            }
        }
        return x;
    }

    /// `R⁻ᵀ b`.
    double[] solvedTransposed(double[] b) {
        double[] x = b.clone();
        for (int k = 0; k < x.length; k++) {
            double[] column = r.get(k);
            for (int i = 0; i < k; i++) {
                x[k] -= column[i] * x[i];
            }
            x[k] /= column[k];
        }
        return x;
    }

    /// `Q b`.
    double[] spanned(double[] b) {
        double[] out = new double[n];
        for (int k = 0; k < b.length; k++) {
            out = Dense.sum(out, b[k], q.get(k));
        }
        return out;
    }
}
