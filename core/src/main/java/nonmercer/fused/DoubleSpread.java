// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.Binary;
import nonmercer.lanes.DoubleLanes;
import nonmercer.lanes.DoubleRows;
import nonmercer.lanes.Pairing;

/// The gradients of pairings on their way to queries and keys.
///
/// Keys that several heads of queries read get the sum over these heads, in ascending order.
final class DoubleSpread {
    private static final int ROWS = DoubleTile.ROWS;
    private static final int COLUMNS = DoubleTile.COLUMNS;
    private static final int STRIPE = DoubleLanes.STRIPE;
    private static final double[] ONES = new double[ROWS];

    static {
        Arrays.fill(ONES, 1);
    }

    private final DoubleProblem problem;
    private final double[][] dq;
    private final double[][] dk;
    private final double[][] toQueries;
    private final double[][] toKeys;
    private final double[][] rowSums;
    private final double[][] columnSums;
    private final double[][] packed;

    DoubleSpread(DoubleProblem problem, double[][] dq, double[][] dk, DoubleScratch scratch) {
        this.problem = problem;
        this.dq = dq;
        this.dk = dk;
        Scores s = problem.scores;
        Extent x = problem.extent;
        int pairings = s.forms().size();
        this.toQueries = new double[pairings][];
        this.toKeys = new double[pairings][];
        this.rowSums = new double[pairings][];
        this.columnSums = new double[pairings][];
        this.packed = new double[pairings][];
        for (int p = 0; p < pairings; p++) {
            int columns = x.keyGroups() * problem.keyBlocks() * COLUMNS;
            if (problem.sources[p] == p) {
                toQueries[p] = wide(dq[p], problem.queries[p], x.groups(), scratch);
                toKeys[p] = wide(dk[p], problem.keys[p], x.keyGroups(), scratch);
            }
            if (s.forms().get(p) == Form.SQUARED_DISTANCE) {
                rowSums[p] = scratch.take(x.groups() * x.n() * STRIPE);
                columnSums[p] = scratch.take(columns);
            } else if (!s.forms().get(p).product()) {
                packed[p] = scratch.take(columns * problem.widths[p]);
            }
        }
    }

    /// Where the gradient of an operand is added up: in place, or beside where its rows are wider.
    static double[] wide(double[] out, DoubleOperand o, int groups, DoubleScratch scratch) {
        return o.stride == o.width ? out : scratch.take(groups * o.count * o.stride);
    }

    /// Moves a group's gradient to where it is wanted.
    static void narrow(double[] wide, double[] out, DoubleOperand o, int group) {
        for (int i = group * o.count; o.stride > o.width && i < (group + 1) * o.count; i++) {
            System.arraycopy(wide, i * o.stride, out, i * o.width, o.width);
        }
    }

    /// Writes zeros where so many numbers a group stand.
    static void clear(double[] a, int group, int n) {
        Arrays.fill(a, group * n, (group + 1) * n, 0);
    }

    /// What is added up for a group of queries begins at 0.
    void beginQueries(int group) {
        begin(toQueries, dq, problem.queries, group);
        for (int p = 0; p < dq.length; p++) {
            if (problem.scores.forms().get(p) == Form.SQUARED_DISTANCE) {
                clear(rowSums[p], group, problem.extent.n() * STRIPE);
            }
        }
    }

    /// What is added up for a group of keys begins at 0.
    void beginKeys(int keyGroup) {
        begin(toKeys, dk, problem.keys, keyGroup);
        int columns = problem.keyBlocks() * COLUMNS;
        for (int p = 0; p < dk.length; p++) {
            Form form = problem.scores.forms().get(p);
            if (form == Form.SQUARED_DISTANCE) {
                clear(columnSums[p], keyGroup, columns);
            } else if (!form.product()) {
                clear(packed[p], keyGroup, columns * problem.widths[p]);
            }
        }
    }

    private void begin(double[][] to, double[][] out, DoubleOperand[] of, int group) {
        for (int p = 0; p < out.length; p++) {
            if (problem.sources[p] != p) {
                continue;
            }
            if (problem.scores.forms().get(p).product()) {
                clear(to[p], group, of[p].count * of[p].stride);
            } else {
                clear(out[p], group, of[p].count * of[p].width);
            }
        }
    }

