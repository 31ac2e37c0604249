// twin: float
package nonmercer.lanes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The tiles in use against those that define them, to the bit: what they write, and all they must
/// leave alone. Runs at every vector width (see core/pom.xml).
final class DoubleTilesTest {
    private static final DoubleTiles DEFINITION = DoubleTiles.definition();
    private static final DoubleTiles IN_USE = DoubleTiles.chosen();

    /// Tiles at the end of an array (`tight`) and inside one, of a packed and of a plain a, wide
    /// and narrow.
    @Property(tries = 500)
    void aTileWritesItsElementsAndNoOther(
            @ForAll @IntRange(min = 1, max = 16) int left,
            @ForAll @IntRange(min = 1, max = 32) int most,
            @ForAll @IntRange(max = 20) int k,
            @ForAll @IntRange(min = 1, max = 3) int gap,
            @ForAll @IntRange(max = 9) int offset,
            @ForAll boolean tight,
            @ForAll boolean packed,
            @ForAll long seed) {
        int rows = IN_USE.rows(left);
        assertTrue(rows >= 1 && rows <= left);
        int columns = Math.min(most, 2 * IN_USE.lanes());
        int ar = packed ? 1 : k + gap;
        int ak = packed ? rows + gap : 1;
        int bs = columns + gap;
        int cs = columns + gap - 1;
        double[] a = Samples.doubles(seed, offset + (rows + k) * (k + rows + gap));
        double[] b = Samples.doubles(seed + 1, offset + k * bs + 2 * IN_USE.lanes());
        double[] c =
                Samples.doubles(seed + 2, offset + (rows - 1) * cs + columns + (tight ? 0 : 40));
        double[] expected = c.clone();
        DEFINITION.tile(rows, columns, k, a, offset, ar, ak, b, offset, bs, expected, offset, cs);
        IN_USE.tile(rows, columns, k, a, offset, ar, ak, b, offset, bs, c, offset, cs);
        assertArrayEquals(expected, c);
    }

    @Property(tries = 300)
    void aRowWritesItsElementsAndNoOther(
            @ForAll @IntRange(max = 70) int n,
            @ForAll @IntRange(max = 20) int k,
            @ForAll @IntRange(min = 1, max = 3) int step,
            @ForAll @IntRange(max = 9) int offset,
            @ForAll long seed) {
        double[] a = Samples.doubles(seed, offset + k * step);
        double[] b = Samples.doubles(seed + 1, offset + k * (n + step));
        double[] c = Samples.doubles(seed + 2, offset + n + 5);
        double[] expected = c.clone();
        DEFINITION.row(n, k, a, offset, step, b, offset, n + step, expected, offset);
        IN_USE.row(n, k, a, offset, step, b, offset, n + step, c, offset);
        assertArrayEquals(expected, c);
    }

    /// A panel of whole vectors, packed either way, holds the block and reaches no further.
    @Property(tries = 500)
    void aPanelHoldsTheBlock(
            @ForAll @IntRange(min = 1, max = 2) int vectors,
            @ForAll @IntRange(min = 1, max = 32) int most,
            @ForAll @IntRange(max = 50) int k,
            @ForAll @IntRange(max = 3) int gap,
            @ForAll @IntRange(max = 9) int offset,
            @ForAll boolean transposed,
            @ForAll long seed) {
        int width = vectors * IN_USE.lanes();
        int n = Math.min(most, width);
        int bs = (transposed ? k : n) + gap;
        double[] b = Samples.doubles(seed, offset + Math.max(0, (transposed ? n : k) * bs - gap));
        double[] panel = Samples.doubles(seed + 1, offset + k * width + 3);
        double[] before = panel.clone();
        if (transposed) {
            IN_USE.packTransposed(k, n, b, offset, bs, panel, offset, width);
        } else {
            IN_USE.pack(k, n, b, offset, bs, panel, offset, width);
        }
        for (int p = 0; p < k; p++) {
            for (int j = 0; j < n; j++) {
                assertEquals(
                        b[offset + (transposed ? j * bs + p : p * bs + j)],
                        panel[offset + p * width + j]);
            }
        }
        for (int i = 0; i < panel.length; i++) {
            if (i < offset || i >= offset + k * width) {
                assertEquals(before[i], panel[i]);
            }
        }
    }

    /// Rows of a strip need not be whole vectors: such a panel is exactly as wide as its block.
    @Property(tries = 300)
    void aStripHoldsTheBlock(
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll @IntRange(max = 50) int k,
            @ForAll @IntRange(max = 3) int gap,
            @ForAll @IntRange(max = 9) int offset,
            @ForAll long seed) {
        double[] b = Samples.doubles(seed, offset + Math.max(0, k * (n + gap) - gap));
        double[] strip = Samples.doubles(seed + 1, k * n);
        IN_USE.pack(k, n, b, offset, n + gap, strip, 0, n);
        for (int p = 0; p < k; p++) {
            for (int j = 0; j < n; j++) {
                assertEquals(b[offset + p * (n + gap) + j], strip[p * n + j]);
            }
        }
    }
}
