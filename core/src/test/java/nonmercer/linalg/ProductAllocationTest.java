package nonmercer.linalg;

import static nonmercer.linalg.Transpose.PLAIN;
import static nonmercer.linalg.Transpose.TRANSPOSED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.lanes.Lanes;
import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.Test;

/// Compiled, a product allocates no element and no vector: only what describes it.
final class ProductAllocationTest {
    private static final ThreadMXBean COUNTER = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 20;

    /// [Extents] and [Batch], some 150 bytes. A vector on the heap is 64 bytes or more, and the
    /// smallest product here has 16 tiles of 8 vectors at least.
    private static final long MOST = 512 * CALLS;

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    @Test
    void noProductAllocates() {
        int[][] sizes = {{64, 64, 64}, {65, 65, 65}, {100, 40, 200}, {256, 300, 70}, {60, 1, 700}};
        List<String> allocating = new ArrayList<>();
        int threads = Parallel.threads();
        Parallel.threads(1);
        try {
            for (DType type : DType.values()) {
                for (int[] size : Lanes.vector() ? sizes : new int[0][]) {
                    for (Transpose tb : List.of(PLAIN, TRANSPOSED)) {
                        if (!settles(size[0], size[1], size[2], type, tb)) {
                            allocating.add(List.of(size[0], size[1], size[2]) + " " + type + tb);
                        }
                    }
                }
            }
        } finally {
            Parallel.threads(threads);
        }
        assertEquals(List.of(), allocating);
    }

    /// Whether three times in a row so many calls allocate next to nothing, before patience ends.
    private static boolean settles(int m, int n, int k, DType type, Transpose tb) {
        Array a = Array.full(type, Shape.of(m, k), 0.5);
        Array b = Array.full(type, tb == PLAIN ? Shape.of(k, n) : Shape.of(n, k), 0.5);
        Array out = Array.zeros(type, Shape.of(m, n));
        long begin = System.nanoTime();
        int calm = 0;
        while (calm < 3 && System.nanoTime() - begin < PATIENCE_NANOS) {
            long before = COUNTER.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                MatMul.multiply(a, PLAIN, b, tb, out);
            }
            long bytes = COUNTER.getCurrentThreadAllocatedBytes() - before;
            calm = bytes <= MOST ? calm + 1 : 0;
        }
        return calm == 3;
    }
}
