package nonmercer.metric;

import java.util.Arrays;
import java.util.Locale;

/// A confidence interval, of 95 % unless said otherwise.
///
/// @param low its lower end
/// @param high its upper end
public record Interval(double low, double high) {
    private static final double LEVEL = 0.95;
    private static final double Z = 1.959963984540054; // Φ(Z) = 0.975

    /// Wilson's score interval for a proportion: all `p` with `|k/n - p| <= z·√(p(1 - p)/n)`.
    ///
    /// Unlike `k/n ± z·√(k/n(1 - k/n)/n)` it is never empty or outside `[0, 1]`, even for `k = 0`
    /// or `k = n` (Wilson 1927; Brown, Cai and DasGupta 2001). Without trials it is `[0, 1]`.
    ///
    /// @param successes `k`
    /// @param trials `n`
    public static Interval wilson(int successes, int trials) {
        if (successes < 0 || successes > trials) {
            throw new IllegalArgumentException(
                    "wilson: " + successes + " successes in " + trials + " trials");
        }
        if (trials == 0) {
            return new Interval(0, 1);
        }
        double n = trials;
        double p = successes / n;
        double centre = p + Z * Z / (2 * n);
        double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        double scale = 1 + Z * Z / n;
        // The ends are exactly 0 at k = 0 and exactly 1 at k = n; the formula is off by a rounding
        // there.
        return new Interval(
                successes == 0 ? 0 : (centre - half) / scale,
                successes == trials ? 1 : (centre + half) / scale);
    }

    /// Student's interval for the mean of normally distributed values: `x̄ ± t·s/√n` with `n - 1`
    /// degrees of freedom.
    ///
    /// @param values at least two, such as the accuracies of several seeds
    public static Interval mean(double... values) {
        return mean(LEVEL, values);
    }

    /// The same with another probability of covering the mean, such as `1 - 0.05/m` for `m`
    /// intervals that are to hold together (Bonferroni).
    public static Interval mean(double level, double[] values) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "an interval's level is between 0 and 1, got " + level);
        }
        if (values.length < 2) {
            throw new IllegalArgumentException(
                    "the interval of a mean needs at least two values, got " + values.length);
        }
        double mean = Arrays.stream(values).sum() / values.length;
        double squares = 0;
        for (double x : values) {
            squares += (x - mean) * (x - mean);
        }
        double error = Math.sqrt(squares / (values.length - 1) / values.length);
        double t = StudentT.quantile(values.length - 1, level);
        return new Interval(mean - t * error, mean + t * error);
    }

    /// `[0.712, 0.764]`.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "[%.3f, %.3f]", low, high);
    }
}
