// twin: float
package nonmercer.lanes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The tiles in use against those that define them, to the bit: what they write, and all they must
/// leave alone. Runs at every vector width (see core/pom.xml).
final class DoubleTilesTest {
    private static final DoubleTiles DEFINITION = DoubleTiles.definition();
    private static final DoubleTiles IN_USE = DoubleTiles.chosen();

    /// Tiles at the very end of their arrays, of every height and width, of a plain and of a
    /// transposed b, from a start of their own, from one row for all, and from c itself.
    @Property(tries = 800)
    void aTileWritesItsElementsAndNoOther(
            @ForAll boolean definition,
            @ForAll @IntRange(min = 1, max = 8) int tall,
            @ForAll @IntRange(max = 32) int more,
            @ForAll @IntRange(max = 40) int k,
            @ForAll @IntRange(min = 1, max = 3) int gap,
            @ForAll @IntRange(max = 9) int offset,
            @ForAll @IntRange(max = 2) int start,
            @ForAll boolean transposed,
            @ForAll long seed) {
        DoubleTiles tiles = definition ? DEFINITION : IN_USE;
        int rows = Math.min(tall, tiles.rows());
        int columns = Math.min(tiles.lanes() + more, 3 * tiles.lanes());
        int ar = k + gap;
        int br = transposed ? 1 : columns + gap;
        int bc = transposed ? k + gap : 1;
        int cs = columns + gap - 1;
        int ss = start == 0 ? 0 : cs;
        double[] a = Samples.doubles(seed, offset + (rows - 1) * ar + k);
        double[] b =
                Samples.doubles(
                        seed + 1, k == 0 ? 0 : offset + (k - 1) * br + (columns - 1) * bc + 1);
        double[] panel = new double[k * tiles.width(columns)];
        double[] c = Samples.doubles(seed + 2, offset + (rows - 1) * cs + columns);
        double[] s = start == 2 ? c : Samples.doubles(seed + 3, offset + (rows - 1) * ss + columns);
        double[] expected = c.clone();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = s[offset + i * ss + j];
                for (int p = 0; p < k; p++) {
                    sum = Math.fma(a[offset + i * ar + p], b[offset + p * br + j * bc], sum);
                }
                expected[offset + i * cs + j] = sum;
            }
        }
        pack(tiles, transposed, k, columns, b, offset, br, bc, panel);
        tiles.tile(rows, columns, k, a, offset, ar, panel, 0, s, offset, ss, c, offset, cs);
        assertArrayEquals(expected, c);
    }

    /// The panels of a block, one behind the other, are those of its parts.
    @Property(tries = 300)
    void aBlockIsPackedPanelByPanel(
            @ForAll boolean definition,
            @ForAll @IntRange(min = 1, max = 200) int n,
            @ForAll @IntRange(min = 1, max = 40) int k,
            @ForAll @IntRange(max = 3) int gap,
            @ForAll @IntRange(max = 9) int offset,
            @ForAll boolean transposed,
            @ForAll long seed) {
        DoubleTiles tiles = definition ? DEFINITION : IN_USE;
        int br = transposed ? 1 : n + gap;
        int bc = transposed ? k + gap : 1;
        double[] b = Samples.doubles(seed, offset + (k - 1) * br + (n - 1) * bc + 1);
        double[] panels = new double[k * tiles.width(n) + 3];
        double[] expected = new double[panels.length];
        int at = 0;
        for (int q = 0, columns; q < n; q += columns) {
            columns = tiles.columns(n - q);
            assertTrue(columns >= Math.min(n, tiles.lanes()) && columns <= n - q);
            double[] one = new double[k * tiles.width(columns)];
            pack(tiles, transposed, k, columns, b, offset + q * bc, br, bc, one);
            System.arraycopy(one, 0, expected, at, one.length);
            at += one.length;
        }
        assertEquals(k * tiles.width(n), at);
        pack(tiles, transposed, k, n, b, offset, br, bc, panels);
        assertArrayEquals(expected, panels);
    }

    private static void pack(
            DoubleTiles tiles,
            boolean transposed,
            int k,
            int n,
            double[] b,
            int bo,
            int br,
            int bc,
            double[] panels) {
        if (transposed) {
            tiles.packTransposed(k, n, b, bo, bc, panels);
        } else {
            tiles.pack(k, n, b, bo, br, panels);
        }
    }

    @Property(tries = 500)
    void inPlaceWritesItsElementsAndNoOther(
            @ForAll @IntRange(min = 1, max = 13) int rows,
            @ForAll @IntRange(min = 1, max = 160) int n,
            @ForAll @IntRange(max = 20) int k,
            @ForAll @IntRange(max = 3) int gap,
            @ForAll @IntRange(max = 9) int offset,
            @ForAll @IntRange(max = 2) int start,
            @ForAll long seed) {
        if (!IN_USE.inPlace(n)) {
            return;
        }
        int ar = k + gap;
        int bs = n + gap;
        int ss = start == 0 ? 0 : bs;
        int sj = start == 0 ? 0 : 1;
        double[] a = Samples.doubles(seed, offset + (rows - 1) * ar + k);
        double[] b = Samples.doubles(seed + 1, k == 0 ? 0 : offset + (k - 1) * bs + n);
        double[] c = Samples.doubles(seed + 2, offset + (rows - 1) * bs + n);
        double[] s =
                start == 2
                        ? c
                        : Samples.doubles(
                                seed + 3, offset + Math.max(rows * bs, 5 * IN_USE.lanes()));
        if (start == 0) {
            Arrays.fill(s, s[0]);
        }
        double[] expected = c.clone();
        DEFINITION.inPlace(
                rows,
                n,
                k,
                a,
                offset,
                ar,
                b,
                offset,
                bs,
                start == 2 ? expected : s,
                offset,
                ss,
                sj,
                expected,
                offset,
                bs);
        IN_USE.inPlace(rows, n, k, a, offset, ar, b, offset, bs, s, offset, ss, sj, c, offset, bs);
        assertArrayEquals(expected, c);
    }

    @Property(tries = 300)
    void dotsAreTheElementsOfTheProductAndNoOther(
            @ForAll @IntRange(max = 50) int n,
            @ForAll @IntRange(max = 150) int k,
            @ForAll @IntRange(max = 3) int gap,
            @ForAll @IntRange(max = 9) int offset,
            @ForAll long seed) {
        double[] a = Samples.doubles(seed, offset + k);
        double[] b = Samples.doubles(seed + 1, offset + n * (k + gap));
        double[] c = Samples.doubles(seed + 2, offset + n + 5);
        double[] expected = c.clone();
        DEFINITION.dots(n, k, a, offset, b, offset, k + gap, expected, offset);
        IN_USE.dots(n, k, a, offset, b, offset, k + gap, c, offset);
        assertArrayEquals(expected, c);
    }

    /// Up to two chunks and a part of a third, ends of stripes and of blocks of four among them.
    @Property(tries = 300)
    void longDotsAreTheFirstProductsPlusTheOthersInTheOrderOfDot(
            @ForAll @IntRange(max = 11) int n,
            @ForAll @IntRange(max = 700) int part,
            @ForAll @IntRange(max = 2) int chunks,
            @ForAll @IntRange(max = 3) int gap,
            @ForAll @IntRange(max = 9) int offset,
            @ForAll long seed) {
        int k = chunks * DoubleLanes.CHUNK + part;
        double[] a = Samples.doubles(seed, offset + k);
        double[] b = Samples.doubles(seed + 1, offset + n * (k + gap));
        double[] c = Samples.doubles(seed + 2, offset + n + 5);
        double[] expected = c.clone();
        double[] defined = c.clone();
        int head = Math.min(k, DoubleLanes.HEAD);
        DoubleLanes lanes = new ScalarDoubleLanes();
        for (int j = 0; j < n; j++) {
            int at = offset + j * (k + gap);
            double others = lanes.dot(a, offset + head, b, at + head, k - head);
            expected[offset + j] += lanes.dot(a, offset, b, at, head) + others;
        }
        IN_USE.longDots(n, k, a, offset, b, offset, k + gap, c, offset);
        assertArrayEquals(expected, c);
        DEFINITION.longDots(n, k, a, offset, b, offset, k + gap, defined, offset);
        assertArrayEquals(expected, defined);
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

    /// The turned block, and nothing beside it.
    @Property(tries = 500)
    void aTurnedBlockHasItsColumnsAsRows(
            @ForAll @IntRange(max = 50) int n,
            @ForAll @IntRange(max = 50) int k,
            @ForAll @IntRange(max = 3) int gap,
            @ForAll @IntRange(max = 9) int offset,
            @ForAll long seed) {
        int bs = k + gap;
        int width = n + gap;
        double[] b = Samples.doubles(seed, offset + n * bs);
        double[] to = Samples.doubles(seed + 1, offset + k * width + 3);
        double[] expected = to.clone();
        for (int p = 0; p < k; p++) {
            for (int j = 0; j < n; j++) {
                expected[offset + p * width + j] = b[offset + j * bs + p];
            }
        }
        IN_USE.turn(k, n, b, offset, bs, to, offset, width);
        assertArrayEquals(expected, to);
    }
}
