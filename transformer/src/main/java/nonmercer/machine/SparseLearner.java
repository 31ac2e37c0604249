package nonmercer.machine;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import nonmercer.array.Array;

/// `min ½|z - Φ v|² + λ ‖v‖₁` over a dictionary of features: p = 1, where the norm is not smooth, a
/// representer theorem of the usual form fails, and solutions are sparse instead: one has at most
/// as many atoms as there are data (Wang & Xu 2021).
///
/// All solutions predict the same and have the same norm; there may be many of them.
///
/// @param dictionary `Φ`, an atom a column, `[n, D]`
public record SparseLearner(Array dictionary) {
    private static final int MOST_SWEEPS = 200;
    private static final double TOLERANCE = 1e-13; // of the objective
    private static final double CLOSED = 1e-12; // of the objective: a gap of rounding
    private static final double TOUCHES = 1e-7; // of λ: may be at the bound
    private static final double SURELY = 1e-10; // of λ: is at the bound

    /// Refuses what is no matrix of finite numbers.
    public SparseLearner {
        Dense.checkPoints("the dictionary's data", dictionary);
    }

    /// A solution.
    ///
    /// @param coefficients `v`, `[D]`
    /// @param certificate `ν = z - Φ v` scaled to `|Φᵀν| ≤ λ`: it proves the gap
    /// @param sweeps of coordinate descent
    /// @param report how it was solved, and whether this is the only solution; its steps are those
    ///   of the active set
    /// @param another another solution, where one is known: on the atoms in use and one more
    public record Solution(
            double[] coefficients,
            double[] certificate,
            int sweeps,
            Report report,
            Optional<double[]> another) {
        /// The atoms in use.
        public int[] support() {
            return used(coefficients);
        }

        /// The value reached.
        public double objective() {
            return report.objective();
        }

        /// What the objective is above the least one, at most.
        public double gap() {
            return report.gap();
        }

        /// Whether this is the only solution.
        public Uniqueness uniqueness() {
            return report.uniqueness();
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

    /// Sweeps of coordinate descent, then steps of the active set ([ActiveSet]) until it is that of
    /// a minimum. The atoms in use are linearly independent.
    public Solution solve(double lambda, double... z) {
        if (!Objective.usable(lambda) || z.length != dictionary.dim(0)) {
            throw new IllegalArgumentException(
                    "expected a finite λ > 0 and "
                            + dictionary.dim(0)
                            + " responses, got "
                            + lambda
                            + " and "
                            + z.length);
        }
        Responses.checkFinite(z);
        double[] columns = Dense.transposed(dictionary).toDoubles(); // [D, n]
        double[] v = new double[dictionary.dim(1)];
        Bounds bounds = bounds(lambda, z, v, z);
        if (largestUseful(z) <= lambda) {
            String reason = "all solutions have the same norm, and this one is zero";
            return solution(v, bounds, 0, 0, new Uniqueness.Unique(reason), Optional.empty());
        }
        int sweeps = descend(columns, lambda, z, v);
        ActiveSet active = new ActiveSet(columns, z, lambda, v).run();
        double[] found = active.weights();
        bounds = bounds(lambda, z, found, active.residual());
        if (!Report.close(bounds.gap, bounds.primal)) {
            String reason = "the steps ended before the gap closed, so another may be better";
            return solution(
                    found,
                    bounds,
                    sweeps,
                    active.steps(),
                    new Uniqueness.Unknown(reason),
                    Optional.empty());
        }
        Others others = others(columns, lambda, z, found, bounds);
        return solution(found, bounds, sweeps, active.steps(), others.uniqueness, others.another);
    }

    private static Solution solution(
            double[] v,
            Bounds bounds,
            int sweeps,
            int steps,
            Uniqueness uniqueness,
            Optional<double[]> another) {
        String method = steps == 0 ? "closed form" : "coordinate descent, then its active set";
        boolean close = Report.close(bounds.gap, bounds.primal);
        Report report = new Report(method, bounds.primal, bounds.gap, close, steps, uniqueness);
        return new Solution(v, bounds.nu, sweeps, report, another);
    }

    /// Sweeps until the gap closes or they are too many: how many there were.
    private int descend(double[] columns, double lambda, double[] z, double[] v) {
        int n = z.length;
        double[] r = z.clone();
        double[] squares = new double[v.length];
        for (int a = 0; a < v.length; a++) {
            for (int i = 0; i < n; i++) {
                squares[a] += columns[a * n + i] * columns[a * n + i];
            }
        }
        int sweeps = 0;
        Bounds bounds = bounds(lambda, z, v, r);
        while (bounds.gap > TOLERANCE * bounds.primal && sweeps < MOST_SWEEPS) {
            for (int a = 0; a < v.length; a++) {
                if (squares[a] > 0) {
                    v[a] = descend(columns, a * n, v[a], squares[a], lambda, r);
                }
            }
            sweeps++;
            if (sweeps % 10 == 0) {
                bounds = bounds(lambda, z, v, r);
            }
        }
        return sweeps;
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

    /// The dual is `ν·z - ½|ν|²` over `|Φᵀν| ≤ λ`; the primal is measured, not taken from r.
    private Bounds bounds(double lambda, double[] z, double[] v, double[] r) {
        double shrink = Math.min(1, lambda / Math.max(Double.MIN_NORMAL, largestUseful(r)));
        double[] nu = Dense.scaled(r, shrink);
        double primal = objective(lambda, z, v);
        double dual = 0;
        for (int i = 0; i < z.length; i++) {
            dual += nu[i] * (z[i] - nu[i] / 2);
        }
        return new Bounds(primal, Math.max(0, primal - dual), nu);
    }

    private double objective(double lambda, double[] z, double[] v) {
        double[] left = Dense.sum(z, -1, Dense.times(dictionary, v));
        double sum = Dense.dot(left, left) / 2;
        for (double c : v) {
            sum += lambda * Math.abs(c);
        }
        return sum;
    }

    private static int[] used(double[] v) {
        return IntStream.range(0, v.length).filter(a -> v[a] != 0).toArray();
    }

    private record Others(Uniqueness uniqueness, Optional<double[]> another) {}

    /// Every solution uses only atoms that touch the bound, `|φᵀν| = λ`, with that sign: it is the
    /// only one if these are linearly independent. One that depends on the atoms in use can take
    /// some of their weight; it touches the bound if its weights of these and their signs say so,
    /// which no rounding of a product with ν hides, however small λ is.
    private Others others(double[] columns, double lambda, double[] z, double[] v, Bounds bounds) {
        double[] touch = Dense.transposedTimes(dictionary, bounds.nu);
        IndependentAtoms inUse = new IndependentAtoms(columns, z.length);
        IndependentAtoms all = new IndependentAtoms(columns, z.length);
        boolean independent = true;
        for (int a : used(v)) {
            inUse.add(a);
            independent &= all.add(a);
        }
        boolean closed = bounds.gap <= CLOSED * bounds.primal;
        int touching = used(v).length;
        for (int a = 0; a < v.length; a++) {
            if (v[a] != 0) {
                continue;
            }
            boolean depends = inUse.spans(a);
            double share = depends ? inUse.share(a, v) : touch[a] / lambda;
            double off = depends && closed ? 0 : unsure(columns, a, z, bounds, closed) / lambda;
            if (Math.abs(share) < 1 - TOUCHES - off) {
                continue;
            }
            touching++;
            if (depends && Math.abs(share) >= 1 - SURELY) {
                double[] other = shifted(inUse, v, a, Math.signum(share));
                if (objective(lambda, z, other) <= bounds.primal * (1 + TOLERANCE)) {
                    String reason =
                            "atom " + a + " is a combination of those in use and reaches the bound";
                    String as = "as good with less weight on those and more on it";
                    return new Others(new Uniqueness.NotUnique(reason, as), Optional.of(other));
                }
            }
            independent &= all.add(a);
        }
        Uniqueness uniqueness =
                independent
                        ? new Uniqueness.Unique(
                                "the "
                                        + touching
                                        + " atoms that reach the bound are linearly independent")
                        : new Uniqueness.Unknown(
                                touching
                                        + " atoms reach the bound and are linearly dependent: other weights of them may do as"
                                        + " well");
        return new Others(uniqueness, Optional.empty());
    }

    /// What an atom's product with ν is off by at most: rounding, and where the gap is more than
    /// that, `|φ| √(2 gap)`, for the dual is strongly concave.
    private static double unsure(
            double[] columns, int atom, double[] z, Bounds bounds, boolean closed) {
        double[] phi = Arrays.copyOfRange(columns, atom * z.length, (atom + 1) * z.length);
        return ActiveSet.rounding(columns, atom, z)
                + (closed ? 0 : Math.sqrt(2 * bounds.gap * Dense.dot(phi, phi)));
    }

    /// Weight moved to an atom from those in use that it is a combination of, half as far as they
    /// keep their signs.
    private static double[] shifted(IndependentAtoms inUse, double[] v, int atom, double sign) {
        double[] w = inUse.weights(atom);
        double far = Double.POSITIVE_INFINITY;
        for (int k = 0; k < w.length; k++) {
            double weight = v[inUse.atom(k)];
            if (weight * sign * w[k] > 0) {
                far = Math.min(far, weight / (sign * w[k]));
            }
        }
        double[] other = v.clone();
        other[atom] = sign * far / 2;
        for (int k = 0; k < w.length; k++) {
            other[inUse.atom(k)] -= sign * far / 2 * w[k];
        }
        return other;
    }
}
