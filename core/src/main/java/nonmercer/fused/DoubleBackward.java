// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Unary;
import nonmercer.parallel.Parallel;

/// The pullback: the tiles of weights are computed again from what the forward pass left of each
/// row.
///
/// With `w = r e^L`, `p = w/D`, `D = Σw` and `δᵢ = ⟨ḡᵢ, outᵢ⟩`: `v̄ⱼ = Σᵢ pᵢⱼ ḡᵢ`, and a pairing s
/// of i and j gets `(⟨ḡᵢ, vⱼ⟩ − δᵢ)/D · ∂w/∂s`. Where D is `±g Σ|w|` instead, `δᵢ` is taken times
/// `±g sgn wᵢⱼ`, and where it is 1, not at all. Dropped weights have no `⟨ḡᵢ, vⱼ⟩`. Every sum goes
/// over blocks in ascending order, so the bits depend neither on the threads nor on whether queries
/// and keys are done in one pass or in two.
final class DoubleBackward {
    private static final int ROWS = DoubleTile.ROWS;
    private static final int COLUMNS = DoubleTile.COLUMNS;

    private final DoubleProblem problem;
    private final DoubleWeights weights;
    private final DoubleSlopes slopes;
    private final DoubleSpread spread;
    private final Setting setting;
    private final DoubleOperand values;
    private final DoubleOperand gradients;
    private final double[] norms;
    private final double[] deltas;
    private final double[] signed;
    private final double[] dv;
    private final double[] dbias;
    private final double[] toValues;
    private final /*64*/ double[][] others;

    DoubleBackward(
            DoubleProblem problem,
            Setting setting,
            DoubleOperand values,
            DoubleOperand gradients,
            double[] norms,
            double[] deltas,
            double[][] dq,
            double[][] dk,
            double[] dv,
            double[] dbias,
            DoubleScratch scratch) {
        this.problem = problem;
        this.weights =
                new DoubleWeights(
                        problem, setting, problem.scores.gradient(), problem.scores.idle());
        this.slopes = new DoubleSlopes(problem.scores, weights);
        this.spread = new DoubleSpread(problem, dq, dk, scratch);
        this.setting = setting;
        this.values = values;
        this.gradients = gradients;
        this.norms = norms;
        this.deltas = deltas;
        this.dv = dv;
        this.dbias = dbias;
        this.toValues = DoubleSpread.wide(dv, values, problem.extent.keyGroups(), scratch);
        this.others =
                new /*64*/ double[problem.scores.others()]
                        [problem.extent.groups() * problem.queryBlocks()];
        this.signed = weights.sizes ? scratch.take(queries()) : new double[0];
        for (int i = 0; i < queries() && weights.factors; i++) {
            double absolute = norms[2 * queries() + i];
            if (weights.sizes) {
                signed[i] = -absolute * deltas[i];
            }
            if (weights.whole || absolute != 0) {
                deltas[i] = 0;
            }
        }
    }

    private int queries() {
        return problem.extent.groups() * problem.extent.n();
    }

    /// Writes the gradients of queries, keys and values, and adds to that of the bias; gives those
    /// of the other numbers.
    /*64*/ double[] run(ThreadLocal<DoubleTile> tiles) {
        Extent x = problem.extent;
        int threads = Parallel.threads();
        int rows = problem.queryBlocks();
        int columns = problem.keyBlocks();
        if (x.keyGroups() % threads == 0 || x.keyGroups() >= 4 * threads) {
            Parallel.forEach(
                    x.keyGroups(),
                    g -> {
                        DoubleTile t = tiles.get();
                        begin(g);
                        for (int j = 0; j < columns; j++) {
                            column(t, g, j, Part.ALL);
                        }
                        finish(t, g);
                    });
        } else {
            Parallel.forEach(x.keyGroups(), this::begin);
            Parallel.forEach(
                    x.keyGroups() * columns,
                    task -> column(tiles.get(), task / columns, task % columns, Part.KEYS));
            Parallel.forEach(
                    x.groups() * rows,
                    task -> {
                        for (int j = 0; j < columns; j++) {
                            block(tiles.get(), task / rows, task % rows, j, Part.QUERIES);
                        }
                    });
            Parallel.forEach(x.keyGroups(), g -> finish(tiles.get(), g));
        }
        setting.bias().filter(b -> dbias.length > 0).ifPresent(b -> ofBias(b, tiles));
        /*64*/ double[] sums = new /*64*/ double[others.length];
        for (int o = 0; o < sums.length; o++) {
            sums[o] = Arrays.stream(others[o]).sum();
        }
        return sums;
    }

