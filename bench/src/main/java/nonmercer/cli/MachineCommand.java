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
import java.util.function.Supplier;
import nonmercer.data.PairCorpus;
import nonmercer.experiment.Intervals;
import nonmercer.experiment.MachinePage;
import nonmercer.experiment.Machines;
import nonmercer.experiment.PairData;
import nonmercer.io.AtomicFile;
import nonmercer.io.BadInputException;
import nonmercer.kernel.KernelExpression;
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
            description =
                    "A language of the JDK's messages, such as de, ja or zh_CN (default: ${DEFAULT-VALUE}).",
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
                    "The kernel of texts, such as 'gauss(2) + expdot' or 'distance' (default: ${DEFAULT-VALUE}).",
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
        check();
        Machines machines =
                new Machines(read(), KernelExpression.parse(kernel), p, loss.loss(), lambda, seed);
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
        List<Machines.Result> results = fitted(machines, terminal);
        List<List<String>> rows =
                results.stream().map(r -> MachineTable.cells(machines, r)).toList();
        List<String> heading = MachineTable.heading(problem.matching());
        Table table = new Table(heading.toArray(new String[0]));
        rows.forEach(r -> table.row(r.toArray(new String[0])));
        table.print(terminal.out());
        List<String> notes = notes(machines);
        for (Machines.Result r : results) {
            if (!r.converged()) {
                notes.addFirst(
                        r.name()
                                + " did not converge: what it minimises can be lower by as much as the gap");
            }
        }
        notes.forEach(terminal.out()::println);
        Path page = Build.project().resolve("target/machine/index.html");
        write(page, machines, results, heading, rows, notes);
        terminal.out().println("page: " + page.toAbsolutePath().normalize());
        json.write("machine", results.stream().map(r -> MachineTable.json(machines, r)).toList());
        return 0;
    }

    private List<Machines.Result> fitted(Machines machines, Terminal terminal) {
        Map<String, Supplier<Machines.Result>> ways = new LinkedHashMap<>();
        ways.put("constant", machines::constant);
        ways.put("sum", () -> machines.coupled(Coupling.ADDITIVE));
        ways.put("product", () -> machines.coupled(Coupling.PRODUCT));
        if (machines.definite()) {
            ways.put("operator", machines::pairwise);
        }
        ways.put("towers", () -> machines.towers(steps));
        if (machines.data().positives()) {
            ways.put("attention", () -> machines.attention(steps));
        }
        List<Machines.Result> results = new ArrayList<>();
        try (Progress progress = terminal.progress("machines", ways.size())) {
            ways.forEach((name, way) -> {
                results.add(way.get());
                progress.at(results.size(), name);
            });
        }
        return results;
    }

    private void check() {
        if (pairs < 2 || steps < 1) {
            throw new BadInputException(
                    "--pairs must be at least 2 and --steps at least 1, got "
                            + pairs
                            + " and "
                            + steps);
        }
        if (!(p > 1 && p < Double.POSITIVE_INFINITY)) {
            throw new BadInputException("--p must be above 1 and finite, got " + p);
        }
        if (!(lambda > 0 && lambda < Double.POSITIVE_INFINITY)) {
            throw new BadInputException("--lambda must be above 0 and finite, got " + lambda);
        }
    }

    private PairData read() throws IOException {
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

    private List<String> notes(Machines machines) {
        List<String> notes = new ArrayList<>();
        if (machines.data().matching()) {
            notes.add(
                    "A sum ranks the keys alike for every query and a product up to the sign, so neither can match; the"
                            + " operator W, the towers and attention can. The towers see the matches and five other pairs"
                            + " for each, so their losses over all pairs are large. Rate, decay and dropout of towers and"
                            + " attention were chosen by looking at a test of this kind, the solvers have none.");
        }
        if (machines.data().positives()) {
            notes.add(
                    "Attention is the same two towers, trained so that the softmax of a query's predictions over its keys,"
                            + " which is its weights in a head with the towers as projections, falls on the keys of its"
                            + " positive responses. Its predictions are logits, so the loss says nothing of them.");
        }
        if (!machines.definite()) {
            notes.add(
                    "No proof says that "
                            + machines.kernel().name()
                            + " is positive definite: sum and product take the features of its singular vectors on the"
                            + " data to fit, and the operator W, which needs a Hilbert space, is left out.");
        } else if (loss != Losses.SQUARED || p != 2) {
            notes.add(
                    "The operator W minimises the squared loss and Hilbert norms, whatever is asked of the others.");
        }
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
                Accuracy a = MachineTable.accuracy(machines.found(r));
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
}
