package nonmercer.bench;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The memory of this process as Linux counts it: what native code allocates shows nowhere else.
final class Resident {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path RESET = Path.of("/proc/self/clear_refs");
    private static final String PEAK_TO_PRESENT = "5"; // proc(5)

    private Resident() {}

    /// By how many 10⁶ bytes the resident memory stood higher at its highest during the call than
    /// before it; 0 where the system does not tell. What the C library kept of earlier calls is
    /// given back first, and what the JVM has no more use for: it would go on doing so meanwhile,
    /// and hide as much of what the call takes.
    static double growth(Runnable call) {
        try {
            if (!Files.isWritable(RESET)) {
                return 0;
            }
            trim();
            settle();
            Files.writeString(RESET, PEAK_TO_PRESENT);
            double before = kilobytes("VmRSS");
            call.run();
            return 1.024e-3 * (kilobytes("VmHWM") - before);
        } catch (IOException e) {
            return 0;
        }
    }

    /// Collects garbage, and waits until the pages of the heap are given back: until a reading is
    /// that of a while ago, within 1 MB, or 2 s have passed.
    private static void settle() throws IOException {
        System.gc();
        double last = 0;
        for (int i = 0; i < 20; i++) {
            double now = kilobytes("VmRSS");
            if (Math.abs(now - last) < 1000) {
                return;
            }
            last = now;
            LockSupport.parkNanos(100_000_000L);
        }
    }

    private static double kilobytes(String name) throws IOException {
        Matcher line = Pattern.compile(name + ":\\s+(\\d+) kB").matcher(Files.readString(STATUS));
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    @SuppressWarnings("restricted")
    private static void trim() {
        var descriptor = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG);
        Linker.nativeLinker()
                .defaultLookup()
                .find("malloc_trim")
                .ifPresent(at -> {
                    try {
                        int _ =
                                (int)
                                        Linker.nativeLinker()
                                                .downcallHandle(at, descriptor)
                                                .invokeExact(0L);
                    } catch (Throwable e) {
                        throw new IllegalStateException("malloc_trim failed", e);
                    }
                });
    }
}
