package nonmercer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import nonmercer.attention.Attention;
import nonmercer.data.LabelledCorpus;
import nonmercer.experiment.Compare;
import nonmercer.experiment.ComparePage;
import nonmercer.experiment.Intervals;
import nonmercer.experiment.ModelSize;
import nonmercer.io.AtomicFile;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.KernelExpression;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Traits;
import nonmercer.metric.Accuracy;
import nonmercer.metric.Interval;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Trains one encoder an attention on a text classification task and compares them.
@Command(
        name = "compare",
        description =
                "Trains the same Transformer once per attention kernel on real text, and compares them.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Option(
            names = "--kernels",
            paramLabel = "KERNELS",
            description =
                    "The kernels, by name or as expressions such as \"gauss(2),expdot + quadratic\" (default: ${DEFAULT-VALUE}).",
            defaultValue = "ExpDot,Gauss,ExpIntersection,Quadratic,Distance")
    private String names = "";

    @Option(
            names = "--features",
            paramLabel = "FEATURES",
            description = {
                "Beside the kernels, attention in linear time through these features, such as"
                        + " \"favor+,gmm-prf(64, fixed)\": the names of `train --features`, with at most "
                        + AttentionOptions.COUNT
                        + " a head or as many as they say."
            })
    private @Nullable String features;

    @Option(
            names = "--seeds",
            description = "Trainings of each (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private int seeds;

    @Option(
            names = "--epochs",
            description = "Epochs a training (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int epochs;

    @Option(
            names = "--size",
            description = "The model: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "MEDIUM")
    private ModelSize size = ModelSize.MEDIUM;

    @Option(
            names = "--seed",
            description = "Of everything random (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Your own data: lines of label<TAB>text. Default: the JDK's messages.")
    private @Nullable Path data;

    @Option(
            names = "--save",
            paramLabel = "DIR",
            description = "Save the model that is best on the validation data.")
    private @Nullable Path save;

    @Mixin private JsonFile json;

    /// A row of the table, of the page and of the JSON.
    private record Row(
            String name,
            Map<String, String> traits,
            double accuracy,
            Interval interval,
            double secondsPerEpoch,
            double tokensPerSecond,
            int seeds,
            String against) {
        boolean baseline() {
            return traits.isEmpty();
        }
    }

    @Override
    public Integer call() throws IOException {
        json.check();
        Terminal terminal = Terminal.here();
        List<Attention> contestants = contestants();
        LabelledCorpus corpus = data == null ? LabelledCorpus.ofJdk() : LabelledCorpus.read(data);
        Compare compare = new Compare(corpus, size, epochs, seeds, seed);
        Compare.Data prepared = compare.prepare();
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "%s: %,d texts, %d classes; %,d to train on, %,d to validate, %,d to test%n",
                        corpus.name(),
                        corpus.items().size(),
                        corpus.labels().size(),
                        prepared.split().train().size(),
                        prepared.split().validation().size(),
                        prepared.split().test().size());
        List<Compare.Baseline> baselines = compare.baselines(prepared);
        List<Row> rows = new ArrayList<>();
        baselines.forEach(b -> rows.add(row(b)));
        List<Compare.Result> results = new ArrayList<>();
        for (Attention attention : contestants) {
            Compare.Result result = train(compare, attention, prepared, terminal);
            results.add(result);
            rows.add(row(result, baselines.getLast()));
        }
        table(rows).print(terminal.out());
        List<String> notes = notes(rows, baselines);
        notes.forEach(terminal.out()::println);
        Path page = Build.project().resolve("target/compare/index.html");
        write(page, corpus, rows, notes, results, Compare.pictured(prepared));
        terminal.out().println("page: " + page.toAbsolutePath().normalize());
        if (save != null) {
            saveBest(results, save, terminal);
        }
        json.write("compare", rows.stream().map(CompareCommand::json).toList());
        return 0;
    }

    private List<Attention> contestants() {
        List<Attention> all = new ArrayList<>();
        KernelOption.all(names).forEach(k -> all.add(Attention.of(k)));
        if (features != null) {
            KernelExpression.split(features)
                    .forEach(f ->
                            all.add(AttentionOptions.through(f, AttentionOptions.COUNT, null)));
        }
        return all;
    }

    private static Compare.Result train(
            Compare compare, Attention attention, Compare.Data data, Terminal terminal) {
        try (TrainingProgress progress =
                new TrainingProgress(terminal, attention.label(), compare.seeds())) {
            return compare.train(attention, data, progress);
        }
    }

    private static Row row(Compare.Baseline b) {
        Accuracy a = accuracy(b.right());
        String name = b.choice().isEmpty() ? b.name() : b.name() + " (" + b.choice() + ")";
        return new Row(name, Map.of(), a.value(), a.interval(), 0, 0, 1, "");
    }

    private static Row row(Compare.Result r, Compare.Baseline words) {
        double[] each =
                r.trainings().stream().mapToDouble(t -> accuracy(t.right()).value()).toArray();
        Accuracy first = accuracy(r.trainings().getFirst().right());
        double mean = java.util.Arrays.stream(each).average().orElseThrow();
        Interval interval = each.length == 1 ? first.interval() : Interval.mean(each);
        var test = r.against(words);
        String against =
                String.format(
                        Locale.ROOT,
                        "%s (p = %.2g)",
                        test.standing().name().toLowerCase(Locale.ROOT),
                        test.p());
        return new Row(
                r.name(),
                traits(r),
                mean,
                interval,
                r.secondsPerEpoch(),
                r.tokensPerSecond(),
                each.length,
                against);
    }

    private static Accuracy accuracy(boolean[] right) {
        int n = 0;
        for (boolean r : right) {
            n += r ? 1 : 0;
        }
        return new Accuracy(n, right.length);
    }

    /// What is known of the kernel; through features that is their number.
    private static Map<String, String> traits(Compare.Result r) {
        Map<String, String> known = new LinkedHashMap<>();
        if (r.features().isPresent()) {
            known.put("features", String.format(Locale.ROOT, "%,d", r.features().getAsInt()));
            return known;
        }
        Traits traits = r.attention().kernel().traits();
        known.put("symmetric", word(traits.of(Trait.SYMMETRIC)));
        known.put("positiveDefinite", word(traits.of(Trait.POSITIVE_DEFINITE)));
        known.put("features", traits.features().toString());
        return known;
    }

    private static String word(Evidence e) {
        return switch (e) {
            case Evidence.Proved p -> "yes";
            case Evidence.Refuted r -> "no";
            case Evidence.Unknown u -> "unknown";
        };
    }

    private static final List<String> HEADING =
            List.of(
                    "kernel",
                    "symmetric in q,k",
                    "positive definite",
                    "features",
                    "accuracy",
                    "95 % interval",
                    "s/epoch",
                    "tokens/s",
                    "against bag of words");

    private static List<String> cells(Row r) {
        boolean b = r.baseline();
        return List.of(
                r.name,
                b ? "" : r.traits.getOrDefault("symmetric", ""),
                b ? "" : r.traits.getOrDefault("positiveDefinite", ""),
                b ? "" : r.traits.getOrDefault("features", ""),
                String.format(Locale.ROOT, "%.3f", r.accuracy),
                r.interval.toString(),
                b ? "" : String.format(Locale.ROOT, "%.2f", r.secondsPerEpoch),
                b ? "" : String.format(Locale.ROOT, "%,.0f", r.tokensPerSecond),
                r.against);
    }

    private static Table table(List<Row> rows) {
        Table table = new Table(HEADING.toArray(new String[0]));
        rows.forEach(r -> table.row(cells(r).toArray(new String[0])));
        return table;
    }

    /// What the numbers say of each kernel against the majority class.
    private static List<String> notes(List<Row> rows, List<Compare.Baseline> baselines) {
        double majority = accuracy(baselines.getFirst().right()).value();
        List<String> below =
                rows.stream()
                        .filter(r -> !r.baseline() && r.interval.low() <= majority)
                        .map(Row::name)
                        .toList();
        List<String> notes = new ArrayList<>();
        notes.add(
                below.isEmpty()
                        ? "Every kernel is above the majority class by its whole interval."
                        : "Not above the majority class by its whole interval: "
                                + String.join(", ", below)
                                + ".");
        List<String> worse =
                rows.stream().filter(r -> r.against.startsWith("below")).map(Row::name).toList();
        if (!worse.isEmpty()) {
            notes.add("Below the bag of words (McNemar, 5 %): " + String.join(", ", worse) + ".");
        }
        return notes;
    }

    private void write(
            Path page,
            LabelledCorpus corpus,
            List<Row> rows,
            List<String> notes,
            List<Compare.Result> results,
            String message)
            throws IOException {
        Machine m = Machine.here();
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processor", m.cpu() + ", " + m.cores() + " cores");
        machine.put("system", m.os() + ", " + m.arch());
        machine.put("JDK", m.jdk() + ", " + m.vendor());
        machine.put("virtual machine", m.vm());
        machine.put("lanes", m.lanes() + ", " + m.laneBits() + " bits");
        machine.put(
                "nonmercer",
                Build.here().version() + (m.commit() == null ? "" : " (" + m.commit() + ")"));
        machine.put(
                "model",
                size + ", " + epochs + " epochs, " + seeds + (seeds == 1 ? " seed" : " seeds"));
        List<Intervals.Entry> intervals =
                rows.stream()
                        .map(r ->
                                new Intervals.Entry(
                                        r.name.replaceFirst(" \\(.*", ""),
                                        r.accuracy,
                                        r.interval.low(),
                                        r.interval.high()))
                        .toList();
        ComparePage html =
                new ComparePage(
                        "Attention kernels on " + corpus.name(),
                        machine,
                        HEADING,
                        rows.stream().map(CompareCommand::cells).toList(),
                        notes);
        Files.createDirectories(page.getParent());
        AtomicFile.write(page, html.html(intervals, results, message));
    }

    private static void saveBest(List<Compare.Result> results, Path folder, Terminal terminal) {
        Compare.Result best = results.getFirst();
        for (Compare.Result r : results) {
            best =
                    r.trainings().getFirst().validation() > best.trainings().getFirst().validation()
                            ? r
                            : best;
        }
        best.trainings().getFirst().model().save(folder);
        terminal.out()
                .println(
                        "saved: "
                                + best.name()
                                + ", the best on the validation data, in "
                                + folder);
    }

    private static Map<String, Object> json(Row r) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("kernel", r.name);
        row.put("traits", r.traits);
        row.put("accuracy", r.accuracy);
        row.put("low", r.interval.low());
        row.put("high", r.interval.high());
        row.put("secondsPerEpoch", r.secondsPerEpoch);
        row.put("tokensPerSecond", r.tokensPerSecond);
        row.put("seeds", r.seeds);
        if (r.baseline()) {
            row.put("baseline", true);
        } else {
            row.put("againstBagOfWords", r.against);
        }
        return row;
    }
}
