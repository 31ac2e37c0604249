package nonmercer.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import nonmercer.feature.FeatureName;

/// The page of the experiment on learned kernels, in Markdown, made of the results alone.
///
/// @param lines the results
public record LearnPage(List<LearnLine> lines) implements ExperimentPage {
    private static final List<String> DRAWN =
            List.of(
                    "positive (FAVOR+)",
                    "optimal positive (FAVOR++)",
                    "positive, centred and rescaled",
                    "positive, simplex",
                    "positive, quasi-Monte Carlo",
                    "elu+1",
                    "truncated Taylor",
                    FeatureFamilies.CONSTANT);

    /// Copies the list.
    public LearnPage {
        lines = List.copyOf(lines);
    }

    /// The page of a file of results.
    public static LearnPage of(Path results) throws IOException {
        return new LearnPage(RunFile.open(results, LearnLine::of).lines());
    }

    @Override
    public String text(String stem, Map<String, String> pictures) {
        LearnRuns runs = LearnRuns.of(lines);
        StringBuilder out = new StringBuilder(LearnWords.HEAD);
        out.append("\n## What the results say\n\n")
                .append(new LearnClaims(runs, costs()))
                .append(LearnWords.RULE);
        for (LearnTask task : LearnTask.compared()) {
            if (!runs.of(task).isEmpty()) {
                part(out, task, runs, stem, pictures);
            }
        }
        longExpressions(out, runs);
        spectra(out, runs, stem, pictures);
        errors(out, stem, pictures);
        costs(out, stem, pictures);
        return out.append(LearnWords.TAIL).toString();
    }

    private List<LearnLine.Cost> costs() {
        return lines.stream()
                .filter(LearnLine.Cost.class::isInstance)
                .map(LearnLine.Cost.class::cast)
                .toList();
    }

