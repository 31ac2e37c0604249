// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.DoubleTiles;

/// The frequencies of all heads as the tiles read them, and the features of rows: `e^(x·ω_f + c_f +
/// oᵢ − shift)`.
final class DoubleSpectra {
    private static final int B = LinearExtent.BLOCK;
    private static final int SIZE = LinearExtent.SIZE;

    /// Below any logarithm of a feature that could be told from zero.
    private static final double NOTHING = -1e30;

    final LinearExtent x;
    private final double[] packed;
    private final double[] rows;
    private final double[] constants;
    private final boolean plain;

    /// Frequencies `[heads, features, d]`, constants `[heads, features]` or none.
    DoubleSpectra(LinearExtent x, double[] w, double[] c, DoubleScratch scratch) {
        this.x = x;
        int m = x.features();
        int d = x.d();
        int heads = x.featureHeads();
        this.packed = scratch.take(heads * x.featureBlocks() * d * B);
        this.rows = scratch.take(heads * x.spectrum());
        this.constants = scratch.take(heads * x.total());
        this.plain = c.length == 0 && m % DoubleTile.wide(1) == 0;
        for (int h = 0; h < heads; h++) {
            for (int f = 0; f < x.featureBlocks(); f++) {
                int n = Math.min(B, m - f * B);
                int from = (h * m + f * B) * d;
                int to = (h * x.featureBlocks() + f) * d * B;
                Arrays.fill(packed, to, to + d * B, 0);
                DoubleTiles.chosen().turn(d, n, w, from, d, packed, to, B);
                int at = h * x.total() + f * B;
                Arrays.fill(constants, at, at + B, NOTHING);
                if (c.length == 0) {
                    Arrays.fill(constants, at, at + n, 0);
                } else {
                    System.arraycopy(c, h * m + f * B, constants, at, n);
                }
                for (int b = 0; b < x.widthBlocks(); b++) {
                    int block = h * x.spectrum() + (f * x.widthBlocks() + b) * SIZE;
                    Arrays.fill(rows, block, block + SIZE, 0);
                    for (int i = 0; i < n; i++) {
                        System.arraycopy(
                                w,
                                from + i * d + b * B,
                                rows,
                                block + i * B,
                                Math.min(B, d - b * B));
                    }
                }
            }
        }
    }

    /// `x·ω_f + c_f` of rows at `at` to a tile.
    void project(DoubleFeatureTile t, int group, int n, double[] points, int at, double[] tile) {
        int head = x.featureHead(group);
        for (int f = 0; f < x.featureBlocks(); f++) {
            int columns = DoubleFeatureTile.columns(x, f);
            int block = (head * x.featureBlocks() + f) * x.d() * B;
            if (plain) {
                t.product(n, columns, x.d(), points, at, x.d(), packed, block, tile, f * SIZE);
                continue;
            }
            for (int i = 0; i < n; i++) {
                System.arraycopy(
                        constants, head * x.total() + f * B, tile, f * SIZE + i * B, columns);
            }
            t.add(n, columns, x.d(), points, at, x.d(), packed, block, tile, f * SIZE);
        }
    }

    /// The largest of each row of a tile.
    void maxima(DoubleFeatureTile t, int n, double[] tile) {
        Arrays.fill(t.largest, 0, n, Double.NEGATIVE_INFINITY);
        for (int f = 0; f < x.featureBlocks(); f++) {
            int columns = DoubleFeatureTile.columns(x, f);
            t.loops.maxima(n, columns, tile, f * SIZE, B, 1, t.largest, 0);
        }
    }

    /// Whether a number of a row is above the row's limit.
    boolean exceed(DoubleFeatureTile t, int n, double[] tile) {
        boolean above = false;
        for (int f = 0; f < x.featureBlocks(); f++) {
            int columns = DoubleFeatureTile.columns(x, f);
            above |= t.loops.exceed(n, columns, tile, f * SIZE, B, 1, t.limit, 0);
        }
        return above;
    }

    /// `e^(u − shift[i])` in place.
    void exponentials(DoubleFeatureTile t, int n, double[] tile) {
        for (int f = 0; f < x.featureBlocks(); f++) {
            int columns = DoubleFeatureTile.columns(x, f);
            t.loops.exponentials(n, columns, tile, f * SIZE, B, 1, t.shift, 0);
        }
    }

    /// `Σ_f u_if ω_f` to the rows of a gradient at `at`; added to what is there if `more`.
    void toPoints(
            DoubleFeatureTile t, int group, int n, double[] u, double[] out, int at, boolean more) {
        int d = x.d();
        boolean direct = d == B;
        double[] to = direct ? out : t.rows;
        if (!direct && more) {
            t.blocked(out, at, d, n, t.rows);
        }
        int head = x.featureHead(group) * x.spectrum();
        for (int b = 0; b < x.widthBlocks(); b++) {
            int columns = DoubleTile.wide(Math.min(B, d - b * B));
            int place = direct ? at : b * SIZE;
            for (int f = 0; f < x.featureBlocks(); f++) {
                int k = Math.min(B, x.features() - f * B);
                int block = head + (f * x.widthBlocks() + b) * SIZE;
                if (f == 0 && !more) {
                    t.product(n, columns, k, u, 0, B, rows, block, to, place);
                } else {
                    t.add(n, columns, k, u, f * SIZE, B, rows, block, to, place);
                }
            }
        }
        if (!direct) {
            t.unblock(t.rows, d, n, out, at);
        }
    }

    /// `dω_f += Σᵢ u_if xᵢ`, `dc_f += Σᵢ u_if`.
    void toFrequencies(
            DoubleFeatureTile t,
            int n,
            double[] u,
            double[] points,
            int at,
            double[] dw,
            int wo,
            int co) {
        double[] blocks = t.blocked(points, at, x.d(), n, t.rows);
        int first = DoubleFeatureTile.first(x.d(), at);
        for (int f = 0; f < x.featureBlocks(); f++) {
            int features = Math.min(B, x.features() - f * B);
            for (int b = 0; b < x.widthBlocks(); b++) {
                int columns = DoubleTile.wide(Math.min(B, x.d() - b * B));
                int to = wo + (f * x.widthBlocks() + b) * SIZE;
                t.addTurned(features, columns, n, u, f * SIZE, blocks, first + b * SIZE, dw, to);
            }
            t.lanes.addRows(u, f * SIZE, B, n, dw, co + f * B, DoubleFeatureTile.columns(x, f));
        }
    }
}
