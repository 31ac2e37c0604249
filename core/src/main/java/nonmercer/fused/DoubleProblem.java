// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.array.DType;
import nonmercer.lanes.DoubleLanes;
import nonmercer.lanes.Pairing;

/// One attention ready to be computed: its operands packed, what is visible written out.
final class DoubleProblem {
    private static final int ROWS = DoubleTile.ROWS;
    private static final int COLUMNS = DoubleTile.COLUMNS;

    /// The relative error at which a squared distance is computed again by differences.
    private static final /*64*/ double TOLERANCE = DType.FLOAT64.bytes() == 8 ? 0x1p-40 : 0x1p-10;

    final Extent extent;
    final Scores scores;
    final double[][] q;
    final double[][] k;
    final int[] widths;

    /// For each pairing the one whose products serve it: itself, or a dot product of its points.
    final int[] sources;

    final DoubleOperand[] queries;
    final DoubleOperand[] keys;
    final Seen seen;

    DoubleProblem(
            Extent x,
            Scores scores,
            Visible visible,
            double[][] q,
            double[][] k,
            int[] widths,
            DoubleScratch scratch) {
        this.extent = x;
        this.scores = scores;
        this.q = q;
        this.k = k;
        this.widths = widths;
        int pairings = scores.forms().size();
        queries = new DoubleOperand[pairings];
        keys = new DoubleOperand[pairings];
        sources = new int[pairings];
        for (int p = 0; p < pairings; p++) {
            sources[p] = scores.source(p, q, k);
            if (sources[p] != p) {
                continue;
            }
            int d = widths[p];
            int g = x.groups();
            int h = x.keyGroups();
            if (scores.forms().get(p) == Form.SQUARED_DISTANCE && x.m() > 0) {
                queries[p] =
                        DoubleOperand.centred(
                                q[p], x.n(), k[p], x.room(), x.share(), g, x.n(), d, scratch);
                keys[p] =
                        DoubleOperand.centred(
                                k[p], x.room(), k[p], x.room(), 1, h, x.m(), d, scratch);
            } else {
                queries[p] = DoubleOperand.of(q[p], g, x.n(), x.n(), d, scratch);
                keys[p] = DoubleOperand.of(k[p], h, x.m(), x.room(), d, scratch);
            }
            keys[p].pack(h, scratch);
        }
        for (int p = 0; p < pairings; p++) {
            if (sources[p] != p) {
                queries[p] = queries[sources[p]];
                keys[p] = keys[sources[p]];
                queries[p].measure(x.groups(), scratch);
                keys[p].measure(x.keyGroups(), scratch);
            }
        }
        seen = new Seen(x, visible, ROWS, COLUMNS);
    }

    int queryBlocks() {
        return DoubleOperand.ceil(extent.n(), ROWS);
    }

    int keyBlocks() {
        return DoubleOperand.ceil(extent.m(), COLUMNS);
    }

    /// The number of queries in a block.
    int rows(int queryBlock) {
        return Math.min(ROWS, extent.n() - queryBlock * ROWS);
    }

    /// The number of keys in a block.
    int columns(int keyBlock) {
        return Math.min(COLUMNS, extent.m() - keyBlock * COLUMNS);
    }

    /// Whether a query of the block sees a key of the block.
    boolean meet(int group, int queryBlock, int keyBlock) {
        return seen.meet(group / extent.heads(), queryBlock, keyBlock);
    }

    /// Whether some query of the block does not see some place of the tile.
    boolean partial(int group, int queryBlock, int keyBlock) {
        return seen.partial(group / extent.heads(), queryBlock, keyBlock);
    }

    /// Writes a number over the places of a tile that are not seen.
    void hide(double[] tile, double hidden, int group, int queryBlock, int keyBlock) {
        int rows = rows(queryBlock);
        for (int i = 0; i < rows; i++) {
            long places =
                    seen.row(group / extent.heads(), queryBlock * ROWS + i, keyBlock * COLUMNS);
            DoubleTile.hide(tile, i * COLUMNS, places, hidden);
        }
    }

