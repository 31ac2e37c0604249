// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

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
            sixByFour(whole, right, k, a, ao, ar, b, bo, bs, start, c, co, cs);
            return whole;
        }
        if (right > 3 * LANES) {
            int whole = rows & -4;
            fourByFive(whole, right, k, a, ao, ar, b, bo, bs, start, c, co, cs);
            return whole;
        }
        return 0;
    }

    private static void sixByFour(
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
        for (int i = 0; i < rows; i += 6) {
            int a0 = ao + i * ar;
            int a1 = a0 + ar;
            int a2 = a1 + ar;
            int a3 = a2 + ar;
            int a4 = a3 + ar;
            int a5 = a4 + ar;
            DoubleVector c00 = s;
            DoubleVector c01 = s;
            DoubleVector c02 = s;
            DoubleVector c03 = s;
            DoubleVector c10 = s;
            DoubleVector c11 = s;
            DoubleVector c12 = s;
            DoubleVector c13 = s;
            DoubleVector c20 = s;
            DoubleVector c21 = s;
            DoubleVector c22 = s;
            DoubleVector c23 = s;
            DoubleVector c30 = s;
            DoubleVector c31 = s;
            DoubleVector c32 = s;
            DoubleVector c33 = s;
            DoubleVector c40 = s;
            DoubleVector c41 = s;
            DoubleVector c42 = s;
            DoubleVector c43 = s;
            DoubleVector c50 = s;
            DoubleVector c51 = s;
            DoubleVector c52 = s;
            DoubleVector c53 = s;
            for (int p = 0, q = bo; p < k; p++, q += bs) {
                DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
                DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + LANES);
                DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, q + 2 * LANES);
                DoubleVector b3 = DoubleVector.fromArray(SPECIES, b, q + right);
                DoubleVector x = DoubleVector.broadcast(SPECIES, a[a0 + p]);
                c00 = x.fma(b0, c00);
                c01 = x.fma(b1, c01);
                c02 = x.fma(b2, c02);
                c03 = x.fma(b3, c03);
                x = DoubleVector.broadcast(SPECIES, a[a1 + p]);
                c10 = x.fma(b0, c10);
                c11 = x.fma(b1, c11);
                c12 = x.fma(b2, c12);
                c13 = x.fma(b3, c13);
                x = DoubleVector.broadcast(SPECIES, a[a2 + p]);
                c20 = x.fma(b0, c20);
                c21 = x.fma(b1, c21);
                c22 = x.fma(b2, c22);
                c23 = x.fma(b3, c23);
                x = DoubleVector.broadcast(SPECIES, a[a3 + p]);
                c30 = x.fma(b0, c30);
                c31 = x.fma(b1, c31);
                c32 = x.fma(b2, c32);
                c33 = x.fma(b3, c33);
                x = DoubleVector.broadcast(SPECIES, a[a4 + p]);
                c40 = x.fma(b0, c40);
                c41 = x.fma(b1, c41);
                c42 = x.fma(b2, c42);
                c43 = x.fma(b3, c43);
                x = DoubleVector.broadcast(SPECIES, a[a5 + p]);
                c50 = x.fma(b0, c50);
                c51 = x.fma(b1, c51);
                c52 = x.fma(b2, c52);
                c53 = x.fma(b3, c53);
            }
            int to = co + i * cs;
            c00.intoArray(c, to);
            c01.intoArray(c, to + LANES);
            c02.intoArray(c, to + 2 * LANES);
            c03.intoArray(c, to + right);
            to += cs;
            c10.intoArray(c, to);
            c11.intoArray(c, to + LANES);
            c12.intoArray(c, to + 2 * LANES);
            c13.intoArray(c, to + right);
            to += cs;
            c20.intoArray(c, to);
            c21.intoArray(c, to + LANES);
            c22.intoArray(c, to + 2 * LANES);
            c23.intoArray(c, to + right);
            to += cs;
            c30.intoArray(c, to);
            c31.intoArray(c, to + LANES);
            c32.intoArray(c, to + 2 * LANES);
            c33.intoArray(c, to + right);
            to += cs;
            c40.intoArray(c, to);
            c41.intoArray(c, to + LANES);
            c42.intoArray(c, to + 2 * LANES);
            c43.intoArray(c, to + right);
            to += cs;
            c50.intoArray(c, to);
            c51.intoArray(c, to + LANES);
            c52.intoArray(c, to + 2 * LANES);
            c53.intoArray(c, to + right);
        }
    }

    private static void fourByFive(
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
        for (int i = 0; i < rows; i += 4) {
            int a0 = ao + i * ar;
            int a1 = a0 + ar;
            int a2 = a1 + ar;
            int a3 = a2 + ar;
            DoubleVector c00 = s;
            DoubleVector c01 = s;
            DoubleVector c02 = s;
            DoubleVector c03 = s;
            DoubleVector c04 = s;
            DoubleVector c10 = s;
            DoubleVector c11 = s;
            DoubleVector c12 = s;
            DoubleVector c13 = s;
            DoubleVector c14 = s;
            DoubleVector c20 = s;
            DoubleVector c21 = s;
            DoubleVector c22 = s;
            DoubleVector c23 = s;
            DoubleVector c24 = s;
            DoubleVector c30 = s;
            DoubleVector c31 = s;
            DoubleVector c32 = s;
            DoubleVector c33 = s;
            DoubleVector c34 = s;
            for (int p = 0, q = bo; p < k; p++, q += bs) {
                DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
                DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + LANES);
                DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, q + 2 * LANES);
                DoubleVector b3 = DoubleVector.fromArray(SPECIES, b, q + 3 * LANES);
                DoubleVector b4 = DoubleVector.fromArray(SPECIES, b, q + right);
                DoubleVector x = DoubleVector.broadcast(SPECIES, a[a0 + p]);
                c00 = x.fma(b0, c00);
                c01 = x.fma(b1, c01);
                c02 = x.fma(b2, c02);
                c03 = x.fma(b3, c03);
                c04 = x.fma(b4, c04);
                x = DoubleVector.broadcast(SPECIES, a[a1 + p]);
                c10 = x.fma(b0, c10);
                c11 = x.fma(b1, c11);
                c12 = x.fma(b2, c12);
                c13 = x.fma(b3, c13);
                c14 = x.fma(b4, c14);
                x = DoubleVector.broadcast(SPECIES, a[a2 + p]);
                c20 = x.fma(b0, c20);
                c21 = x.fma(b1, c21);
                c22 = x.fma(b2, c22);
                c23 = x.fma(b3, c23);
                c24 = x.fma(b4, c24);
                x = DoubleVector.broadcast(SPECIES, a[a3 + p]);
                c30 = x.fma(b0, c30);
                c31 = x.fma(b1, c31);
                c32 = x.fma(b2, c32);
                c33 = x.fma(b3, c33);
                c34 = x.fma(b4, c34);
            }
            int to = co + i * cs;
            c00.intoArray(c, to);
            c01.intoArray(c, to + LANES);
            c02.intoArray(c, to + 2 * LANES);
            c03.intoArray(c, to + 3 * LANES);
            c04.intoArray(c, to + right);
            to += cs;
            c10.intoArray(c, to);
            c11.intoArray(c, to + LANES);
            c12.intoArray(c, to + 2 * LANES);
            c13.intoArray(c, to + 3 * LANES);
            c14.intoArray(c, to + right);
            to += cs;
            c20.intoArray(c, to);
            c21.intoArray(c, to + LANES);
            c22.intoArray(c, to + 2 * LANES);
            c23.intoArray(c, to + 3 * LANES);
            c24.intoArray(c, to + right);
            to += cs;
            c30.intoArray(c, to);
            c31.intoArray(c, to + LANES);
            c32.intoArray(c, to + 2 * LANES);
            c33.intoArray(c, to + 3 * LANES);
            c34.intoArray(c, to + right);
        }
    }
}
