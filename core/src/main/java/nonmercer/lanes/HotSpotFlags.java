package nonmercer.lanes;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/// The JVM's own flags, read where the JVM is HotSpot and the module `jdk.management` is there.
final class HotSpotFlags {
    private HotSpotFlags() {}

    /// A flag's value, or nothing where it does not exist or cannot be read.
    static Optional<String> flag(String name) {
        try {
            HotSpotDiagnosticMXBean bean =
                    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return bean == null ? Optional.empty() : Optional.of(bean.getVMOption(name).getValue());
        } catch (IllegalArgumentException | LinkageError e) {
            return Optional.empty();
        }
    }
}
