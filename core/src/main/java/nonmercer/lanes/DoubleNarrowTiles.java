// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// Tiles one vector wide, or part of one, for the last columns of a product: as [DoubleWideTiles],
/// with half the accumulators.
final class DoubleNarrowTiles {
    private DoubleNarrowTiles() {}

    /// Adds to a tile of this many rows, one that [DoubleTiles#rows(int)] gave.
    static void tile(
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
            double[] c,
            int co,
            int cs) {
        switch (rows) {
            case 8 -> rows8(columns, k, a, ao, ar, ak, b, bo, bs, c, co, cs);
            case 6 -> rows6(columns, k, a, ao, ar, ak, b, bo, bs, c, co, cs);
            case 4 -> rows4(columns, k, a, ao, ar, ak, b, bo, bs, c, co, cs);
            default -> throw new IllegalArgumentException("tile: no tile has " + rows + " rows");
        }
    }

    static void rows8(
            int columns,
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
        VectorMask<Double> mask = DoubleEdge.mask(columns);
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, c, co);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, co + cs);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, c, co + 2 * cs);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, c, co + 3 * cs);
        DoubleVector c40 = DoubleVector.fromArray(SPECIES, c, co + 4 * cs);
        DoubleVector c50 = DoubleVector.fromArray(SPECIES, c, co + 5 * cs);
        DoubleVector c60 = DoubleVector.fromArray(SPECIES, c, co + 6 * cs);
        DoubleVector c70 = DoubleVector.fromArray(SPECIES, c, co + 7 * cs);
        int a1 = ao + ar;
        int a2 = a1 + ar;
        int a3 = a2 + ar;
        int a4 = a3 + ar;
        int a5 = a4 + ar;
        int a6 = a5 + ar;
        int a7 = a6 + ar;
        for (int p = 0, ap = 0, bp = bo; p < k; p++, ap += ak, bp += bs) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bp);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + ap]);
            c00 = x.fma(b0, c00);
            x = DoubleVector.broadcast(SPECIES, a[a1 + ap]);
            c10 = x.fma(b0, c10);
            x = DoubleVector.broadcast(SPECIES, a[a2 + ap]);
            c20 = x.fma(b0, c20);
            x = DoubleVector.broadcast(SPECIES, a[a3 + ap]);
            c30 = x.fma(b0, c30);
            x = DoubleVector.broadcast(SPECIES, a[a4 + ap]);
            c40 = x.fma(b0, c40);
            x = DoubleVector.broadcast(SPECIES, a[a5 + ap]);
            c50 = x.fma(b0, c50);
            x = DoubleVector.broadcast(SPECIES, a[a6 + ap]);
            c60 = x.fma(b0, c60);
            x = DoubleVector.broadcast(SPECIES, a[a7 + ap]);
            c70 = x.fma(b0, c70);
        }
        DoubleEdge.store(c00, c, co, mask);
        DoubleEdge.store(c10, c, co + cs, mask);
        DoubleEdge.store(c20, c, co + 2 * cs, mask);
        DoubleEdge.store(c30, c, co + 3 * cs, mask);
        DoubleEdge.store(c40, c, co + 4 * cs, mask);
        DoubleEdge.store(c50, c, co + 5 * cs, mask);
        DoubleEdge.store(c60, c, co + 6 * cs, mask);
        DoubleEdge.store(c70, c, co + 7 * cs, mask);
    }

    static void rows6(
            int columns,
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
        VectorMask<Double> mask = DoubleEdge.mask(columns);
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, c, co);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, co + cs);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, c, co + 2 * cs);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, c, co + 3 * cs);
        DoubleVector c40 = DoubleVector.fromArray(SPECIES, c, co + 4 * cs);
        DoubleVector c50 = DoubleVector.fromArray(SPECIES, c, co + 5 * cs);
        int a1 = ao + ar;
        int a2 = a1 + ar;
        int a3 = a2 + ar;
        int a4 = a3 + ar;
        int a5 = a4 + ar;
        for (int p = 0, ap = 0, bp = bo; p < k; p++, ap += ak, bp += bs) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bp);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + ap]);
            c00 = x.fma(b0, c00);
            x = DoubleVector.broadcast(SPECIES, a[a1 + ap]);
            c10 = x.fma(b0, c10);
            x = DoubleVector.broadcast(SPECIES, a[a2 + ap]);
            c20 = x.fma(b0, c20);
            x = DoubleVector.broadcast(SPECIES, a[a3 + ap]);
            c30 = x.fma(b0, c30);
            x = DoubleVector.broadcast(SPECIES, a[a4 + ap]);
            c40 = x.fma(b0, c40);
            x = DoubleVector.broadcast(SPECIES, a[a5 + ap]);
            c50 = x.fma(b0, c50);
        }
        DoubleEdge.store(c00, c, co, mask);
        DoubleEdge.store(c10, c, co + cs, mask);
        DoubleEdge.store(c20, c, co + 2 * cs, mask);
        DoubleEdge.store(c30, c, co + 3 * cs, mask);
        DoubleEdge.store(c40, c, co + 4 * cs, mask);
        DoubleEdge.store(c50, c, co + 5 * cs, mask);
    }

    static void rows4(
            int columns,
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
        VectorMask<Double> mask = DoubleEdge.mask(columns);
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, c, co);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, co + cs);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, c, co + 2 * cs);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, c, co + 3 * cs);
        int a1 = ao + ar;
        int a2 = a1 + ar;
        int a3 = a2 + ar;
        for (int p = 0, ap = 0, bp = bo; p < k; p++, ap += ak, bp += bs) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bp);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + ap]);
            c00 = x.fma(b0, c00);
            x = DoubleVector.broadcast(SPECIES, a[a1 + ap]);
            c10 = x.fma(b0, c10);
            x = DoubleVector.broadcast(SPECIES, a[a2 + ap]);
            c20 = x.fma(b0, c20);
            x = DoubleVector.broadcast(SPECIES, a[a3 + ap]);
            c30 = x.fma(b0, c30);
        }
        DoubleEdge.store(c00, c, co, mask);
        DoubleEdge.store(c10, c, co + cs, mask);
        DoubleEdge.store(c20, c, co + 2 * cs, mask);
        DoubleEdge.store(c30, c, co + 3 * cs, mask);
    }
}
