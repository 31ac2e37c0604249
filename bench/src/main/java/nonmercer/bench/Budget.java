package nonmercer.bench;

import java.util.function.LongSupplier;
import nonmercer.lanes.Load;

/// How long a measurement may take.
///
/// @param rounds of a case, unless `most` ends them
/// @param slice seconds a contestant runs in a round
/// @param settle seconds a contestant runs at least before the first round
/// @param patience seconds without an improvement after which it counts as warmed up
/// @param most seconds after which a warm-up ends all the same, and the rounds once three are done;
///   after ten times as long they end in any case
public record Budget(int rounds, double slice, double settle, double patience, double most) {
    /// Some five seconds a row.
    public static final Budget THOROUGH = new Budget(11, 0.1, 0.6, 0.3, 10);

    /// A second or two a row.
    public static final Budget QUICK = new Budget(9, 0.012, 0.25, 0.12, 1);

    /// Until a loop is compiled.
    static final Budget WARM_UP = new Budget(1, 0, 0.4, 0.2, 2);

    private static final long RUN_NANOS =
            1_000_000; // long beside the clock's and the pool's microsecond
    private static final int MOST_PIECES = 1 << 28;

    /// The same with a tenth of the time to warm up: for what is compiled already.
    Budget compiled() {
        return new Budget(rounds, slice, settle / 10, patience / 10, most);
    }

    /// Runs a load until it is stable: no run was better by 1 % for the patience. The pieces of a
    /// run are doubled until it takes a millisecond.
    ///
    /// @return the pieces of a run
    int settle(Load load, LongSupplier nanos) {
        int pieces = 1;
        double best = 0;
        long begin = nanos.getAsLong();
        long improved = begin;
        long now = begin;
        do {
            long start = now;
            double done = load.run(pieces);
            now = nanos.getAsLong();
            double rate = done / Math.max(1, now - start);
            if (rate > 1.01 * best) {
                best = rate;
                improved = now;
            }
            if (now - start < RUN_NANOS && pieces < MOST_PIECES) {
                pieces *= 2;
            }
        } while ((now - begin < 1e9 * settle || now - improved < 1e9 * patience)
                && now - begin < 1e9 * most);
        return pieces;
    }

    /// Runs a load for one slice, once at least. Short runs are first repeated for a quarter of the
    /// slice, uncounted: threads that slept since their last turn wake up and find a core each.
    ///
    /// @return work in a nanosecond: 10⁹ a second
    double rate(Load load, int pieces, LongSupplier nanos) {
        double done = 0;
        boolean waking = true;
        long begin = nanos.getAsLong();
        long start = begin;
        long now;
        do {
            done += load.run(pieces);
            now = nanos.getAsLong();
            double share = (now - begin) / (1e9 * slice);
            if (waking && share >= 0.25 && share <= 0.5) {
                waking = false;
                start = now;
                done = 0;
            }
        } while (now - start < 1e9 * slice);
        return done / Math.max(1, now - start);
    }
}
