// twin: float
package nonmercer.fused;

import java.util.Arrays;
import java.util.List;
import nonmercer.lanes.Binary;
import nonmercer.lanes.DoubleLanes;
import nonmercer.lanes.DoubleRows;
import nonmercer.lanes.Pairing;
import nonmercer.parallel.Parallel;

/// The pullback: the tiles of weights are computed again from what the forward pass left of each
/// row.
///
/// With `w = e^L`, `p = w/Σw` and `δᵢ = ⟨ḡᵢ, outᵢ⟩`: `v̄ⱼ = Σᵢ pᵢⱼ ḡᵢ`, `L̄ᵢⱼ = pᵢⱼ(⟨ḡᵢ, vⱼ⟩ −
/// δᵢ)`; without a logarithm `w̄ᵢⱼ = (⟨ḡᵢ, vⱼ⟩ − δᵢ)/Σw`. Then each pairing's gradient is that
/// times its slope. Every sum goes over blocks in ascending order, so the bits depend neither on
/// the threads nor on whether queries and keys are done in one pass or in two.
final class DoubleBackward {
    private static final int ROWS = DoubleTile.ROWS;
    private static final int COLUMNS = DoubleTile.COLUMNS;
    private static final int STRIPE = DoubleLanes.STRIPE;

    private final DoubleProblem problem;
    private final DoubleOperand values;
    private final DoubleOperand gradients;
    private final double[] norms;
    private final double[] deltas;
    private final double[][] dq;
    private final double[][] dk;
    private final double[] dv;
    private final double[] toValues;
    private final double[][] toQueries;
    private final double[][] toKeys;
    private final double[][] rowSums;
    private final double[][] columnSums;
    private final double[][] packed;
    private final /*64*/ double[][] others;
    private final boolean log;
    private final boolean linear;
    private final double factor;

    DoubleBackward(
            DoubleProblem problem,
            DoubleOperand values,
            DoubleOperand gradients,
            double[] norms,
            double[] deltas,
            double[][] dq,
            double[][] dk,
            double[] dv,
            DoubleScratch scratch) {
        this.problem = problem;
        this.values = values;
        this.gradients = gradients;
        this.norms = norms;
        this.deltas = deltas;
        this.dq = dq;
        this.dk = dk;
        this.dv = dv;
        Scores s = problem.scores;
        this.log = s.log();
        this.linear = s.linear();
        this.factor = linear ? DoubleLanes.of(s.value().factor()) : 1;
        int pairings = s.forms().size();
        int groups = problem.extent.groups();
        this.toValues = wide(dv, values, groups, scratch);
        this.toQueries = new double[pairings][];
        this.toKeys = new double[pairings][];
        this.rowSums = new double[pairings][];
        this.columnSums = new double[pairings][];
        this.packed = new double[pairings][];
        for (int p = 0; p < pairings; p++) {
            toQueries[p] = wide(dq[p], problem.queries[p], groups, scratch);
            toKeys[p] = wide(dk[p], problem.keys[p], groups, scratch);
            if (s.forms().get(p) == Form.SQUARED_DISTANCE) {
                rowSums[p] = zeros(scratch, groups * problem.extent.n() * STRIPE);
                columnSums[p] = zeros(scratch, groups * problem.keyBlocks() * COLUMNS);
            } else if (!s.forms().get(p).product()) {
                packed[p] =
                        zeros(scratch, groups * problem.keyBlocks() * COLUMNS * problem.widths[p]);
            }
        }
        this.others = new /*64*/ double[s.others()][groups * problem.queryBlocks()];
    }

    /// Where the gradient of an operand is added up: in place, or beside where its rows are wider.
    private static double[] wide(double[] out, DoubleOperand o, int groups, DoubleScratch scratch) {
        return o.stride == o.width ? out : zeros(scratch, groups * o.count * o.stride);
    }

    /// Moves a group's gradient to where it is wanted.
    private static void narrow(double[] wide, double[] out, DoubleOperand o, int group) {
        for (int i = group * o.count; o.stride > o.width && i < (group + 1) * o.count; i++) {
            System.arraycopy(wide, i * o.stride, out, i * o.width, o.width);
        }
    }

    private static double[] zeros(DoubleScratch scratch, int n) {
        double[] a = scratch.take(n);
        Arrays.fill(a, 0, n, 0);
        return a;
    }

