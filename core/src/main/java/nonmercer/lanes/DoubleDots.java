// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// Rows of a matrix times a vector, a lane for each row: `c[i] += Σₚ b[i, p]·x[p]`.
///
/// Some columns of as many rows as lanes are turned ([DoubleTurn]) into a scratch in the
/// first-level cache, where a vector holds a column, which one fma adds: each element keeps its
/// chain, and the matrix is read once, along its rows.
final class DoubleDots {
    private static final int COLUMNS = 64;

    /// Elements of the scratch.
    static final int SCRATCH = COLUMNS * LANES;

    private DoubleDots() {}

    /// For n rows; row i of b begins at `bo + i·bs`.
    static void rows(
            int n,
            int k,
            double[] x,
            int xo,
            double[] b,
            int bo,
            int bs,
            double[] c,
            int co,
            double[] scratch) {
        int i = 0;
        if (LANES >= 8) {
            for (; i <= n - LANES; i += LANES) {
                int row = bo + i * bs;
                for (int p = 0; p < k; p += COLUMNS) {
                    int columns = Math.min(COLUMNS, k - p);
                    DoubleTurn.vectors(columns, b, row + p, bs, scratch, 0, LANES);
                    columns(columns, x, xo + p, scratch, c, co + i);
                }
            }
        }
        for (; i <= n - 4; i += 4) {
            four(k, x, xo, b, bo + i * bs, bs, c, co + i);
        }
        for (; i < n; i++) {
            double sum = c[co + i];
            for (int p = 0, at = bo + i * bs; p < k; p++, at++) {
                sum = Math.fma(b[at], x[xo + p], sum);
            }
            c[co + i] = sum;
        }
    }

    private static void columns(int k, double[] x, int xo, double[] b, double[] c, int co) {
        DoubleVector sum = DoubleVector.fromArray(SPECIES, c, co);
        for (int p = 0; p < k; p++) {
            sum =
                    DoubleVector.broadcast(SPECIES, x[xo + p])
                            .fma(DoubleVector.fromArray(SPECIES, b, p * LANES), sum);
        }
        sum.intoArray(c, co);
    }

    private static void four(
            int k, double[] x, int xo, double[] b, int bo, int bs, double[] c, int co) {
        double c0 = c[co];
        double c1 = c[co + 1];
        double c2 = c[co + 2];
        double c3 = c[co + 3];
        int b1 = bo + bs;
        int b2 = b1 + bs;
        int b3 = b2 + bs;
        for (int p = 0; p < k; p++) {
            double y = x[xo + p];
            c0 = Math.fma(b[bo + p], y, c0);
            c1 = Math.fma(b[b1 + p], y, c1);
            c2 = Math.fma(b[b2 + p], y, c2);
            c3 = Math.fma(b[b3 + p], y, c3);
        }
        c[co] = c0;
        c[co + 1] = c1;
        c[co + 2] = c2;
        c[co + 3] = c3;
    }
}
