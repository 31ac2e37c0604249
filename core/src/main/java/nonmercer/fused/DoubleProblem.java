// twin: float
package nonmercer.fused;

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
    final DoubleOperand[] queries;
    final DoubleOperand[] keys;
    final int[] from;
    final int[] to;
    final int[] blockFrom;
    final int[] blockTo;
    private final int[] lastFrom;
    private final int[] firstTo;

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
        for (int p = 0; p < pairings; p++) {
            int d = widths[p];
            int g = x.groups();
            if (scores.forms().get(p) == Form.SQUARED_DISTANCE && x.m() > 0) {
                queries[p] = DoubleOperand.centred(q[p], k[p], x.m(), g, x.n(), d, scratch);
                keys[p] = DoubleOperand.centred(k[p], k[p], x.m(), g, x.m(), d, scratch);
            } else {
                queries[p] = DoubleOperand.of(q[p], g, x.n(), d, scratch);
                keys[p] = DoubleOperand.of(k[p], g, x.m(), d, scratch);
            }
            keys[p].pack(g, scratch);
        }
        from = new int[x.sequences() * x.n()];
        to = new int[x.sequences() * x.n()];
        int blocks = queryBlocks();
        blockFrom = new int[x.sequences() * blocks];
        blockTo = new int[x.sequences() * blocks];
        lastFrom = new int[x.sequences() * blocks];
        firstTo = new int[x.sequences() * blocks];
        see(visible, blocks);
    }

    private void see(Visible visible, int blocks) {
        for (int b = 0; b < extent.sequences(); b++) {
            for (int block = 0; block < blocks; block++) {
                int least = extent.m();
                int most = 0;
                int last = 0;
                int first = extent.m();
                for (int i = block * ROWS; i < Math.min(extent.n(), (block + 1) * ROWS); i++) {
                    int at = b * extent.n() + i;
                    from[at] =
                            Math.clamp(visible.from(b, i, extent.n(), extent.m()), 0, extent.m());
                    to[at] = Math.clamp(visible.to(b, i, extent.n(), extent.m()), 0, extent.m());
                    last = Math.max(last, from[at]);
                    first = Math.min(first, to[at]);
                    if (from[at] < to[at]) {
                        least = Math.min(least, from[at]);
                        most = Math.max(most, to[at]);
                    }
                }
                blockFrom[b * blocks + block] = least;
                blockTo[b * blocks + block] = most;
                lastFrom[b * blocks + block] = last;
                firstTo[b * blocks + block] = first;
            }
        }
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
    boolean meet(int sequence, int queryBlock, int keyBlock) {
        int at = sequence * queryBlocks() + queryBlock;
        return blockFrom[at] < (keyBlock + 1) * COLUMNS && blockTo[at] > keyBlock * COLUMNS;
    }

    /// Whether some query of the block does not see some place of the tile.
    boolean partial(int sequence, int queryBlock, int keyBlock) {
        int at = sequence * queryBlocks() + queryBlock;
        return lastFrom[at] > keyBlock * COLUMNS || firstTo[at] < (keyBlock + 1) * COLUMNS;
    }

    /// The pairings of a block of queries with a block of keys, in the registers `0 … forms-1`.
    void pair(DoubleTile t, int group, int queryBlock, int keyBlock) {
        int rows = rows(queryBlock);
        int i0 = queryBlock * ROWS;
        for (int p = 0; p < queries.length; p++) {
            Form form = scores.forms().get(p);
            DoubleOperand a = queries[p];
            DoubleOperand b = keys[p];
            double[] out = t.register(p);
            int at = b.block(group, keyBlock);
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
                    distances(t, p, group, queryBlock, keyBlock, out);
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
    }

    private void distances(
            DoubleTile t, int p, int group, int queryBlock, int keyBlock, double[] out) {
        DoubleOperand a = queries[p];
        DoubleOperand b = keys[p];
        int i0 = queryBlock * ROWS;
        int j0 = keyBlock * COLUMNS;
        int d = widths[p];
        // |error| ≤ 2(d + 3)u(‖q‖² + ‖k‖²): two norms and a product of d terms, and three
        // roundings.
        double least = DoubleLanes.of(2 * (d + 3) * DType.FLOAT64.unitRoundoff() / TOLERANCE);
        int x = a.norms(group) + i0;
        int y = b.norms(group) + j0;
        boolean again =
                t.rowLoops.distances(
                        rows(queryBlock),
                        DoubleTile.wide(columns(keyBlock)),
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
        for (int i = 0; i < rows(queryBlock); i++) {
            for (int j = 0; j < columns(keyBlock); j++) {
                if (out[i * COLUMNS + j] < least * (a.norms[x + i] + b.norms[y + j])) {
                    int from = (group * extent.n() + i0 + i) * d;
                    int to = (group * extent.m() + j0 + j) * d;
                    double sum = 0;
                    for (int l = 0; l < d; l++) {
                        double difference = q[p][from + l] - k[p][to + l];
                        sum = Math.fma(difference, difference, sum);
                    }
                    out[i * COLUMNS + j] = sum;
                }
            }
        }
    }
}
