package nonmercer.baseline;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Limited-memory BFGS for a smooth convex function (Nocedal 1980; Liu and Nocedal 1989), with
/// backtracking to Armijo's condition. Sequential and deterministic.
final class Lbfgs {
    private static final int MEMORY = 10;
    private static final double SUFFICIENT = 1e-4; // Armijo's constant

    /// A function and its gradient.
    interface Objective {
        /// The value at `x`; the gradient is written to `gradient`.
        double at(double[] x, double[] gradient);
    }

    /// A step `s = x' - x`, the change `y = g' - g` of the gradient, and `1/⟨s, y⟩`.
    private record Update(double[] s, double[] y, double scale) {}

    private Lbfgs() {}

    /// Walks from `x`, which is overwritten, until a step lowers the value by less than `tolerance`
    /// of it.
    static void minimise(Objective f, double[] x, double tolerance, int mostSteps) {
        int n = x.length;
        double[] gradient = new double[n];
        double[] next = new double[n];
        double[] nextGradient = new double[n];
        double value = f.at(x, gradient);
        Deque<Update> updates = new ArrayDeque<>(); // the latest first
        for (int step = 0; step < mostSteps; step++) {
            double[] direction = direction(gradient, updates);
            double slope = dot(direction, gradient);
            if (slope >= 0) { // only at the minimum, to rounding
                return;
            }
            double rate = updates.isEmpty() ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
            double nextValue = Double.POSITIVE_INFINITY;
            for (int halvings = 0; halvings < 40; halvings++, rate /= 2) {
                for (int i = 0; i < n; i++) {
                    next[i] = x[i] + rate * direction[i];
                }
                nextValue = f.at(next, nextGradient);
                if (nextValue <= value + SUFFICIENT * rate * slope) {
                    break;
                }
            }
            if (!(nextValue < value)) {
                return;
            }
            remember(x, next, gradient, nextGradient, updates);
            boolean done = value - nextValue < tolerance * Math.abs(nextValue);
            System.arraycopy(next, 0, x, 0, n);
            System.arraycopy(nextGradient, 0, gradient, 0, n);
            value = nextValue;
            if (done) {
                return;
            }
        }
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
