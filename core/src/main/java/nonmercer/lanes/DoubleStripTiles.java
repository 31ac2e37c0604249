// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleTileLoops.strip4x5;
import static nonmercer.lanes.DoubleTileLoops.strip6x4;

/// Strips of [DoubleInPlaceTiles] whose chains all start at one number, tile after tile in one
/// method: a tile of k = 64 takes some 600 cycles, of which a call with its arguments, checks and
/// the loads of its start would be 50.
///
/// Six rows of four vectors are 24 accumulators + 4 of b + 1 of a = 29 of 32 registers; four rows
/// of five vectors are 20 + 5 + 1.
final class DoubleStripTiles {
    private DoubleStripTiles() {}

    /// Computes whole tiles of so many columns; returns the number of rows that it took.
    static int tiles(
            int rows,
            int columns,
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
        int right = columns - LANES;
        if (right > 2 * LANES && right <= 3 * LANES) {
            int whole = rows / 6 * 6;
            strip6x4(whole, right, k, a, ao, ar, b, bo, bs, start, c, co, cs);
            return whole;
        }
        if (right > 3 * LANES) {
            int whole = rows & -4;
            strip4x5(whole, right, k, a, ao, ar, b, bo, bs, start, c, co, cs);
            return whole;
        }
        return 0;
    }
}
