package nonmercer.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The same command in another JVM, started as this one was.
final class Relaunch {
    private Relaunch() {}

    /// Runs the command line again with a system property set, on this process's streams, and gives
    /// its exit code. The child ends when this process is ended.
    static int with(String property, String value, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(
                ProcessHandle.current()
                        .info()
                        .command()
                        .orElse(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-D" + property + "=" + value); // the last one counts
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        Process child = new ProcessBuilder(command).inheritIO().start();
        Thread end = new Thread(child::destroy);
        Runtime.getRuntime().addShutdownHook(end);
        int exit = child.waitFor();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            return exit; // this process is ending: the hook has run
        }
        return exit;
    }
}
