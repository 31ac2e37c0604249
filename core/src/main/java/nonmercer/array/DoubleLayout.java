// twin: float
package nonmercer.array;

import nonmercer.lanes.Binary;
import nonmercer.lanes.DoubleLanes;
import nonmercer.lanes.Lanes;
import nonmercer.parallel.Parallel;

/// The loops of [Layout] on raw storage.
final class DoubleLayout {
    private static final int GRAIN = 1 << 15; // elements a task moves at least
    private static final int TILE =
            16; // a tile's rows and columns both stay in L1 while it is turned

    private static final int SHARES = 8; // a power of two
    private static final DoubleLanes LANES = Lanes.doubles();

    private DoubleLayout() {}

    static void permute(double[] x, double[] out, Walk walk) {
        int size = walk.size();
        if (size == 0) {
            return;
        }
        if (walk.rank() == 0) {
            out[0] = x[0];
            return;
        }
        int last = walk.rank() - 1;
        int along = walk.contiguous();
        int run = walk.extents()[last];
        if (along == last) {
            Parallel.forRanges(
                    size / run,
                    Math.max(1, GRAIN / run),
                    (from, to) -> {
                        for (int i = from; i < to; i++) {
                            System.arraycopy(x, walk.source(i, last, -1), out, i * run, run);
                        }
                    });
            return;
        }
        // The input runs along output axis `along`, the output along its last axis: a transpose for
        // each combination of
        // the other axes, in strips of TILE input rows.
        int columns = walk.extents()[along];
        int strips = (run + TILE - 1) / TILE;
        int others = size / (run * columns);
        int stride = walk.strides()[last];
        int outStride = walk.outStride(along);
        Parallel.forRanges(
                others * strips,
                Math.max(1, GRAIN / (TILE * columns)),
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int first = i % strips * TILE;
                        int source = walk.source(i / strips, last, along) + first * stride;
                        int target = walk.target(i / strips, last, along) + first;
                        turn(
                                x,
                                source,
                                stride,
                                out,
                                target,
                                outStride,
                                Math.min(TILE, run - first),
                                columns);
                    }
                });
    }

    /// `out[c, r] = x[r, c]` for a strip of `rows` and all `columns`, tile by tile.
    private static void turn(
            double[] x,
            int source,
            int stride,
            double[] out,
            int target,
            int outStride,
            int rows,
            int columns) {
        for (int tile = 0; tile < columns; tile += TILE) {
            int end = Math.min(columns, tile + TILE);
            for (int c = tile; c < end; c++) {
                int to = target + c * outStride;
                int at = source + c;
                for (int r = 0; r < rows; r++) {
                    out[to + r] = x[at + r * stride];
                }
            }
        }
    }

    static void shuffle(double[] x, int[] order, double[] out, int fromRow, int toRow) {
        int n = order.length;
        for (int at = fromRow * n; at < toRow * n; at += n) {
            for (int j = 0; j < n; j++) {
                out[at + j] = x[at + order[j]];
            }
        }
    }

    static void gatherRows(double[] table, int[] index, int inner, double[] out) {
        Parallel.forRanges(
                index.length,
                Math.max(1, GRAIN / Math.max(1, inner)),
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        System.arraycopy(table, index[i] * inner, out, i * inner, inner);
                    }
                });
    }

    /// A task is every SHARES-th row of the table, so that each row has one adder; it reads the
    /// whole index.
    static void scatterAddRows(double[] g, int[] index, int inner, double[] into) {
        int shares = (long) index.length * inner <= GRAIN ? 1 : SHARES;
        Parallel.forEach(shares, share -> addShare(g, index, inner, into, share, shares));
    }

    private static void addShare(
            double[] g, int[] index, int inner, double[] into, int share, int shares) {
        for (int i = 0; i < index.length; i++) {
            if ((index[i] & shares - 1) == share) {
                int to = index[i] * inner;
                LANES.binary(Binary.ADD, into, to, g, i * inner, into, to, inner);
            }
        }
    }
}