    /// The gradient `s` of one pairing of a tile, on to the queries and the keys.
    void spread(
            DoubleTile t, double[] s, int p, int group, int queryBlock, int keyBlock, Part part) {
        boolean ofQueries = part.queries();
        boolean ofKeys = part.keys();
        int keyGroup = problem.extent.keyGroup(group);
        int rows = problem.rows(queryBlock);
        int columns = problem.columns(keyBlock);
        int d = problem.widths[p];
        int i0 = queryBlock * ROWS;
        int j0 = keyBlock * COLUMNS;
        DoubleOperand a = problem.queries[p];
        DoubleOperand b = problem.keys[p];
        Form form = problem.scores.forms().get(p);
        if (!form.product()) {
            Pairing f = form.pairing().orElseThrow();
            int block = b.block(keyGroup, keyBlock);
            for (int i = 0; i < rows; i++) {
                for (int l = 0; l < d; l++) {
                    double x = a.rows[a.row(group, i0 + i) + l];
                    double sum =
                            t.lanes.pairGradient(
                                    f,
                                    x,
                                    b.packed,
                                    block + l * COLUMNS,
                                    s,
                                    i * COLUMNS,
                                    ofKeys ? packed[p] : t.spare(),
                                    ofKeys ? block + l * COLUMNS : 0,
                                    COLUMNS);
                    if (ofQueries) {
                        dq[p][(group * problem.extent.n() + i0 + i) * d + l] += sum;
                    }
                }
            }
            return;
        }
        if (form == Form.SQUARED_DISTANCE) {
            takeNear(t, s, p, group, queryBlock, keyBlock, part);
        }
        if (ofQueries) {
            int to = (group * problem.extent.n() + i0) * b.stride;
            t.times(
                    rows,
                    b.stride,
                    columns,
                    s,
                    b.rows,
                    b.row(keyGroup, j0),
                    toQueries[p],
                    to,
                    b.stride);
        }
        if (ofKeys) {
            int to = (keyGroup * problem.extent.m() + j0) * a.stride;
            t.turnedTimes(
                    columns, a.stride, rows, s, a.rows, a.row(group, i0), toKeys[p], to, a.stride);
        }
        if (form == Form.SQUARED_DISTANCE) {
            addUp(t, s, p, group, queryBlock, keyBlock, part);
        }
    }

    /// Takes out of a tile what belongs to points so near that their distance was computed by
    /// differences, and spreads it by differences too: `2(uq − uk)` loses the digits of `2u(q −
    /// k)`, and the gradient u of a root is as large as the distance is small.
    void takeNear(
            DoubleTile t, double[] s, int p, int group, int queryBlock, int keyBlock, Part part) {
        int source = problem.sources[p];
        double by = source == p ? -1 : 2; // what #negate makes 2
        int keyGroup = problem.extent.keyGroup(group);
        int i0 = queryBlock * ROWS;
        int j0 = keyBlock * COLUMNS;
        int d = problem.widths[p];
        double[] q = problem.q[p];
        double[] k = problem.k[p];
        for (int i = 0; i < problem.rows(queryBlock); i++) {
            int from = (group * problem.extent.n() + i0 + i) * d;
            int x = problem.queries[p].row(group, i0 + i);
            for (long left = t.near(p)[i]; left != 0; left &= left - 1) {
                int j = Long.numberOfTrailingZeros(left);
                double u = by * s[i * COLUMNS + j];
                s[i * COLUMNS + j] = 0;
                int to = (keyGroup * problem.extent.m() + j0 + j) * d;
                int y = problem.keys[p].row(keyGroup, j0 + j);
                for (int l = 0; l < d && u != 0; l++) {
                    double step = u * (q[from + l] - k[to + l]);
                    if (part.queries()) {
                        toQueries[source][x + l] += step;
                    }
                    if (part.keys()) {
                        toKeys[source][y + l] -= step;
                    }
                }
            }
        }
    }

