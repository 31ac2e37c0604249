// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// [DoubleTiles] by vectors: the bits of [ScalarDoubleTiles], at the speed of the machine.
final class VectorDoubleTiles implements DoubleTiles {
    /// Rows of the tallest tile: see [DoubleWideTiles] for the register budget.
    private static final int TALLEST =
            SPECIES.vectorBitSize() == 512 || System.getProperty("os.arch").equals("aarch64")
                    ? 8
                    : 6;

    @Override
    public int lanes() {
        return LANES;
    }

    /// Tiles have 8, 6 or 4 rows, or one row four times over; two or three rows are left only where
    /// there are no more.
    @Override
    public int rows(int left) {
        if (left < 4) {
            return 1;
        }
        int most = left < TALLEST ? left : TALLEST;
        int rest = left - most;
        return rest == 2 || rest == 3 ? most - 2 : most & ~1;
    }

    @Override
    public void tile(
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
        int width = columns > LANES ? 2 * LANES : LANES;
        if (columns == width || DoubleEdge.MASKED && co + (rows - 1) * cs + width <= c.length) {
            within(rows, columns, k, a, ao, ar, ak, b, bo, bs, c, co, cs);
        } else {
            beside(rows, columns, width, k, a, ao, ar, ak, b, bo, bs, c, co, cs);
        }
    }

    private static void within(
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
        if (rows == 1) {
            // Four times the same row of a, to the same row of c: as fast as one, whose chains are
            // too few.
            within(4, columns, k, a, ao, 0, ak, b, bo, bs, c, co, 0);
        } else if (columns == 2 * LANES) {
            DoubleWideTiles.tile(rows, k, a, ao, ar, ak, b, bo, bs, c, co, cs);
        } else if (columns > LANES) {
            DoubleEdgeTiles.tile(rows, columns, k, a, ao, ar, ak, b, bo, bs, c, co, cs);
        } else {
            DoubleNarrowTiles.tile(rows, columns, k, a, ao, ar, ak, b, bo, bs, c, co, cs);
        }
    }

    /// A tile whose vectors reach beyond its columns, computed in an array of its own.
    private static void beside(
            int rows,
            int columns,
            int width,
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
        double[] own = new double[rows * width];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                own[i * width + j] = c[co + i * cs + j];
            }
        }
        within(rows, width, k, a, ao, ar, ak, b, bo, bs, own, 0, width);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                c[co + i * cs + j] = own[i * width + j];
            }
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

    /// Whole vectors, also where the last one reads beyond the row, as long as that is inside b.
    @Override
    public void pack(int k, int n, double[] b, int bo, int bs, double[] panel, int to, int width) {
        int inside =
                Math.clamp(Math.floorDiv(b.length - bo - (long) width, Math.max(1, bs)) + 1, 0, k);
        if (width == 2 * LANES) {
            for (int p = 0, from = bo, at = to; p < inside; p++, from += bs, at += 2 * LANES) {
                DoubleVector left = DoubleVector.fromArray(SPECIES, b, from);
                DoubleVector right = DoubleVector.fromArray(SPECIES, b, from + LANES);
                left.intoArray(panel, at);
                right.intoArray(panel, at + LANES);
            }
        } else if (width == LANES) {
            for (int p = 0, from = bo, at = to; p < inside; p++, from += bs, at += LANES) {
                DoubleVector.fromArray(SPECIES, b, from).intoArray(panel, at);
            }
        } else {
            inside = 0;
        }
        for (int p = inside; p < k; p++) {
            System.arraycopy(b, bo + p * bs, panel, to + p * width, n);
        }
    }

    /// Eight columns at a time; the last eight may overlap those before.
    @Override
    public void packTransposed(
            int k, int n, double[] b, int bo, int bs, double[] panel, int to, int width) {
        if (n < 8) {
            for (int p = 0; p < k; p++) {
                for (int j = 0; j < n; j++) {
                    panel[to + p * width + j] = b[bo + j * bs + p];
                }
            }
            return;
        }
        for (int j = 0; j < n; j += 8) {
            int from = Math.min(j, n - 8);
            DoubleTurn.eight(k, b, bo + from * bs, bs, panel, to + from, width);
        }
    }
}