    /// The pairings of a block of queries with a block of keys, in the registers `0 … forms-1`.
    void pair(DoubleTile t, int group, int queryBlock, int keyBlock) {
        int rows = rows(queryBlock);
        int i0 = queryBlock * ROWS;
        int keyGroup = extent.keyGroup(group);
        for (int p = 0; p < queries.length; p++) {
            if (sources[p] != p) {
                continue;
            }
            Form form = scores.forms().get(p);
            DoubleOperand a = queries[p];
            DoubleOperand b = keys[p];
            double[] out = t.register(p);
            int at = b.block(keyGroup, keyBlock);
            if (form.product()) {
                t.product(
                        rows,
                        columns(keyBlock),
                        widths[p],
                        a.rows,
                        a.row(group, i0),
                        a.stride,
                        b.packed,
                        at,
                        out);
                if (form == Form.SQUARED_DISTANCE) {
                    distances(t, p, group, queryBlock, keyBlock);
                }
            } else {
                Pairing f = form.pairing().orElseThrow();
                for (int i = 0; i < rows; i++) {
                    t.lanes.pair(
                            f,
                            a.rows,
                            a.row(group, i0 + i),
                            widths[p],
                            b.packed,
                            at,
                            COLUMNS,
                            out,
                            i * COLUMNS,
                            DoubleTile.wide(columns(keyBlock)));
                }
            }
        }
        for (int p = 0; p < queries.length; p++) {
            if (sources[p] != p) {
                distances(t, p, group, queryBlock, keyBlock);
            }
        }
    }

    private void distances(DoubleTile t, int p, int group, int queryBlock, int keyBlock) {
        double[] out = t.register(p);
        long[] near = t.near(p);
        Arrays.fill(near, 0);
        DoubleOperand a = queries[p];
        DoubleOperand b = keys[p];
        int keyGroup = extent.keyGroup(group);
        int i0 = queryBlock * ROWS;
        int j0 = keyBlock * COLUMNS;
        int d = widths[p];
        // |error| ≤ 2(d + 3)u(‖q‖² + ‖k‖²) of a squared distance below ‖q‖² + ‖k‖²: 2d by two norms
        // and a product of d terms, 1 by their sum, 4 by the result and the moving of the points.
        double least = DoubleLanes.of(2 * (d + 3) * DType.FLOAT64.unitRoundoff() / TOLERANCE);
        int x = a.norms(group) + i0;
        int y = b.norms(keyGroup) + j0;
        boolean again =
                t.rowLoops.distances(
                        rows(queryBlock),
                        DoubleTile.wide(columns(keyBlock)),
                        t.register(sources[p]),
                        out,
                        0,
                        COLUMNS,
                        a.norms,
                        x,
                        b.norms,
                        y,
                        least);
        if (!again) {
            return;
        }
        boolean raw = sources[p] != p;
        int wide = DoubleTile.wide(columns(keyBlock));
        for (int i = 0; i < rows(queryBlock); i++) {
            boolean known = false;
            for (int j = 0; j < columns(keyBlock); j++) {
                if (out[i * COLUMNS + j] >= least * (a.norms[x + i] + b.norms[y + j])) {
                    continue;
                }
                near[i] |= 1L << j;
                if (!raw) {
                    int from = (group * extent.n() + i0 + i) * d;
                    int to = (keyGroup * extent.room() + j0 + j) * d;
                    out[i * COLUMNS + j] = difference(q[p], from, k[p], to, d);
                    continue;
                }
                if (!known) {
                    Pairing f = Pairing.SQUARED_DISTANCE;
                    int row = a.row(group, i0 + i);
                    int block = b.block(keyGroup, keyBlock);
                    double[] to = t.spare();
                    t.lanes.pair(f, a.rows, row, d, b.packed, block, COLUMNS, to, 0, wide);
                    known = true;
                }
                out[i * COLUMNS + j] = t.spare()[j];
            }
        }
    }

    private static double difference(double[] x, int from, double[] y, int to, int d) {
        double sum = 0;
        for (int l = 0; l < d; l++) {
            double difference = x[from + l] - y[to + l];
            sum = Math.fma(difference, difference, sum);
        }
        return sum;
    }
}
