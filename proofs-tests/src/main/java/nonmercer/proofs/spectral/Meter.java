package nonmercer.proofs.spectral;

import java.util.concurrent.atomic.LongAdder;

/// What instrumented code counts: each world that [Metered] loads has a meter of its own.
public final class Meter {
    private static final LongAdder STEPS = new LongAdder();
    private static final LongAdder NUMBERS = new LongAdder();

    private Meter() {}

    /// A branch: every round of a loop takes one at least.
    public static void step() {
        STEPS.increment();
    }

    /// The length of an array that is being made.
    public static int made(int length) {
        NUMBERS.add(length);
        return length;
    }

    /// Branches taken so far, and the lengths of all arrays made.
    static long[] reading() {
        return new long[] {STEPS.sum(), NUMBERS.sum()};
    }
}
