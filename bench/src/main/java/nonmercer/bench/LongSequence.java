package nonmercer.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nonmercer.array.DType;
import nonmercer.attention.Mask;
import nonmercer.kernel.ExpDot;
import nonmercer.parallel.Parallel;

/// Attention over a long sequence, forward and backward, in a JVM of its own with a small heap.
final class LongSequence {
    /// Its tokens.
    static final int LENGTH = 65_536;

    private static final int WIDTH = 64;
    private static final String HEAP = "-Xmx512m";

    private LongSequence() {}

    /// What the other JVM runs: the number of threads, then that of the tokens.
    public static void main(String[] arguments) {
        Parallel.threads(Integer.parseInt(arguments[0]));
        int n = Integer.parseInt(arguments[1]);
        DType f32 = DType.FLOAT32;
        var forward =
                new Task.Attend(
                        new ExpDot(),
                        Mask.none(),
                        Suites.random("q", f32, 1, 1, n, WIDTH),
                        Suites.random("k", f32, 1, 1, n, WIDTH),
                        Suites.random("v", f32, 1, 1, n, WIDTH));
        Task task = new Task.AttendTraining(forward, Suites.random("g", f32, 1, 1, n, WIDTH));
        Ours.of(task).call().run();
    }

    /// Runs it with as many threads as the pool has.
    ///
    /// @throws IllegalStateException with what it printed if it failed
    static void run() {
        run(LENGTH);
    }

    static void run(int n) {
        run(LongSequence.class, n, HEAP);
    }

    /// Runs a class with the numbers of threads and tokens in a JVM with this heap.
    static void run(Class<?> main, int n, String heap) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.removeIf(
                argument -> argument.startsWith("-agentlib") || argument.startsWith("-javaagent"));
        command.addAll(List.of(heap, "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(main.getName(), "" + Parallel.threads(), "" + n));
        try {
            Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
            byte[] said = child.getInputStream().readAllBytes();
            if (child.waitFor() != 0) {
                throw new IllegalStateException(
                        n
                                + " tokens do not run under "
                                + heap
                                + ": "
                                + new String(said, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException("no other JVM could be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
