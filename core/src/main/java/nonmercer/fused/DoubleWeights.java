// twin: float
package nonmercer.fused;

import java.util.Arrays;
import java.util.Optional;
import nonmercer.lanes.Binary;
import nonmercer.lanes.DoubleLanes;
import nonmercer.lanes.Unary;

/// What a tile of scores goes through on its way to weights: bias, mask, exponentials, dropout.
final class DoubleWeights {
    private static final int ROWS = DoubleTile.ROWS;
    private static final int COLUMNS = DoubleTile.COLUMNS;
    private static final int NONE = -1;

    private final DoubleProblem problem;
    private final Scores scores;
    private final Program program;
    private final boolean[] idle;
    private final Optional<Bias> bias;
    private final Optional<Coins> coins;
    private final double[] biases;
    private final Weight[] kinds;
    private final int[] parts; // the result where a term begins
    private final int[] logarithms; // the register of a term's L, but for a scale
    private final double[] scales; // that scale
    private final int last; // the last term that is a logarithm, if there are others

    /// How many terms a weight is the sum of.
    final int terms;

    /// Whether terms have a part `e^L`.
    final boolean logs;

    /// Whether terms have a part `r`.
    final boolean factors;

    /// Whether `e^L` is taken as it is, not relative to a row's shift.
    final boolean whole;

    /// Whether `Σ|w|` is needed.
    final boolean sizes;

    /// Whether the logarithm is `factor` times the one pairing.
    final boolean linear;

    /// Whether a row's shift is at least 0, the logarithm of a term that has none.
    final boolean grounded;

    final double factor;

    DoubleWeights(DoubleProblem problem, Setting setting, Program program, boolean[] idle) {
        this.problem = problem;
        scores = problem.scores;
        this.program = program;
        this.idle = idle.clone();
        bias = setting.bias();
        coins = setting.coins().filter(c -> c.rate() > 0);
        biases = bias.map(b -> b.values().doubles()).orElse(new double[0]);
        terms = scores.terms().size();
        kinds = scores.terms().toArray(new Weight[0]);
        last = terms > 1 ? scores.terms().lastIndexOf(Weight.LOGARITHM) : NONE;
        parts = new int[terms];
        for (int i = 0; i < terms; i++) {
            parts[i] = scores.part(i);
        }
        logs = !scores.isValue() || bias.isPresent();
        factors = !scores.logarithms();
        whole = setting.divisor().kind() == Divisor.Kind.ONE;
        sizes = factors && setting.divisor().sizes();
        linear = scores.linear() && bias.isEmpty();
        grounded = terms > 1 && scores.terms().contains(Weight.VALUE) && bias.isEmpty();
        factor = linear ? DoubleLanes.of(scores.value().factor()) : 1;
        logarithms = new int[terms];
        scales = new double[terms];
        for (int i = 0; i < terms; i++) {
            logarithms[i] = linear ? 0 : program.results().get(parts[i]);
            scales[i] = factor;
            int step = terms > 1 && bias.isEmpty() && log(i) ? program.multiple(parts[i]) : -1;
            if (step >= 0
                    && program.steps().get(step) instanceof Program.Step.Affine multiple
                    && Arrays.stream(logarithms, 0, i).noneMatch(l -> l == multiple.x())) {
                logarithms[i] = multiple.x();
                scales[i] = DoubleLanes.of(multiple.scale());
                this.idle[step] = true;
            }
        }
    }

    /// Whether a term has a part `e^L`.
    boolean log(int term) {
        return kinds[term] != Weight.VALUE || bias.isPresent();
    }

    /// The register of a term's `L`, but for its scale.
    double[] logs(DoubleTile t, int term) {
        return kinds[term] == Weight.VALUE ? t.biases : t.register(logarithms[term]);
    }

    /// The register of a term's `r`.
    double[] factors(DoubleTile t, int term) {
        int last = parts[term] + kinds[term].parts() - 1;
        return t.register(program.results().get(last));
    }

    /// Computes the scores from the pairings, adds the bias and hides what is not seen.
    void score(DoubleTile t, int group, int queryBlock, int keyBlock) {
        int rows = problem.rows(queryBlock);
        if (!linear) {
            t.run(program, idle, rows);
        }
        boolean partial = problem.partial(group, queryBlock, keyBlock);
        for (int i = 0; i < terms; i++) {
            if (bias.isPresent()) {
                boolean value = kinds[i] == Weight.VALUE;
                add(t, logs(t, i), value, bias.get(), group, queryBlock, keyBlock);
            }
            if (partial && log(i)) {
                double hidden = scales[i] > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
                problem.hide(logs(t, i), hidden, group, queryBlock, keyBlock);
            }
            if (partial && kinds[i] != Weight.LOGARITHM) {
                problem.hide(factors(t, i), 0, group, queryBlock, keyBlock);
            }
        }
    }

    private void add(
            DoubleTile t,
            double[] to,
            boolean alone,
            Bias b,
            int group,
            int queryBlock,
            int keyBlock) {
        int columns = problem.columns(keyBlock);
        if (alone) {
            Arrays.fill(to, 0);
        }
        for (int i = 0; i < problem.rows(queryBlock); i++) {
            int from = b.at(group, queryBlock * ROWS + i, keyBlock * COLUMNS, problem.extent);
            int at = i * COLUMNS;
            t.lanes.binary(Binary.ADD, to, at, biases, from, to, at, columns);
        }
    }

