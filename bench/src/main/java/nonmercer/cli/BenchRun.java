package nonmercer.cli;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import nonmercer.bench.Case;
import nonmercer.bench.Meter;
import nonmercer.bench.Peers;
import nonmercer.bench.Row;
import nonmercer.bench.Suite;
import nonmercer.lanes.Lanes;
import nonmercer.parallel.Parallel;

/// Measures cases suite by suite and prints each suite's table when it is done.
///
/// @param cases what to measure of each suite
/// @param threads at which numbers of threads; none means what each suite says
/// @param meters the meter for a number of threads
record BenchRun(
        Map<Suite, List<Case>> cases,
        List<Integer> threads,
        IntFunction<Meter> meters,
        Terminal terminal) {
    /// The load average below which a machine counts as quiet.
    private static final double QUIET = 0.3;

    /// What was measured.
    ///
    /// @param failures a sentence for each case that threw; it has no row
    record Result(List<Row> rows, List<String> failures) {}

    Result measure() {
        int before = Parallel.threads();
        try {
            announce();
            Map<Integer, Meter> meterOf = new HashMap<>();
            Result all = new Result(new ArrayList<>(), new ArrayList<>());
            cases.forEach((suite, its) -> {
                if (!its.isEmpty()) {
                    Result one = measure(suite, its, meterOf);
                    terminal.out().println();
                    terminal.out().println(suite.name() + ": " + suite.about());
                    BenchTable.of(one.rows).print(terminal.out());
                    one.failures.forEach(terminal.err()::println);
                    all.rows.addAll(one.rows);
                    all.failures.addAll(one.failures);
                }
            });
            return all;
        } finally {
            Parallel.threads(before);
        }
    }

    private void announce() {
        Machine machine = Machine.here();
        terminal.out().println(machine.cpu() + ", JDK " + machine.jdk());
        terminal.out().println(Lanes.reason());
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
    }

    /// What a suite's cases come to: one that throws does not take the others' figures with it.
    private Result measure(Suite suite, List<Case> its, Map<Integer, Meter> meterOf) {
        List<Row> rows = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        int cores = Parallel.threads();
        try (Progress progress =
                terminal.progress(
                        suite.name(), its.stream().mapToInt(c -> threads(c).size()).sum())) {
            for (Case c : its) {
                for (int n : threads(c)) {
                    progress.at(rows.size() + failures.size(), c.work() + " " + c.sizes());
                    Parallel.threads(n);
                    try {
                        rows.add(meterOf.computeIfAbsent(n, meters::apply).measure(c));
                    } catch (RuntimeException | OutOfMemoryError e) {
                        failures.add(c.id() + ", threads " + n + ": failed: " + e.getMessage());
                    }
                    Parallel.threads(cores);
                    progress.at(rows.size() + failures.size(), "");
                }
            }
        }
        return new Result(rows, failures);
    }

    private List<Integer> threads(Case c) {
        return threads.isEmpty() ? c.threads(Parallel.threads()) : threads;
    }
}
