package nonmercer.data.task;

/// Bounds that a mean of independent values leaves with a probability of at most [#ALPHA]. Seeds
/// are fixed: the probability is that of having chosen an unlucky one.
final class Chance {
    static final double ALPHA = 1e-9;

    private Chance() {}

    /// Hoeffding: `n` values in an interval of this width.
    static double hoeffding(int n, double width) {
        return width * Math.sqrt(Math.log(2 / ALPHA) / (2 * n));
    }

    /// Bernstein: the variance is known, and no value is further than `range` from the mean.
    static double bernstein(int n, double variance, double range) {
        double l = Math.log(2 / ALPHA);
        return (range * l / 3 + Math.sqrt(range * range * l * l / 9 + 2 * n * variance * l)) / n;
    }
}
