// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleTileLoops.edge4x2;
import static nonmercer.lanes.DoubleTileLoops.edge4x3;
import static nonmercer.lanes.DoubleTileLoops.edge6x2;
import static nonmercer.lanes.DoubleTileLoops.edge8x1;
import static nonmercer.lanes.DoubleTileLoops.edge8x2;

/// Tiles at the lower and right edges of a product, as [DoubleWholeTiles].
///
/// They need no masks. The last vector of c ends with the tile's last column and may overlap the
/// one before it; of rows that are not there, the last row takes the place. What is computed twice
/// is the same chain, and all of s is read before any of c is written.
///
/// One vector takes eight rows, lest its accumulators be too few; three take four rows, 12
/// accumulators + 3 of b + 1 of a = 16 registers.
final class DoubleEdgeTiles {
    private DoubleEdgeTiles() {}

    /// A tile of up to eight rows (six, where registers are few) and one to three vectors.
    static void tile(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        int right = columns - LANES;
        if (columns > 2 * LANES) {
            edge4x3(Math.min(4, rows), right, k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
            if (rows > 4) {
                int x = ao + 4 * ar;
                int y = so + 4 * ss;
                int z = co + 4 * cs;
                edge4x3(rows - 4, right, k, a, x, ar, b, bo, s, y, ss, c, z, cs);
            }
        } else if (columns <= LANES) {
            edge8x1(rows, k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
        } else if (rows <= 4) {
            edge4x2(rows, right, k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
        } else if (DoubleWholeTiles.ROWS == 8) {
            edge8x2(rows, right, k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
        } else {
            edge6x2(rows, right, k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
        }
    }
}
