// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// Turns eight contiguous columns of a block into eight neighbouring elements of each row of a
/// panel.
///
/// Eight vectors of up to sixteen lanes are turned in registers, as 8x8 blocks side by side: three
/// rounds exchange halves, quarters and neighbours of pairs of vectors. Nothing is computed, so the
/// bits are the input's.
final class DoubleTurn {
    private static final boolean IN_REGISTERS = LANES == 8 || LANES == 16;
    private static final DoubleVector KEEP_4 = keep(4);
    private static final DoubleVector KEEP_2 = keep(2);
    private static final DoubleVector KEEP_1 = keep(1);
    private static final DoubleVector PASS_4 = pass(4);
    private static final DoubleVector PASS_2 = pass(2);
    private static final DoubleVector PASS_1 = pass(1);
    private static final VectorMask<Double> LOW = VectorMask.fromLong(SPECIES, 0xFF);
    private static final VectorMask<Double> HIGH = LOW.not();

    private DoubleTurn() {}

    /// `panel[to + p·width + j] = b[bo + j·bs + p]` for j in 0 … 7 and p in 0 … k-1.
    static void eight(int k, double[] b, int bo, int bs, double[] panel, int to, int width) {
        int p = 0;
        if (IN_REGISTERS) {
            for (; p <= k - LANES; p += LANES) {
                block(b, bo + p, bs, panel, to + p * width, width);
            }
        }
        for (; p < k; p++) {
            int at = to + p * width;
            int from = bo + p;
            for (int j = 0; j < 8; j++) {
                panel[at + j] = b[from];
                from += bs;
            }
        }
    }

    private static void block(double[] b, int bo, int bs, double[] panel, int to, int width) {
        DoubleVector a0 = DoubleVector.fromArray(SPECIES, b, bo);
        DoubleVector a1 = DoubleVector.fromArray(SPECIES, b, bo + bs);
        DoubleVector a2 = DoubleVector.fromArray(SPECIES, b, bo + 2 * bs);
        DoubleVector a3 = DoubleVector.fromArray(SPECIES, b, bo + 3 * bs);
        DoubleVector a4 = DoubleVector.fromArray(SPECIES, b, bo + 4 * bs);
        DoubleVector a5 = DoubleVector.fromArray(SPECIES, b, bo + 5 * bs);
        DoubleVector a6 = DoubleVector.fromArray(SPECIES, b, bo + 6 * bs);
        DoubleVector a7 = DoubleVector.fromArray(SPECIES, b, bo + 7 * bs);

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

        store(KEEP_1.selectFrom(a0, a1), panel, to, width);
        store(PASS_1.selectFrom(a0, a1), panel, to + width, width);
        store(KEEP_1.selectFrom(a2, a3), panel, to + 2 * width, width);
        store(PASS_1.selectFrom(a2, a3), panel, to + 3 * width, width);
        store(KEEP_1.selectFrom(a4, a5), panel, to + 4 * width, width);
        store(PASS_1.selectFrom(a4, a5), panel, to + 5 * width, width);
        store(KEEP_1.selectFrom(a6, a7), panel, to + 6 * width, width);
        store(PASS_1.selectFrom(a6, a7), panel, to + 7 * width, width);
    }

    /// Row r of the panel, and in the upper half of sixteen lanes row r + 8.
    private static void store(DoubleVector v, double[] panel, int at, int width) {
        if (LANES == 8) {
            v.intoArray(panel, at);
        } else {
            v.intoArray(panel, at, LOW);
            v.intoArray(panel, at + 8 * width - 8, HIGH);
        }
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