    /// What is added up for a group of keys and the groups of queries that read it begins at 0.
    private void begin(int keyGroup) {
        int share = problem.extent.share();
        for (int g = keyGroup * share; g < (keyGroup + 1) * share; g++) {
            spread.beginQueries(g);
        }
        spread.beginKeys(keyGroup);
        DoubleSpread.clear(toValues, keyGroup, values.count * values.stride);
    }

    /// Moves the sums to the arrays that were given.
    private void finish(DoubleTile t, int keyGroup) {
        int share = problem.extent.share();
        for (int g = keyGroup * share; g < (keyGroup + 1) * share; g++) {
            spread.finishQueries(t, g);
        }
        spread.finishKeys(t, keyGroup);
        DoubleSpread.narrow(toValues, dv, values, keyGroup);
    }

    /// A block of keys with all queries of the heads that read it.
    private void column(DoubleTile t, int keyGroup, int keyBlock, Part part) {
        int share = problem.extent.share();
        for (int g = keyGroup * share; g < (keyGroup + 1) * share; g++) {
            for (int i = 0; i < problem.queryBlocks(); i++) {
                block(t, g, i, keyBlock, part);
            }
        }
    }

    /// A pass for the bias alone, since groups that share a plane of it cannot go side by side; nor
    /// can blocks of queries that share the numbers of a relative one.
    private void ofBias(Bias bias, ThreadLocal<DoubleTile> tiles) {
        int pieces = bias.relative() ? 1 : problem.queryBlocks();
        int height = bias.relative() ? problem.queryBlocks() : 1;
        Parallel.forEach(
                bias.planes() * pieces,
                task -> {
                    for (int g = 0; g < problem.extent.groups(); g++) {
                        if (bias.plane(g, problem.extent) == task / pieces) {
                            int first = task % pieces;
                            for (int i = first; i < first + height; i++) {
                                for (int j = 0; j < problem.keyBlocks(); j++) {
                                    block(tiles.get(), g, i, j, Part.BIAS);
                                }
                            }
                        }
                    }
                });
    }

    private void block(DoubleTile t, int group, int queryBlock, int keyBlock, Part part) {
        if (!problem.meet(group, queryBlock, keyBlock)) {
            return;
        }
        Extent x = problem.extent;
        int keyGroup = x.keyGroup(group);
        int rows = problem.rows(queryBlock);
        int columns = problem.columns(keyBlock);
        int first = group * x.n() + queryBlock * ROWS;
        int g = gradients.row(group, queryBlock * ROWS);
        Program program = problem.scores.gradient();
        t.fit(program.registers(), 0);
        problem.pair(t, group, queryBlock, keyBlock);
        double[] w = weigh(t, group, queryBlock, keyBlock);
        boolean drops = weights.drops(t, group, queryBlock, keyBlock);
        if (part.keys()) {
            double[] kept = w;
            if (drops) {
                kept = t.slope;
                t.lanes.binary(Binary.MULTIPLY, w, 0, t.mask, 0, kept, 0, rows * COLUMNS);
            }
            t.turnedTimes(
                    columns,
                    gradients.stride,
                    rows,
                    kept,
                    gradients.rows,
                    g,
                    toValues,
                    (keyGroup * x.m() + keyBlock * COLUMNS) * gradients.stride,
                    gradients.stride);
        }
        double[] u = t.gradient;
        t.product(
                rows,
                columns,
                x.e(),
                gradients.rows,
                g,
                gradients.stride,
                values.packed,
                values.block(keyGroup, keyBlock),
                u);
        if (drops) {
            t.lanes.binary(Binary.MULTIPLY, u, 0, t.mask, 0, u, 0, rows * COLUMNS);
        }
        centre(t, w, u, rows, DoubleTile.wide(columns), first);
        if (problem.partial(group, queryBlock, keyBlock)) {
            problem.hide(u, 0, group, queryBlock, keyBlock);
        }
        pass(t, w, u, group, queryBlock, keyBlock, part);
    }

    /// The pairings to weights; `e^L` stays in its register, and `r` in its.
    private double[] weigh(DoubleTile t, int group, int queryBlock, int keyBlock) {
        int rows = problem.rows(queryBlock);
        weights.score(t, group, queryBlock, keyBlock);
        int wide = DoubleTile.wide(problem.columns(keyBlock));
        int first = group * problem.extent.n() + queryBlock * ROWS;
        int shifts = weights.factors ? queries() + first : first;
        return weights.weigh(t, rows, wide, norms, shifts);
    }

