// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// Tiles more than one vector and less than two wide: as [DoubleWideTiles], but the second vector
/// of c is written under a mask ([DoubleEdge]). Four rows at most: eight masked writes in one
/// method are more than C2 inlines.
final class DoubleEdgeTiles {
    private DoubleEdgeTiles() {}

    /// Adds to a tile of an even number of rows.
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
        int i = 0;
        for (; i <= rows - 4; i += 4) {
            rows4(columns, k, a, ao + i * ar, ar, ak, b, bo, bs, c, co + i * cs, cs);
        }
        if (i < rows) {
            rows2(columns, k, a, ao + i * ar, ar, ak, b, bo, bs, c, co + i * cs, cs);
        }
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
        VectorMask<Double> mask = DoubleEdge.mask(columns - LANES);
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
        DoubleEdge.store(c01, c, co + LANES, mask);
        c10.intoArray(c, co + cs);
        DoubleEdge.store(c11, c, co + cs + LANES, mask);
        c20.intoArray(c, co + 2 * cs);
        DoubleEdge.store(c21, c, co + 2 * cs + LANES, mask);
        c30.intoArray(c, co + 3 * cs);
        DoubleEdge.store(c31, c, co + 3 * cs + LANES, mask);
    }

    static void rows2(
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
        VectorMask<Double> mask = DoubleEdge.mask(columns - LANES);
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, c, co);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, c, co + LANES);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, co + cs);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, c, co + cs + LANES);
        int a1 = ao + ar;
        for (int p = 0, ap = 0, bp = bo; p < k; p++, ap += ak, bp += bs) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bp);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bp + LANES);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + ap]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = DoubleVector.broadcast(SPECIES, a[a1 + ap]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
        }
        c00.intoArray(c, co);
        DoubleEdge.store(c01, c, co + LANES, mask);
        c10.intoArray(c, co + cs);
        DoubleEdge.store(c11, c, co + cs + LANES, mask);
    }
}
