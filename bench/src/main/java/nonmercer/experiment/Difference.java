package nonmercer.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nonmercer.metric.Interval;
import nonmercer.random.RandomStream;

/// How a kernel's score stands to another's, seed by seed: `score(kernel) - score(reference)`.
///
/// @param kernel what is compared
/// @param metric by what
/// @param values the difference of each seed that both finished, at least two
/// @param alongside how many differences of this task are to hold together
record Difference(String kernel, SwapMetric metric, double[] values, int alongside) {
    private static final double ERROR = 0.05;
    private static final int LEAST = 5; // seeds that a verdict needs
    private static final int RESAMPLES = 4000;

    /// What the simultaneous interval says, of five seeds or more.
    enum Standing {
        /// Above 0 by its whole interval, and not by the margin only.
        BETTER("better"),
        /// Below 0 by its whole interval, and not by the margin only.
        WORSE("worse"),
        /// Its whole interval is within the margin.
        EQUIVALENT("equivalent"),
        /// None of these.
        UNDECIDED("undecided");

        private final String word;

        Standing(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /// The differences of the seeds that both finished; empty for fewer than two.
    static Optional<Difference> of(
            List<SwapRun> kernel, List<SwapRun> reference, SwapMetric metric, int alongside) {
        Map<Long, Double> base = new TreeMap<>();
        for (SwapRun run : reference) {
            Double score = run.scores().get(metric);
            if (score != null) {
                base.put(run.seed(), score);
            }
        }
        List<Double> values = new ArrayList<>();
        for (SwapRun run : kernel) {
            Double score = run.scores().get(metric);
            Double other = base.get(run.seed());
            if (score != null && other != null) {
                values.add(score - other);
            }
        }
        return values.size() < 2
                ? Optional.empty()
                : Optional.of(
                        new Difference(
                                kernel.getFirst().kernel(),
                                metric,
                                values.stream().mapToDouble(Double::doubleValue).toArray(),
                                alongside));
    }

    double mean() {
        return Arrays.stream(values).average().orElseThrow();
    }

    /// Student's 95 % interval over the seeds.
    Interval interval() {
        return Interval.mean(1 - ERROR, values);
    }

    /// Student's interval over the seeds, such that those of all kernels of the task hold together
    /// with 95 % (Bonferroni).
    Interval simultaneous() {
        return Interval.mean(1 - ERROR / alongside, values);
    }

    Standing standing() {
        Interval i = simultaneous();
        if (values.length < LEAST) {
            return Standing.UNDECIDED;
        }
        if (-metric.margin() < i.low() && i.high() < metric.margin()) {
            return Standing.EQUIVALENT;
        }
        return i.high() < 0 ? Standing.WORSE : i.low() > 0 ? Standing.BETTER : Standing.UNDECIDED;
    }

    /// Not worse by as much as the margin, by its whole interval, over five seeds or more.
    boolean keepsUp() {
        return values.length >= LEAST && simultaneous().low() > -metric.margin();
    }

    /// The 95 % interval of the mean over the seeds when the test texts are drawn again (percentile
    /// bootstrap); empty where the runs do not say which texts they got right.
    static Optional<Interval> overTexts(List<SwapRun> kernel, List<SwapRun> reference) {
        double[] difference = new double[0];
        int pairs = 0;
        for (SwapRun a : kernel) {
            for (SwapRun b : reference) {
                if (a.seed() == b.seed() && !a.items().isEmpty() && !b.items().isEmpty()) {
                    difference = pairs == 0 ? new double[a.items().length()] : difference;
                    for (int i = 0; i < difference.length; i++) {
                        difference[i] += a.items().charAt(i) - b.items().charAt(i);
                    }
                    pairs++;
                }
            }
        }
        if (pairs == 0) {
            return Optional.empty();
        }
        int n = difference.length;
        RandomStream random = RandomStream.of(1).at("bootstrap");
        double[] means = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            RandomStream draw = random.at(r);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += difference[draw.nextInt(n)];
            }
            means[r] = sum / n / pairs;
        }
        Arrays.sort(means);
        int tail = (int) (RESAMPLES * ERROR / 2);
        return Optional.of(new Interval(means[tail], means[RESAMPLES - 1 - tail]));
    }

    @Override
    public String toString() {
        return print(mean(), simultaneous());
    }

    String print(double value, Interval i) {
        return metric.printSigned(value)
                + " ["
                + metric.printSigned(i.low())
                + ", "
                + metric.printSigned(i.high())
                + "]";
    }
}
