package nonmercer.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ParallelTest {
    private final int before = Parallel.threads();

    @AfterEach
    @AfterProperty
    void restore() {
        Parallel.threads(before);
    }

    @Property(tries = 200)
    void everyTaskRunsOnce(
            @ForAll @IntRange(max = 300) int tasks,
            @ForAll @IntRange(min = 1, max = 5) int threads) {
        Parallel.threads(threads);
        AtomicIntegerArray ran = new AtomicIntegerArray(tasks);
        Parallel.forEach(tasks, ran::incrementAndGet);
        for (int i = 0; i < tasks; i++) {
            assertEquals(1, ran.get(i), "task " + i);
        }
    }

    @Property(tries = 200)
    void rangesCoverEveryIndexOnceWhateverTheThreads(
            @ForAll @IntRange(max = 500) int n,
            @ForAll @IntRange(min = 1, max = 600) int grain,
            @ForAll @IntRange(min = 1, max = 3) int threads) {
        Parallel.threads(threads);
        AtomicIntegerArray ran = new AtomicIntegerArray(n);
        Parallel.forRanges(
                n,
                grain,
                (from, to) -> {
                    assertEquals(0, from % grain);
                    assertEquals(Math.min(n, from + grain), to);
                    for (int i = from; i < to; i++) {
                        ran.incrementAndGet(i);
                    }
                });
        for (int i = 0; i < n; i++) {
            assertEquals(1, ran.get(i), "index " + i);
        }
    }

    /// Two tasks that wait for each other end only if two threads run them.
    @Test
    void twoThreadsRunAtOnce() {
        Parallel.threads(2);
        for (int round = 0; round < 200; round++) {
            AtomicInteger arrived = new AtomicInteger();
            Parallel.forEach(
                    2,
                    i -> {
                        arrived.incrementAndGet();
                        while (arrived.get() < 2) {
                            Thread.onSpinWait();
                        }
                    });
        }
    }

    /// The same after the worker has had time to park, and with a caller that parks while it waits.
    @Test
    void aParkedWorkerAndAParkedCallerWake() throws InterruptedException {
        Parallel.threads(2);
        for (int round = 0; round < 5; round++) {
            Thread.sleep(5);
            AtomicInteger arrived = new AtomicInteger();
            Thread caller = Thread.currentThread();
            Parallel.forEach(
                    2,
                    i -> {
                        arrived.incrementAndGet();
                        while (arrived.get() < 2) {
                            Thread.onSpinWait();
                        }
                        if (!Thread.currentThread().equals(caller)) {
                            sleep(5);
                        }
                    });
            assertEquals(2, arrived.get());
        }
    }

    /// Four threads, two tasks: two workers have nothing to do, and must not help with the calls
    /// inside.
    @Test
    void callsInsideATaskRunInOrderInItsThread() {
        Parallel.threads(4);
        Parallel.forEach(
                2,
                i -> {
                    Thread outer = Thread.currentThread();
                    int[] expected = {0};
                    Parallel.forEach(
                            20,
                            j -> {
                                sleep(1);
                                assertSame(outer, Thread.currentThread());
                                assertEquals(expected[0]++, j);
                            });
                });
    }

    @Test
    void aSecondCallerRunsItsTasksItself() throws InterruptedException {
        Parallel.threads(2);
        AtomicInteger ran = new AtomicInteger();
        Parallel.forEach(
                2,
                i -> {
                    if (i == 0) {
                        Thread other =
                                new Thread(() -> Parallel.forEach(100, j -> ran.incrementAndGet()));
                        other.start();
                        join(other);
                    }
                });
        assertEquals(100, ran.get());
    }

    @Property(tries = 100)
    void theLowestFailureIsThrown(
            @ForAll @IntRange(max = 40) int first,
            @ForAll @IntRange(min = 1, max = 3) int step,
            @ForAll @IntRange(min = 1, max = 4) int threads) {
        Parallel.threads(threads);
        AtomicInteger below = new AtomicInteger();
        var e =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                Parallel.forEach(
                                        50,
                                        i -> {
                                            if (i < first) {
                                                below.incrementAndGet();
                                            } else if ((i - first) % step == 0) {
                                                throw new IllegalStateException("task " + i);
                                            }
                                        }));
        assertEquals("task " + first, e.getMessage());
        assertEquals(first, below.get());
        Parallel.forEach(4, i -> {});
    }

    @Test
    void aLowerFailureThatComesLaterIsTheOneThrown() {
        Parallel.threads(2);
        AtomicInteger failed = new AtomicInteger();
        var e =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                Parallel.forEach(
                                        2,
                                        i -> {
                                            while (i == 0 && failed.get() == 0) {
                                                Thread.onSpinWait();
                                            }
                                            sleep(20 - 20 * i);
                                            failed.incrementAndGet();
                                            throw new IllegalStateException("task " + i);
                                        }));
        assertEquals("task 0", e.getMessage());
    }

    @Test
    void errorsKeepTheirType() {
        Parallel.threads(2);
        assertThrows(
                StackOverflowError.class,
                () ->
                        Parallel.forEach(
                                3,
                                i -> {
                                    throw new StackOverflowError();
                                }));
    }

    @Test
    void workersAreDaemons() {
        Parallel.threads(2);
        Thread caller = Thread.currentThread();
        AtomicInteger arrived = new AtomicInteger();
        Parallel.forEach(
                2,
                i -> {
                    arrived.incrementAndGet();
                    while (arrived.get() < 2) {
                        Thread.onSpinWait();
                    }
                    assertTrue(
                            Thread.currentThread().equals(caller)
                                    || Thread.currentThread().isDaemon());
                });
    }

    @Test
    void noThreadsIsRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> Parallel.threads(0));
        assertEquals("threads: expected at least 1, got 0", e.getMessage());
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread t) {
        try {
            t.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
