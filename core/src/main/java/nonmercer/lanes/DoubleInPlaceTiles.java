// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

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
                case 5 -> fourByFive(height, right, k, a, x, ar, b, bo, bs, s, y, ss, c, z, cs);
                case 4 -> fourByFour(height, right, k, a, x, ar, b, bo, bs, s, y, ss, c, z, cs);
                case 3 -> fourByThree(height, right, k, a, x, ar, b, bo, bs, s, y, ss, c, z, cs);
                case 2 -> fourByTwo(height, right, k, a, x, ar, b, bo, bs, s, y, ss, c, z, cs);
                default -> fourByOne(height, k, a, x, ar, b, bo, bs, s, y, ss, c, z, cs);
            }
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
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        int s1 = so + r1 * ss;
        int s2 = so + r2 * ss;
        int s3 = so + r3 * ss;
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, so + LANES);
        DoubleVector c02 = DoubleVector.fromArray(SPECIES, s, so + 2 * LANES);
        DoubleVector c03 = DoubleVector.fromArray(SPECIES, s, so + 3 * LANES);
        DoubleVector c04 = DoubleVector.fromArray(SPECIES, s, so + right);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, s1);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, s, s1 + LANES);
        DoubleVector c12 = DoubleVector.fromArray(SPECIES, s, s1 + 2 * LANES);
        DoubleVector c13 = DoubleVector.fromArray(SPECIES, s, s1 + 3 * LANES);
        DoubleVector c14 = DoubleVector.fromArray(SPECIES, s, s1 + right);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, s2);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, s, s2 + LANES);
        DoubleVector c22 = DoubleVector.fromArray(SPECIES, s, s2 + 2 * LANES);
        DoubleVector c23 = DoubleVector.fromArray(SPECIES, s, s2 + 3 * LANES);
        DoubleVector c24 = DoubleVector.fromArray(SPECIES, s, s2 + right);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, s3);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, s, s3 + LANES);
        DoubleVector c32 = DoubleVector.fromArray(SPECIES, s, s3 + 2 * LANES);
        DoubleVector c33 = DoubleVector.fromArray(SPECIES, s, s3 + 3 * LANES);
        DoubleVector c34 = DoubleVector.fromArray(SPECIES, s, s3 + right);
        int a1 = ao + r1 * ar;
        int a2 = ao + r2 * ar;
        int a3 = ao + r3 * ar;
        for (int p = 0, q = bo; p < k; p++, q += bs) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + LANES);
            DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, q + 2 * LANES);
            DoubleVector b3 = DoubleVector.fromArray(SPECIES, b, q + 3 * LANES);
            DoubleVector b4 = DoubleVector.fromArray(SPECIES, b, q + right);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + p]);
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
        int o1 = co + r1 * cs;
        int o2 = co + r2 * cs;
        int o3 = co + r3 * cs;
        c00.intoArray(c, co);
        c01.intoArray(c, co + LANES);
        c02.intoArray(c, co + 2 * LANES);
        c03.intoArray(c, co + 3 * LANES);
        c04.intoArray(c, co + right);
        c10.intoArray(c, o1);
        c11.intoArray(c, o1 + LANES);
        c12.intoArray(c, o1 + 2 * LANES);
        c13.intoArray(c, o1 + 3 * LANES);
        c14.intoArray(c, o1 + right);
        c20.intoArray(c, o2);
        c21.intoArray(c, o2 + LANES);
        c22.intoArray(c, o2 + 2 * LANES);
        c23.intoArray(c, o2 + 3 * LANES);
        c24.intoArray(c, o2 + right);
        c30.intoArray(c, o3);
        c31.intoArray(c, o3 + LANES);
        c32.intoArray(c, o3 + 2 * LANES);
        c33.intoArray(c, o3 + 3 * LANES);
        c34.intoArray(c, o3 + right);
    }

    private static void fourByFour(
            int rows,
            int right,
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
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        int s1 = so + r1 * ss;
        int s2 = so + r2 * ss;
        int s3 = so + r3 * ss;
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, so + LANES);
        DoubleVector c02 = DoubleVector.fromArray(SPECIES, s, so + 2 * LANES);
        DoubleVector c03 = DoubleVector.fromArray(SPECIES, s, so + right);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, s1);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, s, s1 + LANES);
        DoubleVector c12 = DoubleVector.fromArray(SPECIES, s, s1 + 2 * LANES);
        DoubleVector c13 = DoubleVector.fromArray(SPECIES, s, s1 + right);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, s2);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, s, s2 + LANES);
        DoubleVector c22 = DoubleVector.fromArray(SPECIES, s, s2 + 2 * LANES);
        DoubleVector c23 = DoubleVector.fromArray(SPECIES, s, s2 + right);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, s3);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, s, s3 + LANES);
        DoubleVector c32 = DoubleVector.fromArray(SPECIES, s, s3 + 2 * LANES);
        DoubleVector c33 = DoubleVector.fromArray(SPECIES, s, s3 + right);
        int a1 = ao + r1 * ar;
        int a2 = ao + r2 * ar;
        int a3 = ao + r3 * ar;
        for (int p = 0, q = bo; p < k; p++, q += bs) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + LANES);
            DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, q + 2 * LANES);
            DoubleVector b3 = DoubleVector.fromArray(SPECIES, b, q + right);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + p]);
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
        }
        int o1 = co + r1 * cs;
        int o2 = co + r2 * cs;
        int o3 = co + r3 * cs;
        c00.intoArray(c, co);
        c01.intoArray(c, co + LANES);
        c02.intoArray(c, co + 2 * LANES);
        c03.intoArray(c, co + right);
        c10.intoArray(c, o1);
        c11.intoArray(c, o1 + LANES);
        c12.intoArray(c, o1 + 2 * LANES);
        c13.intoArray(c, o1 + right);
        c20.intoArray(c, o2);
        c21.intoArray(c, o2 + LANES);
        c22.intoArray(c, o2 + 2 * LANES);
        c23.intoArray(c, o2 + right);
        c30.intoArray(c, o3);
        c31.intoArray(c, o3 + LANES);
        c32.intoArray(c, o3 + 2 * LANES);
        c33.intoArray(c, o3 + right);
    }

    private static void fourByThree(
            int rows,
            int right,
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
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        int s1 = so + r1 * ss;
        int s2 = so + r2 * ss;
        int s3 = so + r3 * ss;
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, so + LANES);
        DoubleVector c02 = DoubleVector.fromArray(SPECIES, s, so + right);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, s1);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, s, s1 + LANES);
        DoubleVector c12 = DoubleVector.fromArray(SPECIES, s, s1 + right);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, s2);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, s, s2 + LANES);
        DoubleVector c22 = DoubleVector.fromArray(SPECIES, s, s2 + right);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, s3);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, s, s3 + LANES);
        DoubleVector c32 = DoubleVector.fromArray(SPECIES, s, s3 + right);
        int a1 = ao + r1 * ar;
        int a2 = ao + r2 * ar;
        int a3 = ao + r3 * ar;
        for (int p = 0, q = bo; p < k; p++, q += bs) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + LANES);
            DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, q + right);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
            x = DoubleVector.broadcast(SPECIES, a[a1 + p]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            c12 = x.fma(b2, c12);
            x = DoubleVector.broadcast(SPECIES, a[a2 + p]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            c22 = x.fma(b2, c22);
            x = DoubleVector.broadcast(SPECIES, a[a3 + p]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            c32 = x.fma(b2, c32);
        }
        int o1 = co + r1 * cs;
        int o2 = co + r2 * cs;
        int o3 = co + r3 * cs;
        c00.intoArray(c, co);
        c01.intoArray(c, co + LANES);
        c02.intoArray(c, co + right);
        c10.intoArray(c, o1);
        c11.intoArray(c, o1 + LANES);
        c12.intoArray(c, o1 + right);
        c20.intoArray(c, o2);
        c21.intoArray(c, o2 + LANES);
        c22.intoArray(c, o2 + right);
        c30.intoArray(c, o3);
        c31.intoArray(c, o3 + LANES);
        c32.intoArray(c, o3 + right);
    }

    private static void fourByTwo(
            int rows,
            int right,
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
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        int s1 = so + r1 * ss;
        int s2 = so + r2 * ss;
        int s3 = so + r3 * ss;
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, so + right);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, s1);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, s, s1 + right);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, s2);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, s, s2 + right);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, s3);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, s, s3 + right);
        int a1 = ao + r1 * ar;
        int a2 = ao + r2 * ar;
        int a3 = ao + r3 * ar;
        for (int p = 0, q = bo; p < k; p++, q += bs) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + right);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = DoubleVector.broadcast(SPECIES, a[a1 + p]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = DoubleVector.broadcast(SPECIES, a[a2 + p]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = DoubleVector.broadcast(SPECIES, a[a3 + p]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
        }
        int o1 = co + r1 * cs;
        int o2 = co + r2 * cs;
        int o3 = co + r3 * cs;
        c00.intoArray(c, co);
        c01.intoArray(c, co + right);
        c10.intoArray(c, o1);
        c11.intoArray(c, o1 + right);
        c20.intoArray(c, o2);
        c21.intoArray(c, o2 + right);
        c30.intoArray(c, o3);
        c31.intoArray(c, o3 + right);
    }

    private static void fourByOne(
            int rows,
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
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        int s1 = so + r1 * ss;
        int s2 = so + r2 * ss;
        int s3 = so + r3 * ss;
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, s1);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, s2);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, s3);
        int a1 = ao + r1 * ar;
        int a2 = ao + r2 * ar;
        int a3 = ao + r3 * ar;
        for (int p = 0, q = bo; p < k; p++, q += bs) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + p]);
            c00 = x.fma(b0, c00);
            x = DoubleVector.broadcast(SPECIES, a[a1 + p]);
            c10 = x.fma(b0, c10);
            x = DoubleVector.broadcast(SPECIES, a[a2 + p]);
            c20 = x.fma(b0, c20);
            x = DoubleVector.broadcast(SPECIES, a[a3 + p]);
            c30 = x.fma(b0, c30);
        }
        int o1 = co + r1 * cs;
        int o2 = co + r2 * cs;
        int o3 = co + r3 * cs;
        c00.intoArray(c, co);
        c10.intoArray(c, o1);
        c20.intoArray(c, o2);
        c30.intoArray(c, o3);
    }
}
