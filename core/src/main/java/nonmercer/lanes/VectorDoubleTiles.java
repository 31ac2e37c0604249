// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// [DoubleTiles] by vectors: the bits of [ScalarDoubleTiles], at the speed of the machine.
final class VectorDoubleTiles implements DoubleTiles {
    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int rows() {
        return DoubleWholeTiles.ROWS;
    }

    @Override
    public void tile(
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
        if (rows == DoubleWholeTiles.ROWS && columns == 2 * LANES) {
            DoubleWholeTiles.tile(k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
        } else {
            DoubleEdgeTiles.tile(rows, columns, k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
        }
    }

    @Override
    public boolean inPlace(int columns) {
        return DoubleWholeTiles.MANY_REGISTERS && columns >= LANES;
    }

    @Override
    public void inPlace(
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
            int sj,
            double[] c,
            int co,
            int cs) {
        for (int j = 0, n; j < columns; j += n) {
            n = columns - j <= 5 * LANES ? columns - j : 4 * LANES;
            int y = so + j * sj;
            int z = co + j;
            int i = 0;
            if (ss == 0 && sj == 0) {
                i = DoubleStripTiles.tiles(rows, n, k, a, ao, ar, b, bo + j, bs, s[so], c, z, cs);
            }
            int x = ao + i * ar;
            y += i * ss;
            z += i * cs;
            DoubleInPlaceTiles.tiles(rows - i, n, k, a, x, ar, b, bo + j, bs, s, y, ss, c, z, cs);
        }
    }

    /// Eight rows of b at a time, so that c is read and written once for eight products.
    @Override
    public void row(
            int n,
            int k,
            double[] a,
            int ao,
            int ak,
            double[] b,
            int bo,
            int bs,
            double[] c,
            int co) {
        int p = 0;
        for (; p <= k - 8; p += 8) {
            eightRows(n, a, ao + p * ak, ak, b, bo + p * bs, bs, c, co);
        }
        for (; p < k; p++) {
            oneRow(n, a[ao + p * ak], b, bo + p * bs, c, co);
        }
    }

    private static void eightRows(
            int n, double[] a, int ao, int ak, double[] b, int bo, int bs, double[] c, int co) {
        double a0 = a[ao];
        double a1 = a[ao + ak];
        double a2 = a[ao + 2 * ak];
        double a3 = a[ao + 3 * ak];
        double a4 = a[ao + 4 * ak];
        double a5 = a[ao + 5 * ak];
        double a6 = a[ao + 6 * ak];
        double a7 = a[ao + 7 * ak];
        int b1 = bo + bs;
        int b2 = b1 + bs;
        int b3 = b2 + bs;
        int b4 = b3 + bs;
        int b5 = b4 + bs;
        int b6 = b5 + bs;
        int b7 = b6 + bs;
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, c, co + j);
            x =
                    DoubleVector.broadcast(SPECIES, a0)
                            .fma(DoubleVector.fromArray(SPECIES, b, bo + j), x);
            x =
                    DoubleVector.broadcast(SPECIES, a1)
                            .fma(DoubleVector.fromArray(SPECIES, b, b1 + j), x);
            x =
                    DoubleVector.broadcast(SPECIES, a2)
                            .fma(DoubleVector.fromArray(SPECIES, b, b2 + j), x);
            x =
                    DoubleVector.broadcast(SPECIES, a3)
                            .fma(DoubleVector.fromArray(SPECIES, b, b3 + j), x);
            x =
                    DoubleVector.broadcast(SPECIES, a4)
                            .fma(DoubleVector.fromArray(SPECIES, b, b4 + j), x);
            x =
                    DoubleVector.broadcast(SPECIES, a5)
                            .fma(DoubleVector.fromArray(SPECIES, b, b5 + j), x);
            x =
                    DoubleVector.broadcast(SPECIES, a6)
                            .fma(DoubleVector.fromArray(SPECIES, b, b6 + j), x);
            x =
                    DoubleVector.broadcast(SPECIES, a7)
                            .fma(DoubleVector.fromArray(SPECIES, b, b7 + j), x);
            x.intoArray(c, co + j);
        }
        for (; j < n; j++) {
            double x = c[co + j];
            x = Math.fma(a0, b[bo + j], x);
            x = Math.fma(a1, b[b1 + j], x);
            x = Math.fma(a2, b[b2 + j], x);
            x = Math.fma(a3, b[b3 + j], x);
            x = Math.fma(a4, b[b4 + j], x);
            x = Math.fma(a5, b[b5 + j], x);
            x = Math.fma(a6, b[b6 + j], x);
            c[co + j] = Math.fma(a7, b[b7 + j], x);
        }
    }

