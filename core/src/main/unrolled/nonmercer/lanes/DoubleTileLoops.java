// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// The loops of the tiles: `c[i, j] = s[i, j] + Σₚ a[i, p]·b[p, j]` for rows i and vectors j, p
/// ascending, one chain of fma an element.
///
/// The build unrolls them (`Unroll` in `core/src/build`): every accumulator has to be a local. An
/// array of vectors would box them (20 times slower), and a loop over rows stays a loop. What
/// differs is where rows and vectors stand, how chains start, and what is constant; which shape
/// serves, and why, say the classes that call them.
///
/// The rows i of a, s and c stand at `ai`, `si`, `oi` and are `ar`, `ss`, `cs` apart, those of b
/// `bs`. Where columns end within a vector, the last one ends with them, at `right`.
final class DoubleTileLoops {
    private static final int BLOCK = DoubleRows.BLOCK;

    private DoubleTileLoops() {}

    // made as whole8x2: height = 8, width = 2
    // made as whole6x2: height = 6, width = 2
    /// Whole tiles of a packed b; see [DoubleWholeTiles].
    static void $name(
            int k,
            double[] a,
            int a0,
            int ar,
            double[] b,
            int bo,
            double[] s,
            int s0,
            int ss,
            double[] c,
            int o0,
            int cs) {
        // each 1 <= i < height, h = i - 1
        int s$i = s$h + ss;
        // each i < height, j < width
        DoubleVector c$i$j = DoubleVector.fromArray(SPECIES, s, s$i + $j * LANES);
        // each 1 <= i < height, h = i - 1
        int a$i = a$h + ar;
        for (int p = 0; p < k; p++) {
            // each j < width
            DoubleVector b$j =
                    DoubleVector.fromArray(SPECIES, b, bo + p * $width * LANES + $j * LANES);
            // each i < height
            {
                DoubleVector x = DoubleVector.broadcast(SPECIES, a[a$i + p]);
                // each j < width
                c$i$j = x.fma(b$j, c$i$j);
            }
        }
        // each 1 <= i < height, h = i - 1
        int o$i = o$h + cs;
        // each i < height, j < width
        c$i$j.intoArray(c, o$i + $j * LANES);
    }

    // made as edge8x1: height = 8, sure = 1, width = 1, at = [0]
    // made as edge4x3: height = 4, sure = 1, width = 3, at = [0, LANES, right]
    // made as edge8x2: height = 8, sure = 5, width = 2, at = [0, right]
    // made as edge6x2: height = 6, sure = 5, width = 2, at = [0, right]
    // made as edge4x2: height = 4, sure = 1, width = 2, at = [0, right]
    /// Tiles at the edges of a packed b; see [DoubleEdgeTiles]. The rows from `sure` on may not be
    /// there.
    static void $name(
            int rows,
            // only in edge4x3, edge8x2, edge6x2, edge4x2
            int right,
            int k,
            double[] a,
            int a0,
            int ar,
            double[] b,
            int bo,
            double[] s,
            int s0,
            int ss,
            double[] c,
            int o0,
            int cs) {
        // each sure <= i < height
        int r$i = Math.min($i, rows - 1);
        // each 1 <= i < sure
        int s$i = s0 + $i * ss;
        // each sure <= i < height
        int s$i = s0 + r$i * ss;
        // each i < height, j < width
        DoubleVector c$i$j = DoubleVector.fromArray(SPECIES, s, s$i + $at$j);
        // each 1 <= i < sure
        int a$i = a0 + $i * ar;
        // each sure <= i < height
        int a$i = a0 + r$i * ar;
        for (int p = 0; p < k; p++) {
            // each j < width
            DoubleVector b$j =
                    DoubleVector.fromArray(SPECIES, b, bo + p * $width * LANES + $j * LANES);
            // each i < height
            {
                DoubleVector x = DoubleVector.broadcast(SPECIES, a[a$i + p]);
                // each j < width
                c$i$j = x.fma(b$j, c$i$j);
            }
        }
        // each 1 <= i < sure
        int o$i = o0 + $i * cs;
        // each sure <= i < height
        int o$i = o0 + r$i * cs;
        // each i < height, j < width
        c$i$j.intoArray(c, o$i + $at$j);
    }

    // made as inPlace4x5: height = 4, width = 5, at = [0, LANES, 2 * LANES, 3 * LANES, right]
    // made as inPlace4x4: height = 4, width = 4, at = [0, LANES, 2 * LANES, right]
    // made as inPlace4x3: height = 4, width = 3, at = [0, LANES, right]
    // made as inPlace4x2: height = 4, width = 2, at = [0, right]
    // made as inPlace4x1: height = 4, width = 1, at = [0]
    /// Tiles of a b that is not packed; see [DoubleInPlaceTiles].
    static void $name(
            int rows,
            // only in inPlace4x5, inPlace4x4, inPlace4x3, inPlace4x2
            int right,
            int k,
            double[] a,
            int a0,
            int ar,
            double[] b,
            int bo,
            int bs,
            double[] s,
            int s0,
            int ss,
            double[] c,
            int o0,
            int cs) {
        // each 1 <= i < height
        int r$i = Math.min($i, rows - 1);
        // each 1 <= i < height
        int s$i = s0 + r$i * ss;
        // each i < height, j < width
        DoubleVector c$i$j = DoubleVector.fromArray(SPECIES, s, s$i + $at$j);
        // each 1 <= i < height
        int a$i = a0 + r$i * ar;
        for (int p = 0, q = bo; p < k; p++, q += bs) {
            // each j < width
            DoubleVector b$j = DoubleVector.fromArray(SPECIES, b, q + $at$j);
            // each i < height
            {
                DoubleVector x = DoubleVector.broadcast(SPECIES, a[a$i + p]);
                // each j < width
                c$i$j = x.fma(b$j, c$i$j);
            }
        }
        // each 1 <= i < height
        int o$i = o0 + r$i * cs;
        // each i < height, j < width
        c$i$j.intoArray(c, o$i + $at$j);
    }