    /// Adds to the gradients of queries, keys and values, which begin at 0; gives those of the
    /// other numbers.
    /*64*/ double[] run(ThreadLocal<DoubleTile> tiles) {
        int groups = problem.extent.groups();
        int threads = Parallel.threads();
        if (groups % threads == 0 || groups >= 4 * threads) {
            Parallel.forEach(
                    groups,
                    g -> {
                        DoubleTile t = tiles.get();
                        for (int j = 0; j < problem.keyBlocks(); j++) {
                            for (int i = 0; i < problem.queryBlocks(); i++) {
                                block(t, g, i, j, true, true);
                            }
                        }
                    });
        } else {
            int blocks = problem.keyBlocks();
            Parallel.forEach(
                    groups * blocks,
                    task -> {
                        for (int i = 0; i < problem.queryBlocks(); i++) {
                            block(tiles.get(), task / blocks, i, task % blocks, false, true);
                        }
                    });
            int rows = problem.queryBlocks();
            Parallel.forEach(
                    groups * rows,
                    task -> {
                        for (int j = 0; j < problem.keyBlocks(); j++) {
                            block(tiles.get(), task / rows, task % rows, j, true, false);
                        }
                    });
        }
        Parallel.forEach(groups, this::finish);
        /*64*/ double[] sums = new /*64*/ double[others.length];
        for (int o = 0; o < sums.length; o++) {
            sums[o] = Arrays.stream(others[o]).sum();
        }
        return sums;
    }

    private void block(
            DoubleTile t,
            int group,
            int queryBlock,
            int keyBlock,
            boolean ofQueries,
            boolean ofKeys) {
        int sequence = group / problem.extent.heads();
        if (!problem.meet(sequence, queryBlock, keyBlock)) {
            return;
        }
        int rows = problem.rows(queryBlock);
        int columns = problem.columns(keyBlock);
        int wide = DoubleTile.wide(columns);
        int e = problem.extent.e();
        int first = group * problem.extent.n() + queryBlock * ROWS;
        int g = gradients.row(group, queryBlock * ROWS);
        int j0 = keyBlock * COLUMNS;
        boolean partial = problem.partial(sequence, queryBlock, keyBlock);
        t.fit(problem.scores.gradient().registers(), 0);
        problem.pair(t, group, queryBlock, keyBlock);
        Program program = problem.scores.gradient();
        if (!linear) {
            t.run(program, rows);
        }
        double[] w = t.register(linear ? 0 : program.results().getFirst());
        if (partial) {
            double hidden =
                    !log ? 0 : factor > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            hide(w, hidden, rows, sequence, queryBlock, keyBlock);
        }
        if (log) {
            t.rowLoops.exponentials(rows, wide, w, 0, COLUMNS, factor, norms, first);
        }
        if (ofKeys) {
            t.turnedTimes(
                    columns,
                    gradients.stride,
                    rows,
                    w,
                    gradients.rows,
                    g,
                    toValues,
                    (group * problem.extent.m() + j0) * gradients.stride,
                    gradients.stride);
        }
        double[] u = t.gradient;
        t.product(
                rows,
                columns,
                e,
                gradients.rows,
                g,
                gradients.stride,
                values.packed,
                values.block(group, keyBlock),
                u);
        if (log) {
            t.rowLoops.centredProducts(rows, wide, w, 0, u, 0, COLUMNS, deltas, first, factor);
        } else {
            t.rowLoops.centre(rows, wide, u, 0, COLUMNS, deltas, first);
        }
        if (partial) {
            hide(u, 0, rows, sequence, queryBlock, keyBlock);
        }
        List<Form> forms = problem.scores.forms();
        for (int p = 0; p < forms.size(); p++) {
            double[] s = u;
            if (!linear) {
                s = t.slope;
                int r = program.results().get(1 + p);
                t.lanes.binary(Binary.MULTIPLY, t.register(r), 0, u, 0, s, 0, rows * COLUMNS);
                if (partial) {
                    hide(s, 0, rows, sequence, queryBlock, keyBlock);
                }
            }
            spread(t, s, p, group, queryBlock, keyBlock, ofQueries, ofKeys);
        }
        for (int o = 0; ofQueries && o < others.length; o++) {
            int r = program.results().get(1 + forms.size() + o);
            double[] s = t.slope;
            t.lanes.binary(Binary.MULTIPLY, t.register(r), 0, u, 0, s, 0, rows * COLUMNS);
            if (partial) {
                hide(s, 0, rows, sequence, queryBlock, keyBlock);
            }
            others[o][group * problem.queryBlocks() + queryBlock] +=
                    t.lanes.sum(s, 0, rows * COLUMNS);
        }
    }

