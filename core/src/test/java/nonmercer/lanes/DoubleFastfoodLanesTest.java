// twin: float
package nonmercer.lanes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// The blocks in use against their definition, and the definition against the operations one after
/// the other and against the matrices. Runs at every vector width (see core/pom.xml).
final class DoubleFastfoodLanesTest {
    private static final ThreadMXBean COUNTER = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final double LEFT = 7.25; // what must not be written

    private static DoubleDiagonals draw(int n, int blocks, long seed) {
        int m = blocks * n;
        int[] order = new int[m];
        Random random = new Random(seed);
        for (int i = 0; i < m; i++) {
            int k = i / n * n;
            int j = k + random.nextInt(i - k + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return new DoubleDiagonals(
                n,
                Samples.doubles(seed, m),
                Samples.doubles(seed + 1, m),
                Samples.doubles(seed + 2, m),
                order);
    }

    private static double[] scratch(DoubleFastfood loops, DoubleDiagonals v) {
        double[] scratch = new double[loops.scratch(v)];
        Arrays.fill(scratch, Double.NaN);
        return scratch;
    }

    /// All sizes to 2⁸ from one element on, each width of a row, rows around one and two tiles.
    @Property(tries = 600)
    void projectionsHaveTheBitsOfTheirDefinition(
            @ForAll @IntRange(max = 8) int p,
            @ForAll @IntRange(min = 1, max = 3) int blocks,
            @ForAll @IntRange(max = 35) int rows,
            @ForAll boolean special,
            @ForAll long seed) {
        int n = 1 << p;
        int d = 1 + Math.floorMod(seed, n);
        same(draw(n, blocks, seed), d, rows, 3, special, seed);
    }

    /// Rows of more elements than a tile, the longest tile, and the one before.
    @Test
    void longRowsToo() {
        for (int n = 512; n <= 8192; n *= 2) {
            same(draw(n, 1, n), n, 17, 1, false, n);
            same(draw(n, 2, n), n - 11, 16, 0, false, n);
        }
    }

    private static void same(
            DoubleDiagonals v, int d, int rows, int gap, boolean special, long seed) {
        int m = v.count();
        for (boolean back : new boolean[] {false, true}) {
            int length = gap + rows * (back ? m : d);
            double[] x =
                    special ? Samples.wildDoubles(seed, length) : Samples.doubles(seed, length);
            double[] expected = new double[gap + rows * (back ? d : m) + 5];
            Arrays.fill(expected, LEFT);
            double[] actual = expected.clone();
            run(DoubleFastfood.definition(), back, v, x, gap, d, expected, rows);
            run(DoubleFastfood.chosen(), back, v, x, gap, d, actual, rows);
            assertArrayEquals(expected, actual);
        }
    }

    private static void run(
            DoubleFastfood loops,
            boolean back,
            DoubleDiagonals v,
            double[] x,
            int gap,
            int d,
            double[] out,
            int rows) {
        if (back) {
            loops.gather(v, x, gap, out, gap, d, rows, scratch(loops, v));
        } else {
            loops.spread(v, x, gap, d, out, gap, rows, scratch(loops, v));
        }
    }

    /// Small integers, so that every sum is exact: `s Σⱼ H g Σₗ H b x`, and its transpose.
    @Property(tries = 60)
    void theDefinitionIsTheMatrices(
            @ForAll @IntRange(max = 6) int p,
            @ForAll @IntRange(min = 1, max = 3) int blocks,
            @ForAll long seed) {
        int n = 1 << p;
        int m = blocks * n;
        int d = 1 + Math.floorMod(seed, n);
        DoubleDiagonals v = draw(n, blocks, seed);
        double[] x = Samples.doubles(seed, d);
        double[] y = Samples.doubles(seed + 4, m);
        for (double[] numbers : new double[][] {v.s, v.g, v.b, x, y}) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (int) numbers[i] % 4;
            }
        }
        double[] there = new double[m];
        double[] back = new double[d];
        for (int i = 0; i < m; i++) {
            for (int l = 0; l < d; l++) {
                double entry = 0;
                int k = i / n * n;
                for (int j = 0; j < n; j++) {
                    entry += hadamard(i - k, j) * v.g[k + j] * hadamard(v.order[k + j] - k, l);
                }
                entry *= v.s[i] * v.b[k + l];
                there[i] += entry * x[l];
                back[l] += entry * y[i];
            }
        }
        DoubleFastfood definition = DoubleFastfood.definition();
        double[] out = new double[m];
        definition.spread(v, x, 0, d, out, 0, 1, scratch(definition, v));
        assertEqual(there, out);
        DoubleDiagonals turned = v.turned();
        definition.gather(turned, y, 0, x, 0, d, 1, scratch(definition, turned));
        assertEqual(back, x);
    }

    private static double hadamard(int i, int j) {
        return (Integer.bitCount(i & j) & 1) == 0 ? 1 : -1;
    }

    /// Equal, and 0 is −0.
    private static void assertEqual(double[] expected, double[] actual) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i] + 0, actual[i] + 0);
        }
    }

    /// Compiled, nothing is allocated, at widths of one pass to three and of rows one by one.
    @Test
    void nothingIsAllocated() {
        for (int n : Lanes.vector() ? new int[] {4, 8, 16, 64, 512, 8192} : new int[0]) {
            DoubleDiagonals v = draw(n, 2, n);
            DoubleDiagonals turned = v.turned();
            DoubleFastfood loops = DoubleFastfood.chosen();
            double[] scratch = scratch(loops, v);
            double[] x = Samples.doubles(1, 33 * n);
            double[] y = Samples.doubles(2, 66 * n);
            long begin = System.nanoTime();
            long bytes = 1;
            while (bytes > 0 && System.nanoTime() - begin < PATIENCE_NANOS) {
                long before = COUNTER.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 100; i++) {
                    loops.spread(v, x, 0, n, y, 0, 33, scratch);
                    loops.gather(turned, y, 0, x, 0, n, 33, scratch);
                }
                bytes = COUNTER.getCurrentThreadAllocatedBytes() - before;
            }
            assertEquals(0, bytes, "bytes allocated at n = " + n);
        }
    }
}
