package nonmercer.machine;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.linalg.Decompositions;

/// `min ‖f‖` with `f(xᵢ) = zᵢ` (Lin, Zhang & Zhang 2019, Theorem 4.4).
///
/// Which increasing function of the norm is minimised does not matter; which norm does.
///
/// @param space the functions
/// @param x the points, `[n, d]`
/// @param z a value for each
public record Interpolation(Space space, Array x, double[] z) {
    private static final int MOST_STEPS = 500;
    private static final double TOLERANCE = 1e-12; // of the largest |zᵢ|
    private static final double CLOSE_ENOUGH = 1e-12; // a gap, of ½‖f‖²

    /// Checks the lengths and copies the values.
    public Interpolation {
        z = RegularisationNetwork.checked(x, z);
    }

    /// The least-norm interpolant.
    ///
    /// @param function `f`
    /// @param miss the largest `|f(xᵢ) - zᵢ|`
    /// @param gap `½‖f‖² - (c·z - ½‖Σ c κ(xᵢ, ·)‖²)`: primal minus dual, up to what it misses
    /// @param converged whether it misses no value by more than was asked, and the gap is closed;
    ///   if not, it is no interpolant, or not the one of least norm
    /// @param steps of Newton's method, 0 for a closed form
    /// @param uniqueness whether no other interpolant has as small a norm
    public record Interpolant(
            Function function,
            double miss,
            double gap,
            boolean converged,
            int steps,
            Uniqueness uniqueness) {
        static Interpolant of(
                Function function, double miss, double gap, boolean converged, int steps) {
            String convex = "a norm with an exponent between 1 and ∞ is strictly convex";
            Uniqueness uniqueness = converged ? new Uniqueness.Unique(convex) : Report.far(convex);
            return new Interpolant(function, miss, gap, converged, steps, uniqueness);
        }
    }

    /// Solves one linear system for p = 2; with features of another p by Newton's method along the
    /// central path ([LeastNorm]); without, in the dual: `min ½‖Σ c κ(xᵢ, ·)‖² - c·z`.
    ///
    /// It has converged if it misses no value by more than `10⁻⁶` of the largest, and the gap is at
    /// most `10⁻⁶` of `½‖f‖²`.
    ///
    /// @throws IllegalArgumentException if the sections at the points are linearly dependent (two
    ///   equal points are): only some values can then be interpolated
    public Interpolant solve() {
        Trace trace = space.at(x);
        int n = z.length;
        boolean byFeatures = trace.norm().p() != 2 && trace.features().isPresent();
        int rank = Decompositions.rank(byFeatures ? trace.features().orElseThrow() : trace.gram());
        if (rank < n) {
            throw new IllegalArgumentException(
                    "the sections of the kernel at these "
                            + n
                            + " points span "
                            + rank
                            + " dimensions, to rounding: only some values can be interpolated there. Leave out repeated"
                            + " points, add features, or use RegularisationNetwork");
        }
        return byFeatures ? byFeatures(trace) : inDual(trace);
    }

    private Interpolant byFeatures(Trace trace) {
        var found = LeastNorm.solve(trace.features().orElseThrow(), z, trace.norm(), CLOSE_ENOUGH);
        var f = new DualNewton.Part(found.c(), found.v());
        double norm = f.norm(trace);
        double dual = Dense.dot(f.c(), z) - trace.energy(f.c(), new double[z.length]);
        return interpolant(trace, f, f.values(trace), norm * norm / 2, dual, found.steps());
    }

    private Interpolant inDual(Trace trace) {
        Path path = newton(trace);
        double[] f = new double[z.length];
        double energy = trace.energy(path.c, f);
        double dual = Dense.dot(path.c, z) - energy;
        return interpolant(trace, new DualNewton.Part(path.c, null), f, energy, dual, path.steps);
    }

    private Interpolant interpolant(
            Trace trace,
            DualNewton.Part part,
            double[] values,
            double primal,
            double dual,
            int steps) {
        double[] off = new double[z.length];
        double lost = part.v() == null ? trace.rounding(part.c(), off) : 0;
        double miss = miss(values, off);
        double gap = Math.abs(primal - dual) + 2 * lost;
        return Interpolant.of(
                DualElement.of(space, x, trace, part.c()).function(part.v()),
                miss,
                gap,
                Report.close(miss, largest()) && Report.close(gap, primal),
                steps);
    }

    private double miss(double[] values, double[] off) {
        double miss = 0;
        for (int i = 0; i < values.length; i++) {
            miss = Math.max(miss, Math.abs(values[i] - z[i]) + off[i]);
        }
        return miss;
    }

    private double largest() {
        return Arrays.stream(z).map(Math::abs).max().orElse(0);
    }

    private record Path(double[] c, int steps) {}

    /// `f(xᵢ) = zᵢ` is where the derivative in `c` vanishes.
    private Path newton(Trace trace) {
        int n = z.length;
        double[] c = Decompositions.solve(trace.gram(), Array.vector(z)).toDoubles();
        double[] f = new double[n];
        double value = trace.energy(c, f) - Dense.dot(c, z);
        double goal = TOLERANCE * largest();
        int steps = 0;
        while (steps < MOST_STEPS) {
            double[] g = new double[n];
            double worst = 0;
            for (int i = 0; i < n; i++) {
                g[i] = z[i] - f[i];
                worst = Math.max(worst, Math.abs(g[i]));
            }
            if (worst <= goal) {
                break;
            }
            // Level where symmetric data leave features at 0: raised by roundings then.
            Definite h = Definite.of(n, trace.curvature(c).toDoubles());
            if (h == null) {
                break;
            }
            double[] d = h.solve(g);
            double slope = -Dense.dot(d, g);
            double rate = 1;
            double[] next = c;
            double[] there = new double[n];
            double lower = value;
            while (rate > 1e-9) {
                next = Dense.sum(c, rate, d);
                lower = trace.energy(next, there) - Dense.dot(next, z);
                if (lower <= value + 1e-4 * rate * slope) {
                    break;
                }
                rate /= 2;
            }
            if (!(lower < value)) {
                break;
            }
            steps++;
            c = next;
            f = there;
            value = lower;
        }
        return new Path(c, steps);
    }
}