    private static void part(
            StringBuilder out,
            LearnTask task,
            LearnRuns runs,
            String stem,
            Map<String, String> pictures) {
        out.append("\n## ").append(LearnWords.title(task)).append("\n\n");
        out.append(LearnWords.setting(task)).append("\n");
        predictors(out, runs.of(task));
        out.append(
                """

                | attention | features | seeds | accuracy, 95 % over seeds | less that of exact softmax |
                | --- | ---: | ---: | --- | --- |
                """);
        List<LearnVariant> variants =
                LearnVariant.all().stream()
                        .filter(v -> !runs.of(task, v.name()).isEmpty())
                        .toList();
        List<Difference> differences = new ArrayList<>();
        for (LearnVariant v : variants) {
            List<LearnLine.Run> own = runs.of(task, v.name());
            long failed = own.stream().filter(r -> !r.failure().isEmpty()).count();
            Optional<Difference> d =
                    v.name().equals(LearnVariant.EXACT)
                            ? Optional.empty()
                            : runs.difference(task, v.name(), LearnVariant.EXACT, 1);
            d.ifPresent(differences::add);
            List<String> cells =
                    List.of(
                            v.name(),
                            features(task, v),
                            own.size() + (failed > 0 ? " (" + failed + " diverged)" : ""),
                            LearnRuns.print(runs.accuracies(task, v.name())),
                            d.map(x -> x.print(x.mean(), x.interval())).orElse(""));
            out.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        if (!differences.isEmpty()) {
            String picture = stem + "-" + task + ".svg";
            pictures.put(picture, DifferenceChart.svg(LearnWords.title(task), differences));
            out.append("\n![Differences in accuracy with intervals](")
                    .append(picture)
                    .append(")\n");
        }
    }

    /// How many features a head of the task's model has.
    private static String features(LearnTask task, LearnVariant v) {
        if (v.features().isEmpty()) {
            return "";
        }
        int d = task.headWidth();
        return Integer.toString(
                v.features()
                        .get()
                        .draw(1, d, nonmercer.array.DType.FLOAT32, "counted")
                        .map()
                        .dimension(d));
    }

    /// What is reached without a model, the means over the seeds.
    private static void predictors(StringBuilder out, List<LearnLine.Run> runs) {
        Map<String, List<Double>> found = new LinkedHashMap<>();
        for (LearnLine.Run run : runs) {
            run.predictors()
                    .forEach((name, accuracy) ->
                            found.computeIfAbsent(name, n -> new ArrayList<>()).add(accuracy));
        }
        if (!found.isEmpty()) {
            out.append("\nWithout a model: ")
                    .append(
                            found.entrySet().stream()
                                    .map(e ->
                                            Map.entry(
                                                    e.getKey(),
                                                    e.getValue().stream()
                                                            .mapToDouble(Double::doubleValue)
                                                            .average()
                                                            .orElseThrow()))
                                    .sorted(Map.Entry.comparingByValue())
                                    .map(e ->
                                            e.getKey()
                                                    + " "
                                                    + SwapMetric.ACCURACY.print(e.getValue()))
                                    .collect(Collectors.joining("; ")))
                    .append(".\n");
        }
    }

    private static void longExpressions(StringBuilder out, LearnRuns runs) {
        List<LearnLine.Run> all = runs.of(LearnTask.LONG_LISTOPS);
        if (all.isEmpty()) {
            return;
        }
        out.append("\n## ").append(LearnWords.title(LearnTask.LONG_LISTOPS)).append("\n\n");
        out.append(LearnWords.setting(LearnTask.LONG_LISTOPS)).append("\n");
        predictors(out, all);
        out.append("\n| attention | accuracy |\n| --- | ---: |\n");
        for (LearnLine.Run run : all) {
            out.append("| ")
                    .append(run.variant())
                    .append(" | ")
                    .append(
                            run.failure().isEmpty()
                                    ? SwapMetric.ACCURACY.print(run.accuracy())
                                    : "diverged")
                    .append(" |\n");
        }
    }

    private static void spectra(
            StringBuilder out, LearnRuns runs, String stem, Map<String, String> pictures) {
        StringBuilder parts = new StringBuilder();
        for (LearnTask task : LearnTask.compared()) {
            List<String> own = new ArrayList<>();
            for (FeatureName name : LearnVariant.learned()) {
                Optional<LearnLine.Run> run =
                        runs.of(task, LearnVariant.learned(name)).stream()
                                .filter(r -> r.before().isPresent() && r.after().isPresent())
                                .findFirst();
                if (run.isPresent()) {
                    own.add(picture(run.get(), name, task, stem, pictures));
                }
            }
            if (!own.isEmpty()) {
                parts.append("\n").append(LearnWords.title(task)).append(":\n\n");
                own.forEach(parts::append);
            }
        }
        if (!parts.isEmpty()) {
            out.append(LearnWords.SPECTRA).append(parts);
        }
    }

    private static String picture(
            LearnLine.Run run,
            FeatureName name,
            LearnTask task,
            String stem,
            Map<String, String> pictures) {
        Spectrum before = run.before().orElseThrow();
        Spectrum after = run.after().orElseThrow();
        boolean waves = name.text().endsWith("rks");
        String picture = stem + "-" + task + "-" + name.text() + ".svg";
        pictures.put(
                picture,
                waves
                        ? LearnCharts.spectrum(
                                run.variant() + ": kernel",
                                "distance",
                                0.25,
                                before,
                                after,
                                Spectrum::cut)
                        : LearnCharts.spectrum(
                                run.variant() + ": lengths of the frequencies",
                                "share of the frequencies that are shorter",
                                0.05,
                                before,
                                after,
                                Spectrum::lengths));
        return "![" + run.variant() + " before and after](" + picture + ")\n";
    }

    private void errors(StringBuilder out, String stem, Map<String, String> pictures) {
        List<LearnLine.Deviation> all =
                lines.stream()
                        .filter(LearnLine.Deviation.class::isInstance)
                        .map(LearnLine.Deviation.class::cast)
                        .filter(e -> DRAWN.contains(e.map()))
                        .toList();
        if (all.isEmpty()) {
            return;
        }
        out.append(LearnWords.ERRORS);
        for (double scale : all.stream().map(LearnLine.Deviation::scale).distinct().toList()) {
            String picture = stem + "-error-" + (scale == 1 ? "1" : "half") + ".svg";
            pictures.put(
                    picture,
                    LearnCharts.errors(
                            "Standard deviation of a coordinate: " + scale,
                            all.stream().filter(e -> e.scale() == scale).toList()));
            out.append("![Error against time](").append(picture).append(")\n");
        }
    }

    private void costs(StringBuilder out, String stem, Map<String, String> pictures) {
        List<LearnLine.Cost> all = costs();
        if (all.isEmpty()) {
            return;
        }
        out.append(LearnWords.COSTS);
        pictures.put(
                stem + "-time.svg",
                LearnCharts.costs(
                        "Forward and backward", "milliseconds", all, c -> c.seconds() * 1e3));
        pictures.put(
                stem + "-memory.svg",
                LearnCharts.costs(
                        "Kept between forward and backward",
                        "megabytes",
                        all,
                        c -> c.bytes() / 1e6));
        out.append("![Time against length](").append(stem).append("-time.svg)\n");
        out.append("![Memory against length](").append(stem).append("-memory.svg)\n");
        int[] lengths = all.stream().mapToInt(LearnLine.Cost::length).distinct().sorted().toArray();
        out.append("\n| ms, MB |")
                .append(
                        Arrays.stream(lengths)
                                .mapToObj(n -> String.format(Locale.ROOT, " %,d |", n))
                                .collect(Collectors.joining()))
                .append("\n| --- |")
                .append(" ---: |".repeat(lengths.length))
                .append("\n");
        for (String name : all.stream().map(LearnLine.Cost::attention).distinct().toList()) {
            out.append("| ").append(name).append(" |");
            for (int length : lengths) {
                out.append(
                        all.stream()
                                .filter(c -> c.attention().equals(name) && c.length() == length)
                                .findFirst()
                                .map(c ->
                                        String.format(
                                                Locale.ROOT,
                                                " %.1f, %.1f |",
                                                c.seconds() * 1e3,
                                                c.bytes() / 1e6))
                                .orElse(" |"));
            }
            out.append("\n");
        }
    }
}
