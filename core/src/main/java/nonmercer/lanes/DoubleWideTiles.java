// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// Tiles two vectors wide: `c[i, j] += a[i, p]·b[p, j]`, p ascending, one chain of fma an element.
///
/// Written out by hand, a local for every accumulator: an array of vectors would box them (20 times
/// slower), a loop over rows is not unrolled. Registers of the tallest tile: 16 accumulators + 2 of
/// b + 1 of a = 19 of AVX-512's 32, where two FMA units of latency 4 need 8 accumulators; where
/// there are 16 registers, 6 rows: 12 + 2 + 1 = 15. A step loads 10 vectors for 16 FMAs, so neither
/// load port is the bound. Taller (12x2) and wider (8x3, 6x4) tiles measured no faster, and their
/// edges cost more. Neither operand need be packed: a is read by its own row and column steps.
final class DoubleWideTiles {
    private DoubleWideTiles() {}

    /// Adds to a tile of this many rows, one that [DoubleTiles#rows(int)] gave.
    static void tile(
            int rows,
            int k,
            double[] a,
            int ao,
            int ar,
            int ak,
            double[] b,
            int bo,
            int bs,
            double[] c,
            int co,
            int cs) {
        switch (rows) {
            case 8 -> rows8(k, a, ao, ar, ak, b, bo, bs, c, co, cs);
            case 6 -> rows6(k, a, ao, ar, ak, b, bo, bs, c, co, cs);
            case 4 -> rows4(k, a, ao, ar, ak, b, bo, bs, c, co, cs);
            default -> throw new IllegalArgumentException("tile: no tile has " + rows + " rows");
        }
    }