    /// Whether a logarithm is above its row's limit.
    boolean exceed(DoubleTile t, int rows, int columns) {
        for (int i = 0; i < terms; i++) {
            if (log(i)
                    && t.rowLoops.exceed(
                            rows, columns, logs(t, i), 0, COLUMNS, scales[i], t.limit, 0)) {
                return true;
            }
        }
        return false;
    }

    /// The largest logarithm of each row, or what stood in `most` if that is larger.
    void maxima(DoubleTile t, int rows, int columns, double[] most) {
        for (int i = 0; i < terms; i++) {
            if (log(i)) {
                double[] l = logs(t, i);
                t.rowLoops.maxima(rows, columns, l, 0, COLUMNS, scales[i], most, 0);
            }
        }
    }

    /// `e^(L − shift)` in the place of `L`.
    private void exponentials(
            DoubleTile t,
            double[] l,
            double scale,
            int rows,
            int columns,
            double[] shifts,
            int first) {
        if (whole) {
            t.lanes.unary(Unary.EXP, l, 0, l, 0, rows * COLUMNS);
        } else {
            t.rowLoops.exponentials(rows, columns, l, 0, COLUMNS, scale, shifts, first);
        }
    }

    /// `Σ r e^(L − shift)`; each `e^L` stays in the place of its `L`.
    double[] weigh(DoubleTile t, int rows, int columns, double[] shifts, int first) {
        return weigh(t, rows, columns, shifts, first, NONE);
    }

    /// [#weigh], and the sums of the rows added to those of the tile. The last term that is a
    /// logarithm is added where it stands.
    double[] addedUp(DoubleTile t, int rows, int columns) {
        double[] w = weigh(t, rows, columns, t.shift, 0, last);
        if (last == NONE) {
            t.rowLoops.addUp(rows, columns, w, 0, COLUMNS, t.sums, 0);
            return w;
        }
        double[] l = logs(t, last);
        t.rowLoops.addedExponentials(
                rows, columns, w, l, 0, COLUMNS, scales[last], t.shift, 0, t.sums, 0);
        return l;
    }

    private double[] weigh(
            DoubleTile t, int rows, int columns, double[] shifts, int first, int without) {
        int n = rows * COLUMNS;
        if (grounded) {
            ground(t, rows, shifts, first);
        }
        double[] sum = t.weights;
        boolean begun = false;
        for (int i = 0; i < terms; i++) {
            if (i == without) {
                continue;
            }
            double[] w;
            if (log(i)) {
                exponentials(t, logs(t, i), scales[i], rows, columns, shifts, first);
            }
            if (kinds[i] == Weight.LOGARITHM) {
                w = logs(t, i);
            } else if (log(i) || grounded && t.shifted) {
                double[] e = powers(t, i);
                w = begun ? t.slope : t.weights;
                t.lanes.binary(Binary.MULTIPLY, factors(t, i), 0, e, 0, w, 0, n);
            } else {
                w = factors(t, i);
            }
            if (begun) {
                t.lanes.binary(Binary.ADD, sum, 0, w, 0, t.weights, 0, n);
                sum = t.weights;
            } else {
                sum = w;
                begun = true;
            }
        }
        return sum;
    }

    /// Whether `e^(L − shift)` of a term is 1 everywhere.
    boolean plain(DoubleTile t, int term) {
        return terms == 1 || !log(term) && !(grounded && t.shifted);
    }

    /// `e^(L − shift)` of a term after [#weigh], where it is not 1 everywhere.
    double[] powers(DoubleTile t, int term) {
        return log(term) ? logs(t, term) : t.powers;
    }

    /// `e^(−shift)`, of a term without `L`, where that is not 1 in every row.
    private static void ground(DoubleTile t, int rows, double[] shifts, int first) {
        t.shifted = false;
        for (int i = 0; i < rows; i++) {
            t.shifted |= shifts[first + i] != 0;
        }
        for (int i = 0; i < rows && t.shifted; i++) {
            double power = t.lanes.one(Unary.EXP, -shifts[first + i]);
            Arrays.fill(t.powers, i * COLUMNS, (i + 1) * COLUMNS, power);
        }
    }

    /// Whether weights are dropped; then the mask of this tile, in [DoubleTile#mask].
    boolean drops(DoubleTile t, int group, int queryBlock, int keyBlock) {
        if (coins.isEmpty()) {
            return false;
        }
        Coins c = coins.get();
        Extent x = problem.extent;
        /*64*/ double keep = 1 - c.rate();
        int first = keyBlock * COLUMNS;
        for (int i = 0; i < problem.rows(queryBlock); i++) {
            int row = group * x.n() + queryBlock * ROWS + i;
            c.stream()
                    .mask(
                            (long) row * x.m() + first,
                            problem.columns(keyBlock),
                            keep,
                            1 / keep,
                            t.mask,
                            i * COLUMNS);
        }
        return true;
    }
}
