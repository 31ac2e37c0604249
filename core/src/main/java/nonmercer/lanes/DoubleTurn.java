// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/// Turns contiguous columns of a block into neighbouring elements of each row of a panel: a
/// transposition in registers.
///
/// Three rounds exchange halves, quarters and neighbours of eight vectors of eight lanes, and one
/// more round before them makes two times eight vectors of sixteen. Nothing is computed, so the
/// bits are the input's.
final class DoubleTurn {
    static final LongVector KEEP_8 = keep(8);
    static final LongVector PASS_8 = pass(8);
    static final LongVector KEEP_4 = keep(4);
    static final LongVector PASS_4 = pass(4);
    static final LongVector KEEP_2 = keep(2);
    static final LongVector PASS_2 = pass(2);
    static final LongVector KEEP_1 = keep(1);
    static final LongVector PASS_1 = pass(1);

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

    /// Eight columns, eight rows at a time; the last may overlap those before.
    private static void blocks(
            int k, double[] b, int bo, int bs, double[] panel, int to, int width) {
        for (int q = 0; q < k; q += LANES) {
            int p = Math.min(q, k - LANES);
            int from = bo + p;
            int at = to + p * width;
            LongVector a0 = DoubleVector.fromArray(SPECIES, b, from).viewAsIntegralLanes();
            LongVector a1 = DoubleVector.fromArray(SPECIES, b, from + bs).viewAsIntegralLanes();
            LongVector a2 = DoubleVector.fromArray(SPECIES, b, from + 2 * bs).viewAsIntegralLanes();
            LongVector a3 = DoubleVector.fromArray(SPECIES, b, from + 3 * bs).viewAsIntegralLanes();
            LongVector a4 = DoubleVector.fromArray(SPECIES, b, from + 4 * bs).viewAsIntegralLanes();
            LongVector a5 = DoubleVector.fromArray(SPECIES, b, from + 5 * bs).viewAsIntegralLanes();
            LongVector a6 = DoubleVector.fromArray(SPECIES, b, from + 6 * bs).viewAsIntegralLanes();
            LongVector a7 = DoubleVector.fromArray(SPECIES, b, from + 7 * bs).viewAsIntegralLanes();

            LongVector b0 = KEEP_4.selectFrom(a0, a4);
            LongVector b4 = PASS_4.selectFrom(a0, a4);
            LongVector b1 = KEEP_4.selectFrom(a1, a5);
            LongVector b5 = PASS_4.selectFrom(a1, a5);
            LongVector b2 = KEEP_4.selectFrom(a2, a6);
            LongVector b6 = PASS_4.selectFrom(a2, a6);
            LongVector b3 = KEEP_4.selectFrom(a3, a7);
            LongVector b7 = PASS_4.selectFrom(a3, a7);

            a0 = KEEP_2.selectFrom(b0, b2);
            a2 = PASS_2.selectFrom(b0, b2);
            a1 = KEEP_2.selectFrom(b1, b3);
            a3 = PASS_2.selectFrom(b1, b3);
            a4 = KEEP_2.selectFrom(b4, b6);
            a6 = PASS_2.selectFrom(b4, b6);
            a5 = KEEP_2.selectFrom(b5, b7);
            a7 = PASS_2.selectFrom(b5, b7);

            KEEP_1.selectFrom(a0, a1).viewAsFloatingLanes().intoArray(panel, at);
            PASS_1.selectFrom(a0, a1).viewAsFloatingLanes().intoArray(panel, at + width);
            KEEP_1.selectFrom(a2, a3).viewAsFloatingLanes().intoArray(panel, at + 2 * width);
            PASS_1.selectFrom(a2, a3).viewAsFloatingLanes().intoArray(panel, at + 3 * width);
            KEEP_1.selectFrom(a4, a5).viewAsFloatingLanes().intoArray(panel, at + 4 * width);
            PASS_1.selectFrom(a4, a5).viewAsFloatingLanes().intoArray(panel, at + 5 * width);
            KEEP_1.selectFrom(a6, a7).viewAsFloatingLanes().intoArray(panel, at + 6 * width);
            PASS_1.selectFrom(a6, a7).viewAsFloatingLanes().intoArray(panel, at + 7 * width);
        }
    }

