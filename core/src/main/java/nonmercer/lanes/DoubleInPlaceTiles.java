// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleTileLoops.inPlace4x1;
import static nonmercer.lanes.DoubleTileLoops.inPlace4x2;
import static nonmercer.lanes.DoubleTileLoops.inPlace4x3;
import static nonmercer.lanes.DoubleTileLoops.inPlace4x4;
import static nonmercer.lanes.DoubleTileLoops.inPlace4x5;

/// Tiles of a b that is not packed, row p at `bo + p·bs`: for small products, which packing would
/// cost more than it saves.
///
/// Four rows of up to five vectors: 20 accumulators + 5 of b + 1 of a = 26 of 32 registers, and
/// registers are left for the step of b. A step of four vectors loads 8 vectors for 16 FMAs. Edges
/// as in [DoubleEdgeTiles]: the last vector ends with the last column, and of rows that are not
/// there the last takes the place.
final class DoubleInPlaceTiles {
    private DoubleInPlaceTiles() {}

    /// So many rows, and columns: at least a vector, at most five.
    static void tiles(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            int bs,
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        int right = columns - LANES;
        int vectors = (columns + LANES - 1) / LANES;
        for (int i = 0; i < rows; i += 4) {
            int height = Math.min(4, rows - i);
            int x = ao + i * ar;
            int y = so + i * ss;
            int z = co + i * cs;
            switch (vectors) {
                case 5 -> inPlace4x5(height, right, k, a, x, ar, b, bo, bs, s, y, ss, c, z, cs);
                case 4 -> inPlace4x4(height, right, k, a, x, ar, b, bo, bs, s, y, ss, c, z, cs);
                case 3 -> inPlace4x3(height, right, k, a, x, ar, b, bo, bs, s, y, ss, c, z, cs);
                case 2 -> inPlace4x2(height, right, k, a, x, ar, b, bo, bs, s, y, ss, c, z, cs);
                default -> inPlace4x1(height, k, a, x, ar, b, bo, bs, s, y, ss, c, z, cs);
            }
        }
    }
}
