package nonmercer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.DoubleSupplier;
import nonmercer.lanes.Bandwidth;
import nonmercer.lanes.Lanes;
import nonmercer.lanes.PeakFlops;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What this machine and this JVM give. The exit code is 0 when the fast path is on, else 1.
@Command(
        name = "doctor",
        description =
                "Says what this machine and JVM give, and what to change when the fast path is off.",
        mixinStandardHelpOptions = true)
final class Doctor implements Callable<Integer> {
    private static final long MEMORY =
            256L << 20; // bytes of an array: several times a last-level cache

    @Mixin private JsonFile json;

    /// What was found, and why it is so.
    private record Finding(String work, Object value, String reason) {}

    /// What was measured.
    private record Measurement(String work, String dtype, int threads, double value, String unit) {}

    @Override
    public Integer call() throws Exception {
        json.check();
        Terminal terminal = Terminal.here();
        Machine machine = Machine.here();
        Jvm jvm = Jvm.here();
        List<String> problems = new ArrayList<>(jvm.problems());
        if (!Lanes.vector()) {
            problems.add(Lanes.reason() + "; " + Lanes.remedy().orElse("leave that option away"));
        }

        String cores = machine.cores() == 1 ? " core, " : " cores, ";
        new Table("", "")
                .row("cpu", machine.cpu() + ", " + machine.cores() + cores + machine.arch())
                .row("os", machine.os())
                .row("jdk", machine.jdk() + ", " + machine.vendor())
                .row("vm", machine.vm())
                .row("compiler", jvm.compiler())
                .row(
                        "heap",
                        String.format(Locale.ROOT, "%.1f GB at most", machine.memoryBytes() * 1e-9))
                .row("fma", Lanes.fma() ? "on" : "off")
                .row("lanes", machine.lanes() + ": " + Lanes.reason())
                .print(terminal.out());
        List<Measurement> measured = measure(terminal, machine.cores());
        Table table = new Table("measured", "type", "threads", "best", "");
        for (Measurement m : measured) {
            table.row(
                    m.work,
                    m.dtype,
                    "" + m.threads,
                    String.format(Locale.ROOT, "%.1f", m.value),
                    m.unit);
        }
        terminal.out().println();
        table.print(terminal.out());
        terminal.out().println();
        if (problems.isEmpty()) {
            terminal.out().println("The fast path is on.");
        }
        for (String problem : problems) {
            terminal.out().println("To change: " + problem + ".");
        }
        json.write("doctor", rows(jvm, measured, problems));
        return problems.isEmpty() ? 0 : 1;
    }

    /// The peaks in one thread and in one thread a core.
    private static List<Measurement> measure(Terminal terminal, int cores) {
        int bytes = (int) Math.min(MEMORY, Runtime.getRuntime().maxMemory() / 8);
        List<Integer> threads = cores == 1 ? List.of(1) : List.of(1, cores);
        List<Measurement> measured = new ArrayList<>();
        try (Progress progress = terminal.progress("measuring", 3L * threads.size())) {
            for (int t : threads) {
                measure(
                        measured,
                        progress,
                        "fma",
                        "float32",
                        t,
                        "GFLOP/s",
                        () -> PeakFlops.float32(t));
            }
            for (int t : threads) {
                measure(
                        measured,
                        progress,
                        "fma",
                        "float64",
                        t,
                        "GFLOP/s",
                        () -> PeakFlops.float64(t));
            }
            for (int t : threads) {
                measure(
                        measured,
                        progress,
                        "copy",
                        "float64",
                        t,
                        "GB/s",
                        () -> Bandwidth.of(1, 1, bytes, t));
            }
        }
        return measured;
    }

    private static void measure(
            List<Measurement> to,
            Progress progress,
            String work,
            String dtype,
            int threads,
            String unit,
            DoubleSupplier rate) {
        progress.at(to.size(), work + " " + dtype);
        to.add(new Measurement(work, dtype, threads, rate.getAsDouble(), unit));
        progress.at(to.size(), "");
    }

    private static List<Object> rows(Jvm jvm, List<Measurement> measured, List<String> problems) {
        List<Object> rows = new ArrayList<>();
        rows.add(new Finding("lanes", Lanes.bits(), Lanes.reason()));
        rows.add(new Finding("fma", Lanes.fma(), "UseFMA"));
        rows.add(new Finding("compiler", jvm.compiler(), System.getProperty("java.vm.info", "")));
        rows.addAll(measured);
        problems.forEach(problem -> rows.add(new Finding("problem", true, problem)));
        return rows;
    }
}
