package nonmercer.autodiff.optim;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Limited-memory BFGS for a smooth convex function of all data at once (Nocedal 1980; Liu and
/// Nocedal 1989), with a search to Wolfe's weak conditions by doubling and halving (Lewis and
/// Overton 2013). Sequential and deterministic.
///
/// A step that meets them has `⟨s, y⟩ > 0`, so that every update keeps the approximation positive
/// definite.
public final class Lbfgs {
    private static final int MEMORY = 10;
    private static final double SUFFICIENT = 1e-4; // Armijo's constant
    private static final double FLATTER = 0.9; // what is left of the slope, at most
    private static final int MOST_TRIALS = 60;

    /// A function and its gradient.
    public interface Objective {
        /// The value at `x`; the gradient is written to `gradient`. Infinite outside of the domain.
        double at(double[] x, double[] gradient);
    }

    /// A step `s = x' - x`, the change `y = g' - g` of the gradient, and `1/⟨s, y⟩`.
    private record Update(double[] s, double[] y, double scale) {}

    private Lbfgs() {}

    /// Walks from `x`, which is overwritten, until a step lowers the value by less than `tolerance`
    /// of it: how many steps were made.
    public static int minimise(Objective f, double[] x, double tolerance, int mostSteps) {
        int n = x.length;
        double[] gradient = new double[n];
        double[] next = new double[n];
        double[] nextGradient = new double[n];
        double value = f.at(x, gradient);
        Deque<Update> updates = new ArrayDeque<>(); // the latest first
        for (int step = 0; step < mostSteps; step++) {
            double[] direction = direction(gradient, updates);
            double slope = dot(direction, gradient);
            if (!(slope < 0)) { // only at the minimum, to rounding
                return step;
            }
            double rate = updates.isEmpty() ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
            double nextValue = Double.POSITIVE_INFINITY;
            double low = 0;
            double high = Double.POSITIVE_INFINITY;
            for (int trial = 0; trial < MOST_TRIALS; trial++) {
                for (int i = 0; i < n; i++) {
                    next[i] = x[i] + rate * direction[i];
                }
                nextValue = f.at(next, nextGradient);
                if (!(nextValue <= value + SUFFICIENT * rate * slope)) {
                    high = rate;
                } else if (dot(direction, nextGradient) < FLATTER * slope) {
                    low = rate;
                } else {
                    break;
                }
                rate = Double.isInfinite(high) ? 2 * rate : (low + high) / 2;
            }
            if (!(nextValue < value)) {
                return step;
            }
            remember(x, next, gradient, nextGradient, updates);
            boolean done = value - nextValue < tolerance * Math.abs(nextValue);
            System.arraycopy(next, 0, x, 0, n);
            System.arraycopy(nextGradient, 0, gradient, 0, n);
            value = nextValue;
            if (done) {
                return step + 1;
            }
        }
        return mostSteps;
    }

    private static void remember(
            double[] x,
            double[] next,
            double[] gradient,
            double[] nextGradient,
            Deque<Update> updates) {
        double[] s = new double[x.length];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            s[i] = next[i] - x[i];
            y[i] = nextGradient[i] - gradient[i];
        }
        double curvature = dot(s, y);
        if (curvature > 1e-12 * dot(y, y)) {
            updates.addFirst(new Update(s, y, 1 / curvature));
            if (updates.size() > MEMORY) {
                updates.removeLast();
            }
        }
    }

    /// `-H·g` by the two-loop recursion.
    private static double[] direction(double[] gradient, Deque<Update> updates) {
        double[] d = Arrays.copyOf(gradient, gradient.length);
        double[] weights = new double[updates.size()];
        int k = 0;
        for (Update u : updates) {
            weights[k] = u.scale * dot(u.s, d);
            add(d, -weights[k++], u.y);
        }
        Update latest = updates.peekFirst();
        double scale = latest == null ? 1 : 1 / (latest.scale * dot(latest.y, latest.y));
        for (int i = 0; i < d.length; i++) {
            d[i] *= -scale;
        }
        for (var oldest = updates.descendingIterator(); oldest.hasNext(); ) {
            Update u = oldest.next();
            add(d, -weights[--k] - u.scale * dot(u.y, d), u.s);
        }
        return d;
    }

    private static void add(double[] into, double scale, double[] x) {
        for (int i = 0; i < into.length; i++) {
            into[i] += scale * x[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
