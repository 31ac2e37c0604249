package nonmercer.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import nonmercer.bench.Budget;
import nonmercer.bench.Case;
import nonmercer.bench.Jmh;
import nonmercer.bench.Meter;
import nonmercer.bench.Peers;
import nonmercer.bench.Rounds;
import nonmercer.bench.Suite;
import nonmercer.bench.Suites;
import nonmercer.io.BadInputException;
import nonmercer.kernel.KernelExpression;
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
            "Every figure is the median of its rounds; the spread is the width of the middle half of our rounds; the "
                    + "bound is the fastest of several loops that only compute (GFLOP/s) or only read and write as "
                    + "many arrays (GB/s), measured in turn with ours, at the same number of threads and with the "
                    + "same lanes.",
            "Close everything else first: what disturbs the machine disturbs the figures.",
            ""
        },
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final String LANES = "nonmercer.lanes";
    private static final String JAVA = "java";
    private static final List<String> WIDTHS = List.of("auto", "scalar", "128", "256", "512");

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
            split = ",",
            description =
                    "Threads of the pool; each row at every number, as in 1,2 (default: one a core, the product also in "
                            + "one thread).")
    private List<Integer> threads = List.of();

    @Option(
            names = "--quick",
            description =
                    "Fewer and shorter rounds; without a suite a few rows of each, in under a minute.")
    private boolean quick;

    @Option(
            names = "--kernel",
            paramLabel = "KERNELS",
            description =
                    "Measure attention with these kernels, names or expressions, beside ExpDot and the native peers.")
    private List<String> kernels = List.of();

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description =
                    "Also write the result as a page, in Markdown, with a plot beside it: FILE.md and FILE.svg.")
    private @Nullable Path page;

    @Option(
            names = "--runs",
            arity = "1..*",
            paramLabel = "JSON",
            description =
                    "Measure nothing: make the page from what --json wrote in one or more runs.")
    private List<Path> runs = List.of();

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
                "native: OpenBLAS, libtorch and ONNX Runtime as well, each at its best setting for the threads; the first run fetches "
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
        checkPage();
        if (!runs.isEmpty()) {
            return pageOfRuns();
        }
        List<Suite> chosen = chosen();
        if (chosen.stream().allMatch(suite -> cases(suite).isEmpty())) {
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
        for (int n : threads) {
            if (n < 1) {
                throw new BadInputException(
                        "--threads: a pool needs at least one thread, got " + n);
            }
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
        Map<Suite, List<Case>> cases = new LinkedHashMap<>();
        chosen.forEach(suite -> cases.put(suite, cases(suite)));
        BenchRun.Result measured =
                new BenchRun(cases, threads, meters(), Terminal.here()).measure();
        json.write("bench", measured.rows());
        if (page != null) {
            new PerformancePage(List.of(BenchReport.here(measured.rows()))).write(page);
        }
        return measured.failures().isEmpty() ? 0 : 1;
    }

    private List<Suite> chosen() {
        if (kernels.isEmpty()) {
            return suites.isEmpty()
                    ? Suites.all()
                    : suites.stream().distinct().map(Suites::named).toList();
        }
        if (!suites.isEmpty() && !suites.equals(List.of("attention"))) {
            throw new BadInputException(
                    "--kernel: kernels are of the suite attention, got "
                            + String.join(", ", suites));
        }
        return List.of(
                Suites.attention(
                        kernels.stream()
                                .flatMap(k -> KernelExpression.split(k).stream())
                                .toList()));
    }

    private void checkPage() {
        if (page == null && !runs.isEmpty()) {
            throw new BadInputException("--runs: name the page to make of them with --page");
        }
        Path folder = page == null ? null : page.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new BadInputException("--page: the folder " + folder + " does not exist");
        }
    }

    private int pageOfRuns() throws IOException {
        List<BenchReport> reports = new ArrayList<>();
        for (Path run : runs) {
            reports.add(BenchReport.read(run));
        }
        new PerformancePage(reports).write(Objects.requireNonNull(page));
        return 0;
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

    private List<Case> cases(Suite suite) {
        List<Case> all =
                quick && suites.isEmpty() && kernels.isEmpty() && only == null
                        ? suite.quick()
                        : suite.cases();
        return all.stream().filter(c -> only == null || c.id().contains(only)).toList();
    }

    private IntFunction<Meter> meters() {
        PrintStream log = Terminal.here().err();
        if (jmh) {
            return quick ? n -> new Jmh(3, 0.2, n, log) : n -> new Jmh(9, 1, n, log);
        }
        return n -> new Rounds(quick ? Budget.QUICK : Budget.THOROUGH, n);
    }
}
