package nonmercer.machine;

/// `L_μ(z, t) = max -α t - L*(z, -α) + μ ln(α - low) + μ ln(high - α)` over the dual variable: a
/// loss whose corners are rounded, `L` itself where no bound of α can be reached.
///
/// Its slope is `-α`, its curvature one over that of what is maximised.
final class SmoothedLoss {
    private static final int MOST = 200;

    private final Loss loss;
    private final double[] z;
    private final double[] low;
    private final double[] high;
    private final boolean[] under; // whether low can be reached
    private final boolean[] over;

    SmoothedLoss(Loss loss, double[] z) {
        this.loss = loss;
        this.z = z;
        low = new double[z.length];
        high = new double[z.length];
        under = new boolean[z.length];
        over = new boolean[z.length];
        for (int o = 0; o < z.length; o++) {
            low[o] = -loss.largestSlope(z[o]);
            high[o] = -loss.leastSlope(z[o]);
            under[o] = closed(loss.largestSlope(z[o]), o);
            over[o] = closed(loss.leastSlope(z[o]), o);
        }
    }

    private boolean closed(double bound, int o) {
        return Double.isFinite(bound) && Double.isFinite(loss.conjugateSlope(z[o], bound));
    }

    /// The nearest value within the bounds.
    double inside(int o, double alpha) {
        return Math.max(low[o], Math.min(high[o], alpha));
    }

    /// How many bounds can be reached: the barrier's parameter.
    int bounds() {
        int count = 0;
        for (int o = 0; o < z.length; o++) {
            count += (under[o] ? 1 : 0) + (over[o] ? 1 : 0);
        }
        return count;
    }

    /// The maximiser, from a guess.
    double alpha(int o, double t, double mu, double guess) {
        if (!under[o] && !over[o]) {
            return -loss.slope(z[o], t);
        }
        double from = low[o];
        double to = high[o];
        double x = guess > from && guess < to ? guess : start(from, to);
        for (int round = 0; round < MOST; round++) {
            double slope = loss.conjugateSlope(z[o], -x) - t;
            slope += (under[o] ? mu / (x - low[o]) : 0) - (over[o] ? mu / (high[o] - x) : 0);
            if (slope > 0) {
                from = x;
            } else {
                to = x;
            }
            double next = x + slope / curvature(o, x, mu);
            if (!(next > from && next < to)) {
                next = start(from, to);
            }
            double room = Math.min(x - low[o], high[o] - x);
            if (next <= low[o] || next >= high[o] || Math.abs(next - x) <= 0x1p-48 * room) {
                break;
            }
            x = next;
        }
        return x;
    }

    private static double start(double from, double to) {
        if (Double.isInfinite(from)) {
            return Double.isInfinite(to) ? 0 : to - 1 - Math.abs(to);
        }
        return Double.isInfinite(to) ? from + 1 + Math.abs(from) : from + (to - from) / 2;
    }

    /// `L_μ` where α is the maximiser.
    double value(int o, double t, double mu, double alpha) {
        if (!under[o] && !over[o]) {
            return loss.value(z[o], t);
        }
        double value = -alpha * t - loss.conjugate(z[o], -alpha);
        value += under[o] ? mu * Math.log(alpha - low[o]) : 0;
        return value + (over[o] ? mu * Math.log(high[o] - alpha) : 0);
    }

    /// One over the curvature of `L_μ`.
    double curvature(int o, double alpha, double mu) {
        double c = loss.conjugateCurvature(z[o], -alpha);
        c += under[o] ? mu / ((alpha - low[o]) * (alpha - low[o])) : 0;
        return c + (over[o] ? mu / ((high[o] - alpha) * (high[o] - alpha)) : 0);
    }
}
