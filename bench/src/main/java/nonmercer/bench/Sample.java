package nonmercer.bench;

import java.util.Arrays;
import java.util.Collection;

/// The rates of one contestant, a round each.
final class Sample {
    private final double[] sorted;

    Sample(Collection<Double> rates) {
        if (rates.isEmpty()) {
            throw new IllegalArgumentException("a sample needs at least one round");
        }
        sorted = rates.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
    }

    /// Half of the rounds are below.
    double median() {
        return quantile(0.5);
    }

    /// The width of the middle half of the rounds, over the median.
    double spread() {
        double median = median();
        return median == 0 ? 0 : (quantile(0.75) - quantile(0.25)) / median;
    }

    /// Linear between the two nearest rounds (Hyndman & Fan 1996, type 7).
    private double quantile(double p) {
        double at = p * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
