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

    private final DoubleProblem problem;
    private final Weight weight;
    private final Optional<Bias> bias;
    private final Optional<Coins> coins;
    private final double[] biases;

    /// Whether weights have a part `e^L`.
    final boolean logs;

    /// Whether weights have a part `r`.
    final boolean factors;

    /// Whether `e^L` is taken as it is, not relative to a row's shift.
    final boolean whole;

    /// Whether `Σ|w|` is needed.
    final boolean sizes;

    /// Whether the logarithm is `factor` times the one pairing.
    final boolean linear;

    final double factor;

    DoubleWeights(DoubleProblem problem, Setting setting) {
        this.problem = problem;
        Scores s = problem.scores;
        weight = s.weight();
        bias = setting.bias();
        coins = setting.coins().filter(c -> c.rate() > 0);
        biases = bias.map(b -> b.values().doubles()).orElse(new double[0]);
        logs = weight != Weight.VALUE || bias.isPresent();
        factors = weight != Weight.LOGARITHM;
        whole = setting.divisor().kind() == Divisor.Kind.ONE;
        sizes = factors && setting.divisor().sizes();
        linear = s.linear() && bias.isEmpty();
        factor = linear ? DoubleLanes.of(s.value().factor()) : 1;
    }

    /// The register of `L`.
    double[] logs(DoubleTile t, Program program) {
        return weight == Weight.VALUE
                ? t.biases
                : t.register(linear ? 0 : program.results().getFirst());
    }

    /// The register of `r`.
    double[] factors(DoubleTile t, Program program) {
        return t.register(program.results().get(weight.parts() - 1));
    }

    /// Computes the scores from the pairings, adds the bias and hides what is not seen.
    void score(DoubleTile t, Program program, int group, int queryBlock, int keyBlock) {
        int rows = problem.rows(queryBlock);
        if (!linear) {
            t.run(program, rows);
        }
        if (bias.isPresent()) {
            add(t, logs(t, program), bias.get(), group, queryBlock, keyBlock);
        }
        if (problem.partial(group, queryBlock, keyBlock)) {
            if (logs) {
                double hidden = factor > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
                problem.hide(logs(t, program), hidden, group, queryBlock, keyBlock);
            }
            if (factors) {
                problem.hide(factors(t, program), 0, group, queryBlock, keyBlock);
            }
        }
    }

    private void add(DoubleTile t, double[] to, Bias b, int group, int queryBlock, int keyBlock) {
        int columns = problem.columns(keyBlock);
        if (weight == Weight.VALUE) {
            Arrays.fill(to, 0);
        }
        for (int i = 0; i < problem.rows(queryBlock); i++) {
            int from = b.at(group, queryBlock * ROWS + i, keyBlock * COLUMNS, problem.extent);
            int at = i * COLUMNS;
            t.lanes.binary(Binary.ADD, to, at, biases, from, to, at, columns);
        }
    }

    /// `e^(L − shift)` in the place of `L`.
    void exponentials(DoubleTile t, double[] l, int rows, int columns, double[] shifts, int first) {
        if (whole) {
            t.lanes.unary(Unary.EXP, l, 0, l, 0, rows * COLUMNS);
        } else {
            t.rowLoops.exponentials(rows, columns, l, 0, COLUMNS, factor, shifts, first);
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
