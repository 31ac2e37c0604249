package nonmercer.lanes;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import nonmercer.parallel.Parallel;

/// The best rate at which some work gets done.
final class Stopwatch {
    private static final long RUN_NANOS =
            1_000_000; // long beside the clock's and the pool's microsecond
    private static final long LEAST_NANOS =
            600_000_000; // the optimising compiler comes to a new loop within this
    private static final long PATIENCE_NANOS = 300_000_000;
    private static final long MOST_NANOS = 10_000_000_000L;
    private static final long BOXES = 1 << 14; // bytes: no compiled loop allocates as much

    private Stopwatch() {}

    /// Runs `work` of a given size again and again, on so many threads, until no run has been
    /// better for 0.3 seconds, and gives the best amount of work done in a nanosecond. The size is
    /// doubled until a run takes about a millisecond. As long as a run allocates, its vectors are
    /// boxed: the loop is not compiled yet, and the measurement goes on (for ten seconds at most).
    ///
    /// @param work its size is its number of pieces
    static double best(int threads, Load work) {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "expected at least 1 thread to measure, got " + threads);
        }
        int before = Parallel.threads();
        Parallel.threads(threads);
        try {
            double best = 0;
            int size = 1;
            long begin = System.nanoTime();
            long improved = begin;
            boolean boxed = true;
            for (long now = begin;
                    now - begin < LEAST_NANOS
                            || now - improved < PATIENCE_NANOS
                            || boxed && now - begin < MOST_NANOS; ) {
                long allocated = allocated();
                double done = work.run(size);
                boxed = allocated() - allocated > BOXES;
                long end = System.nanoTime();
                long took = Math.max(1, end - now);
                if (done / took > 1.01 * best) {
                    improved = end;
                }
                best = Math.max(best, done / took);
                if (took < RUN_NANOS && size < 1 << 28) {
                    size *= 2;
                }
                now = end;
            }
            return best;
        } finally {
            Parallel.threads(before);
        }
    }

    /// The bytes this thread has allocated so far, where the JVM counts them.
    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean counter
                ? counter.getCurrentThreadAllocatedBytes()
                : 0;
    }
}
