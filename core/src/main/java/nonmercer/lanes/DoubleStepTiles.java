// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleTileLoops.step1x1;
import static nonmercer.lanes.DoubleTileLoops.step1x2;
import static nonmercer.lanes.DoubleTileLoops.step4x1;
import static nonmercer.lanes.DoubleTileLoops.step4x2;
import static nonmercer.lanes.DoubleTileLoops.step8x1;
import static nonmercer.lanes.DoubleTileLoops.step8x2;

/// Products of blocks that are in the cache and packed nowhere: each is read by steps of its own,
/// so that a tile of weights can be used as it stands and turned.
///
/// With 32 registers the tallest tile has 8 rows of 2 vectors, 16 + 2 + 1 of them, where two FMA
/// units of latency 4 need 8 accumulators; with 16 registers 4 rows, 8 + 2 + 1.
final class DoubleStepTiles {
    private DoubleStepTiles() {}

    /// See [DoubleRows#multiplyAdd].
    @SuppressWarnings("ReferenceEquality") // whether c starts where it stands
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
            int bs,
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        if (DoubleBlockTiles.serves(ar, ak, bs, ss, cs) && (ss == 0 || s == c && so == co)) {
            int tall = DoubleBlockTiles.rows(rows);
            int wide = DoubleBlockTiles.columns(columns);
            if (ss == 0) {
                DoubleBlockTiles.from(s[so], tall, wide, k, a, ao, ar, b, bo, c, co);
            } else {
                DoubleBlockTiles.add(tall, wide, k, a, ao, ar, ak, b, bo, c, co);
            }
            int left = rows - tall;
            int ad = ao + tall * ar;
            int sd = so + tall * ss;
            int cd = co + tall * cs;
            strips(left, wide, k, a, ad, ar, ak, b, bo, bs, s, sd, ss, c, cd, cs);
            int sw = ss == 0 ? so : so + wide;
            int more = columns - wide;
            strips(rows, more, k, a, ao, ar, ak, b, bo + wide, bs, s, sw, ss, c, co + wide, cs);
        } else {
            strips(rows, columns, k, a, ao, ar, ak, b, bo, bs, s, so, ss, c, co, cs);
        }
    }

    private static void strips(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
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
        int sj = ss == 0 ? 0 : 1;
        for (int j = 0; j < columns; ) {
            int width = columns - j >= 2 * LANES ? 2 * LANES : LANES;
            for (int i = 0; i < rows; ) {
                int left = rows - i;
                int height = left >= 8 && DoubleWholeTiles.MANY_REGISTERS ? 8 : left >= 4 ? 4 : 1;
                tile(
                        height,
                        width,
                        k,
                        a,
                        ao + i * ar,
                        ar,
                        ak,
                        b,
                        bo + j,
                        bs,
                        s,
                        so + i * ss + j * sj,
                        ss,
                        c,
                        co + i * cs + j,
                        cs);
                i += height;
            }
            j += width;
        }
    }

    private static void tile(
            int height,
            int width,
            int k,
            double[] a,
            int ao,
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
        boolean wide = width > LANES;
        switch (height) {
            case 8 -> {
                if (wide) {
                    step8x2(k, a, ao, ar, ak, b, bo, bs, s, so, ss, c, co, cs);
                } else {
                    step8x1(k, a, ao, ar, ak, b, bo, bs, s, so, ss, c, co, cs);
                }
            }
            case 4 -> {
                if (wide) {
                    step4x2(k, a, ao, ar, ak, b, bo, bs, s, so, ss, c, co, cs);
                } else {
                    step4x1(k, a, ao, ar, ak, b, bo, bs, s, so, ss, c, co, cs);
                }
            }
            default -> {
                if (wide) {
                    step1x2(k, a, ao, ak, b, bo, bs, s, so, c, co);
                } else {
                    step1x1(k, a, ao, ak, b, bo, bs, s, so, c, co);
                }
            }
        }
    }
}
