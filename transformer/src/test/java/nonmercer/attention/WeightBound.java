package nonmercer.attention;

import java.util.List;
import nonmercer.fused.Divisor;
import nonmercer.fused.Scores;
import nonmercer.fused.Weight;

/// The weights of one query and what they are divided by, and how far they may be off in arithmetic
/// of unit roundoff `u`.
///
/// With a bias `b` a weight is `w = Σ r e^(L + b − most)`, a term without `L` taking `L = 0`. Off
/// by `a`: each logarithm by its own error, that of the bias and a rounding of the sum, its
/// distance from the shift by 6 roundings of the largest logarithm and `ln m`; the exponential and
/// its product with `r` by some more. Weights below the normal numbers are lost. Where nothing is
/// divided by, nothing is subtracted either.
///
/// The divisor moves with the weights by `D′ − D = Σ χ Δw + ρ`, where `χ = ∂D/∂w` and ρ is what the
/// sum itself rounds: χ is 1 for `Σw`, `sgn w` for `Σ|w|`, `±g sgn w` for `±g Σ|w|`, 0 for none. So
/// `1/|D′| ≤ by = 1/(|D| − Σ|χ|a − |ρ|)`.
///
/// Where the roundings decide, χ may jump, by as much as `doubts` says: by `2|χ|` for a weight that
/// may have either sign, by `1 + g` in a row whose `|Σw|` and `g Σ|w|` cannot be told apart; the
/// divisors of its two cases differ by no more than these two. Where the sign of `Σw` cannot be
/// told under the guard, mean and weights may turn round: `turn` is 2, else 0. A divisor that may
/// be 0 bounds nothing.
final class WeightBound {
    /// A term `r e^(L − most)` of a weight.
    ///
    /// @param power `e^(L − most)`
    /// @param powerOff how far that may be off
    /// @param off how far the term may be off
    record Term(double value, double power, double powerOff, double off) {}

    private static final double NO_BOUND = 0x1p500;

    final int seen;
    final Term[][] terms;
    final double[] weights;
    final double[] offs;
    final double[] slopes;
    final double[] doubts;
    final double divisor;

    /// Whether there is nothing to divide, nor to divide by.
    final boolean zero;

    final double rounding;
    final double by;
    final double turn;

    /// What `1/D` may be off, relative to itself, before it may turn round.
    final double relative;

    private final Scores scores;
    private final List<List<RunningError>> parts;
    private final RunningError[] biases;
    private final double u;
    private final boolean whole;
    private double most = Double.NEGATIVE_INFINITY;
    private double size;

    /// @param parts the results of the scores' program for each key, none where it is not seen
    /// @param biases a number for each key, or none
    WeightBound(
            Scores scores,
            Divisor of,
            List<List<RunningError>> parts,
            RunningError[] biases,
            double u) {
        this.scores = scores;
        this.parts = parts;
        this.biases = biases;
        this.u = u;
        whole = of.kind() == Divisor.Kind.ONE;
        int m = parts.size();
        int count = scores.terms().size();
        seen = (int) parts.stream().filter(p -> !p.isEmpty()).count();
        findMost(count);
        terms = new Term[m][count];
        weights = new double[m];
        offs = new double[m];
        slopes = new double[m];
        doubts = new double[m];
        double sum = 0;
        double sizes = 0;
        double off = 0;
        double added = 0;
        for (int j = 0; j < m; j++) {
            double total = 0;
            for (int t = 0; t < count && sees(j); t++) {
                terms[j][t] = term(j, t);
                weights[j] += terms[j][t].value;
                offs[j] += terms[j][t].off;
                total += Math.abs(terms[j][t].value);
            }
            offs[j] += FusedBound.gamma(count - 1, u) * total;
            sum += weights[j];
            sizes += Math.abs(weights[j]);
            off += offs[j];
            added += FusedBound.gamma(seen + 4, u) * total;
        }
        double guard = scores.logarithms() || of.kind() != Divisor.Kind.SUM ? 0 : of.guard();
        boolean absolute = of.kind() == Divisor.Kind.SIZES;
        double least = guard * sizes;
        double room = Math.abs(sum) - least;
        double told =
                (1 + guard) * (off + added) + FusedBound.gamma(4, u) * (least + Math.abs(sum));
        boolean under = room < 0;
        boolean either = guard > 0 && Math.abs(room) <= told;
        double share = under ? Math.copySign(guard, sum) : absolute ? 1 : 0;
        for (int j = 0; j < m; j++) {
            slopes[j] = whole ? 0 : under || absolute ? share * Math.signum(weights[j]) : 1;
            boolean jumps = !whole && Math.abs(weights[j]) <= offs[j];
            doubts[j] = either ? 1 + guard : jumps ? 2 * Math.abs(share) : 0;
        }
        divisor = whole ? 1 : absolute ? sizes : under ? Math.copySign(least, sum) : sum;
        zero = !whole && sizes == 0;
        rounding =
                whole
                        ? 0
                        : (under && !either ? guard : 1) * added
                                + (guard > 0 ? FusedBound.gamma(4, u) * least : 0)
                                + (either ? Math.abs(room) : 0);
        turn = (under || either) && Math.abs(sum) <= off + added ? 2 : 0;
        double moves = rounding;
        for (int j = 0; j < m; j++) {
            moves += (Math.abs(slopes[j]) + doubts[j]) * offs[j];
        }
        relative = moves / Math.abs(divisor);
        by = moves < Math.abs(divisor) ? 1 / (Math.abs(divisor) - moves) : NO_BOUND;
    }

    boolean sees(int j) {
        return !parts.get(j).isEmpty();
    }

    /// Whether a term has a logarithm.
    private boolean log(int t) {
        return scores.terms().get(t) != Weight.VALUE || biases.length > 0;
    }

    /// The logarithm of a term.
    private RunningError logarithm(int j, int t) {
        RunningError l =
                scores.terms().get(t) == Weight.VALUE
                        ? new RunningError(0, 0)
                        : parts.get(j).get(scores.part(t));
        if (biases.length == 0) {
            return l;
        }
        double sum = l.value() + biases[j].value();
        return new RunningError(sum, l.error() + biases[j].error() + u * Math.abs(sum));
    }

    private void findMost(int count) {
        for (int j = 0; j < parts.size() && !whole; j++) {
            for (int t = 0; t < count && sees(j) && (log(t) || count > 1); t++) {
                double l = logarithm(j, t).value();
                most = Math.max(most, l);
                size = Math.max(size, Math.abs(l));
            }
        }
        most = most == Double.NEGATIVE_INFINITY ? 0 : most;
    }

    private Term term(int j, int t) {
        Weight kind = scores.terms().get(t);
        int factor = scores.part(t) + (kind == Weight.SCALED ? 1 : 0);
        RunningError r =
                kind == Weight.LOGARITHM ? new RunningError(1, 0) : parts.get(j).get(factor);
        RunningError l = logarithm(j, t);
        boolean one = !log(t) && (whole || scores.terms().size() == 1);
        double power = Math.exp(l.value() - most);
        double shift = whole ? 0 : 6 * u * (size + Math.log(parts.size()));
        double relative = l.error() + FusedBound.gamma(16, u) + shift;
        double powerOff = one ? 0 : power * relative + parts.size() * FusedBound.tiny(u);
        double value = r.value() * power;
        double off =
                Math.abs(r.value()) * powerOff
                        + r.error() * power
                        + FusedBound.gamma(4, u) * Math.abs(value);
        return new Term(value, power, powerOff, off);
    }
}
