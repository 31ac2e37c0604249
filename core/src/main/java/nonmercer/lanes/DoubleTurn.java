// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// Turns contiguous columns of a block into neighbouring elements of each row of a panel: a
/// transposition in registers.
///
/// Three rounds exchange halves, quarters and neighbours of eight vectors of eight lanes, and one
/// more round before them makes two times eight vectors of sixteen. Nothing is computed, so the
/// bits are the input's.
final class DoubleTurn {
    private static final DoubleVector KEEP_8 = keep(8);
    private static final DoubleVector PASS_8 = pass(8);
    private static final DoubleVector KEEP_4 = keep(4);
    private static final DoubleVector PASS_4 = pass(4);
    private static final DoubleVector KEEP_2 = keep(2);
    private static final DoubleVector PASS_2 = pass(2);
    private static final DoubleVector KEEP_1 = keep(1);
    private static final DoubleVector PASS_1 = pass(1);

    private DoubleTurn() {}

    /// `panel[to + p·width + j] = b[bo + j·bs + p]` for p in 0 … k-1, and j in 0 … lanes-1 (or 0 …
    /// 7, if there are fewer lanes).
    static void vectors(int k, double[] b, int bo, int bs, double[] panel, int to, int width) {
        if (LANES < 8 || k < LANES) {
            for (int j = 0; j < LANES; j += 8) {
                eight(k, b, bo + j * bs, bs, panel, to + j, width);
            }
            return;
        }
        if (LANES == 8) {
            blocks(k, b, bo, bs, panel, to, width);
        } else {
            halves(KEEP_8, k, b, bo, bs, panel, to, width);
            halves(PASS_8, k, b, bo, bs, panel, to + 8 * width, width);
        }
    }

    /// The same for j in 0 … 7, one by one.
    static void eight(int k, double[] b, int bo, int bs, double[] panel, int to, int width) {
        for (int p = 0; p < k; p++) {
            int at = to + p * width;
            int from = bo + p;
            for (int j = 0; j < 8; j++) {
                panel[at + j] = b[from];
                from += bs;
            }
        }
    }

    /// Eight columns, eight rows at a time; the last may overlap those before. The loop is in here
    /// so that C2 converts the indices, which the Vector API wants as floating-point numbers, once.
    private static void blocks(
            int k, double[] b, int bo, int bs, double[] panel, int to, int width) {
        for (int q = 0; q < k; q += LANES) {
            int p = Math.min(q, k - LANES);
            int from = bo + p;
            int at = to + p * width;
            DoubleVector a0 = DoubleVector.fromArray(SPECIES, b, from);
            DoubleVector a1 = DoubleVector.fromArray(SPECIES, b, from + bs);
            DoubleVector a2 = DoubleVector.fromArray(SPECIES, b, from + 2 * bs);
            DoubleVector a3 = DoubleVector.fromArray(SPECIES, b, from + 3 * bs);
            DoubleVector a4 = DoubleVector.fromArray(SPECIES, b, from + 4 * bs);
            DoubleVector a5 = DoubleVector.fromArray(SPECIES, b, from + 5 * bs);
            DoubleVector a6 = DoubleVector.fromArray(SPECIES, b, from + 6 * bs);
            DoubleVector a7 = DoubleVector.fromArray(SPECIES, b, from + 7 * bs);

            DoubleVector b0 = KEEP_4.selectFrom(a0, a4);
            DoubleVector b4 = PASS_4.selectFrom(a0, a4);
            DoubleVector b1 = KEEP_4.selectFrom(a1, a5);
            DoubleVector b5 = PASS_4.selectFrom(a1, a5);
            DoubleVector b2 = KEEP_4.selectFrom(a2, a6);
            DoubleVector b6 = PASS_4.selectFrom(a2, a6);
            DoubleVector b3 = KEEP_4.selectFrom(a3, a7);
            DoubleVector b7 = PASS_4.selectFrom(a3, a7);

            a0 = KEEP_2.selectFrom(b0, b2);
            a2 = PASS_2.selectFrom(b0, b2);
            a1 = KEEP_2.selectFrom(b1, b3);
            a3 = PASS_2.selectFrom(b1, b3);
            a4 = KEEP_2.selectFrom(b4, b6);
            a6 = PASS_2.selectFrom(b4, b6);
            a5 = KEEP_2.selectFrom(b5, b7);
            a7 = PASS_2.selectFrom(b5, b7);

            KEEP_1.selectFrom(a0, a1).intoArray(panel, at);
            PASS_1.selectFrom(a0, a1).intoArray(panel, at + width);
            KEEP_1.selectFrom(a2, a3).intoArray(panel, at + 2 * width);
            PASS_1.selectFrom(a2, a3).intoArray(panel, at + 3 * width);
            KEEP_1.selectFrom(a4, a5).intoArray(panel, at + 4 * width);
            PASS_1.selectFrom(a4, a5).intoArray(panel, at + 5 * width);
            KEEP_1.selectFrom(a6, a7).intoArray(panel, at + 6 * width);
            PASS_1.selectFrom(a6, a7).intoArray(panel, at + 7 * width);
        }
    }

