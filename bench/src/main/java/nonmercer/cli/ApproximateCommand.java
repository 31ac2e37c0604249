package nonmercer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import nonmercer.data.Labelled;
import nonmercer.data.LabelledCorpus;
import nonmercer.data.Shares;
import nonmercer.experiment.Approximation;
import nonmercer.experiment.Approximation.Found;
import nonmercer.experiment.Approximation.Point;
import nonmercer.experiment.ApproximationPage;
import nonmercer.experiment.FeatureFamilies;
import nonmercer.experiment.FeatureFamily;
import nonmercer.experiment.HeadSamples;
import nonmercer.feature.Target;
import nonmercer.io.AtomicFile;
import nonmercer.io.BadInputException;
import nonmercer.model.TextClassifier;
import nonmercer.random.RandomStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Error of attention through features against its time, for every feature map.
@Command(
        name = "approximate",
        description = {
            "Compares attention through every feature map with exact attention: error at equal numbers of features"
                    + " and at equal time, on queries and keys that are drawn or that a trained model sees.",
            "Writes the page target/approximate/index.html."
        },
        mixinStandardHelpOptions = true)
final class ApproximateCommand implements Callable<Integer> {
    private static final double SLICE = 0.02; // seconds of a measurement

    @Option(
            names = "--target",
            description =
                    "The kernel: SOFTMAX is exp(q·k/√d), GAUSSIAN exp(-‖q-k‖²/(2√d)) (default:"
                            + " ${DEFAULT-VALUE}).",
            defaultValue = "SOFTMAX")
    private Target target = Target.SOFTMAX;

    @Option(
            names = "--dim",
            paramLabel = "N",
            description = "Coordinates of a head (default: ${DEFAULT-VALUE}).",
            defaultValue = "64")
    private int dimension;

    @Option(
            names = "--heads",
            paramLabel = "N",
            description = "Heads (default: ${DEFAULT-VALUE}).",
            defaultValue = "4")
    private int heads;

    @Option(
            names = "--length",
            paramLabel = "N",
            description =
                    "Queries, and keys; with --model of the measurement of time (default: ${DEFAULT-VALUE}).",
            defaultValue = "512")
    private int length;

