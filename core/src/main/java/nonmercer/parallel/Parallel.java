package nonmercer.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// One pool of daemon threads for the whole process, and deterministic partitions over it.
///
/// A caller names its tasks `0 … tasks-1`; each writes output of its own, so no result depends on
/// the number of threads or on who ran what. The number of threads comes from
/// `-Dnonmercer.threads=N`, else from the processors of the machine.
///
/// ```java
/// Parallel.forRanges(rows, 64, (from, to) -> { for (int i = from; i < to; i++) … });
/// ```
///
/// Handing a job over costs about a microsecond while the workers are awake, some ten when they
/// sleep; they spin for [#SPIN_NANOS] after their last task and then park. Calls from inside a
/// task, and calls made while another thread holds the pool, run in the calling thread.
public final class Parallel {
    /// How long a worker without work, or a caller waiting for its last task, spins before it
    /// parks.
    static final long SPIN_NANOS = 30_000;

    private static final ReentrantLock POOL = new ReentrantLock();
    private static volatile int threads;
    private static volatile Worker[] workers = {};
    private static volatile @Nullable Job job;

    private Parallel() {}

    /// The number of threads a call may use, the caller's own included.
    ///
    /// @throws IllegalArgumentException if `-Dnonmercer.threads` is not a whole number of at least
    ///   1
    public static int threads() {
        int n = threads;
        if (n == 0) {
            n = initialThreads();
            threads = n;
        }
        return n;
    }

    /// Sets the number of threads of later calls. Results do not depend on it.
    public static void threads(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("threads: expected at least 1, got " + n);
        }
        threads = n;
    }

    private static int initialThreads() {
        String asked = System.getProperty("nonmercer.threads");
        if (asked == null) {
            return Runtime.getRuntime().availableProcessors();
        }
        try {
            int n = Integer.parseInt(asked.strip());
            if (n >= 1) {
                return n;
            }
        } catch (NumberFormatException e) {
            // The sentence below says what to do.
        }
        throw new IllegalArgumentException(
                "-Dnonmercer.threads: expected a whole number of at least 1, got '" + asked + "'");
    }

    /// Runs `body` on `0 … tasks-1`, each once, on the caller and the pool, and returns when all
    /// are done.
    ///
    /// If tasks throw, what the lowest-numbered of them threw is thrown here, at any number of
    /// threads; higher-numbered tasks may then not have run.
    public static void forEach(int tasks, IntConsumer body) {
        if (tasks < 0) {
            throw new IllegalArgumentException("forEach: expected at least 0 tasks, got " + tasks);
        }
        int helpers = Math.min(threads(), tasks) - 1;
        if (helpers < 1 || POOL.isHeldByCurrentThread() || !POOL.tryLock()) {
            for (int i = 0; i < tasks; i++) {
                body.accept(i);
            }
            return;
        }
        Job mine;
        try {
            mine = new Job(tasks, body, helpers);
            publish(mine);
            mine.work();
            mine.await();
            job = null;
        } finally {
            POOL.unlock();
        }
        mine.rethrow();
    }

    /// Runs `body` on consecutive ranges of `0 … n-1`, each of `grain` indices (the last may be
    /// shorter).
    ///
    /// The ranges depend on `n` and `grain` only, never on the number of threads.
    public static void forRanges(int n, int grain, Range body) {
        if (grain < 1) {
            throw new IllegalArgumentException(
                    "forRanges: expected a grain of at least 1, got " + grain);
        }
        int tasks = (int) (((long) n + grain - 1) / grain);
        if (tasks == 1) {
            body.accept(0, n);
        } else {
            forEach(tasks, i -> body.accept(i * grain, (int) Math.min(n, (i + 1L) * grain)));
        }
    }

    /// The work on the indices `from … to-1`.
    @FunctionalInterface
    public interface Range {
        /// Works on the indices `from` (inclusive) to `to` (exclusive).
        void accept(int from, int to);
    }

    private static void publish(Job next) {
        Worker[] all = workers;
        if (all.length < next.helpers) {
            Worker[] more = new Worker[next.helpers];
            System.arraycopy(all, 0, more, 0, all.length);
            for (int i = all.length; i < more.length; i++) {
                more[i] = new Worker(i);
                more[i].start();
            }
            workers = more;
            all = more;
        }
        job = next;
        for (int i = 0; i < next.helpers; i++) {
            if (all[i].parked) {
                LockSupport.unpark(all[i]);
            }
        }
    }

    /// One call of [#forEach]: tasks are claimed in order from a counter, and counted off when
    /// done.
    private static final class Job {
        final int tasks;
        final int helpers;
        final IntConsumer body;
        final Thread caller = Thread.currentThread();
        final AtomicInteger next = new AtomicInteger();
        final AtomicInteger left;
        volatile boolean callerParked;
        private @Nullable Throwable failure;
        private volatile int failedTask = Integer.MAX_VALUE;

        Job(int tasks, IntConsumer body, int helpers) {
            this.tasks = tasks;
            this.body = body;
            this.helpers = helpers;
            this.left = new AtomicInteger(tasks);
        }

        boolean hasWork() {
            return next.get() < tasks;
        }

        /// Claims and runs tasks until none is left to claim. A task below a failed one still runs,
        /// so that the failure reported is always the lowest.
        void work() {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                try {
                    if (i < failedTask) {
                        body.accept(i);
                    }
                } catch (Throwable t) {
                    fail(i, t);
                } finally {
                    if (left.decrementAndGet() == 0 && callerParked) {
                        LockSupport.unpark(caller);
                    }
                }
            }
        }

        private synchronized void fail(int task, Throwable t) {
            if (task < failedTask) {
                failure = t;
                failedTask = task;
            }
        }

        void await() {
            if (!spinUntilDone()) {
                callerParked = true;
                boolean interrupted = false;
                while (left.get() > 0) {
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted();
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private boolean spinUntilDone() {
            long start = System.nanoTime();
            while (left.get() > 0) {
                Thread.onSpinWait();
                if (System.nanoTime() - start > SPIN_NANOS) {
                    return false;
                }
            }
            return true;
        }

        synchronized void rethrow() {
            switch (failure) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable t ->
                        throw new IllegalStateException("a task threw a checked exception", t);
            }
        }
    }

    private static final class Worker extends Thread {
        private final int number;
        volatile boolean parked;

        Worker(int number) {
            super("nonmercer-" + (number + 1));
            this.number = number;
            setDaemon(true);
        }

        @Override
        public void run() {
            while (true) {
                long idleSince = System.nanoTime();
                while (!helped()) {
                    if (System.nanoTime() - idleSince < SPIN_NANOS) {
                        Thread.onSpinWait();
                    } else {
                        parked = true;
                        if (!hasWork()) {
                            LockSupport.park(Parallel.class);
                        }
                        parked = false;
                    }
                }
            }
        }

        private boolean hasWork() {
            Job current = job;
            return current != null && number < current.helpers && current.hasWork();
        }

        private boolean helped() {
            Job current = job;
            if (current == null || number >= current.helpers || !current.hasWork()) {
                return false;
            }
            current.work();
            return true;
        }
    }
}
