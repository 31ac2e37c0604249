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
    private final DoubleWeights weights;
    private final Divisor divisor;
    private final DoubleOperand values;
    private final double[] out;
    private final double[] norms;

    DoubleForward(
            DoubleProblem problem,
            Setting setting,
            DoubleOperand values,
            double[] out,
            double[] norms) {
        this.problem = problem;
        this.weights =
                new DoubleWeights(
                        problem,
                        setting,
                        problem.scores.value(),
                        new boolean[problem.scores.value().steps().size()]);
        this.divisor = setting.divisor();
        this.values = values;
        this.out = out;
        this.norms = norms;
    }

    /// Writes the means `[groups, n, e]` and what the pullback needs of each query.
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
                if (problem.meet(group, i, keyBlock)) {
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
        Arrays.fill(t.limit, 0, rows, weights.grounded ? SLACK : Double.NEGATIVE_INFINITY);
        Arrays.fill(t.sums, 0, rows * STRIPE, 0);
        Arrays.fill(t.sizes, 0, rows * STRIPE, 0);
    }

    private void add(DoubleTile t, int group, int queryBlock, int keyBlock) {
        int rows = problem.rows(queryBlock);
        problem.pair(t, group, queryBlock, keyBlock);
        double[] w = weigh(t, group, queryBlock, keyBlock);
        if (weights.drops(t, group, queryBlock, keyBlock)) {
            t.lanes.binary(Binary.MULTIPLY, w, 0, t.mask, 0, w, 0, rows * COLUMNS);
        }
        t.times(
                rows,
                values.stride,
                problem.columns(keyBlock),
                w,
                values.rows,
                values.row(problem.extent.keyGroup(group), keyBlock * COLUMNS),
                t.means(),
                0,
                values.stride);
    }

    /// Pairings to weights, relative to the largest logarithm so far, which are added up.
    private double[] weigh(DoubleTile t, int group, int queryBlock, int keyBlock) {
        int rows = problem.rows(queryBlock);
        int columns = DoubleTile.wide(problem.columns(keyBlock));
        weights.score(t, group, queryBlock, keyBlock);
        if (weights.logs && !weights.whole && weights.exceed(t, rows, columns)) {
            raise(t, rows, columns);
        }
        if (weights.terms == 1 && !weights.factors) {
            double[] l = weights.logs(t, 0);
            t.rowLoops.addedExponentials(
                    rows, columns, l, 0, COLUMNS, weights.factor, t.shift, 0, t.sums, 0);
            return l;
        }
        double[] w = weights.addedUp(t, rows, columns);
        if (weights.sizes) {
            t.lanes.unary(Unary.ABS, w, 0, t.slope, 0, rows * COLUMNS);
            t.rowLoops.addUp(rows, columns, t.slope, 0, COLUMNS, t.sizes, 0);
        }
        return w;
    }

    /// Moves the shifts of the rows that exceed their limit to their largest logarithm, and what
    /// was summed with them.
    private void raise(DoubleTile t, int rows, int columns) {
        System.arraycopy(t.limit, 0, t.largest, 0, rows);
        weights.maxima(t, rows, columns, t.largest);
        for (int i = 0; i < rows; i++) {
            if (t.largest[i] > t.limit[i]) {
                if (t.limit[i] != Double.NEGATIVE_INFINITY) {
                    double by = t.lanes.one(Unary.EXP, t.shift[i] - t.largest[i]);
                    scale(t, t.means(), i * values.stride, by, values.stride);
                    scale(t, t.sums, i * STRIPE, by, STRIPE);
                    if (weights.sizes) {
                        scale(t, t.sizes, i * STRIPE, by, STRIPE);
                    }
                }
                t.shift[i] = t.largest[i];
                t.limit[i] = t.largest[i] + SLACK;
            }
        }
    }

    private static void scale(DoubleTile t, double[] x, int at, double by, int n) {
        t.lanes.binary(Binary.MULTIPLY, x, at, by, x, at, n);
    }

    /// Sums to means; a query that sees nothing, or only zeros, gets zeros.
    private void finish(DoubleTile t, int rows, int first) {
        int e = problem.extent.e();
        int queries = problem.extent.groups() * problem.extent.n();
        DoubleRows.fold(rows, t.sums, 0, t.powers, t.largest, 0);
        for (int i = 0; i < rows; i++) {
            int row = first + i;
            double sum = t.largest[i];
            double by = sum;
            double absolute = 0;
            if (weights.sizes) {
                double size = DoubleRows.folded(t.sizes, i * STRIPE);
                double least = DoubleLanes.of(divisor.guard()) * size;
                if (divisor.kind() == Divisor.Kind.SIZES) {
                    absolute = 1;
                    by = size;
                } else if (Math.abs(sum) < least) {
                    absolute = DoubleLanes.of(Math.copySign(divisor.guard(), sum));
                    by = Math.copySign(least, sum);
                }
            } else if (weights.whole) {
                by = 1;
            }
            if (by == 0) {
                Arrays.fill(out, row * e, (row + 1) * e, 0);
            } else {
                t.lanes.binary(Binary.DIVIDE, t.means(), i * values.stride, by, out, row * e, e);
            }
            if (weights.factors) {
                norms[row] = by;
                norms[queries + row] = t.shift[i];
                norms[2 * queries + row] = absolute;
            }
        }
        if (!weights.factors) {
            t.lanes.unary(Unary.LOG, t.largest, 0, t.limit, 0, rows);
            for (int i = 0; i < rows; i++) {
                norms[first + i] =
                        t.largest[i] == 0 ? Double.POSITIVE_INFINITY : t.shift[i] + t.limit[i];
            }
        }
    }
}