    /// Sixteen columns, of sixteen rows at a time the upper or the lower eight: of columns j and j
    /// + 8 the halves side by side.
    private static void halves(
            LongVector side, int k, double[] b, int bo, int bs, double[] panel, int to, int width) {
        int down = 8 * bs;
        for (int q = 0; q < k; q += LANES) {
            int p = Math.min(q, k - LANES);
            int from = bo + p;
            int at = to + p * width;
            LongVector a0 = pair(side, b, from, down);
            LongVector a1 = pair(side, b, from + bs, down);
            LongVector a2 = pair(side, b, from + 2 * bs, down);
            LongVector a3 = pair(side, b, from + 3 * bs, down);
            LongVector a4 = pair(side, b, from + 4 * bs, down);
            LongVector a5 = pair(side, b, from + 5 * bs, down);
            LongVector a6 = pair(side, b, from + 6 * bs, down);
            LongVector a7 = pair(side, b, from + 7 * bs, down);

            LongVector b0 = KEEP_4.selectFrom(a0, a4);
            LongVector b4 = PASS_4.selectFrom(a0, a4);
            LongVector b1 = KEEP_4.selectFrom(a1, a5);
            LongVector b5 = PASS_4.selectFrom(a1, a5);
            LongVector b2 = KEEP_4.selectFrom(a2, a6);
            LongVector b6 = PASS_4.selectFrom(a2, a6);
            LongVector b3 = KEEP_4.selectFrom(a3, a7);
            LongVector b7 = PASS_4.selectFrom(a3, a7);

            a0 = KEEP_2.selectFrom(b0, b2);
            a2 = PASS_2.selectFrom(b0, b2);
            a1 = KEEP_2.selectFrom(b1, b3);
            a3 = PASS_2.selectFrom(b1, b3);
            a4 = KEEP_2.selectFrom(b4, b6);
            a6 = PASS_2.selectFrom(b4, b6);
            a5 = KEEP_2.selectFrom(b5, b7);
            a7 = PASS_2.selectFrom(b5, b7);

            KEEP_1.selectFrom(a0, a1).viewAsFloatingLanes().intoArray(panel, at);
            PASS_1.selectFrom(a0, a1).viewAsFloatingLanes().intoArray(panel, at + width);
            KEEP_1.selectFrom(a2, a3).viewAsFloatingLanes().intoArray(panel, at + 2 * width);
            PASS_1.selectFrom(a2, a3).viewAsFloatingLanes().intoArray(panel, at + 3 * width);
            KEEP_1.selectFrom(a4, a5).viewAsFloatingLanes().intoArray(panel, at + 4 * width);
            PASS_1.selectFrom(a4, a5).viewAsFloatingLanes().intoArray(panel, at + 5 * width);
            KEEP_1.selectFrom(a6, a7).viewAsFloatingLanes().intoArray(panel, at + 6 * width);
            PASS_1.selectFrom(a6, a7).viewAsFloatingLanes().intoArray(panel, at + 7 * width);
        }
    }

    private static LongVector pair(LongVector side, double[] b, int at, int down) {
        return side.selectFrom(
                DoubleVector.fromArray(SPECIES, b, at).viewAsIntegralLanes(),
                DoubleVector.fromArray(SPECIES, b, at + down).viewAsIntegralLanes());
    }

    /// Of a pair (u, v), in blocks of `distance` lanes: u's even blocks, each followed by v's even
    /// block.
    private static LongVector keep(int distance) {
        /*bits*/ long[] index = new /*bits*/ long[LANES];
        for (int i = 0; i < LANES; i++) {
            index[i] = (i & distance) == 0 ? i : LANES + i - distance;
        }
        return LongVector.fromArray(
                DoubleVector.zero(SPECIES).viewAsIntegralLanes().species(), index, 0);
    }

    /// u's odd blocks, each followed by v's odd block.
    private static LongVector pass(int distance) {
        /*bits*/ long[] index = new /*bits*/ long[LANES];
        for (int i = 0; i < LANES; i++) {
            index[i] = (i & distance) == 0 ? i + distance : LANES + i;
        }
        return LongVector.fromArray(
                DoubleVector.zero(SPECIES).viewAsIntegralLanes().species(), index, 0);
    }
}
