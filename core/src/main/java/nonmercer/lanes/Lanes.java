package nonmercer.lanes;

import java.util.Optional;

/// The loops in use: vector or scalar, chosen once, when this class is first used.
///
/// Both give the same bits; only speed differs. The choice is automatic and can be overruled by the
/// system property `nonmercer.lanes` = `auto`, `scalar`, `128`, `256` or `512` (bits). When the
/// fast path is off unasked, one warning says why and what to do.
public final class Lanes {
    private static final DoubleLanes DOUBLES;
    private static final FloatLanes FLOATS;

    static {
        if (Gate.CHOSEN.bits() > 0) {
            DOUBLES = VectorLanes.doubles();
            FLOATS = VectorLanes.floats();
        } else {
            DOUBLES = new ScalarDoubleLanes();
            FLOATS = new ScalarFloatLanes();
        }
        System.Logger log = System.getLogger("nonmercer.lanes");
        Gate.CHOSEN
                .remedy()
                .ifPresentOrElse(
                        remedy ->
                                log.log(
                                        System.Logger.Level.WARNING,
                                        "nonmercer runs its slow scalar loops: "
                                                + Gate.CHOSEN.reason()
                                                + "; to get the fast ones, "
                                                + remedy),
                        () ->
                                log.log(
                                        System.Logger.Level.DEBUG,
                                        "nonmercer.lanes: " + Gate.CHOSEN.reason()));
    }

    private Lanes() {}

    /// The float64 loops.
    public static DoubleLanes doubles() {
        return DOUBLES;
    }

    /// The float32 loops.
    public static FloatLanes floats() {
        return FLOATS;
    }

    /// Whether the vector loops are in use.
    public static boolean vector() {
        return Gate.CHOSEN.bits() > 0;
    }

    /// The vector width in bits; 0 for the scalar loops.
    public static int bits() {
        return Gate.CHOSEN.bits();
    }

    /// Why these loops were chosen, in a sentence without its full stop.
    public static String reason() {
        return Gate.CHOSEN.reason();
    }

    /// What to do to get the vector loops; empty when they are in use, or when scalar was asked
    /// for.
    public static Optional<String> remedy() {
        return Gate.CHOSEN.remedy();
    }

    /// Whether the JVM uses a fused multiply-add of the CPU. Without, the scalar loops give the
    /// same bits, very slowly.
    public static boolean fma() {
        return HotSpotFlags.flag("UseFMA").filter("true"::equals).isPresent();
    }
}
