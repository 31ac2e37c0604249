package nonmercer.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import nonmercer.lanes.Lanes;
import org.jspecify.annotations.Nullable;

/// What a measurement was made on; the `machine` of every JSON report.
///
/// @param os name and version of the operating system
/// @param arch the instruction set
/// @param cpu the processor's own name
/// @param cores the processors this JVM may use
/// @param memoryBytes the largest heap this JVM may use
/// @param jdk the JDK's version
/// @param vendor who built the JDK
/// @param vm the virtual machine and its mode
/// @param lanes which lanes are in use: `vector` or `scalar`
/// @param laneBits the width of the vectors in use in bits, 0 for the scalar lanes
/// @param flags the options this JVM was started with
/// @param commit the checkout that was measured, with `+` when files differ from it; null outside a
///   checkout
public record Machine(
        String os,
        String arch,
        String cpu,
        int cores,
        long memoryBytes,
        String jdk,
        String vendor,
        String vm,
        String lanes,
        int laneBits,
        List<String> flags,
        @Nullable String commit) {
    /// The machine this runs on.
    public static Machine here() {
        Runtime runtime = Runtime.getRuntime();
        return new Machine(
                property("os.name") + " " + property("os.version"),
                property("os.arch"),
                cpuName(),
                runtime.availableProcessors(),
                runtime.maxMemory(),
                property("java.runtime.version"),
                property("java.vendor"),
                property("java.vm.name") + ", " + property("java.vm.info"),
                Lanes.vector() ? "vector" : "scalar",
                Lanes.bits(),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                Build.here().commit());
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private static String cpuName() {
        Path linux = Path.of("/proc/cpuinfo");
        try {
            if (Files.isReadable(linux)) {
                return Files.readAllLines(linux, StandardCharsets.UTF_8).stream()
                        .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(property("os.arch"));
            }
            if (property("os.name").startsWith("Mac")) {
                Process sysctl =
                        new ProcessBuilder("/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string")
                                .start();
                return new String(sysctl.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .strip();
            }
        } catch (IOException e) {
            return property(
                    "os.arch"); // a name is a courtesy: the instruction set stands in for it
        }
        return Objects.requireNonNullElse(
                System.getenv("PROCESSOR_IDENTIFIER"), property("os.arch"));
    }
}