    @Option(
            names = "--scale",
            paramLabel = "X",
            description =
                    "Standard deviation of a coordinate; 1 is that of a fresh Transformer (default:"
                            + " ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private double scale;

    @Option(
            names = "--offset",
            paramLabel = "X",
            description = "Size of the mean of a coordinate (default: ${DEFAULT-VALUE}).",
            defaultValue = "0")
    private double offset;

    @Option(
            names = "--spread",
            paramLabel = "X",
            description = "How unequal the coordinates are (default: ${DEFAULT-VALUE}).",
            defaultValue = "0")
    private double spread;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "Queries and keys of the classifier that `compare --save` saved here, as it reads test texts.")
    private @Nullable Path model;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description =
                    "With --model: its data, lines of label<TAB>text. Default: the JDK's messages.")
    private @Nullable Path data;

    @Option(
            names = "--texts",
            paramLabel = "N",
            description =
                    "With --model: so many of the longest test texts (default: ${DEFAULT-VALUE}).",
            defaultValue = "8")
    private int texts;

    @Option(
            names = "--features",
            paramLabel = "N",
            split = ",",
            description = "Numbers of features (default: 16,32,64,128,256,512).")
    private List<Integer> features = List.of(16, 32, 64, 128, 256, 512);

    @Option(
            names = "--at",
            paramLabel = "N",
            description =
                    "The table shows this number of features, and the time that positive features take"
                            + " with it (default: ${DEFAULT-VALUE}).",
            defaultValue = "128")
    private int at;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            split = ",",
            description = "Only the maps with one of these in their names.")
    private List<String> only = List.of();

    @Option(
            names = "--seeds",
            description = "Draws of a random map (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int seeds;

    @Option(
            names = "--seed",
            description = "Of data and draws (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Mixin private JsonFile json;

    @Override
    public Integer call() throws IOException {
        json.check();
        List<FeatureFamily> families = families();
        HeadSamples samples = samples();
        Approximation approximation =
                new Approximation(
                        target,
                        samples,
                        families,
                        features,
                        seeds,
                        seed,
                        length,
                        Approximation.Stopwatch.median(SLICE));
        Terminal terminal = Terminal.here();
        Found found;
        try (Progress progress =
                terminal.progress("approximate", (long) families.size() * features.size())) {
            found =
                    approximation.run((family, budget, number, of) ->
                            progress.at(number - 1L, family.name() + ", " + budget));
            progress.at((long) families.size() * features.size(), "");
        }
        double time = time(found, families);
        List<String> heading =
                List.of(
                        "feature map",
                        "features",
                        "row error",
                        "95 %",
                        "output error",
                        "ms",
                        String.format(Locale.ROOT, "row error in %.2f ms", time * 1e3),
                        "relative sd",
                        "normaliser");
        List<List<String>> rows =
                families.stream()
                        .flatMap(f -> found.at(f, at).stream())
                        .map(p -> row(p, found.inTime(p.family(), time)))
                        .toList();
        Table table = new Table(heading.toArray(String[]::new));
        rows.forEach(r -> table.row(r.toArray(String[]::new)));
        table.print(terminal.out());
        List<String> notes = notes(found, families);
        terminal.out().println();
        notes.forEach(terminal.out()::println);
        Path page = Build.project().resolve("target/approximate/index.html");
        AtomicFile.write(
                page,
                new ApproximationPage(
                                kernel() + "; " + samples.name() + ".",
                                found,
                                families,
                                heading,
                                rows,
                                notes,
                                machine())
                        .html());
        terminal.out().println("page: " + page.toAbsolutePath().normalize());
        json.write("approximate", json(found, samples));
        return 0;
    }

    private String kernel() {
        return target == Target.SOFTMAX ? "exp(q·k/√d)" : "exp(-‖q-k‖²/(2√d))";
    }

    private List<FeatureFamily> families() {
        List<FeatureFamily> all = FeatureFamilies.of(target);
        List<FeatureFamily> some =
                all.stream()
                        .filter(f ->
                                only.isEmpty()
                                        || only.stream()
                                                .anyMatch(o ->
                                                        f.name()
                                                                .toLowerCase(Locale.ROOT)
                                                                .contains(
                                                                        o.toLowerCase(
                                                                                Locale.ROOT))))
                        .toList();
        if (some.isEmpty()) {
            throw new BadInputException(
                    "--only: no feature map has "
                            + String.join(" or ", only)
                            + " in its name; there are "
                            + String.join("; ", all.stream().map(FeatureFamily::name).toList()));
        }
        return some;
    }

    private HeadSamples samples() {
        if (model == null) {
            if (data != null) {
                throw new BadInputException("--data says what a model reads: give --model too");
            }
            return new HeadSamples.Drawing(heads, dimension, length, scale, offset, spread)
                    .draw(RandomStream.of(seed).at("heads"));
        }
        if (texts < 1) {
            throw new BadInputException("--texts: expected at least 1, got " + texts);
        }
        TextClassifier classifier = TextClassifier.load(model);
        LabelledCorpus corpus = data == null ? LabelledCorpus.ofJdk() : LabelledCorpus.read(data);
        List<String> test =
                corpus
                        .split(new Shares(0.7, 0.1, 0.2), RandomStream.of(1).at("split"))
                        .test()
                        .stream()
                        .map(Labelled::text)
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .limit(texts)
                        .toList();
        return HeadSamples.of(classifier, test);
    }

    /// What positive features take, or else the first map that there is.
    private double time(Found found, List<FeatureFamily> families) {
        FeatureFamily reference =
                families.stream()
                        .filter(f -> f.name().startsWith("positive"))
                        .findFirst()
                        .orElse(families.getFirst());
        return found.at(reference, at).map(Point::seconds).orElse(found.exact());
    }

    private static List<String> row(Point p, OptionalDouble inTime) {
        boolean one = p.rowErrors().length < 2;
        return List.of(
                p.family().name(),
                Integer.toString(p.features()),
                number(p.rowError()),
                one
                        ? ""
                        : "["
                                + number(p.interval().low())
                                + ", "
                                + number(p.interval().high())
                                + "]",
                number(p.outputError()),
                String.format(Locale.ROOT, "%.2f", p.seconds() * 1e3),
                inTime.isPresent() ? number(inTime.getAsDouble()) : "-",
                p.resolution().map(r -> String.format(Locale.ROOT, "%.2g", r.median())).orElse(""),
                p.risk().isEmpty()
                        ? "positive"
                        : p.lost() == 0
                                ? "can vanish"
                                : String.format(
                                        Locale.ROOT, "not positive: %.2g %%", 100 * p.lost()));
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, x >= 0.001 && x < 1000 ? "%.3f" : "%.2e", x);
    }

    private List<String> notes(Found found, List<FeatureFamily> families) {
        List<String> notes = new ArrayList<>();
        notes.add(
                String.format(
                        Locale.ROOT,
                        "Exact attention, fused, takes %.2f ms for these %,d rows.",
                        found.exact() * 1e3,
                        length));
        List<Point> shown = families.stream().flatMap(f -> found.at(f, at).stream()).toList();
        List<String> unresolved =
                shown.stream()
                        .filter(p -> p.resolution().map(r -> !r.resolves()).orElse(false))
                        .map(p -> p.family().name())
                        .toList();
        if (!unresolved.isEmpty()) {
            notes.add(
                    "WARNING: with so many features the relative standard deviation of half of the estimates"
                            + " exceeds 1: these do not resolve the kernel at this data: "
                            + String.join("; ", unresolved)
                            + ".");
        }
        List<String> worthless =
                found.constant(at).stream()
                        .flatMap(c -> shown.stream().filter(p -> p.rowError() > c.rowError()))
                        .map(p -> p.family().name())
                        .toList();
        if (!worthless.isEmpty()) {
            notes.add(
                    "WARNING: these err more than the plain mean of the values does: "
                            + String.join("; ", worthless)
                            + ".");
        }
        shown.stream()
                .filter(p -> p.risk().isPresent())
                .forEach(p ->
                        notes.add(
                                "WARNING: "
                                        + p.family().name()
                                        + ": attention divides by a sum that can vanish or change its"
                                        + " sign ("
                                        + p.risk().get()
                                        + "); LinearAttention refuses it, it was measured"
                                        + " unguarded."));
        return notes;
    }

    private static Map<String, String> machine() {
        Machine m = Machine.here();
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processor", m.cpu() + ", " + m.cores() + " cores");
        machine.put("JDK", m.jdk() + ", " + m.vendor());
        machine.put("lanes", m.lanes() + ", " + m.laneBits() + " bits");
        return machine;
    }

    private List<Map<String, Object>> json(Found found, HeadSamples samples) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Point p : found.points()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("map", p.family().name());
            row.put("target", target);
            row.put("data", samples.name());
            row.put("features", p.features());
            row.put("rowError", p.rowError());
            row.put("low", p.interval().low());
            row.put("high", p.interval().high());
            row.put("draws", p.rowErrors().length);
            row.put("outputError", p.outputError());
            row.put("seconds", p.seconds());
            row.put("exactSeconds", found.exact());
            p.risk().ifPresent(r -> row.put("risk", r));
            row.put("lostRows", p.lost());
            p.resolution()
                    .ifPresent(r -> {
                        row.put("relativeSdMedian", r.median());
                        row.put("relativeSdWorst", r.worst());
                        row.put("resolves", r.resolves());
                    });
            rows.add(row);
        }
        return rows;
    }
}
