// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleTileLoops.blockAcross;
import static nonmercer.lanes.DoubleTileLoops.blockAlong;
import static nonmercer.lanes.DoubleTileLoops.blockFrom;

/// The tiles of [DoubleStepTiles] where the rows of b and of c are [DoubleRows#BLOCK] elements
/// apart: with constant steps the compiler checks all bounds before the loop, which measured 10 to
/// 12 % faster over a block of 64 × 64 × 64, 97 % of the peak for the product from equal elements.
///
/// Four rows of four vectors: 16 accumulators, 4 of b and 1 of a; where there are 16 registers it
/// does not serve.
final class DoubleBlockTiles {
    private static final int BLOCK = DoubleRows.BLOCK;
    private static final int ROWS = 4;
    private static final int COLUMNS = 4 * LANES;

    private DoubleBlockTiles() {}

    /// The rows of so many that it computes: all but a remainder.
    static int rows(int rows) {
        return rows - rows % ROWS;
    }

    /// The columns of so many that it computes.
    static int columns(int columns) {
        return columns - columns % COLUMNS;
    }

    /// Whether it has tiles for a with these steps, b with this one and the start and c with these.
    static boolean serves(int ar, int ak, int bs, int ss, int cs) {
        return DoubleWholeTiles.MANY_REGISTERS
                && bs == BLOCK
                && cs == BLOCK
                && (ss == 0 ? ak == 1 : ss == BLOCK && (ak == 1 || ak == BLOCK && ar == 1));
    }

    /// `c = start + a·b` for [#rows] and [#columns], a's rows contiguous.
    static void from(
            double start,
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            double[] c,
            int co) {
        for (int j = 0; j < columns; j += COLUMNS) {
            for (int i = 0; i < rows; i += ROWS) {
                blockFrom(start, k, a, ao + i * ar, ar, b, bo + j, c, co + i * BLOCK + j);
            }
        }
    }

    /// `c += a·b` for [#rows] and [#columns], with a's rows contiguous (`ak = 1`) or its columns
    /// (`ar = 1`).
    static void add(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int ar,
            int ak,
            double[] b,
            int bo,
            double[] c,
            int co) {
        for (int j = 0; j < columns; j += COLUMNS) {
            for (int i = 0; i < rows; i += ROWS) {
                int at = co + i * BLOCK + j;
                if (ak == 1) {
                    blockAlong(k, a, ao + i * ar, ar, b, bo + j, c, at);
                } else {
                    blockAcross(k, a, ao + i, b, bo + j, c, at);
                }
            }
        }
    }
}
