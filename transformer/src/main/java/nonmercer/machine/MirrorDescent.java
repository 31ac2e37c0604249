package nonmercer.machine;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.linalg.Decompositions;

/// `J(vₜ₊₁) = J(vₜ) - η Φᵀ(Φ vₜ - z)` from 0: gradient descent on `½|Φv - z|²` in the geometry of
/// `½‖v‖ₚ²`.
///
/// Every iterate's dual stays in the span of the data's sections, so it is kept by its
/// coefficients: `cₜ₊₁ = cₜ + η (z - f(x))`, gradient ascent in the dual. For 1 < p ≤ 2 it
/// converges to the interpolant of least norm ([Interpolation]), because `½‖v‖ₚ²` is strongly
/// convex with the constant p - 1 (Ball, Carlen & Lieb 1994), so that the dual's derivative has the
/// Lipschitz constant `σ₁/(p - 1)`. For p > 2 it is not: the inverse of the mirror map is only
/// Hölder continuous, of exponent `1/(p - 1)`, and a constant step stalls. Source: Kumar, Belkin &
/// Pandit 2025.
///
/// @param space the functions
/// @param x the points, `[n, d]`
/// @param z a value for each
public record MirrorDescent(Space space, Array x, double[] z) {
    /// Checks the lengths and copies the values; refuses p > 2.
    public MirrorDescent {
        z = RegularisationNetwork.checked(x, z);
        if (space.norm().p() > 2) {
            throw new IllegalArgumentException(
                    "mirror descent with a constant step needs p ≤ 2, got "
                            + space.norm().p()
                            + ": beyond, the inverse of its mirror map is only Hölder continuous"
                            + " (‖v‖ₚ²/2 is strongly convex for p ≤ 2 only), and no constant step"
                            + " converges; use Interpolation");
        }
    }

    /// Steps of `η = 1/((q - 1) σ₁)`, `σ₁` the largest eigenvalue of the sections' Gram matrix,
    /// until no value is missed by more than `tolerance`, or so many steps are done. It has
    /// converged if no value is, and the gap is at most `10⁻⁶` of `½‖f‖²`.
    ///
    /// @throws IllegalArgumentException if all features of the points are zero
    public Interpolation.Interpolant run(double tolerance, int mostSteps) {
        Trace trace = space.at(x);
        int n = z.length;
        double largest = Decompositions.symmetricEigenvalues(trace.gram()).at(n - 1);
        if (!(largest > 0)) {
            throw new IllegalArgumentException(
                    "the features at these points are all zero, or no numbers: every function is zero there, and"
                            + " mirror descent has no step");
        }
        double rate = 1 / ((trace.norm().conjugate().p() - 1) * largest);
        double[] c = new double[n];
        double[] f = new double[n];
        double energy = 0;
        double miss = Arrays.stream(z).map(Math::abs).max().orElse(0);
        int steps = 0;
        while (miss > tolerance && steps < mostSteps) {
            miss = 0;
            for (int i = 0; i < n; i++) {
                c[i] += rate * (z[i] - f[i]);
            }
            energy = trace.energy(c, f);
            for (int i = 0; i < n; i++) {
                miss = Math.max(miss, Math.abs(z[i] - f[i]));
            }
            steps++;
        }
        double[] off = new double[n];
        double gap = Math.abs(2 * energy - Dense.dot(c, z)) + 2 * trace.rounding(c, off);
        for (int i = 0; i < n; i++) {
            miss = Math.max(miss, Math.abs(z[i] - f[i]) + off[i]);
        }
        // Zero has no gap, and interpolates zeros only.
        boolean closed = energy == 0 ? miss == 0 : Report.close(gap, energy);
        return Interpolation.Interpolant.of(
                DualElement.of(space, x, trace, c).function(),
                miss,
                gap,
                miss <= tolerance && closed,
                steps);
    }
}
