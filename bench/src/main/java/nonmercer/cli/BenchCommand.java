package nonmercer.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import nonmercer.bench.Budget;
import nonmercer.bench.Case;
import nonmercer.bench.Jmh;
import nonmercer.bench.Meter;
import nonmercer.bench.Peers;
import nonmercer.bench.Rounds;
import nonmercer.bench.Row;
import nonmercer.bench.Suite;
import nonmercer.bench.Suites;
import nonmercer.io.BadInputException;
import nonmercer.lanes.Lanes;
import nonmercer.parallel.Parallel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Measures the library against the machine's peak and against peers.
@Command(
        name = "bench",
        description = {
            "Measures operations against the peak of this machine and against peers, in one process and in turn.",
            "",
            "Ours and a peer's figure is the median of its rounds; the spread is the width of the middle half of our "
                    + "rounds; the bound is the best round of loops that only compute (GFLOP/s) or only move as many "
                    + "bytes in and out (GB/s), at the same number of threads and with the same lanes.",
            "Close everything else first: what disturbs the machine disturbs the figures.",
            ""
        },
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final String LANES = "nonmercer.lanes";
    private static final String JAVA = "java";
    private static final List<String> WIDTHS = List.of("auto", "scalar", "128", "256", "512");
    private static final double QUIET =
            0.3; // the load average below which a machine counts as quiet

    @Parameters(
            arity = "0..*",
            paramLabel = "SUITE",
            completionCandidates = SuiteNames.class,
            description = "Which suites: ${COMPLETION-CANDIDATES} (default: all).")
    private List<String> suites = List.of();

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            description = "Only rows with this in their name, such as 'float32 m=512'.")
    private @Nullable String only;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the pool (default: one a core).")
    private @Nullable Integer threads;

    @Option(names = "--quick", description = "Under a minute: fewer and shorter rounds.")
    private boolean quick;

    @Option(
            names = "--lanes",
            paramLabel = "WIDTH",
            description = "The lanes: auto, scalar, 128, 256 or 512 bits.")
    private @Nullable String lanes;

    @Option(
            names = "--peers",
            paramLabel = "KIND",
            description = {
                "java: the libraries in Java (default).",
                "native: OpenBLAS and libtorch as well, each at its best setting for the threads; the first run fetches "
                        + "them."
            })
    private String peers = JAVA;

    @Option(
            names = "--jmh",
            description =
                    "Measure by JMH, each contestant in a JVM of its own, and report what a call allocates.")
    private boolean jmh;

    @Mixin private JsonFile json;

    @Spec private CommandSpec spec;

    /// The names of the suites, for the help.
    static final class SuiteNames extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        SuiteNames() {
            super(Suites.all().stream().map(Suite::name).toList());
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        json.check();
        List<Suite> chosen =
                suites.isEmpty()
                        ? Suites.all()
                        : suites.stream().distinct().map(Suites::named).toList();
        if (chosen.stream().flatMap(this::cases).findAny().isEmpty()) {
            throw new BadInputException(
                    "--only: no row of "
                            + String.join(", ", chosen.stream().map(Suite::name).toList())
                            + " has '"
                            + only
                            + "' in its name; a name looks like '"
                            + chosen.getFirst().cases().getFirst()
                            + "'");
        }
        checkPeers();
        if (threads != null && threads < 1) {
            throw new BadInputException(
                    "--threads: a pool needs at least one thread, got " + threads);
        }
        if (lanes != null && !WIDTHS.contains(lanes)) {
            throw new BadInputException(
                    "--lanes: expected auto, scalar, 128, 256 or 512, got " + lanes);
        }
        if (lanes != null && !lanes.equals(System.getProperty(LANES, "auto"))) {
            // The lanes are chosen once, when they are first used: others need another JVM.
            return Relaunch.with(
                    LANES, lanes, spec.root().commandLine().getParseResult().originalArgs());
        }
        int before = Parallel.threads();
        Parallel.threads(threads == null ? before : threads);
        try {
            return run(chosen, Terminal.here());
        } finally {
            Parallel.threads(before);
        }
    }

    private void checkPeers() {
        if (!peers.equals(JAVA) && !peers.equals("native")) {
            throw new BadInputException("--peers: expected java or native, got " + peers);
        }
        if (!peers.equals(JAVA) && Peers.natives().isEmpty()) {
            throw new BadInputException(
                    "--peers native: they are not in this build; start with ./nonmercer, or build with -Pnative-peers");
        }
    }

    private Stream<Case> cases(Suite suite) {
        return suite.cases().stream().filter(c -> only == null || c.id().contains(only));
    }

    private int run(List<Suite> chosen, Terminal terminal) throws IOException {
        int n = Parallel.threads();
        Machine machine = Machine.here();
        terminal.out().println(machine.cpu() + ", JDK " + machine.jdk());
        terminal.out().println(Lanes.reason() + "; " + (n == 1 ? "1 thread" : n + " threads"));
        Peers.natives().forEach(library -> terminal.out().println(library.about()));
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (load > QUIET) {
            terminal.err()
                    .println(
                            String.format(
                                    Locale.ROOT,
                                    "This machine is not quiet (load average %.1f): the figures may be low.",
                                    load));
        }
        Meter meter = meter(n, terminal.err());
        List<Row> rows = new ArrayList<>();
        for (Suite suite : chosen) {
            List<Case> cases = cases(suite).toList();
            if (!cases.isEmpty()) {
                List<Row> measured = measure(suite, cases, meter, terminal);
                terminal.out().println();
                terminal.out().println(suite.name() + ": " + suite.about());
                BenchTable.of(measured).print(terminal.out());
                rows.addAll(measured);
            }
        }
        json.write("bench", rows);
        return 0;
    }

    private Meter meter(int n, PrintStream log) {
        if (jmh) {
            return quick ? new Jmh(3, 0.2, n, log) : new Jmh(9, 1, n, log);
        }
        return new Rounds(quick ? Budget.QUICK : Budget.THOROUGH, n);
    }

    private static List<Row> measure(
            Suite suite, List<Case> cases, Meter meter, Terminal terminal) {
        List<Row> rows = new ArrayList<>();
        try (Progress progress = terminal.progress(suite.name(), cases.size())) {
            for (Case c : cases) {
                progress.at(rows.size(), c.work() + " " + c.sizes());
                rows.add(meter.measure(c));
                progress.at(rows.size(), "");
            }
        }
        return rows;
    }
}
