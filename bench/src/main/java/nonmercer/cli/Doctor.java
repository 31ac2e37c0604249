package nonmercer.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import nonmercer.lanes.Lanes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What this machine and this JVM give. The exit code is 0 when the fast path is on, else 1.
@Command(
        name = "doctor",
        description = "Says what this machine and JVM give, and what to change when the fast path is off.",
        mixinStandardHelpOptions = true)
final class Doctor implements Callable<Integer> {
    @Mixin
    private JsonFile json;

    /// One line of the report: a finding with its value, its unit and its reason.
    private record Row(String work, Object value, @Nullable String unit, @Nullable String reason) {}

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

        new Table("", "")
                .row("cpu", machine.cpu() + ", " + machine.cores() + (machine.cores() == 1 ? " core, " : " cores, ") + machine.arch())
                .row("os", machine.os())
                .row("jdk", machine.jdk() + ", " + machine.vendor())
                .row("vm", machine.vm())
                .row("compiler", jvm.compiler())
                .row("heap", String.format(Locale.ROOT, "%.1f GB at most", machine.memoryBytes() * 1e-9))
                .row("fma", Lanes.fma() ? "on" : "off")
                .row("lanes", machine.lanes() + ": " + Lanes.reason())
                .print(terminal.out());
        say(terminal.out(), problems);
        json.write("doctor", rows(jvm, problems));
        return problems.isEmpty() ? 0 : 1;
    }

    private static void say(PrintStream out, List<String> problems) {
        out.println();
        if (problems.isEmpty()) {
            out.println("The fast path is on.");
        }
        for (String problem : problems) {
            out.println("To change: " + problem + ".");
        }
    }

    private static List<Row> rows(Jvm jvm, List<String> problems) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("lanes", Lanes.bits(), "bit", Lanes.reason()));
        rows.add(new Row("fma", Lanes.fma(), null, null));
        rows.add(new Row("compiler", jvm.compiler(), null, null));
        for (String problem : problems) {
            rows.add(new Row("problem", problem, null, null));
        }
        return rows;
    }
}
