package nonmercer.machine;

import java.util.Arrays;
import java.util.stream.IntStream;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.linalg.Decompositions;
import nonmercer.linalg.SingularValues;
import org.jspecify.annotations.Nullable;

/// `min ½|z - Φ v|² + λ ‖v‖₁` over a dictionary of features: p = 1, where the norm is not smooth, a
/// representer theorem of the usual form fails, and solutions are sparse instead: one has at most
/// as many atoms as there are data (Wang & Xu 2021).
///
/// @param dictionary `Φ`, an atom a column, `[n, D]`
public record SparseLearner(Array dictionary) {
    private static final int MOST_SWEEPS = 100_000;
    private static final double TOLERANCE = 1e-13; // of ½|z|²

    /// Refuses what is no matrix.
    public SparseLearner {
        Dense.checkPoints("the dictionary's data", dictionary);
    }

    /// A solution.
    ///
    /// @param coefficients `v`, `[D]`
    /// @param certificate `ν = z - Φ v` scaled to `|Φᵀν| ≤ λ`: it proves the gap
    /// @param objective the value reached
    /// @param gap what it is above the least one, at most
    /// @param sweeps of coordinate descent
    /// @param uniqueness whether this is the only solution
    public record Solution(
            double[] coefficients,
            double[] certificate,
            double objective,
            double gap,
            int sweeps,
            Uniqueness uniqueness) {
        /// The atoms in use.
        public int[] support() {
            return used(coefficients);
        }
    }

    /// `|Φᵀ z|∞`: from here on the solution is zero.
    public double largestUseful(double... z) {
        double most = 0;
        for (double c : Dense.transposedTimes(dictionary, z)) {
            most = Math.max(most, Math.abs(c));
        }
        return most;
    }

    /// Cyclic coordinate descent; then atoms are traded away until those in use are linearly
    /// independent, which changes neither the prediction nor the norm.
    public Solution solve(double lambda, double... z) {
        if (!(lambda > 0) || z.length != dictionary.dim(0)) {
            throw new IllegalArgumentException(
                    "expected λ > 0 and "
                            + dictionary.dim(0)
                            + " responses, got "
                            + lambda
                            + " and "
                            + z.length);
        }
        double[] columns = Dense.transposed(dictionary).toDoubles(); // [D, n]
        int n = z.length;
        int atoms = dictionary.dim(1);
        double[] v = new double[atoms];
        double[] r = z.clone();
        double[] squares = new double[atoms];
        for (int a = 0; a < atoms; a++) {
            for (int i = 0; i < n; i++) {
                squares[a] += columns[a * n + i] * columns[a * n + i];
            }
        }
        double scale = Dense.dot(z, z) / 2;
        int sweeps = 0;
        Bounds bounds = bounds(lambda, z, v, r);
        while (bounds.gap > TOLERANCE * scale && sweeps < MOST_SWEEPS) {
            for (int a = 0; a < atoms; a++) {
                if (squares[a] > 0) {
                    v[a] = descend(columns, a * n, v[a], squares[a], lambda, r);
                }
            }
            sweeps++;
            if (sweeps % 10 == 0) {
                bounds = bounds(lambda, z, v, r);
            }
        }
        double[] thin = thinned(v);
        double[] left = z.clone();
        double[] fitted = Dense.times(dictionary, thin);
        for (int i = 0; i < n; i++) {
            left[i] -= fitted[i];
        }
        bounds = bounds(lambda, z, thin, left);
        return new Solution(
                thin, bounds.nu, bounds.primal, bounds.gap, sweeps, uniqueness(lambda, bounds));
    }

    private static double descend(
            double[] columns, int at, double v, double square, double lambda, double[] r) {
        double pull = v * square;
        for (int i = 0; i < r.length; i++) {
            pull += columns[at + i] * r[i];
        }
        double next = Math.signum(pull) * Math.max(0, Math.abs(pull) - lambda) / square;
        if (next != v) {
            for (int i = 0; i < r.length; i++) {
                r[i] -= (next - v) * columns[at + i];
            }
        }
        return next;
    }

    private record Bounds(double primal, double gap, double[] nu) {}

    private Bounds bounds(double lambda, double[] z, double[] v, double[] r) {
        double shrink = Math.min(1, lambda / Math.max(Double.MIN_NORMAL, largestUseful(r)));
        double[] nu = Dense.scaled(r, shrink);
        double primal = Dense.dot(r, r) / 2;
        for (double c : v) {
            primal += lambda * Math.abs(c);
        }
        double dual = 0;
        for (int i = 0; i < z.length; i++) {
            dual += (z[i] * z[i] - (z[i] - nu[i]) * (z[i] - nu[i])) / 2;
        }
        return new Bounds(primal, Math.max(0, primal - dual), nu);
    }

    private static int[] used(double[] v) {
        return IntStream.range(0, v.length).filter(a -> v[a] != 0).toArray();
    }

    /// Moves along null vectors of the atoms in use until one of them is used no more.
    private double[] thinned(double[] v) {
        double[] now = v.clone();
        while (true) {
            int[] used = used(now);
            double[] along = used.length == 0 ? null : nullVector(used);
            if (along == null) {
                return now;
            }
            int out = 0;
            double step = Double.POSITIVE_INFINITY;
            for (int k = 0; k < used.length; k++) {
                double to = -now[used[k]] / along[k];
                if (along[k] != 0 && Math.abs(to) < Math.abs(step)) {
                    step = to;
                    out = k;
                }
            }
            for (int k = 0; k < used.length; k++) {
                now[used[k]] += step * along[k];
            }
            now[used[out]] = 0;
        }
    }

    private double @Nullable [] nullVector(int[] used) {
        int n = dictionary.dim(0);
        double[] part = new double[n * used.length];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < used.length; k++) {
                part[i * used.length + k] = dictionary.get(i, used[k]);
            }
        }
        Array atoms = Array.of(Shape.of(n, used.length), part);
        SingularValues svd = Decompositions.svd(Dense.transposedTimes(atoms, atoms));
        int last = used.length - 1;
        if (svd.s().at(last) > 1e-13 * svd.s().at(0)) {
            return null;
        }
        double[] out = new double[used.length];
        for (int k = 0; k < used.length; k++) {
            out[k] = svd.v().get(k, last);
        }
        return out;
    }

    /// Unique if the gap is closed and the atoms that touch the bound `|φᵀν| = λ` are linearly
    /// independent.
    private Uniqueness uniqueness(double lambda, Bounds bounds) {
        if (!Report.close(bounds.gap, bounds.primal)) {
            return new Uniqueness.Unknown(
                    "the sweeps ended before the gap closed, so another may be better");
        }
        double[] touch = Dense.transposedTimes(dictionary, bounds.nu);
        int[] at = new int[touch.length];
        int found = 0;
        for (int a = 0; a < touch.length; a++) {
            if (Math.abs(touch[a]) >= lambda * (1 - 1e-7)) {
                at[found++] = a;
            }
        }
        int[] touching = Arrays.copyOf(at, found);
        if (found == 0 || nullVector(touching) == null) {
            return new Uniqueness.Unique(
                    "the " + found + " atoms that reach the bound are linearly independent");
        }
        return new Uniqueness.Unknown(
                found
                        + " atoms reach the bound and are linearly dependent: other weights of them may do as well");
    }
}
