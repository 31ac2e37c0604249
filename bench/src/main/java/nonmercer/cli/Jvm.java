package nonmercer.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// What the JVM says of itself beyond [Machine].
///
/// @param compiler the compiler of hot code: `C2`, `C1`, `Graal`, or `none`
/// @param problems what makes this JVM unfit, each with its remedy, in sentences
record Jvm(String compiler, List<String> problems) {
    private static final Runtime.Version SOUND = Runtime.Version.parse("25.0.3");

    /// The running one.
    static Jvm here() {
        List<String> problems = new ArrayList<>();
        if (flag("UseCompactObjectHeaders").equals("true")) {
            problems.add(
                    "compact object headers can corrupt data silently on JDK 25; run without -XX:+UseCompactObjectHeaders");
        }
        if (Runtime.version().compareToIgnoreOptional(SOUND) < 0) {
            problems.add(
                    "JDK "
                            + Runtime.version().feature()
                            + " before "
                            + SOUND
                            + " has known faults of its garbage collector; install a later one, from https://adoptium.net for instance");
        }
        return new Jvm(compilerName(), List.copyOf(problems));
    }

    private static String compilerName() {
        String info = System.getProperty("java.vm.info", "");
        if (info.contains("interpreted")) {
            return "none";
        }
        if (flag("UseJVMCICompiler").equals("true")) {
            return "Graal";
        }
        return info.contains("emulated-client") || !flag("TieredStopAtLevel").equals("4")
                ? "C1"
                : "C2";
    }

    private static String flag(String name) {
        HotSpotDiagnosticMXBean bean =
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return bean == null ? "" : bean.getVMOption(name).getValue();
        } catch (IllegalArgumentException e) {
            return ""; // this JVM has no such flag
        }
    }
}
