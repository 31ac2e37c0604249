package nonmercer.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nonmercer.metric.Interval;
import nonmercer.random.RandomStream;

/// The trainings of the experiment on learned kernels, and how they differ seed by seed.
///
/// @param all trainings
record LearnRuns(List<LearnLine.Run> all) {
    private static final int PERMUTATIONS = 10_000;

    LearnRuns {
        all = List.copyOf(all);
    }

    static LearnRuns of(List<LearnLine> lines) {
        return new LearnRuns(
                lines.stream()
                        .filter(LearnLine.Run.class::isInstance)
                        .map(LearnLine.Run.class::cast)
                        .toList());
    }

    List<LearnLine.Run> of(LearnTask task) {
        return all.stream().filter(r -> r.task() == task).toList();
    }

    List<LearnLine.Run> of(LearnTask task, String variant) {
        return all.stream().filter(r -> r.task() == task && r.variant().equals(variant)).toList();
    }

    /// The accuracies of a variant by seed, without those that diverged.
    Map<Long, Double> accuracies(LearnTask task, String variant) {
        Map<Long, Double> found = new TreeMap<>();
        of(task, variant).stream()
                .filter(r -> r.failure().isEmpty())
                .forEach(r -> found.put(r.seed(), r.accuracy()));
        return found;
    }

    /// `accuracy(variant) − accuracy(reference)`, of the seeds that both finished; empty for fewer
    /// than two.
    Optional<Difference> difference(
            LearnTask task, String variant, String reference, int alongside) {
        Map<Long, Double> base = accuracies(task, reference);
        List<Double> values = new ArrayList<>();
        accuracies(task, variant)
                .forEach((seed, accuracy) -> {
                    Double other = base.get(seed);
                    if (other != null) {
                        values.add(accuracy - other);
                    }
                });
        return values.size() < 2
                ? Optional.empty()
                : Optional.of(
                        new Difference(
                                variant,
                                SwapMetric.ACCURACY,
                                values.stream().mapToDouble(Double::doubleValue).toArray(),
                                alongside));
    }

    /// Mean accuracy, and Student's 95 % interval over the seeds if there are two.
    static String print(Map<Long, Double> accuracies) {
        double[] x = accuracies.values().stream().mapToDouble(Double::doubleValue).toArray();
        if (x.length == 0) {
            return "-";
        }
        String mean = SwapMetric.ACCURACY.print(Arrays.stream(x).average().orElseThrow());
        if (x.length < 2) {
            return mean;
        }
        Interval i = Interval.mean(x);
        return mean
                + " ["
                + SwapMetric.ACCURACY.print(Math.max(0, i.low()))
                + ", "
                + SwapMetric.ACCURACY.print(Math.min(1, i.high()))
                + "]";
    }

    /// The share of the variance of accuracy that lies between variants, and the probability of one
    /// so large if the variant did not matter: variants are exchanged within each seed.
    ///
    /// @param share of the sum of squares around the means of the seeds
    record Impact(double share, double probability, int variants, int seeds) {}

    /// Over the seeds that all of these variants finished; empty for fewer than two.
    Optional<Impact> impact(LearnTask task, List<String> variants) {
        List<Map<Long, Double>> found =
                variants.stream().map(v -> accuracies(task, v)).filter(m -> m.size() > 1).toList();
        if (found.size() < 2) {
            return Optional.empty();
        }
        List<Long> seeds = new ArrayList<>(found.getFirst().keySet());
        found.forEach(m -> seeds.retainAll(m.keySet()));
        if (seeds.size() < 2) {
            return Optional.empty();
        }
        double[][] x = new double[seeds.size()][];
        for (int s = 0; s < x.length; s++) {
            long seed = seeds.get(s);
            double[] row =
                    found.stream()
                            .mapToDouble(m -> java.util.Objects.requireNonNull(m.get(seed)))
                            .toArray();
            double mean = Arrays.stream(row).average().orElseThrow();
            x[s] = Arrays.stream(row).map(v -> v - mean).toArray();
        }
        double total = Arrays.stream(x).flatMapToDouble(Arrays::stream).map(v -> v * v).sum();
        double between = between(x);
        RandomStream random = RandomStream.of(1).at("exchange");
        int as = 1;
        for (int p = 1; p < PERMUTATIONS; p++) {
            double[][] y = new double[x.length][];
            for (int s = 0; s < x.length; s++) {
                int[] order = random.at(p).at(s).permutation(x[s].length);
                double[] row = x[s];
                y[s] = Arrays.stream(order).mapToDouble(i -> row[i]).toArray();
            }
            as += between(y) >= between - 1e-12 ? 1 : 0;
        }
        return Optional.of(
                new Impact(
                        total == 0 ? 0 : between / total,
                        (double) as / PERMUTATIONS,
                        found.size(),
                        seeds.size()));
    }

    /// `S Σ_v (mean over seeds)²` of rows around 0.
    private static double between(double[][] x) {
        double sum = 0;
        for (int v = 0; v < x[0].length; v++) {
            double mean = 0;
            for (double[] row : x) {
                mean += row[v] / x.length;
            }
            sum += x.length * mean * mean;
        }
        return sum;
    }
}
