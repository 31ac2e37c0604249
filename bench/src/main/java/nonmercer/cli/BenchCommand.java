package nonmercer.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import nonmercer.bench.Case;
import nonmercer.bench.Measurement;
import nonmercer.bench.Row;
import nonmercer.bench.Suites;
import nonmercer.io.BadInputException;
import nonmercer.lanes.Lanes;
import nonmercer.parallel.Parallel;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Measures the library against the machine's peak and against peers.
@Command(
        name = "bench",
        description = {
            "Measures operations against the peak of this machine and against peers, in one process and in turn.",
            "Close everything else first: what disturbs the machine disturbs the figures."
        },
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "SUITE", description = "gemm, elementwise, softmax (default: all).")
    private List<String> suites = List.of();

    @Option(names = "--threads", description = "Threads of the pool (default: one a core).")
    private @Nullable Integer threads;

    @Option(names = "--quick", description = "Under a minute: fewer and shorter rounds.")
    private boolean quick;

    @Option(names = "--lanes", paramLabel = "WIDTH", description = "auto, scalar, 128, 256 or 512 bits (default: auto).")
    private @Nullable String lanes;

    @Option(names = "--jmh", paramLabel = "REGEX", description = "Run the JMH benchmarks whose name matches, in forks, with -prof gc.")
    private @Nullable String jmh;

    @Mixin
    private JsonFile json;

    @Override
    public Integer call() throws IOException, InterruptedException, RunnerException {
        json.check();
        if (lanes != null && !lanes.equals(System.getProperty("nonmercer.lanes"))) {
            return again(lanes);
        }
        if (jmh != null) {
            new Runner(new OptionsBuilder().include(jmh).addProfiler("gc").build()).run();
            return 0;
        }
        if (threads != null && threads < 1) {
            throw new BadInputException("--threads: a pool needs at least one thread, got " + threads);
        }
        if (threads != null) {
            Parallel.threads(threads);
        }
        List<Case> cases = new ArrayList<>();
        (suites.isEmpty() ? Suites.names() : suites).forEach(s -> cases.addAll(Suites.of(s)));
        Terminal terminal = Terminal.here();
        terminal.err().println("lanes: " + Lanes.reason() + "; " + Parallel.threads() + " threads");
        Measurement measurement =
                quick ? Measurement.quick(Parallel.threads()) : Measurement.thorough(Parallel.threads());
        List<Row> rows = new ArrayList<>();
        try (Progress progress = terminal.progress("measuring", cases.size())) {
            for (Case c : cases) {
                rows.add(measurement.measure(c));
                progress.at(rows.size(), c.suite() + " " + c.work());
            }
        }
        print(rows, terminal);
        json.write("bench", rows);
        return 0;
    }

    private static void print(List<Row> rows, Terminal terminal) {
        Table table = new Table("suite", "work", "sizes", "type", "threads", "ours", "", "spread", "bound", "of bound", "peers");
        for (Row r : rows) {
            String sizes = r.params().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(" "));
            String peers = r.peers().stream()
                    .map(p -> String.format(Locale.ROOT, "%s %s: %.1f (%.2f x)", p.name(), p.version(), p.value(), r.value() / p.value()))
                    .collect(Collectors.joining(", "));
            table.row(r.suite(), r.work(), sizes, r.dtype(), "" + r.threads(), number(r.value()), r.unit(),
                    String.format(Locale.ROOT, "%.0f %%", 100 * r.spread()), number(r.bound()),
                    String.format(Locale.ROOT, "%.0f %%", 100 * r.ofBound()), peers);
        }
        table.print(terminal.out());
    }

    private static String number(double v) {
        return String.format(Locale.ROOT, "%.1f", v);
    }

    /// Lanes are chosen once, when the JVM loads them: other lanes need another JVM, started as this one was.
    private int again(String width) throws IOException, InterruptedException {
        ProcessHandle.Info me = ProcessHandle.current().info();
        List<String> command = new ArrayList<>();
        command.add(me.command().orElse(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-Dnonmercer.lanes=" + width);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "bench", "--lanes", width));
        command.addAll(suites);
        if (threads != null) {
            command.addAll(List.of("--threads", threads.toString()));
        }
        if (quick) {
            command.add("--quick");
        }
        if (jmh != null) {
            command.addAll(List.of("--jmh", jmh));
        }
        json.file().ifPresent(f -> command.addAll(List.of("--json", f.toString())));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
