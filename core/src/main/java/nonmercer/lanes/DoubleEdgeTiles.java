// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// Tiles at the lower and right edges of a product, as [DoubleWholeTiles].
///
/// They need no masks. The last vector of c ends with the tile's last column and may overlap the
/// one before it; of rows that are not there, the last row takes the place. What is computed twice
/// is the same chain, and all of s is read before any of c is written.
///
/// One vector takes eight rows, lest its accumulators be too few; three take four rows, 12
/// accumulators + 3 of b + 1 of a = 16 registers.
final class DoubleEdgeTiles {
    private DoubleEdgeTiles() {}

    /// A tile of up to eight rows (six, where registers are few) and one to three vectors.
    static void tile(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        int right = columns - LANES;
        if (columns > 2 * LANES) {
            fourByThree(Math.min(4, rows), right, k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
            if (rows > 4) {
                int x = ao + 4 * ar;
                int y = so + 4 * ss;
                int z = co + 4 * cs;
                fourByThree(rows - 4, right, k, a, x, ar, b, bo, s, y, ss, c, z, cs);
            }
        } else if (columns <= LANES) {
            eightByOne(rows, k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
        } else if (rows <= 4) {
            fourByTwo(rows, right, k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
        } else if (DoubleWholeTiles.ROWS == 8) {
            eightByTwo(rows, right, k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
        } else {
            sixByTwo(rows, right, k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
        }
    }

    private static void eightByOne(
            int rows,
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = Math.min(3, rows - 1);
        int r4 = Math.min(4, rows - 1);
        int r5 = Math.min(5, rows - 1);
        int r6 = Math.min(6, rows - 1);
        int r7 = Math.min(7, rows - 1);
        int s1 = so + r1 * ss;
        int s2 = so + r2 * ss;
        int s3 = so + r3 * ss;
        int s4 = so + r4 * ss;
        int s5 = so + r5 * ss;
        int s6 = so + r6 * ss;
        int s7 = so + r7 * ss;
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, s1);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, s2);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, s3);
        DoubleVector c40 = DoubleVector.fromArray(SPECIES, s, s4);
        DoubleVector c50 = DoubleVector.fromArray(SPECIES, s, s5);
        DoubleVector c60 = DoubleVector.fromArray(SPECIES, s, s6);
        DoubleVector c70 = DoubleVector.fromArray(SPECIES, s, s7);
        int a1 = ao + r1 * ar;
        int a2 = ao + r2 * ar;
        int a3 = ao + r3 * ar;
        int a4 = ao + r4 * ar;
        int a5 = ao + r5 * ar;
        int a6 = ao + r6 * ar;
        int a7 = ao + r7 * ar;
        for (int p = 0; p < k; p++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bo + p * LANES);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + p]);
            c00 = x.fma(b0, c00);
            x = DoubleVector.broadcast(SPECIES, a[a1 + p]);
            c10 = x.fma(b0, c10);
            x = DoubleVector.broadcast(SPECIES, a[a2 + p]);
            c20 = x.fma(b0, c20);
            x = DoubleVector.broadcast(SPECIES, a[a3 + p]);
            c30 = x.fma(b0, c30);
            x = DoubleVector.broadcast(SPECIES, a[a4 + p]);
            c40 = x.fma(b0, c40);
            x = DoubleVector.broadcast(SPECIES, a[a5 + p]);
            c50 = x.fma(b0, c50);
            x = DoubleVector.broadcast(SPECIES, a[a6 + p]);
            c60 = x.fma(b0, c60);
            x = DoubleVector.broadcast(SPECIES, a[a7 + p]);
            c70 = x.fma(b0, c70);
        }
        int o1 = co + r1 * cs;
        int o2 = co + r2 * cs;
        int o3 = co + r3 * cs;
        int o4 = co + r4 * cs;
        int o5 = co + r5 * cs;
        int o6 = co + r6 * cs;
        int o7 = co + r7 * cs;
        c00.intoArray(c, co);
        c10.intoArray(c, o1);
        c20.intoArray(c, o2);
        c30.intoArray(c, o3);
        c40.intoArray(c, o4);
        c50.intoArray(c, o5);
        c60.intoArray(c, o6);
        c70.intoArray(c, o7);
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
        for (int p = 0; p < k; p++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bo + p * 3 * LANES);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bo + p * 3 * LANES + LANES);
            DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, bo + p * 3 * LANES + 2 * LANES);
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

    private static void eightByTwo(
            int rows,
            int right,
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        int r5 = Math.min(5, rows - 1);
        int r6 = Math.min(6, rows - 1);
        int r7 = Math.min(7, rows - 1);
        int s1 = so + ss;
        int s2 = so + 2 * ss;
        int s3 = so + 3 * ss;
        int s4 = so + 4 * ss;
        int s5 = so + r5 * ss;
        int s6 = so + r6 * ss;
        int s7 = so + r7 * ss;
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, so + right);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, s1);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, s, s1 + right);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, s2);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, s, s2 + right);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, s3);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, s, s3 + right);
        DoubleVector c40 = DoubleVector.fromArray(SPECIES, s, s4);
        DoubleVector c41 = DoubleVector.fromArray(SPECIES, s, s4 + right);
        DoubleVector c50 = DoubleVector.fromArray(SPECIES, s, s5);
        DoubleVector c51 = DoubleVector.fromArray(SPECIES, s, s5 + right);
        DoubleVector c60 = DoubleVector.fromArray(SPECIES, s, s6);
        DoubleVector c61 = DoubleVector.fromArray(SPECIES, s, s6 + right);
        DoubleVector c70 = DoubleVector.fromArray(SPECIES, s, s7);
        DoubleVector c71 = DoubleVector.fromArray(SPECIES, s, s7 + right);
        int a1 = ao + ar;
        int a2 = ao + 2 * ar;
        int a3 = ao + 3 * ar;
        int a4 = ao + 4 * ar;
        int a5 = ao + r5 * ar;
        int a6 = ao + r6 * ar;
        int a7 = ao + r7 * ar;
        for (int p = 0; p < k; p++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bo + p * 2 * LANES);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bo + p * 2 * LANES + LANES);
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
            x = DoubleVector.broadcast(SPECIES, a[a4 + p]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = DoubleVector.broadcast(SPECIES, a[a5 + p]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            x = DoubleVector.broadcast(SPECIES, a[a6 + p]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            x = DoubleVector.broadcast(SPECIES, a[a7 + p]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
        }
        int o1 = co + cs;
        int o2 = co + 2 * cs;
        int o3 = co + 3 * cs;
        int o4 = co + 4 * cs;
        int o5 = co + r5 * cs;
        int o6 = co + r6 * cs;
        int o7 = co + r7 * cs;
        c00.intoArray(c, co);
        c01.intoArray(c, co + right);
        c10.intoArray(c, o1);
        c11.intoArray(c, o1 + right);
        c20.intoArray(c, o2);
        c21.intoArray(c, o2 + right);
        c30.intoArray(c, o3);
        c31.intoArray(c, o3 + right);
        c40.intoArray(c, o4);
        c41.intoArray(c, o4 + right);
        c50.intoArray(c, o5);
        c51.intoArray(c, o5 + right);
        c60.intoArray(c, o6);
        c61.intoArray(c, o6 + right);
        c70.intoArray(c, o7);
        c71.intoArray(c, o7 + right);
    }

    private static void sixByTwo(
            int rows,
            int right,
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        int r5 = Math.min(5, rows - 1);
        int s1 = so + ss;
        int s2 = so + 2 * ss;
        int s3 = so + 3 * ss;
        int s4 = so + 4 * ss;
        int s5 = so + r5 * ss;
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, so + right);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, s1);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, s, s1 + right);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, s2);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, s, s2 + right);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, s3);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, s, s3 + right);
        DoubleVector c40 = DoubleVector.fromArray(SPECIES, s, s4);
        DoubleVector c41 = DoubleVector.fromArray(SPECIES, s, s4 + right);
        DoubleVector c50 = DoubleVector.fromArray(SPECIES, s, s5);
        DoubleVector c51 = DoubleVector.fromArray(SPECIES, s, s5 + right);
        int a1 = ao + ar;
        int a2 = ao + 2 * ar;
        int a3 = ao + 3 * ar;
        int a4 = ao + 4 * ar;
        int a5 = ao + r5 * ar;
        for (int p = 0; p < k; p++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bo + p * 2 * LANES);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bo + p * 2 * LANES + LANES);
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
            x = DoubleVector.broadcast(SPECIES, a[a4 + p]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = DoubleVector.broadcast(SPECIES, a[a5 + p]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
        }
        int o1 = co + cs;
        int o2 = co + 2 * cs;
        int o3 = co + 3 * cs;
        int o4 = co + 4 * cs;
        int o5 = co + r5 * cs;
        c00.intoArray(c, co);
        c01.intoArray(c, co + right);
        c10.intoArray(c, o1);
        c11.intoArray(c, o1 + right);
        c20.intoArray(c, o2);
        c21.intoArray(c, o2 + right);
        c30.intoArray(c, o3);
        c31.intoArray(c, o3 + right);
        c40.intoArray(c, o4);
        c41.intoArray(c, o4 + right);
        c50.intoArray(c, o5);
        c51.intoArray(c, o5 + right);
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
        for (int p = 0; p < k; p++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bo + p * 2 * LANES);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bo + p * 2 * LANES + LANES);
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
}
