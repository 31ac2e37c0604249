package nonmercer.lanes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The tiles in use against those that define them, to the bit: what a tile may write, and all it must leave alone.
final class TilesTest {
    private final DoubleTiles doubles = DoubleTiles.chosen();
    private final FloatTiles floats = FloatTiles.chosen();

    @Property(tries = 500)
    void aTileWritesItsElementsAndNoOther(
            @ForAll @IntRange(min = 1, max = 16) int left,
            @ForAll @IntRange(min = 1, max = 32) int columns,
            @ForAll @IntRange(max = 20) int k,
            @ForAll @IntRange(min = 1, max = 3) int step,
            @ForAll @IntRange(max = 9) int offset,
            @ForAll boolean tight,
            @ForAll long seed) {
        Random random = new Random(seed);
        int rows = doubles.rows(left);
        assertTrue(rows >= 1 && rows <= left);
        int n = Math.min(columns, 2 * doubles.lanes());
        double[] a = random(random, offset + (rows + k) * 40);
        double[] b = random(random, offset + k * (n + step) + 2 * doubles.lanes());
        int cs = n + step - 1;
        double[] c = random(random, offset + (rows - 1) * cs + n + (tight ? 0 : 40));
        double[] expected = c.clone();
        int ar = step % 2 == 0 ? 1 : k + step;
        int ak = step % 2 == 0 ? rows + step : 1;
        DoubleTiles.definition().tile(rows, n, k, a, offset, ar, ak, b, offset, n + step, expected, offset, cs);
        doubles.tile(rows, n, k, a, offset, ar, ak, b, offset, n + step, c, offset, cs);
        assertArrayEquals(expected, c);

        int wide = Math.min(columns, 2 * floats.lanes());
        int height = floats.rows(left);
        float[] x = floats(random(random, offset + (height + k) * 40));
        float[] y = floats(random(random, offset + k * (wide + step) + 2 * floats.lanes()));
        int zs = wide + step - 1;
        float[] z = floats(random(random, offset + (height - 1) * zs + wide + (tight ? 0 : 40)));
        float[] same = z.clone();
        ak = step % 2 == 0 ? height + step : 1;
        FloatTiles.definition().tile(height, wide, k, x, offset, ar, ak, y, offset, wide + step, same, offset, zs);
        floats.tile(height, wide, k, x, offset, ar, ak, y, offset, wide + step, z, offset, zs);
        assertArrayEquals(same, z);
    }

    @Property(tries = 300)
    void aRowWritesItsElementsAndNoOther(
            @ForAll @IntRange(max = 70) int n,
            @ForAll @IntRange(max = 20) int k,
            @ForAll @IntRange(min = 1, max = 3) int step,
            @ForAll @IntRange(max = 9) int offset,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[] a = random(random, offset + k * step);
        double[] b = random(random, offset + k * (n + step));
        double[] c = random(random, offset + n + 5);
        float[] x = floats(a);
        float[] y = floats(b);
        float[] z = floats(c);
        double[] expected = c.clone();
        float[] same = z.clone();
        DoubleTiles.definition().row(n, k, a, offset, step, b, offset, n + step, expected, offset);
        doubles.row(n, k, a, offset, step, b, offset, n + step, c, offset);
        assertArrayEquals(expected, c);
        FloatTiles.definition().row(n, k, x, offset, step, y, offset, n + step, same, offset);
        floats.row(n, k, x, offset, step, y, offset, n + step, z, offset);
        assertArrayEquals(same, z);
    }

    /// Both ways of packing give the block, row by row, and stay inside the panel.
    @Property(tries = 500)
    void aPanelHoldsTheBlock(
            @ForAll @IntRange(min = 1, max = 2) int vectors,
            @ForAll @IntRange(min = 1, max = 32) int columns,
            @ForAll @IntRange(max = 50) int k,
            @ForAll @IntRange(max = 3) int gap,
            @ForAll @IntRange(max = 9) int offset,
            @ForAll boolean transposed,
            @ForAll long seed) {
        Random random = new Random(seed);
        int width = vectors * doubles.lanes();
        int n = Math.min(columns, width);
        int bs = (transposed ? k : n) + gap;
        double[] b = random(random, offset + Math.max(0, (transposed ? n : k) * bs - gap));
        double[] panel = random(random, offset + k * width + 3);
        double[] before = panel.clone();
        if (transposed) {
            doubles.packTransposed(k, n, b, offset, bs, panel, offset, width);
        } else {
            doubles.pack(k, n, b, offset, bs, panel, offset, width);
        }
        for (int p = 0; p < k; p++) {
            for (int j = 0; j < n; j++) {
                assertEquals(b[offset + (transposed ? j * bs + p : p * bs + j)], panel[offset + p * width + j]);
            }
        }
        untouchedOutside(before, panel, offset, offset + k * width);
    }

    @Property(tries = 500)
    void aFloatPanelHoldsTheBlock(
            @ForAll @IntRange(min = 1, max = 2) int vectors,
            @ForAll @IntRange(min = 1, max = 32) int columns,
            @ForAll @IntRange(max = 50) int k,
            @ForAll @IntRange(max = 3) int gap,
            @ForAll @IntRange(max = 9) int offset,
            @ForAll boolean transposed,
            @ForAll long seed) {
        Random random = new Random(seed);
        int width = vectors * floats.lanes();
        int n = Math.min(columns, width);
        int bs = (transposed ? k : n) + gap;
        float[] b = floats(random(random, offset + Math.max(0, (transposed ? n : k) * bs - gap)));
        float[] panel = floats(random(random, offset + k * width + 3));
        float[] before = panel.clone();
        if (transposed) {
            floats.packTransposed(k, n, b, offset, bs, panel, offset, width);
        } else {
            floats.pack(k, n, b, offset, bs, panel, offset, width);
        }
        for (int p = 0; p < k; p++) {
            for (int j = 0; j < n; j++) {
                assertEquals(b[offset + (transposed ? j * bs + p : p * bs + j)], panel[offset + p * width + j]);
            }
        }
        for (int i = 0; i < panel.length; i++) {
            if (i < offset || i >= offset + k * width) {
                assertEquals(before[i], panel[i]);
            }
        }
    }

    private static void untouchedOutside(double[] before, double[] after, int from, int to) {
        for (int i = 0; i < after.length; i++) {
            if (i < from || i >= to) {
                assertEquals(before[i], after[i]);
            }
        }
    }

    private static double[] random(Random random, int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextGaussian();
        }
        return x;
    }

    private static float[] floats(double[] x) {
        float[] f = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            f[i] = (float) x[i];
        }
        return f;
    }
}
