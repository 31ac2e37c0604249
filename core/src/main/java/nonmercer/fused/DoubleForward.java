// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.Binary;
import nonmercer.lanes.DoubleLanes;
import nonmercer.lanes.DoubleRows;
import nonmercer.lanes.Unary;
import nonmercer.parallel.Parallel;

/// The weighted means, block of queries by block of queries: each passes over the keys once, with a
/// shift near the running maximum, a running sum and a running mean (Milakov & Gimelshein 2018; Dao
/// et al. 2022).
///
/// A block's bits depend on the block alone: threads only choose which blocks advance together.
final class DoubleForward {
    private static final int ROWS = DoubleTile.ROWS;
    private static final int COLUMNS = DoubleTile.COLUMNS;
    private static final int STRIPE = DoubleLanes.STRIPE;

    /// A row's shift stays while no score is further above it: weights of up to e⁸ overflow
    /// nothing, and what was summed need not be scaled for every new maximum.
    private static final double SLACK = 8;

    /// With as many blocks a thread, two can advance together and none waits long at the end.
    private static final int TASKS = 8;

    private final DoubleProblem problem;
    private final DoubleOperand values;
    private final double[] out;
    private final double[] norms;
    private final boolean log;
    private final boolean linear;
    private final double factor;

    DoubleForward(DoubleProblem problem, DoubleOperand values, double[] out, double[] norms) {
        this.problem = problem;
        this.values = values;
        this.out = out;
        this.norms = norms;
        this.log = problem.scores.log();
        this.linear = problem.scores.linear();
        this.factor = linear ? DoubleLanes.of(problem.scores.value().factor()) : 1;
    }

    /// Writes the means `[groups, n, e]` and for each query its log-sum-exp, or its sum of weights.
    ///
    /// Where there are enough blocks for all threads, two advance together: keys and values, which
    /// the second-level cache does not hold when they are many, are read half as often.
    void run(ThreadLocal<DoubleTile> tiles) {
        int blocks = problem.queryBlocks();
        int groups = problem.extent.groups();
        int together = groups * blocks >= TASKS * Parallel.threads() ? 2 : 1;
        int steps = DoubleOperand.ceil(blocks, together);
        Parallel.forEach(
                groups * steps,
                task -> {
                    int first = task % steps * together;
                    DoubleTile t = tiles.get();
                    blocks(t, task / steps, first, Math.min(first + together, blocks));
                });
    }

    private void blocks(DoubleTile t, int group, int first, int end) {
        DoubleTile other = t.other();
        for (int i = first; i < end; i++) {
            begin(i == first ? t : other, problem.rows(i));
        }
        for (int keyBlock = 0; keyBlock < problem.keyBlocks(); keyBlock++) {
            for (int i = first; i < end; i++) {
                if (problem.meet(group / problem.extent.heads(), i, keyBlock)) {
                    add(i == first ? t : other, group, i, keyBlock);
                }
            }
        }
        for (int i = first; i < end; i++) {
            int row = group * problem.extent.n() + i * ROWS;
            finish(i == first ? t : other, problem.rows(i), row);
        }
    }

    private void begin(DoubleTile t, int rows) {
        t.fit(problem.scores.value().registers(), values.stride);
        Arrays.fill(t.means(), 0, rows * values.stride, 0);
        Arrays.fill(t.shift, 0, rows, 0);
        Arrays.fill(t.limit, 0, rows, Double.NEGATIVE_INFINITY);
        Arrays.fill(t.sums, 0, rows * STRIPE, 0);
    }

    private void add(DoubleTile t, int group, int queryBlock, int keyBlock) {
        int rows = problem.rows(queryBlock);
        problem.pair(t, group, queryBlock, keyBlock);
        double[] w = t.register(linear ? 0 : problem.scores.value().results().getFirst());
        if (!linear) {
            t.run(problem.scores.value(), rows);
        }
        weights(t, w, rows, group / problem.extent.heads(), queryBlock, keyBlock);
        t.times(
                rows,
                values.stride,
                problem.columns(keyBlock),
                w,
                values.rows,
                values.row(group, keyBlock * COLUMNS),
                t.means(),
                0,
                values.stride);
    }

    /// Scores to weights relative to the largest score so far, which are added up.
    private void weights(
            DoubleTile t, double[] w, int rows, int sequence, int queryBlock, int keyBlock) {
        if (problem.partial(sequence, queryBlock, keyBlock)) {
            double hidden =
                    !log ? 0 : factor > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            int at = sequence * problem.extent.n() + queryBlock * ROWS;
            DoubleTile.hide(w, rows, problem.from, problem.to, at, keyBlock * COLUMNS, hidden);
        }
        int columns = DoubleTile.wide(problem.columns(keyBlock));
        if (log) {
            if (t.rowLoops.exceed(rows, columns, w, 0, COLUMNS, factor, t.limit, 0)) {
                raise(t, w, rows, columns);
            }
            t.rowLoops.addedExponentials(
                    rows, columns, w, 0, COLUMNS, factor, t.shift, 0, t.sums, 0);
        } else {
            t.rowLoops.addUp(rows, columns, w, 0, COLUMNS, t.sums, 0);
        }
    }

    /// Moves the shifts of the rows that exceed their limit to their largest score, and what was
    /// summed with them.
    private void raise(DoubleTile t, double[] w, int rows, int columns) {
        System.arraycopy(t.limit, 0, t.largest, 0, rows);
        t.rowLoops.maxima(rows, columns, w, 0, COLUMNS, factor, t.largest, 0);
        for (int i = 0; i < rows; i++) {
            if (t.largest[i] > t.limit[i]) {
                if (t.limit[i] != Double.NEGATIVE_INFINITY) {
                    double by = t.lanes.one(Unary.EXP, t.shift[i] - t.largest[i]);
                    int row = i * values.stride;
                    t.lanes.binary(
                            Binary.MULTIPLY, t.means(), row, by, t.means(), row, values.stride);
                    int sums = i * STRIPE;
                    t.lanes.binary(Binary.MULTIPLY, t.sums, sums, by, t.sums, sums, STRIPE);
                }
                t.shift[i] = t.largest[i];
                t.limit[i] = t.largest[i] + SLACK;
            }
        }
    }

    /// Sums to means; a query that sees nothing, or only zeros, gets zeros.
    private void finish(DoubleTile t, int rows, int first) {
        int e = problem.extent.e();
        for (int i = 0; i < rows; i++) {
            double sum = DoubleRows.folded(t.sums, i * STRIPE);
            int at = (first + i) * e;
            if (sum == 0) {
                Arrays.fill(out, at, at + e, 0);
            } else {
                t.lanes.binary(Binary.DIVIDE, t.means(), i * values.stride, sum, out, at, e);
            }
            norms[first + i] = sum;
            t.largest[i] = sum;
        }
        if (log) {
            t.lanes.unary(Unary.LOG, t.largest, 0, t.limit, 0, rows);
            for (int i = 0; i < rows; i++) {
                norms[first + i] =
                        t.largest[i] == 0 ? Double.POSITIVE_INFINITY : t.shift[i] + t.limit[i];
            }
        }
    }
}