    /// The sums over keys and over queries of the gradient of a squared distance.
    void addUp(
            DoubleTile t, double[] s, int p, int group, int queryBlock, int keyBlock, Part part) {
        int rows = problem.rows(queryBlock);
        if (part.queries()) {
            int at = (group * problem.extent.n() + queryBlock * ROWS) * STRIPE;
            int wide = DoubleTile.wide(problem.columns(keyBlock));
            t.rowLoops.addUp(rows, wide, s, 0, COLUMNS, rowSums[p], at);
        }
        if (part.keys()) {
            int keyGroup = problem.extent.keyGroup(group);
            int at = (keyGroup * problem.keyBlocks() + keyBlock) * COLUMNS;
            double[] to = columnSums[p];
            // one row of ones times the tile
            t.rowLoops.multiplyAdd(
                    1, COLUMNS, rows, ONES, 0, 0, 1, s, 0, COLUMNS, to, at, COLUMNS, to, at,
                    COLUMNS);
        }
    }

    /// What is left to do when all tiles of a group of queries are done.
    void finishQueries(DoubleTile t, int group) {
        for (int p = 0; p < dq.length; p++) {
            DoubleOperand q = problem.queries[p];
            if (problem.scores.forms().get(p) == Form.SQUARED_DISTANCE) {
                negate(t, toQueries, p, q, group);
                for (int i = 0; i < q.count; i += ROWS) {
                    int rows = Math.min(ROWS, q.count - i);
                    int from = (group * q.count + i) * STRIPE;
                    DoubleRows.fold(rows, rowSums[p], from, t.powers, t.largest, 0);
                    distances(t, toQueries, p, t.largest, 0, rows, q, q.row(group, i));
                }
            }
        }
        for (int p = 0; p < dq.length; p++) {
            if (problem.sources[p] == p && problem.scores.forms().get(p).product()) {
                narrow(toQueries[p], dq[p], problem.queries[p], group);
            }
        }
    }

    /// What is left to do when all tiles of a group of keys are done.
    void finishKeys(DoubleTile t, int keyGroup) {
        for (int p = 0; p < dk.length; p++) {
            DoubleOperand k = problem.keys[p];
            if (problem.scores.forms().get(p) == Form.SQUARED_DISTANCE) {
                int from = keyGroup * problem.keyBlocks() * COLUMNS;
                negate(t, toKeys, p, k, keyGroup);
                distances(t, toKeys, p, columnSums[p], from, k.count, k, k.row(keyGroup, 0));
            }
        }
        for (int p = 0; p < dk.length; p++) {
            DoubleOperand k = problem.keys[p];
            if (problem.sources[p] != p) {
                continue;
            }
            if (problem.scores.forms().get(p).product()) {
                narrow(toKeys[p], dk[p], k, keyGroup);
                continue;
            }
            for (int j = 0; j < k.count; j++) {
                int from = k.block(keyGroup, j / COLUMNS) + j % COLUMNS;
                for (int l = 0; l < k.width; l++) {
                    dk[p][(keyGroup * k.count + j) * k.width + l] += packed[p][from + l * COLUMNS];
                }
            }
        }
    }

    /// `∂s/∂q = 2(q − k)`: `Σⱼ uⱼ·2(q − kⱼ) = 2q Σⱼ uⱼ − 2 Σⱼ uⱼ kⱼ`. This makes the last sum,
    /// which is there, the last term; where it is part of that of a dot product, it is so already.
    private void negate(DoubleTile t, double[][] to, int p, DoubleOperand x, int group) {
        if (problem.sources[p] == p) {
            int n = x.count * x.stride;
            t.lanes.binary(Binary.MULTIPLY, to[p], group * n, -2, to[p], group * n, n);
        }
    }

    /// Adds the other term, of so many rows with these weights.
    private void distances(
            DoubleTile t,
            double[][] to,
            int p,
            double[] weights,
            int from,
            int rows,
            DoubleOperand x,
            int row) {
        double[] sums = to[problem.sources[p]];
        for (int i = 0; i < rows; i++) {
            int at = row + i * x.stride;
            t.lanes.addScaled(2.0 * weights[from + i], x.rows, at, sums, at, x.stride);
        }
    }
}
