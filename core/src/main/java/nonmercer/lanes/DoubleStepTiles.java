// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// Products of blocks that are in the cache and packed nowhere: each is read by steps of its own,
/// so that a tile of weights can be used as it stands and turned.
///
/// Written out by hand, a local for every accumulator, as [DoubleWholeTiles]. With 32 registers the
/// tallest tile has 8 rows of 2 vectors, 16 + 2 + 1 of them, where two FMA units of latency 4 need
/// 8 accumulators; with 16 registers 4 rows, 8 + 2 + 1.
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
                    rows8x2(k, a, ao, ar, ak, b, bo, bs, s, so, ss, c, co, cs);
                } else {
                    rows8x1(k, a, ao, ar, ak, b, bo, bs, s, so, ss, c, co, cs);
                }
            }
            case 4 -> {
                if (wide) {
                    rows4x2(k, a, ao, ar, ak, b, bo, bs, s, so, ss, c, co, cs);
                } else {
                    rows4x1(k, a, ao, ar, ak, b, bo, bs, s, so, ss, c, co, cs);
                }
            }
            default -> {
                if (wide) {
                    row1x2(k, a, ao, ak, b, bo, bs, s, so, c, co);
                } else {
                    row1x1(k, a, ao, ak, b, bo, bs, s, so, c, co);
                }
            }
        }
    }

    private static void rows8x2(
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
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, so + LANES);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, so + ss);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, s, so + ss + LANES);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, so + 2 * ss);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, s, so + 2 * ss + LANES);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, so + 3 * ss);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, s, so + 3 * ss + LANES);
        DoubleVector c40 = DoubleVector.fromArray(SPECIES, s, so + 4 * ss);
        DoubleVector c41 = DoubleVector.fromArray(SPECIES, s, so + 4 * ss + LANES);
        DoubleVector c50 = DoubleVector.fromArray(SPECIES, s, so + 5 * ss);
        DoubleVector c51 = DoubleVector.fromArray(SPECIES, s, so + 5 * ss + LANES);
        DoubleVector c60 = DoubleVector.fromArray(SPECIES, s, so + 6 * ss);
        DoubleVector c61 = DoubleVector.fromArray(SPECIES, s, so + 6 * ss + LANES);
        DoubleVector c70 = DoubleVector.fromArray(SPECIES, s, so + 7 * ss);
        DoubleVector c71 = DoubleVector.fromArray(SPECIES, s, so + 7 * ss + LANES);
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

    private static void rows8x1(
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
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, so + ss);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, so + 2 * ss);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, so + 3 * ss);
        DoubleVector c40 = DoubleVector.fromArray(SPECIES, s, so + 4 * ss);
        DoubleVector c50 = DoubleVector.fromArray(SPECIES, s, so + 5 * ss);
        DoubleVector c60 = DoubleVector.fromArray(SPECIES, s, so + 6 * ss);
        DoubleVector c70 = DoubleVector.fromArray(SPECIES, s, so + 7 * ss);
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
        c00.intoArray(c, co);
        c10.intoArray(c, co + cs);
        c20.intoArray(c, co + 2 * cs);
        c30.intoArray(c, co + 3 * cs);
        c40.intoArray(c, co + 4 * cs);
        c50.intoArray(c, co + 5 * cs);
        c60.intoArray(c, co + 6 * cs);
        c70.intoArray(c, co + 7 * cs);
    }

    private static void rows4x2(
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
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, so + LANES);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, so + ss);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, s, so + ss + LANES);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, so + 2 * ss);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, s, so + 2 * ss + LANES);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, so + 3 * ss);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, s, so + 3 * ss + LANES);
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

    private static void rows4x1(
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
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, so + ss);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, so + 2 * ss);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, so + 3 * ss);
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
        c00.intoArray(c, co);
        c10.intoArray(c, co + cs);
        c20.intoArray(c, co + 2 * cs);
        c30.intoArray(c, co + 3 * cs);
    }

    private static void row1x2(
            int k,
            double[] a,
            int ao,
            int ak,
            double[] b,
            int bo,
            int bs,
            double[] s,
            int so,
            double[] c,
            int co) {
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, so + LANES);
        for (int p = 0, ap = 0, bp = bo; p < k; p++, ap += ak, bp += bs) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bp);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bp + LANES);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + ap]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + LANES);
    }

    private static void row1x1(
            int k,
            double[] a,
            int ao,
            int ak,
            double[] b,
            int bo,
            int bs,
            double[] s,
            int so,
            double[] c,
            int co) {
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        for (int p = 0, ap = 0, bp = bo; p < k; p++, ap += ak, bp += bs) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bp);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + ap]);
            c00 = x.fma(b0, c00);
        }
        c00.intoArray(c, co);
    }
}
