package nonmercer.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What this machine and this JVM give.
@Command(
        name = "doctor",
        description = "Says what this machine and JVM give, and what to change when the fast path is off.",
        mixinStandardHelpOptions = true)
final class Doctor implements Callable<Integer> {
    @Mixin
    private JsonFile json;

    @Override
    public Integer call() throws Exception {
        json.check();
        Terminal terminal = Terminal.here();
        Machine machine = Machine.here();
        new Table("", "")
                .row("cpu", machine.cpu())
                .print(terminal.out());
        json.write("doctor", List.of());
        return 0;
    }
}
