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
import nonmercer.data.PairCorpus;
import nonmercer.experiment.Intervals;
import nonmercer.experiment.MachinePage;
import nonmercer.experiment.Machines;
import nonmercer.experiment.PairData;
import nonmercer.io.AtomicFile;
import nonmercer.io.BadInputException;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.KernelExpression;
import nonmercer.kernel.Trait;
import nonmercer.machine.Coupling;
import nonmercer.machine.Loss;
import nonmercer.metric.Accuracy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Solves a binary learning problem as a kernel machine, and as two trained towers.
@Command(
        name = "machine",
        description = {
            "Solves a binary learning problem, two kinds of text and a response for each pair, as kernel machines and as",
            "two trained towers. Default: which translation belongs to which message of the JDK?"
        },
        mixinStandardHelpOptions = true)
final class MachineCommand implements Callable<Integer> {
    /// The losses by name.
    enum Losses {
        SQUARED,
        LOGISTIC,
        HINGE;

        Loss loss() {
            return switch (this) {
                case SQUARED -> Loss.squared();
                case LOGISTIC -> Loss.logistic();
                case HINGE -> Loss.hinge();
            };
        }
    }

    @Option(
            names = "--to",
            paramLabel = "LANGUAGE",
            description = "de, ja or zh_CN (default: ${DEFAULT-VALUE}).",
            defaultValue = "de")
    private String language = "de";

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Your own data: lines of x<TAB>y<TAB>value; a fifth is held out.")
    private @Nullable Path data;

    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            description =
                    "A positive definite kernel of texts, such as 'gauss(2) + expdot' (default: ${DEFAULT-VALUE}).",
            defaultValue = "Gauss")
    private String kernel = "Gauss";

    @Option(
            names = "--p",
            description =
                    "The exponent of the functions' norm, above 1 (default: ${DEFAULT-VALUE}).",
            defaultValue = "2")
    private double p;

    @Option(
            names = "--loss",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "SQUARED")
    private Losses loss = Losses.SQUARED;

    @Option(
            names = "--lambda",
            description = "The penalty of the norm (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.1")
    private double lambda;

    @Option(
            names = "--pairs",
            description =
                    "Messages to fit (default: ${DEFAULT-VALUE}); as many cross pairs as its square.",
            defaultValue = "400")
    private int pairs;

    @Option(
            names = "--steps",
            description = "Steps of training the towers (default: ${DEFAULT-VALUE}).",
            defaultValue = "300")
    private int steps;

    @Option(
            names = "--seed",
            description = "Of everything random (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Mixin private JsonFile json;

    @Override
    public Integer call() throws IOException {
        json.check();
        Terminal terminal = Terminal.here();
        Machines machines = new Machines(read(), checked(), p, loss.loss(), lambda, seed);
        PairData problem = machines.data();
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "%s: %,d x %,d, %,d responses to fit, %,d to test%n",
                        problem.name(),
                        problem.x().size(),
                        problem.y().size(),
                        problem.train().size(),
                        problem.test().size());
        List<Machines.Result> results = new ArrayList<>();
        results.add(machines.mean());
        try (Progress progress = terminal.progress("machines", 4)) {
            results.add(machines.coupled(Coupling.ADDITIVE));
            progress.at(1, "sum");
            results.add(machines.coupled(Coupling.PRODUCT));
            progress.at(2, "product");
            results.add(machines.pairwise());
            progress.at(3, "operator");
            results.add(machines.towers(steps));
            progress.at(4, "towers");
        }
        List<List<String>> rows = results.stream().map(r -> cells(machines, r)).toList();
        List<String> heading = heading(problem.matching());
        Table table = new Table(heading.toArray(new String[0]));
        rows.forEach(r -> table.row(r.toArray(new String[0])));
        table.print(terminal.out());
        List<String> notes = notes(problem);
        notes.forEach(terminal.out()::println);
        Path page = Build.project().resolve("target/machine/index.html");
        write(page, machines, results, heading, rows, notes);
        terminal.out().println("page: " + page.toAbsolutePath().normalize());
        json.write("machine", results.stream().map(r -> json(machines, r)).toList());
        return 0;
    }

    private PairData read() throws IOException {
        if (pairs < 2 || steps < 1) {
            throw new BadInputException(
                    "--pairs must be at least 2 and --steps at least 1, got "
                            + pairs
                            + " and "
                            + steps);
        }
        PairData problem =
                data == null
                        ? PairData.matching(
                                PairCorpus.ofJdk(language), pairs, Math.max(2, pairs / 2), seed)
                        : PairData.read(data, seed);
        if (loss != Losses.SQUARED && !problem.classes()) {
            throw new BadInputException(
                    "--loss "
                            + loss
                            + " takes values of -1 and 1, and "
                            + problem.name()
                            + " has others; use --loss squared");
        }
        return problem;
    }

    private Kernel checked() {
        Kernel k = KernelExpression.parse(kernel);
        if (!k.traits().proved(Trait.POSITIVE_DEFINITE)) {
            throw new BadInputException(
                    "--kernel: the functions' norm comes from a kernel that is proved positive definite, and "
                            + k.name()
                            + " is not; use one such as Gauss or ExpDot");
        }
        return k;
    }

    private static List<String> heading(boolean matching) {
        List<String> all = new ArrayList<>(List.of("machine", "loss fitted", "test error (rms)"));
        if (matching) {
            all.addAll(List.of("found first", "95 % interval", "ranked right"));
        }
        all.addAll(List.of("gap", "norm", "numbers", "unique", "seconds"));
        return all;
    }

    private static List<String> cells(Machines machines, Machines.Result r) {
        List<String> cells = new ArrayList<>();
        cells.add(r.name());
        cells.add(String.format(Locale.ROOT, "%.4f", r.trainLoss()));
        cells.add(String.format(Locale.ROOT, "%.4f", machines.error(r)));
        if (machines.data().matching()) {
            Accuracy found = accuracy(machines.found(r));
            cells.add(String.format(Locale.ROOT, "%.3f", found.value()));
            cells.add(found.interval().toString());
            cells.add(String.format(Locale.ROOT, "%.3f", machines.ranking(r)));
        }
        cells.add(Double.isNaN(r.gap()) ? "-" : String.format(Locale.ROOT, "%.1e", r.gap()));
        cells.add(Double.isNaN(r.norm()) ? "-" : String.format(Locale.ROOT, "%.3f", r.norm()));
        cells.add(String.format(Locale.ROOT, "%,d", r.support()));
        cells.add(r.unique());
        cells.add(String.format(Locale.ROOT, "%.2f", r.seconds()));
        return cells;
    }

    private static Accuracy accuracy(boolean[] right) {
        int n = 0;
        for (boolean b : right) {
            n += b ? 1 : 0;
        }
        return new Accuracy(n, right.length);
    }

    private static List<String> notes(PairData problem) {
        List<String> notes = new ArrayList<>();
        if (problem.matching()) {
            notes.add(
                    "A sum ranks the keys alike for every query and a product up to the sign, so neither can match; the"
                            + " operator W and the towers can. The towers see the matches and five other pairs for each;"
                            + " their rate and decay were chosen by looking at a test of this kind, the solvers have none.");
        }
        notes.add(
                "The softmax of the towers' predictions over the keys is attention: their weights are those of an attention"
                        + " layer with the towers as its projections.");
        return notes;
    }

    private void write(
            Path page,
            Machines machines,
            List<Machines.Result> results,
            List<String> heading,
            List<List<String>> rows,
            List<String> notes)
            throws IOException {
        Machine m = Machine.here();
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processor", m.cpu() + ", " + m.cores() + " cores");
        machine.put("JDK", m.jdk() + ", " + m.vendor());
        machine.put("lanes", m.lanes() + ", " + m.laneBits() + " bits");
        machine.put(
                "nonmercer",
                Build.here().version() + (m.commit() == null ? "" : " (" + m.commit() + ")"));
        machine.put(
                "problem",
                kernel + ", p = " + p + ", " + loss + ", λ = " + lambda + ", seed " + seed);
        List<Intervals.Entry> intervals = new ArrayList<>();
        if (machines.data().matching()) {
            for (Machines.Result r : results) {
                Accuracy a = accuracy(machines.found(r));
                intervals.add(
                        new Intervals.Entry(
                                r.name(), a.value(), a.interval().low(), a.interval().high()));
            }
        }
        MachinePage html =
                new MachinePage(
                        "Kernel machines on " + machines.data().name(),
                        machine,
                        heading,
                        rows,
                        notes);
        Files.createDirectories(page.getParent());
        AtomicFile.write(page, html.html(intervals, results));
    }

    private static Map<String, Object> json(Machines machines, Machines.Result r) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("machine", r.name());
        row.put("lossFitted", r.trainLoss());
        row.put("testError", machines.error(r));
        if (machines.data().matching()) {
            row.put("foundFirst", accuracy(machines.found(r)).value());
            row.put("rankedRight", machines.ranking(r));
        }
        if (!Double.isNaN(r.gap())) {
            row.put("gap", r.gap());
        }
        if (!Double.isNaN(r.norm())) {
            row.put("norm", r.norm());
        }
        row.put("numbers", r.support());
        row.put("unique", r.unique());
        row.put("seconds", r.seconds());
        return row;
    }
}