    private void hide(
            double[] tile, double hidden, int rows, int sequence, int queryBlock, int keyBlock) {
        int at = sequence * problem.extent.n() + queryBlock * ROWS;
        DoubleTile.hide(tile, rows, problem.from, problem.to, at, keyBlock * COLUMNS, hidden);
    }

    /// The gradient `s` of one pairing of a tile, on to the queries and the keys.
    private void spread(
            DoubleTile t,
            double[] s,
            int p,
            int group,
            int queryBlock,
            int keyBlock,
            boolean ofQueries,
            boolean ofKeys) {
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
            int block = b.block(group, keyBlock);
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
        if (ofQueries) {
            int to = (group * problem.extent.n() + i0) * b.stride;
            t.times(
                    rows,
                    b.stride,
                    columns,
                    s,
                    b.rows,
                    b.row(group, j0),
                    toQueries[p],
                    to,
                    b.stride);
        }
        if (ofKeys) {
            int to = (group * problem.extent.m() + j0) * a.stride;
            t.turnedTimes(
                    columns, a.stride, rows, s, a.rows, a.row(group, i0), toKeys[p], to, a.stride);
        }
        if (form == Form.SQUARED_DISTANCE) {
            if (ofQueries) {
                int at = (group * problem.extent.n() + i0) * STRIPE;
                t.rowLoops.addUp(rows, DoubleTile.wide(columns), s, 0, COLUMNS, rowSums[p], at);
            }
            if (ofKeys) {
                int at = (group * problem.keyBlocks() + keyBlock) * COLUMNS;
                for (int i = 0; i < rows; i++) {
                    t.lanes.binary(
                            Binary.ADD,
                            columnSums[p],
                            at,
                            s,
                            i * COLUMNS,
                            columnSums[p],
                            at,
                            COLUMNS);
                }
            }
        }
    }

    /// What is left to do when all tiles of a group are done.
    private void finish(int group) {
        narrow(toValues, dv, values, group);
        for (int p = 0; p < dq.length; p++) {
            DoubleOperand q = problem.queries[p];
            DoubleOperand k = problem.keys[p];
            switch (problem.scores.forms().get(p)) {
                case SQUARED_DISTANCE -> {
                    // ∂s/∂q = 2(q − k): Σⱼ uⱼ·2(q − kⱼ) = 2(q Σⱼ uⱼ − Σⱼ uⱼ kⱼ).
                    for (int i = 0; i < q.count; i++) {
                        int row = (group * q.count + i) * STRIPE;
                        away(toQueries[p], DoubleRows.folded(rowSums[p], row), q, q.row(group, i));
                    }
                    for (int j = 0; j < k.count; j++) {
                        int at = group * problem.keyBlocks() * COLUMNS + j;
                        away(toKeys[p], columnSums[p][at], k, k.row(group, j));
                    }
                    narrow(toQueries[p], dq[p], q, group);
                    narrow(toKeys[p], dk[p], k, group);
                }
                case DOT -> {
                    narrow(toQueries[p], dq[p], q, group);
                    narrow(toKeys[p], dk[p], k, group);
                }
                case L1_DISTANCE, SUM_OF_MINIMA, HARMONIC -> {
                    for (int j = 0; j < k.count; j++) {
                        int from = k.block(group, j / COLUMNS) + j % COLUMNS;
                        for (int l = 0; l < k.width; l++) {
                            dk[p][(group * k.count + j) * k.width + l] +=
                                    packed[p][from + l * COLUMNS];
                        }
                    }
                }
            }
        }
    }

    private static void away(double[] sums, double weight, DoubleOperand x, int row) {
        for (int l = row; l < row + x.width; l++) {
            sums[l] = 2.0 * Math.fma(weight, x.rows[l], -sums[l]);
        }
    }
}