    // made as step8x2: height = 8, width = 2
    // made as step8x1: height = 8, width = 1
    // made as step4x2: height = 4, width = 2
    // made as step4x1: height = 4, width = 1
    /// Tiles with steps of their own; see [DoubleStepTiles].
    static void $name(
            int k,
            double[] a,
            int a0,
            int ar,
            int ak,
            double[] b,
            int bo,
            int bs,
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        // each i < height, j < width
        DoubleVector c$i$j = DoubleVector.fromArray(SPECIES, s, so + $i * ss + $j * LANES);
        // each 1 <= i < height, h = i - 1
        int a$i = a$h + ar;
        for (int p = 0, ap = 0, bp = bo; p < k; p++, ap += ak, bp += bs) {
            // each j < width
            DoubleVector b$j = DoubleVector.fromArray(SPECIES, b, bp + $j * LANES);
            // each i < height
            {
                DoubleVector x = DoubleVector.broadcast(SPECIES, a[a$i + ap]);
                // each j < width
                c$i$j = x.fma(b$j, c$i$j);
            }
        }
        // each i < height, j < width
        c$i$j.intoArray(c, co + $i * cs + $j * LANES);
    }

    // made as step1x2: width = 2
    // made as step1x1: width = 1
    /// The same for one row.
    static void $name(
            int k,
            double[] a,
            int ao,
            int ak,
            double[] b,
            int bo,
            int bs,
            double[] s,
            int so,
            double[] c,
            int co) {
        // each j < width
        DoubleVector c$j = DoubleVector.fromArray(SPECIES, s, so + $j * LANES);
        for (int p = 0, ap = 0, bp = bo; p < k; p++, ap += ak, bp += bs) {
            // each j < width
            DoubleVector b$j = DoubleVector.fromArray(SPECIES, b, bp + $j * LANES);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + ap]);
            // each j < width
            c$j = x.fma(b$j, c$j);
        }
        // each j < width
        c$j.intoArray(c, co + $j * LANES);
    }

    // made as strip6x4: height = 6, width = 4, at = [0, LANES, 2 * LANES, right]
    // made as strip4x5: height = 4, width = 5, at = [0, LANES, 2 * LANES, 3 * LANES, right]
    /// Tile after tile of rows, all chains from one number; see [DoubleStripTiles].
    static void $name(
            int rows,
            int right,
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            int bs,
            double start,
            double[] c,
            int co,
            int cs) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, start);
        for (int row = 0; row < rows; row += $height) {
            int a0 = ao + row * ar;
            // each 1 <= i < height, h = i - 1
            int a$i = a$h + ar;
            // each i < height, j < width
            DoubleVector c$i$j = s;
            for (int p = 0, q = bo; p < k; p++, q += bs) {
                // each j < width
                DoubleVector b$j = DoubleVector.fromArray(SPECIES, b, q + $at$j);
                // each i < height
                {
                    DoubleVector x = DoubleVector.broadcast(SPECIES, a[a$i + p]);
                    // each j < width
                    c$i$j = x.fma(b$j, c$i$j);
                }
            }
            int to = co + row * cs;
            // each j < width
            c0$j.intoArray(c, to + $at$j);
            // each 1 <= i < height
            {
                to += cs;
                // each j < width
                c$i$j.intoArray(c, to + $at$j);
            }
        }
    }

    // made as blockFrom: height = 4, width = 4
    // made as blockAlong: height = 4, width = 4
    // made as blockAcross: height = 4, width = 4
    /// Blocks with constant steps, from one number or added, a's rows contiguous or its columns;
    /// see [DoubleBlockTiles].
    static void $name(
            // only in blockFrom
            double start,
            int k,
            double[] a,
            int ao,
            // only in blockFrom, blockAlong
            int ar,
            double[] b,
            int bo,
            double[] c,
            int co) {
        // only in blockFrom
        // each i < height, j < width
        DoubleVector c$i$j = DoubleVector.broadcast(SPECIES, start);
        // only in blockAlong, blockAcross
        // each i < height, j < width
        DoubleVector c$i$j = DoubleVector.fromArray(SPECIES, c, co + $i * BLOCK + $j * LANES);
        for (int p = 0; p < k; p++) {
            // each j < width
            DoubleVector b$j = DoubleVector.fromArray(SPECIES, b, bo + p * BLOCK + $j * LANES);
            // each i < height
            {
                // only in blockFrom, blockAlong
                DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + $i * ar + p]);
                // only in blockAcross
                DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + p * BLOCK + $i]);
                // each j < width
                c$i$j = x.fma(b$j, c$i$j);
            }
        }
        // each i < height, j < width
        c$i$j.intoArray(c, co + $i * BLOCK + $j * LANES);
    }
}
