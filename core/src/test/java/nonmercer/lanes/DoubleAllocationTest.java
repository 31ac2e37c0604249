// twin: float
package nonmercer.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Compiled, no vector loop puts anything on the heap. All run in one JVM, one after the other and
/// then once more, so that what the compiler knows of one loop may spoil another.
final class DoubleAllocationTest {
    private static final ThreadMXBean COUNTER = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int LONG = 2048; // 128 vectors of 16, 256 of 8
    private static final int SHORT = 28; // less than four vectors, and a remainder
    private static final int CALLS = 100;

    /// What the catalogue itself allocates in a call: an [AdamStep], 64 bytes. A vector on the heap
    /// is an object of 16 bytes with an array of 16 and the lanes: 64 bytes at 256 bits, 96 at 512;
    /// one a call is more than this.
    private static final long MOST = 64 * CALLS;

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    @Test
    void noVectorLoopAllocates() {
        List<String> allocating = new ArrayList<>();
        for (int round = 0; Lanes.vector() && round < 2 && allocating.isEmpty(); round++) {
            DoubleCatalogue.loops()
                    .forEach((name, loop) -> {
                        if (!settles(loop, LONG) || !settles(loop, SHORT)) {
                            allocating.add(name);
                        }
                    });
        }
        assertEquals(List.of(), allocating);
    }

    /// Whether three times in a row so many calls allocate next to nothing, before patience ends.
    private static boolean settles(DoubleCatalogue.Loop loop, int n) {
        double[][] arrays = new double[4][];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = Samples.doubles(i, LONG + 8);
        }
        int[] at = new int[4];
        long begin = System.nanoTime();
        int calm = 0;
        while (calm < 3 && System.nanoTime() - begin < PATIENCE_NANOS) {
            long before = COUNTER.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                loop.run(Lanes.doubles(), arrays, at, n);
            }
            long bytes = COUNTER.getCurrentThreadAllocatedBytes() - before;
            calm = bytes <= MOST ? calm + 1 : 0;
        }
        return calm == 3;
    }
}