    /// `⟨ḡᵢ, vⱼ⟩` to the gradient of `L`, or, where there is an `r`, of it.
    private void centre(DoubleTile t, double[] w, double[] u, int rows, int wide, int first) {
        if (weights.terms == 1 && !weights.factors) {
            t.rowLoops.centredProducts(
                    rows, wide, w, 0, u, 0, COLUMNS, deltas, first, weights.factor);
            return;
        }
        t.rowLoops.centre(rows, wide, u, 0, COLUMNS, deltas, first);
        if (weights.sizes) {
            t.lanes.unary(Unary.SIGN, w, 0, t.slope, 0, rows * COLUMNS);
            for (int i = 0; i < rows; i++) {
                int row = i * COLUMNS;
                t.lanes.addScaled(signed[first + i], t.slope, row, u, row, COLUMNS);
            }
        }
        if (weights.terms == 1 && weights.logs) {
            double[] l = weights.logs(t, 0);
            t.lanes.binary(Binary.MULTIPLY, u, 0, l, 0, u, 0, rows * COLUMNS);
        }
    }

    /// The gradient of a tile of weights, on to the bias, the pairings and the other numbers.
    private void pass(
            DoubleTile t,
            double[] w,
            double[] u,
            int group,
            int queryBlock,
            int keyBlock,
            Part part) {
        if (part == Part.BIAS) {
            ofBias(t, w, u, group, queryBlock, keyBlock);
            return;
        }
        int pairings = problem.scores.forms().size();
        boolean[] joined = new boolean[pairings];
        for (int p = 0; p < pairings; p++) {
            int source = problem.sources[p];
            if (source != p) {
                double[] s = slope(t, u, p, group, queryBlock, keyBlock);
                spread.takeNear(t, s, p, group, queryBlock, keyBlock, part);
                spread.addUp(t, s, p, group, queryBlock, keyBlock, part);
                join(t, s, joined[source], problem.rows(queryBlock) * COLUMNS);
                joined[source] = true;
            }
        }
        for (int p = 0; p < pairings; p++) {
            if (problem.sources[p] == p) {
                double[] s = slope(t, u, p, group, queryBlock, keyBlock);
                if (joined[p]) {
                    int n = problem.rows(queryBlock) * COLUMNS;
                    t.lanes.binary(Binary.ADD, s, 0, t.shared, 0, t.slope, 0, n);
                    s = t.slope;
                }
                spread.spread(t, s, p, group, queryBlock, keyBlock, part);
            }
        }
        for (int o = 0; part.queries() && o < others.length; o++) {
            double[] s = slope(t, u, pairings + o, group, queryBlock, keyBlock);
            others[o][group * problem.queryBlocks() + queryBlock] +=
                    t.lanes.sum(s, 0, problem.rows(queryBlock) * COLUMNS);
        }
    }

    /// `−2s`, what a squared distance gives to the dot product it is made of.
    private static void join(DoubleTile t, double[] s, boolean more, int n) {
        if (more) {
            t.lanes.addScaled(-2, s, 0, t.shared, 0, n);
        } else {
            t.lanes.binary(Binary.MULTIPLY, s, 0, -2, t.shared, 0, n);
        }
    }

    /// The gradient of a pairing or a further number, and 0 at what is not seen.
    private double[] slope(
            DoubleTile t, double[] u, int to, int group, int queryBlock, int keyBlock) {
        if (weights.linear) {
            return u;
        }
        double[] s = slopes.times(t, u, to, problem.rows(queryBlock));
        if (problem.partial(group, queryBlock, keyBlock)) {
            problem.hide(s, 0, group, queryBlock, keyBlock);
        }
        return s;
    }

    private void ofBias(
            DoubleTile t, double[] w, double[] u, int group, int queryBlock, int keyBlock) {
        Bias b = setting.bias().orElseThrow();
        int rows = problem.rows(queryBlock);
        double[] s = u;
        if (weights.terms > 1 || weights.factors) {
            s = t.slope;
            double[] by = weights.terms > 1 ? w : weights.factors(t, 0);
            t.lanes.binary(Binary.MULTIPLY, u, 0, by, 0, s, 0, rows * COLUMNS);
        }
        for (int i = 0; i < rows; i++) {
            int to = b.at(group, queryBlock * ROWS + i, keyBlock * COLUMNS, problem.extent);
            t.lanes.binary(
                    Binary.ADD, dbias, to, s, i * COLUMNS, dbias, to, problem.columns(keyBlock));
        }
    }
}
