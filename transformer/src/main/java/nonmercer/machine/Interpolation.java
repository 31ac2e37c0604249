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

    /// Checks the lengths and copies the values.
    public Interpolation {
        z = RegularisationNetwork.checked(x, z);
    }

    /// The least-norm interpolant.
    ///
    /// @param function `f`
    /// @param miss the largest `|f(xᵢ) - zᵢ|`
    /// @param gap `½‖f‖² - (c·z - ½‖f‖²)`: primal minus dual, up to what it misses
    /// @param converged whether it misses no value by more than was asked, so that it is the only
    ///   interpolant of least norm (with 1 < p < ∞ a norm is strictly convex), up to that; if not,
    ///   it is no interpolant
    /// @param steps of Newton's method
    public record Interpolant(
            Function function, double miss, double gap, boolean converged, int steps) {}

    /// Solves by Newton's method: `min ½‖Σ c κ(xᵢ, ·)‖² - c·z` for p ≤ 2, and for p > 2, where that
    /// is not twice differentiable, in the coefficients of the features.
    ///
    /// It has converged if it misses no value by more than `10⁻⁶` of the largest, and the gap is at
    /// most `10⁻⁶` of `½‖f‖²`. For p near 1 or far above 2 it may not.
    ///
    /// @throws IllegalArgumentException if the sections at the points are linearly dependent (two
    ///   equal points are): only some values can then be interpolated
    public Interpolant solve() {
        Trace trace = space.at(x);
        int n = z.length;
        Array gram = trace.gram();
        int rank = Decompositions.rank(gram);
        if (rank < n) {
            throw new IllegalArgumentException(
                    "the sections of the kernel at these "
                            + n
                            + " points span "
                            + rank
                            + " dimensions, to rounding: only some values can be interpolated there. Leave out repeated"
                            + " points, add features, or use RegularisationNetwork");
        }
        Path path =
                trace.norm().p() > 2 && trace.features().isPresent()
                        ? inFeatures(trace, trace.features().orElseThrow(), gram)
                        : inDual(trace, gram);
        double[] f = new double[n];
        double energy = trace.energy(path.c, f);
        double miss = 0;
        for (int i = 0; i < n; i++) {
            miss = Math.max(miss, Math.abs(f[i] - z[i]));
        }
        double gap = Math.abs(2 * energy - Dense.dot(path.c, z));
        double largest = Arrays.stream(z).map(Math::abs).max().orElse(0);
        return new Interpolant(
                DualElement.of(space, x, trace, path.c).function(),
                miss,
                gap,
                Report.close(miss, largest) && Report.close(gap, energy),
                path.steps);
    }

    private record Path(double[] c, int steps) {}

    /// `f(xᵢ) = zᵢ` is where the derivative in `c` vanishes.
    private Path inDual(Trace trace, Array gram) {
        int n = z.length;
        double[] c = Decompositions.solve(gram, Array.vector(z)).toDoubles();
        double[] f = new double[n];
        double value = trace.energy(c, f) - Dense.dot(c, z);
        double goal = TOLERANCE * Arrays.stream(z).map(Math::abs).max().orElse(0);
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
            double[] d = direction(trace.curvature(c), g);
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

    /// Every iterate interpolates: `v' = J'(v)⁻¹ Φᵀ c` with `Φ v' = z`, and the norm falls.
    private Path inFeatures(Trace trace, Array features, Array gram) {
        Lp norm = trace.norm();
        double[] c = Decompositions.solve(gram, Array.vector(z)).toDoubles();
        double[] v = Dense.transposedTimes(features, c);
        int steps = 0;
        while (steps < MOST_STEPS) {
            Array h = FeatureSpace.curvature(features, norm.conjugate(), norm.duality(v));
            c = direction(h, z);
            double[] to = FeatureSpace.linearised(norm, v, Dense.transposedTimes(features, c));
            double size = norm.norm(v);
            double[] d = Dense.sum(to, -1, v);
            double rate = 1;
            while (rate > 1e-9 && norm.norm(Dense.sum(v, rate, d)) >= size) {
                rate /= 2;
            }
            if (rate <= 1e-9) {
                break;
            }
            steps++;
            v = Dense.sum(v, rate, d);
        }
        return new Path(c, steps);
    }

    /// `H⁻¹ g`, H with its diagonal scaled to 1 first.
    private static double[] direction(Array h, double[] g) {
        int n = g.length;
        double[] scale = new double[n];
        double[] scaled = h.toDoubles();
        for (int i = 0; i < n; i++) {
            scale[i] = 1 / Math.sqrt(Math.max(scaled[i * n + i], Double.MIN_NORMAL));
        }
        double[] right = new double[n];
        for (int i = 0; i < n; i++) {
            right[i] = g[i] * scale[i];
            for (int j = 0; j < n; j++) {
                scaled[i * n + j] *= scale[i] * scale[j];
            }
        }
        double[] d =
                Decompositions.solve(Array.of(h.shape(), scaled), Array.vector(right)).toDoubles();
        for (int i = 0; i < n; i++) {
            d[i] *= scale[i];
        }
        return d;
    }
}
