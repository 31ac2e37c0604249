// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/// [DoubleFastfood] by vectors: the bits of [RowsDoubleFastfood].
///
/// As many rows as a vector has lanes (or eight) are turned into a tile, where a vector holds one
/// element of each of them: all stages then add and subtract whole vectors, a permutation is a
/// choice of vectors, and a diagonal is one factor a vector. The first pass over a tile multiplies,
/// permutes and does three stages at once.
final class VectorDoubleFastfood implements DoubleFastfood {
    private static final int ROWS = Math.max(LANES, 8);

    /// Elements of the longest row that is turned: longer tiles leave the second-level cache.
    static final int LONGEST = 1 << 12;

    private final VectorDoubleHadamard hadamard = new VectorDoubleHadamard();
    private final DoubleFastfood single = new RowsDoubleFastfood(hadamard);

    @Override
    public int scratch(DoubleDiagonals v) {
        return Math.max(tiles(v.n) ? 4 * ROWS * v.n : 0, single.scratch(v));
    }

    private static boolean tiles(int n) {
        return n >= 8 && n <= LONGEST;
    }

    @Override
    public void spread(
            DoubleDiagonals v,
            double[] x,
            int xo,
            int d,
            double[] out,
            int oo,
            int rows,
            double[] scratch) {
        int n = v.n;
        if (rows < ROWS || !tiles(n)) {
            single.spread(v, x, xo, d, out, oo, rows, scratch);
            return;
        }
        int m = v.count();
        int to = 2 * ROWS * n;
        for (int r = 0; r < rows; r += ROWS) {
            int row = Math.min(r, rows - ROWS); // the last tile may overlap the one before
            DoubleTurn.vectors(d, x, xo + row * d, d, scratch, 0, ROWS);
            Arrays.fill(scratch, d * ROWS, n * ROWS, 0);
            for (int k = 0; k < m; k += n) {
                block(v, k, scratch, n);
                scale(v.s, k, scratch, to, n);
                turnBack(scratch, to, out, oo + row * m + k, n, m);
            }
        }
    }

    @Override
    public void gather(
            DoubleDiagonals v,
            double[] y,
            int yo,
            double[] out,
            int oo,
            int d,
            int rows,
            double[] scratch) {
        int n = v.n;
        if (rows < ROWS || !tiles(n)) {
            single.gather(v, y, yo, out, oo, d, rows, scratch);
            return;
        }
        int m = v.count();
        int from = 2 * ROWS * n;
        int sum = 3 * ROWS * n;
        for (int r = 0; r < rows; r += ROWS) {
            int row = Math.min(r, rows - ROWS);
            for (int k = 0; k < m; k += n) {
                DoubleTurn.vectors(n, y, yo + row * m + k, m, scratch, 0, ROWS);
                block(v, k, scratch, n);
                if (k == 0) {
                    scale(v.s, k, scratch, from, n);
                    System.arraycopy(scratch, from, scratch, sum, ROWS * n);
                } else {
                    addScaled(v.s, k, scratch, from, sum, n);
                }
            }
            turnBack(scratch, sum, out, oo + row * d, d, d);
        }
    }

    /// The first d rows of a tile as the first columns of rows so far apart.
    private static void turnBack(double[] tile, int from, double[] out, int oo, int d, int apart) {
        if (d < ROWS) {
            for (int r = 0; r < ROWS; r++) {
                for (int i = 0; i < d; i++) {
                    out[oo + r * apart + i] = tile[from + i * ROWS + r];
                }
            }
            return;
        }
        for (int j = 0; j < d; j += ROWS) {
            int i = Math.min(j, d - ROWS);
            DoubleTurn.vectors(ROWS, tile, from + i * ROWS, ROWS, out, oo + i, apart);
        }
    }

    /// `H G Π H B` of the first tile of the scratch, through the second, into the third.
    private void block(DoubleDiagonals v, int k, double[] scratch, int n) {
        int tile = ROWS * n;
        first(scratch, 0, v.b, v.straight, k, scratch, tile, n);
        VectorDoubleHadamard.between(scratch, tile, tile, 8 * ROWS);
        first(scratch, tile, v.g, v.order, k, scratch, 2 * tile, n);
        VectorDoubleHadamard.between(scratch, 2 * tile, tile, 8 * ROWS);
    }

    /// The first three stages of the rows of a tile in this order, each times its factor.
    static void first(
            double[] x, int xo, double[] f, int[] order, int k, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += 8) {
            for (int j = 0; j < ROWS; j += LANES) {
                eight(x, xo + j, f, order, k, i, out, oo + i * ROWS + j);
            }
        }
    }

    private static void eight(
            double[] x, int xo, double[] f, int[] order, int k, int i, double[] out, int to) {
        int q = k + i;
        DoubleVector a0 = row(x, xo, f, order, k, q);
        DoubleVector a1 = row(x, xo, f, order, k, q + 1);
        DoubleVector a2 = row(x, xo, f, order, k, q + 2);
        DoubleVector a3 = row(x, xo, f, order, k, q + 3);
        DoubleVector b0 = a0.add(a1);
        DoubleVector b1 = a0.sub(a1);
        DoubleVector b2 = a2.add(a3);
        DoubleVector b3 = a2.sub(a3);
        a0 = b0.add(b2);
        a1 = b1.add(b3);
        a2 = b0.sub(b2);
        a3 = b1.sub(b3);
        DoubleVector a4 = row(x, xo, f, order, k, q + 4);
        DoubleVector a5 = row(x, xo, f, order, k, q + 5);
        DoubleVector a6 = row(x, xo, f, order, k, q + 6);
        DoubleVector a7 = row(x, xo, f, order, k, q + 7);
        b0 = a4.add(a5);
        b1 = a4.sub(a5);
        b2 = a6.add(a7);
        b3 = a6.sub(a7);
        a4 = b0.add(b2);
        a5 = b1.add(b3);
        a6 = b0.sub(b2);
        a7 = b1.sub(b3);
        a0.add(a4).intoArray(out, to);
        a1.add(a5).intoArray(out, to + ROWS);
        a2.add(a6).intoArray(out, to + 2 * ROWS);
        a3.add(a7).intoArray(out, to + 3 * ROWS);
        a0.sub(a4).intoArray(out, to + 4 * ROWS);
        a1.sub(a5).intoArray(out, to + 5 * ROWS);
        a2.sub(a6).intoArray(out, to + 6 * ROWS);
        a3.sub(a7).intoArray(out, to + 7 * ROWS);
    }

    private static DoubleVector row(double[] x, int xo, double[] f, int[] order, int k, int q) {
        return DoubleVector.fromArray(SPECIES, x, xo + (order[q] - k) * ROWS).mul(f[q]);
    }

    static void scale(double[] f, int k, double[] x, int xo, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < ROWS; j += LANES) {
                int at = xo + i * ROWS + j;
                DoubleVector.fromArray(SPECIES, x, at).mul(f[k + i]).intoArray(x, at);
            }
        }
    }

    private static void addScaled(double[] f, int k, double[] x, int xo, int to, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < ROWS; j += LANES) {
                int at = i * ROWS + j;
                DoubleVector.fromArray(SPECIES, x, xo + at)
                        .mul(f[k + i])
                        .add(DoubleVector.fromArray(SPECIES, x, to + at))
                        .intoArray(x, to + at);
            }
        }
    }
}