    /// Sixteen columns, of sixteen rows at a time the upper or the lower eight: of columns j and j
    /// + 8 the halves side by side.
    private static void halves(
            DoubleVector side,
            int k,
            double[] b,
            int bo,
            int bs,
            double[] panel,
            int to,
            int width) {
        int down = 8 * bs;
        for (int q = 0; q < k; q += LANES) {
            int p = Math.min(q, k - LANES);
            int from = bo + p;
            int at = to + p * width;
            DoubleVector a0 = pair(side, b, from, down);
            DoubleVector a1 = pair(side, b, from + bs, down);
            DoubleVector a2 = pair(side, b, from + 2 * bs, down);
            DoubleVector a3 = pair(side, b, from + 3 * bs, down);
            DoubleVector a4 = pair(side, b, from + 4 * bs, down);
            DoubleVector a5 = pair(side, b, from + 5 * bs, down);
            DoubleVector a6 = pair(side, b, from + 6 * bs, down);
            DoubleVector a7 = pair(side, b, from + 7 * bs, down);

            DoubleVector b0 = KEEP_4.selectFrom(a0, a4);
            DoubleVector b4 = PASS_4.selectFrom(a0, a4);
            DoubleVector b1 = KEEP_4.selectFrom(a1, a5);
            DoubleVector b5 = PASS_4.selectFrom(a1, a5);
            DoubleVector b2 = KEEP_4.selectFrom(a2, a6);
            DoubleVector b6 = PASS_4.selectFrom(a2, a6);
            DoubleVector b3 = KEEP_4.selectFrom(a3, a7);
            DoubleVector b7 = PASS_4.selectFrom(a3, a7);

            a0 = KEEP_2.selectFrom(b0, b2);
            a2 = PASS_2.selectFrom(b0, b2);
            a1 = KEEP_2.selectFrom(b1, b3);
            a3 = PASS_2.selectFrom(b1, b3);
            a4 = KEEP_2.selectFrom(b4, b6);
            a6 = PASS_2.selectFrom(b4, b6);
            a5 = KEEP_2.selectFrom(b5, b7);
            a7 = PASS_2.selectFrom(b5, b7);

            KEEP_1.selectFrom(a0, a1).intoArray(panel, at);
            PASS_1.selectFrom(a0, a1).intoArray(panel, at + width);
            KEEP_1.selectFrom(a2, a3).intoArray(panel, at + 2 * width);
            PASS_1.selectFrom(a2, a3).intoArray(panel, at + 3 * width);
            KEEP_1.selectFrom(a4, a5).intoArray(panel, at + 4 * width);
            PASS_1.selectFrom(a4, a5).intoArray(panel, at + 5 * width);
            KEEP_1.selectFrom(a6, a7).intoArray(panel, at + 6 * width);
            PASS_1.selectFrom(a6, a7).intoArray(panel, at + 7 * width);
        }
    }

    private static DoubleVector pair(DoubleVector side, double[] b, int at, int down) {
        return side.selectFrom(
                DoubleVector.fromArray(SPECIES, b, at),
                DoubleVector.fromArray(SPECIES, b, at + down));
    }

    /// Of a pair (u, v), in blocks of `distance` lanes: u's even blocks, each followed by v's even
    /// block.
    private static DoubleVector keep(int distance) {
        double[] index = new double[LANES];
        for (int i = 0; i < LANES; i++) {
            index[i] = (i & distance) == 0 ? i : LANES + i - distance;
        }
        return DoubleVector.fromArray(SPECIES, index, 0);
    }

    /// u's odd blocks, each followed by v's odd block.
    private static DoubleVector pass(int distance) {
        double[] index = new double[LANES];
        for (int i = 0; i < LANES; i++) {
            index[i] = (i & distance) == 0 ? i + distance : LANES + i;
        }
        return DoubleVector.fromArray(SPECIES, index, 0);
    }
}
