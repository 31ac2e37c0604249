package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.linalg.Decompositions;

/// `min ‖v‖ₚ` with `Φ v = z`, for any exponent.
///
/// With `Φ = R Q`, the rows of Q orthonormal, the constraint is `Q v = R⁻¹ z`; damped Newton steps
/// minimise `½τ² + μ F` ([NormBarrier]) on it for ever smaller μ, from the interpolant of least
/// ℓ²-norm. Every step ends on the constraint again. Its multipliers `y` are the dual element:
/// `J(v) = -μ Qᵀ y` in the limit. Source: Nesterov & Nemirovskii 1994.
final class LeastNorm {
    private static final int MOST_STEPS = 1000;
    private static final double FALL = 0.15; // of μ
    private static final double CENTRED = 0.1; // the square of Newton's decrement
    private static final int REFINEMENTS = 6;
    private static final int PATIENCE = 4; // values of μ that do not lower the gap

    private final int n;
    private final double[] z;
    private final NormBarrier barrier;
    private double mu;
    private double[] y;
    private int steps;

    /// @param v the coefficients of the features
    /// @param c those of the dual element
    /// @param gap `1 - ‖h‖²/‖v‖²` where `h = Φᵀ c` has the length of a lower bound: relative
    record Found(double[] v, double[] c, double gap, int steps) {}

    private LeastNorm(Array q, double[] z, Lp norm) {
        this.n = z.length;
        this.z = z;
        double[] v = Dense.transposedTimes(q, z);
        double tau = 2 * norm.norm(v);
        barrier = new NormBarrier(q, norm, Penalty.HALF_SQUARE, 1, v, tau);
        mu = tau * tau / (NormBarrier.PARAMETER * v.length);
        y = new double[n];
    }

    /// Until the relative gap is below `tolerance` or falls no more.
    ///
    /// @param features of full row rank, `[n, D]`
    static Found solve(Array features, double[] z, Lp norm, double tolerance) {
        Array q = Dense.transposed(Decompositions.orthonormal(Dense.transposed(features)));
        Array r = Dense.timesTransposed(features, q);
        double[] turned = Decompositions.solve(r, Array.vector(z)).toDoubles();
        double size = Lp.hilbert().norm(turned);
        if (size == 0) {
            return new Found(new double[features.dim(1)], new double[z.length], 0, 0);
        }
        Found f = new LeastNorm(q, Dense.scaled(turned, 1 / size), norm).run(tolerance);
        double[] c = Decompositions.solve(Dense.transposed(r), Array.vector(f.c)).toDoubles();
        return new Found(Dense.scaled(f.v, size), Dense.scaled(c, size), f.gap, f.steps);
    }

    private Found run(double tolerance) {
        Found best = found();
        int since = 0;
        while (best.gap > tolerance && since < PATIENCE && steps < MOST_STEPS) {
            boolean more = true;
            while (more && steps < MOST_STEPS) {
                more = step();
            }
            Found now = found();
            since = now.gap < 0.9 * best.gap ? 0 : since + 1;
            best = now.gap < best.gap ? now : best;
            mu *= FALL;
        }
        return best;
    }

    /// For all `w` with `Q w = z`, `‖w‖ ≥ c·z/‖Qᵀc‖`, so `h` is scaled to that length.
    private Found found() {
        double[] v = barrier.at().v();
        double[] h = barrier.spread(y);
        double f = barrier.norm().norm(v);
        double e = barrier.norm().conjugate().norm(h);
        if (e == 0) {
            return new Found(v, y, 1, steps);
        }
        double reach = Dense.dot(v, h) / e;
        double gap = (1 - Math.abs(reach) / f) * (1 + Math.abs(reach) / f);
        return new Found(v, Dense.scaled(y, reach / e), Math.max(0, gap), steps);
    }

    /// Whether a Newton step was made that leaves more to do.
    private boolean step() {
        barrier.prepare(mu);
        Array root = barrier.root().map();
        Definite system = Definite.of(n, Dense.timesTransposed(root, root).toDoubles());
        return system != null && move(refined(system));
    }

    /// Newton's step to the multipliers that let it end on the constraint: solved again for what
    /// rounding leaves, and the rest removed along the rows.
    private NormBarrier.Point refined(Definite system) {
        double[] miss = Dense.sum(z, -1, barrier.values(barrier.at().v()));
        double[] now = y;
        NormBarrier.Point best = barrier.step().and(barrier.response(barrier.spread(now)));
        double[] left = Dense.sum(barrier.values(best.v()), -1, miss);
        for (int round = 0; round < REFINEMENTS; round++) {
            double[] more = system.solve(left);
            now = Dense.sum(now, 1, more);
            NormBarrier.Point step = best.and(barrier.response(barrier.spread(more)));
            double[] leaves = Dense.sum(barrier.values(step.v()), -1, miss);
            if (!(Dense.dot(leaves, leaves) < Dense.dot(left, left))) {
                break;
            }
            y = now;
            best = step;
            left = leaves;
        }
        double[] on = Dense.sum(best.v(), -1, barrier.spread(left));
        return new NormBarrier.Point(on, best.r(), best.tau());
    }

    private boolean move(NormBarrier.Point step) {
        double slope = barrier.slope(step);
        if (!(slope < 0)) {
            return false;
        }
        double before = barrier.value(barrier.at(), mu);
        for (double rate = 1; rate > 1e-9; rate /= 2) {
            NormBarrier.Point to = barrier.at().plus(rate, step);
            if (barrier.value(to, mu) <= before + 0.1 * rate * slope) {
                barrier.moveTo(to);
                steps++;
                return -slope > CENTRED;
            }
        }
        return false;
    }
}
