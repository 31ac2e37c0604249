package nonmercer.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.FeatureDimension;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.TaylorExp;
import nonmercer.kernel.Trait;
import nonmercer.metric.Interval;

/// The page of the swap experiment, in Markdown, made of the results alone.
///
/// @param runs what was trained
/// @param kernels those that could be, in the order of the tables; the first is the reference
public record SwapPage(List<SwapRun> runs, List<Kernel> kernels) implements ExperimentPage {
    /// Copies the lists.
    public SwapPage {
        runs = List.copyOf(runs);
        kernels = List.copyOf(kernels);
    }

    /// The page of a file of results.
    public static SwapPage of(Path results) throws IOException {
        return new SwapPage(RunFile.open(results, SwapRun::of).lines(), Swap.kernels(false));
    }

    @Override
    public String text(String stem, Map<String, String> pictures) {
        StringBuilder out = new StringBuilder(SwapWords.HEAD);
        List<Ladder> ladders = new ArrayList<>();
        List<String> worse = new ArrayList<>();
        StringBuilder parts = new StringBuilder();
        for (SwapTask task : SwapTask.values()) {
            if (runs.stream().anyMatch(r -> r.task() == task)) {
                parts.append("\n## ").append(SwapWords.title(task)).append("\n\n");
                parts.append(SwapWords.setting(task, ofTask(task))).append("\n");
                for (SwapMetric metric : metrics(task)) {
                    List<Difference> found = part(parts, task, metric, stem, pictures, ladders);
                    worse.addAll(worse(task, found));
                }
            }
        }
        out.append(SwapWords.answer(ladders, worse)).append(SwapWords.RULE).append(parts);
        return out.append(SwapWords.TAIL).toString();
    }

    private List<SwapRun> ofTask(SwapTask task) {
        return runs.stream().filter(r -> r.task() == task).toList();
    }

    private List<SwapRun> of(SwapTask task, Kernel kernel) {
        return runs.stream()
                .filter(r -> r.task() == task && r.kernel().equals(Swap.name(kernel)))
                .toList();
    }

    private List<SwapMetric> metrics(SwapTask task) {
        return Arrays.stream(SwapMetric.values())
                .filter(m -> ofTask(task).stream().anyMatch(r -> r.scores().containsKey(m)))
                .toList();
    }

    private List<Difference> part(
            StringBuilder out,
            SwapTask task,
            SwapMetric metric,
            String stem,
            Map<String, String> pictures,
            List<Ladder> ladders) {
        List<SwapRun> reference = of(task, kernels.getFirst());
        List<Kernel> compared =
                kernels.stream().skip(1).filter(k -> !of(task, k).isEmpty()).toList();
        List<Difference> differences = new ArrayList<>();
        List<Ladder.Step> steps = new ArrayList<>();
        out.append("\n| kernel | features | positive definite | seeds | ")
                .append(metric.words())
                .append(
                        " | less that of ExpDot | 95 % over seeds | simultaneous | 95 % over texts | standing |\n")
                .append("| --- | ---: | --- | ---: | ---: | ---: | --- | --- | --- | --- |\n");
        out.append(row(task, metric, kernels.getFirst(), null, ""));
        for (Kernel kernel : compared) {
            List<SwapRun> own = of(task, kernel);
            Difference d = Difference.of(own, reference, metric, compared.size()).orElse(null);
            String texts =
                    metric == SwapMetric.ACCURACY && d != null
                            ? Difference.overTexts(own, reference)
                                    .map(i -> print(metric, i))
                                    .orElse("")
                            : "";
            out.append(row(task, metric, kernel, d, texts));
            if (d != null) {
                differences.add(d);
                if (kernel instanceof TaylorExp(int degree, Coefficient c)) {
                    long features = features(kernel, task.headWidth());
                    steps.add(new Ladder.Step(degree, features, d));
                }
            }
        }
        if (!differences.isEmpty()) {
            String picture = stem + "-" + task + "-" + metric.key().toLowerCase(Locale.ROOT);
            String title = SwapWords.title(task);
            pictures.put(picture + ".svg", DifferenceChart.svg(title, differences));
            out.append("\n![Differences in ")
                    .append(metric.words())
                    .append(" with intervals](")
                    .append(picture)
                    .append(".svg)\n");
        }
        if (!steps.isEmpty()) {
            ladders.add(new Ladder(task, metric, steps));
        }
        return differences;
    }

    /// The kernels of infinite dimension that are worse, with their differences.
    private List<String> worse(SwapTask task, List<Difference> differences) {
        return differences.stream()
                .filter(d -> d.standing() == Difference.Standing.WORSE)
                .filter(d ->
                        kernels.stream()
                                .anyMatch(k ->
                                        Swap.name(k).equals(d.kernel())
                                                && features(k, task.headWidth()) < 0))
                .map(d ->
                        d.kernel()
                                + " ("
                                + SwapWords.title(task)
                                + ", "
                                + d.metric().words()
                                + ": "
                                + d
                                + ")")
                .toList();
    }

    private String row(
            SwapTask task,
            SwapMetric metric,
            Kernel kernel,
            @org.jspecify.annotations.Nullable Difference d,
            String texts) {
        List<SwapRun> own = of(task, kernel);
        double[] scores =
                own.stream()
                        .filter(r -> r.scores().containsKey(metric))
                        .mapToDouble(r -> Objects.requireNonNull(r.scores().get(metric)))
                        .toArray();
        int failed = (int) own.stream().filter(r -> !r.failure().isEmpty()).count();
        long features = features(kernel, task.headWidth());
        List<String> cells = new ArrayList<>();
        cells.add(Swap.name(kernel));
        cells.add(features < 0 ? "∞" : String.format(Locale.ROOT, "%,d", features));
        cells.add(word(kernel.traits().of(Trait.POSITIVE_DEFINITE)));
        cells.add(own.size() + (failed > 0 ? " (" + failed + " diverged)" : ""));
        cells.add(
                scores.length == 0
                        ? "-"
                        : metric.print(Arrays.stream(scores).average().orElseThrow()));
        cells.add(d == null ? "" : metric.printSigned(d.mean()));
        cells.add(d == null ? "" : print(metric, d.interval()));
        cells.add(d == null ? "" : print(metric, d.simultaneous()));
        cells.add(texts);
        cells.add(d == null ? "" : d.standing().word());
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String print(SwapMetric metric, Interval i) {
        return "[" + metric.printSigned(i.low()) + ", " + metric.printSigned(i.high()) + "]";
    }

    /// How many features at this head width, -1 for infinitely many.
    private static long features(Kernel kernel, int d) {
        return kernel.traits().features() instanceof FeatureDimension.Finite f
                ? f.count().applyAsLong(d)
                : -1;
    }

    private static String word(Evidence e) {
        return switch (e) {
            case Evidence.Proved p -> "yes";
            case Evidence.Refuted r -> "no";
            case Evidence.Unknown u -> "unknown";
        };
    }
}