    private static void oneRow(int n, double a, double[] b, int bo, double[] c, int co) {
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, c, co + j);
            DoubleVector.broadcast(SPECIES, a)
                    .fma(DoubleVector.fromArray(SPECIES, b, bo + j), x)
                    .intoArray(c, co + j);
        }
        for (; j < n; j++) {
            c[co + j] = Math.fma(a, b[bo + j], c[co + j]);
        }
    }

    @Override
    public void dots(
            int n, int k, double[] a, int ao, double[] b, int bo, int bs, double[] c, int co) {
        DoubleDots.rows(n, k, a, ao, b, bo, bs, c, co);
    }

    @Override
    public void longDots(
            int n, int k, double[] a, int ao, double[] b, int bo, int bs, double[] c, int co) {
        DoubleLongDots.rows(n, k, a, ao, b, bo, bs, c, co);
    }

    /// The last vector of the last panel holds its last columns, and may repeat some.
    @Override
    public void pack(int k, int n, double[] b, int bo, int bs, double[] panels) {
        if (n < LANES) {
            for (int p = 0; p < k; p++) {
                System.arraycopy(b, bo + p * bs, panels, p * LANES, n);
            }
            return;
        }
        for (int q = 0, at = 0, columns; q < n; q += columns) {
            columns = columns(n - q);
            int width = width(columns);
            int right = columns - LANES;
            if (width == 2 * LANES) {
                two(k, right, b, bo + q, bs, panels, at);
            } else {
                for (int x = 0; x < width - LANES; x += LANES) {
                    one(k, b, bo + q + x, bs, panels, at + x, width);
                }
                one(k, b, bo + q + right, bs, panels, at + width - LANES, width);
            }
            at += k * width;
        }
    }

    private static void two(int k, int right, double[] b, int bo, int bs, double[] panel, int to) {
        for (int p = 0, from = bo, at = to; p < k; p++, from += bs, at += 2 * LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, b, from);
            DoubleVector y = DoubleVector.fromArray(SPECIES, b, from + right);
            x.intoArray(panel, at);
            y.intoArray(panel, at + LANES);
        }
    }

    private static void one(int k, double[] b, int bo, int bs, double[] panel, int to, int width) {
        for (int p = 0, from = bo, at = to; p < k; p++, from += bs, at += width) {
            DoubleVector.fromArray(SPECIES, b, from).intoArray(panel, at);
        }
    }

    @Override
    public void packTransposed(int k, int n, double[] b, int bo, int bs, double[] panels) {
        if (n < LANES) {
            turn(k, n, b, bo, bs, panels, 0, LANES);
            return;
        }
        for (int q = 0, at = 0, columns; q < n; q += columns) {
            columns = columns(n - q);
            int width = width(columns);
            int right = columns - LANES;
            turn(k, width - LANES, b, bo + q * bs, bs, panels, at, width);
            turn(k, LANES, b, bo + (q + right) * bs, bs, panels, at + width - LANES, width);
            at += k * width;
        }
    }

    /// As many columns as lanes, or eight, at a time; the last may overlap those before.
    @Override
    public void turn(int k, int n, double[] b, int bo, int bs, double[] to, int at, int width) {
        if (n < 8) {
            for (int p = 0; p < k; p++) {
                for (int j = 0; j < n; j++) {
                    to[at + p * width + j] = b[bo + j * bs + p];
                }
            }
        } else if (n < LANES) {
            DoubleTurn.eight(k, b, bo, bs, to, at, width);
            DoubleTurn.eight(k, b, bo + (n - 8) * bs, bs, to, at + n - 8, width);
        } else {
            int step = LANES < 8 ? 8 : LANES;
            for (int j = 0; j < n; j += step) {
                int from = Math.min(j, n - step);
                DoubleTurn.vectors(k, b, bo + from * bs, bs, to, at + from, width);
            }
        }
    }
}