    static void rows8(
            int k,
            double[] a,
            int ao,
            int ar,
            int ak,
            double[] b,
            int bo,
            int bs,
            double[] c,
            int co,
            int cs) {
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, c, co);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, c, co + LANES);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, co + cs);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, c, co + cs + LANES);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, c, co + 2 * cs);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, c, co + 2 * cs + LANES);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, c, co + 3 * cs);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, c, co + 3 * cs + LANES);
        DoubleVector c40 = DoubleVector.fromArray(SPECIES, c, co + 4 * cs);
        DoubleVector c41 = DoubleVector.fromArray(SPECIES, c, co + 4 * cs + LANES);
        DoubleVector c50 = DoubleVector.fromArray(SPECIES, c, co + 5 * cs);
        DoubleVector c51 = DoubleVector.fromArray(SPECIES, c, co + 5 * cs + LANES);
        DoubleVector c60 = DoubleVector.fromArray(SPECIES, c, co + 6 * cs);
        DoubleVector c61 = DoubleVector.fromArray(SPECIES, c, co + 6 * cs + LANES);
        DoubleVector c70 = DoubleVector.fromArray(SPECIES, c, co + 7 * cs);
        DoubleVector c71 = DoubleVector.fromArray(SPECIES, c, co + 7 * cs + LANES);
        int a1 = ao + ar;
        int a2 = a1 + ar;
        int a3 = a2 + ar;
        int a4 = a3 + ar;
        int a5 = a4 + ar;
        int a6 = a5 + ar;
        int a7 = a6 + ar;
        for (int p = 0, ap = 0, bp = bo; p < k; p++, ap += ak, bp += bs) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bp);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bp + LANES);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + ap]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = DoubleVector.broadcast(SPECIES, a[a1 + ap]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = DoubleVector.broadcast(SPECIES, a[a2 + ap]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = DoubleVector.broadcast(SPECIES, a[a3 + ap]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = DoubleVector.broadcast(SPECIES, a[a4 + ap]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = DoubleVector.broadcast(SPECIES, a[a5 + ap]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            x = DoubleVector.broadcast(SPECIES, a[a6 + ap]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            x = DoubleVector.broadcast(SPECIES, a[a7 + ap]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + LANES);
        c10.intoArray(c, co + cs);
        c11.intoArray(c, co + cs + LANES);
        c20.intoArray(c, co + 2 * cs);
        c21.intoArray(c, co + 2 * cs + LANES);
        c30.intoArray(c, co + 3 * cs);
        c31.intoArray(c, co + 3 * cs + LANES);
        c40.intoArray(c, co + 4 * cs);
        c41.intoArray(c, co + 4 * cs + LANES);
        c50.intoArray(c, co + 5 * cs);
        c51.intoArray(c, co + 5 * cs + LANES);
        c60.intoArray(c, co + 6 * cs);
        c61.intoArray(c, co + 6 * cs + LANES);
        c70.intoArray(c, co + 7 * cs);
        c71.intoArray(c, co + 7 * cs + LANES);
    }

    static void rows6(
            int k,
            double[] a,
            int ao,
            int ar,
            int ak,
            double[] b,
            int bo,
            int bs,
            double[] c,
            int co,
            int cs) {
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, c, co);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, c, co + LANES);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, co + cs);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, c, co + cs + LANES);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, c, co + 2 * cs);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, c, co + 2 * cs + LANES);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, c, co + 3 * cs);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, c, co + 3 * cs + LANES);
        DoubleVector c40 = DoubleVector.fromArray(SPECIES, c, co + 4 * cs);
        DoubleVector c41 = DoubleVector.fromArray(SPECIES, c, co + 4 * cs + LANES);
        DoubleVector c50 = DoubleVector.fromArray(SPECIES, c, co + 5 * cs);
        DoubleVector c51 = DoubleVector.fromArray(SPECIES, c, co + 5 * cs + LANES);
        int a1 = ao + ar;
        int a2 = a1 + ar;
        int a3 = a2 + ar;
        int a4 = a3 + ar;
        int a5 = a4 + ar;
        for (int p = 0, ap = 0, bp = bo; p < k; p++, ap += ak, bp += bs) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bp);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bp + LANES);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + ap]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = DoubleVector.broadcast(SPECIES, a[a1 + ap]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = DoubleVector.broadcast(SPECIES, a[a2 + ap]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = DoubleVector.broadcast(SPECIES, a[a3 + ap]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = DoubleVector.broadcast(SPECIES, a[a4 + ap]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = DoubleVector.broadcast(SPECIES, a[a5 + ap]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + LANES);
        c10.intoArray(c, co + cs);
        c11.intoArray(c, co + cs + LANES);
        c20.intoArray(c, co + 2 * cs);
        c21.intoArray(c, co + 2 * cs + LANES);
        c30.intoArray(c, co + 3 * cs);
        c31.intoArray(c, co + 3 * cs + LANES);
        c40.intoArray(c, co + 4 * cs);
        c41.intoArray(c, co + 4 * cs + LANES);
        c50.intoArray(c, co + 5 * cs);
        c51.intoArray(c, co + 5 * cs + LANES);
    }

    static void rows4(
            int k,
            double[] a,
            int ao,
            int ar,
            int ak,
            double[] b,
            int bo,
            int bs,
            double[] c,
            int co,
            int cs) {
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, c, co);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, c, co + LANES);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, co + cs);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, c, co + cs + LANES);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, c, co + 2 * cs);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, c, co + 2 * cs + LANES);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, c, co + 3 * cs);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, c, co + 3 * cs + LANES);
        int a1 = ao + ar;
        int a2 = a1 + ar;
        int a3 = a2 + ar;
        for (int p = 0, ap = 0, bp = bo; p < k; p++, ap += ak, bp += bs) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bp);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bp + LANES);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + ap]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = DoubleVector.broadcast(SPECIES, a[a1 + ap]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = DoubleVector.broadcast(SPECIES, a[a2 + ap]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = DoubleVector.broadcast(SPECIES, a[a3 + ap]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + LANES);
        c10.intoArray(c, co + cs);
        c11.intoArray(c, co + cs + LANES);
        c20.intoArray(c, co + 2 * cs);
        c21.intoArray(c, co + 2 * cs + LANES);
        c30.intoArray(c, co + 3 * cs);
        c31.intoArray(c, co + 3 * cs + LANES);
    }
}
