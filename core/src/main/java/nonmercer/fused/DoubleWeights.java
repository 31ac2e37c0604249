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

    private static final int CONSTANT = -1;

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
    private final int[][] slopes; // the registers of a term's derivatives, or
    private final /*64*/ double[][] numbers; // what they are everywhere

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
        parts = new int[terms];
        int count = scores.forms().size() + scores.others();
        slopes = new int[terms][count];
        numbers = new /*64*/ double[terms][count];
        for (int i = 0; i < terms; i++) {
            parts[i] = scores.part(i);
            for (int to = 0; to < count; to++) {
                numbers[i][to] = scores.number(i, to);
                slopes[i][to] =
                        scores.constant(i, to)
                                ? CONSTANT
                                : scores.gradient().results().get(scores.slope(i, to));
            }
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
            if (step >= 0 && program.steps().get(step) instanceof Program.Step.Affine multiple) {
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
        int n = rows * COLUMNS;
        if (grounded) {
            ground(t, rows, shifts, first);
        }
        double[] sum = t.weights;
        for (int i = 0; i < terms; i++) {
            double[] w;
            if (log(i)) {
                exponentials(t, logs(t, i), scales[i], rows, columns, shifts, first);
            }
            if (kinds[i] == Weight.LOGARITHM) {
                w = logs(t, i);
            } else if (log(i) || grounded && t.shifted) {
                double[] e = powers(t, i);
                w = i == 0 ? t.weights : t.slope;
                t.lanes.binary(Binary.MULTIPLY, factors(t, i), 0, e, 0, w, 0, n);
            } else {
                w = factors(t, i);
            }
            if (i == 0) {
                sum = w;
            } else {
                t.lanes.binary(Binary.ADD, sum, 0, w, 0, t.weights, 0, n);
                sum = t.weights;
            }
        }
        return sum;
    }

    /// Whether `e^(L − shift)` of a term is 1 everywhere.
    private boolean plain(DoubleTile t, int term) {
        return terms == 1 || !log(term) && !(grounded && t.shifted);
    }

    /// `e^(L − shift)` of a term after [#weigh], where it is not 1 everywhere.
    private double[] powers(DoubleTile t, int term) {
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

    /// `e^(−L) ∂w/∂s` for a pairing or a further number s, times the gradient u of the weight, in
    /// [DoubleTile#slope].
    double[] slope(DoubleTile t, double[] u, int to, int rows) {
        int n = rows * COLUMNS;
        boolean first = true;
        for (int i = 0; i < terms; i++) {
            /*64*/ double number = numbers[i][to];
            if (number == 0) {
                continue;
            }
            double[] x = plain(t, i) ? u : t.term;
            if (!plain(t, i)) {
                t.lanes.binary(Binary.MULTIPLY, powers(t, i), 0, u, 0, x, 0, n);
            }
            double[] y = first ? t.slope : t.term;
            if (slopes[i][to] == CONSTANT) {
                t.lanes.binary(Binary.MULTIPLY, x, 0, number, y, 0, n);
            } else {
                double[] d = t.register(slopes[i][to]);
                t.lanes.binary(Binary.MULTIPLY, d, 0, x, 0, y, 0, n);
            }
            if (!first) {
                t.lanes.binary(Binary.ADD, t.slope, 0, y, 0, t.slope, 0, n);
            }
            first = false;
        }
        if (first) {
            Arrays.fill(t.slope, 0, n, 0);
        }
        return t.slope;
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
