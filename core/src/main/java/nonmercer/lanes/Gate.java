package nonmercer.lanes;

import java.util.Locale;
import java.util.Optional;

/// Whether the vector loops would be fast here, and at which width: decided once, in an order in
/// which each question is safe to ask only after the one before it.
///
/// @param bits the vector width, 0 for the scalar loops
/// @param reason why, in a sentence
/// @param remedy what would give the fast path, in a sentence; empty when it is on or was declined
record Gate(int bits, String reason, Optional<String> remedy) {
    static final String PROPERTY = "nonmercer.lanes";
    static final Gate CHOSEN =
            choose(System.getProperty(PROPERTY, "auto").toLowerCase(Locale.ROOT));

    private static Gate choose(String wish) {
        return switch (wish) {
            case "scalar" ->
                    new Gate(
                            0,
                            "the scalar loops were asked for by -Dnonmercer.lanes=scalar",
                            Optional.empty());
            case "auto" -> automatic();
            case "128", "256", "512" -> forced(Integer.parseInt(wish));
            default ->
                    throw new IllegalArgumentException(
                            "-Dnonmercer.lanes="
                                    + wish
                                    + " is not known; expected auto, scalar, 128, 256 or 512");
        };
    }

    private static Gate automatic() {
        String vm = System.getProperty("java.vm.name", "unknown");
        if (HotSpotFlags.flag("UseCompressedOops").isEmpty()) {
            return scalar(
                    "this JVM (" + vm + ") is not HotSpot, whose compiler the vector loops need",
                    "run on a HotSpot JDK 25, such as Temurin");
        }
        if (is("UseJVMCICompiler", "true")) {
            return scalar(
                    "the JVM compiles by JVMCI (Graal), whose support of the Vector API is not known to be fast",
                    "run without -XX:+UseJVMCICompiler, or force a width with -Dnonmercer.lanes=256");
        }
        if (!modulePresent()) {
            return noModule();
        }
        String info = System.getProperty("java.vm.info", "");
        if (info.contains("emulated-client")
                || info.contains("interpreted")
                || is("TieredStopAtLevel", "1")
                || is("TieredStopAtLevel", "2")
                || is("TieredStopAtLevel", "3")) {
            return scalar(
                    "the JVM runs without its optimising compiler C2 (" + info + ")",
                    "remove -Xint, -XX:TieredStopAtLevel and -client");
        }
        if (!is("UseFMA", "true")) {
            return scalar(
                    "the CPU or the JVM has no fused multiply-add (UseFMA is off)",
                    "run on a CPU with FMA and without -XX:-UseFMA and -XX:UseAVX=0");
        }
        int bits = Math.min(512, PreferredWidth.bits());
        if (bits < 128) {
            return scalar(
                    "the JVM offers vectors of " + bits + " bits only", "remove -XX:MaxVectorSize");
        }
        return new Gate(
                bits, "C2, FMA and the Vector API with " + bits + "-bit vectors", Optional.empty());
    }

    private static Gate forced(int bits) {
        if (!modulePresent()) {
            return noModule();
        }
        int most = PreferredWidth.bits();
        return bits <= most
                ? new Gate(
                        bits,
                        bits + "-bit vectors were asked for by -Dnonmercer.lanes",
                        Optional.empty())
                : new Gate(
                        most,
                        bits + "-bit vectors were asked for, this machine has " + most,
                        Optional.empty());
    }

    private static Gate noModule() {
        return scalar(
                "the module jdk.incubator.vector is not there",
                "start java with --add-modules jdk.incubator.vector");
    }

    private static boolean modulePresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    private static boolean is(String flag, String value) {
        return HotSpotFlags.flag(flag).filter(value::equals).isPresent();
    }

    private static Gate scalar(String reason, String remedy) {
        return new Gate(0, reason, Optional.of(remedy));
    }
}
