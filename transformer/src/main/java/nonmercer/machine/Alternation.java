package nonmercer.machine;

import java.util.Arrays;
import java.util.List;
import nonmercer.machine.DualNewton.Part;

/// Minimises `Σ L(zᵢⱼ, f(xᵢ) g(yⱼ))` and the penalties in each function in turn, the other held.
final class Alternation {
    private static final int MOST_ROUNDS = 300;
    private static final double STILL = 1e-12; // of the objective

    private static final double[] STRENGTHS = {3, 1000}; // of the least start that is not zero's

    private final Trace queries;
    private final Trace keys;
    private final Responses responses;
    private final Objective objective;

    /// @param parts the two functions
    record Found(List<Part> parts, Report report) {}

    Alternation(Trace queries, Trace keys, Responses responses, Objective objective) {
        this.queries = queries;
        this.keys = keys;
        this.responses = responses;
        this.objective = objective;
    }

    Found run() {
        double zero = 0;
        for (double z : responses.values()) {
            zero += objective.loss().value(z, 0);
        }
        if (zeroIsLeast()) {
            Uniqueness unique =
                    new Uniqueness.Unique(
                            "zero is the only minimiser: λ is above what f(x) g(y) can gain for its norms");
            return zero(new Report("bound at zero", zero, 0, true, 0, unique));
        }
        Part start = new Part(start(), null);
        Found best = from(start, zero);
        for (double strength : objective.penalty() == Penalty.NORM ? STRENGTHS : new double[0]) {
            Found other = from(strong(start, strength), zero);
            best = other.report.objective() < best.report.objective() ? other : best;
        }
        return best;
    }

    /// With the norms as penalties zero cannot be left from near it: the penalty of `s f g` grows
    /// as `√s`. A start `s g` so large that f is not zero, balanced with that f.
    private Part strong(Part g, double strength) {
        double[] byKey = g.values(keys);
        double[] slopes = new double[responses.size()];
        for (int o = 0; o < slopes.length; o++) {
            slopes[o] = -objective.loss().slope(responses.value(o), 0);
        }
        double[] weight = each(byKey, responses.columnIndex());
        var term =
                new DualNewton.Term(
                        queries, objective.lambdaQueries(), responses.rowIndex(), weight);
        double gain = Certificate.norm(term, slopes);
        if (!(gain > 0)) {
            return g;
        }
        Part large = g.scaled(strength * objective.lambdaQueries() / gain);
        double[] there = each(large.values(keys), responses.columnIndex());
        Part f =
                half(queries, responses.rowIndex(), there, objective.lambdaQueries())
                        .solution()
                        .terms()
                        .getFirst();
        double balance = balance(f, large);
        return balance == 0 ? g : large.scaled(1 / balance);
    }

    private Found from(Part start, double zero) {
        Part g = start;
        Part f = new Part(new double[queries.size()], null);
        double last = Double.POSITIVE_INFINITY;
        double gap = Double.POSITIVE_INFINITY;
        int steps = 0;
        boolean still = false;
        for (int round = 0; round < MOST_ROUNDS && !still; round++) {
            if (round > 0) {
                double balance = balance(f, g);
                g = g.scaled(balance == 0 ? 0 : 1 / balance);
            }
            double[] byKey = g.values(keys);
            Solver.Answer first =
                    half(
                            queries,
                            responses.rowIndex(),
                            each(byKey, responses.columnIndex()),
                            objective.lambdaQueries());
            f = first.solution().terms().getFirst();
            double[] byQuery = f.values(queries);
            Solver.Answer second =
                    half(
                            keys,
                            responses.columnIndex(),
                            each(byQuery, responses.rowIndex()),
                            objective.lambdaKeys());
            g = second.solution().terms().getFirst();
            steps += first.report().steps() + second.report().steps();
            double penalty = penalty(f.norm(queries), objective.lambdaQueries());
            double now = second.report().objective() + penalty;
            gap = second.report().gap();
            still = last - now <= STILL * Math.abs(now);
            last = now;
        }
        gap += gapOfQueries(g, last);
        String method = "alternating Newton in the dual";
        // The sums of the losses round by less than a few units for each response.
        double rounding = 4 * responses.size() * 0x1p-53 * zero;
        if (!(last < zero - rounding)) {
            Uniqueness unknown =
                    new Uniqueness.Unknown(
                            "zero is as good as what was found, but not proved best");
            return zero(
                    new Report(
                            method, zero, gap, still && Report.close(gap, zero), steps, unknown));
        }
        Uniqueness twin =
                new Uniqueness.NotUnique(
                        "f(x) g(y) does not change when both change their sign", "(-f, -g)");
        return new Found(
                List.of(f, g), new Report(method, last, gap, Report.close(gap, last), steps, twin));
    }

    /// What f could gain at most while this g is held: the last problem solved was that of g.
    private double gapOfQueries(Part g, double value) {
        double[] byKey = g.values(keys);
        Report best =
                half(
                                queries,
                                responses.rowIndex(),
                                each(byKey, responses.columnIndex()),
                                objective.lambdaQueries())
                        .report();
        double ownValue = value - penalty(g.norm(keys), objective.lambdaKeys());
        return Math.max(0, ownValue - (best.objective() - best.gap()));
    }

    private Found zero(Report report) {
        return new Found(
                List.of(
                        new Part(new double[queries.size()], null),
                        new Part(new double[keys.size()], null)),
                report);
    }

    /// `L(z, t) ≥ L(z, 0) + s t` and `|Σ s f g| ≤ B ‖f‖ ‖g‖ < √(λλ') ‖f‖ ‖g‖ ≤ (λ‖f‖² + λ'‖g‖²)/2`.
    private boolean zeroIsLeast() {
        if (objective.penalty() != Penalty.HALF_SQUARE) {
            return false;
        }
        double[] s = new double[responses.size()];
        for (int o = 0; o < s.length; o++) {
            s[o] = objective.loss().slope(responses.value(o), 0);
        }
        double bound = BilinearBound.of(queries, keys, responses, s);
        double least = Math.sqrt(objective.lambdaQueries()) * Math.sqrt(objective.lambdaKeys());
        return bound < least;
    }

    /// The leading right singular vector of the responses, by power iteration, as coefficients.
    private double[] start() {
        double[] v = new double[keys.size()];
        Arrays.setAll(v, j -> 1 + 0.1 * Math.cos(j));
        for (int round = 0; round < 30; round++) {
            double[] u = new double[queries.size()];
            for (int o = 0; o < responses.size(); o++) {
                u[responses.row(o)] += responses.value(o) * v[responses.column(o)];
            }
            double[] next = new double[v.length];
            for (int o = 0; o < responses.size(); o++) {
                next[responses.column(o)] += responses.value(o) * u[responses.row(o)];
            }
            double norm = Math.sqrt(Dense.dot(next, next));
            if (norm == 0) {
                return v;
            }
            v = Dense.scaled(next, 1 / norm);
        }
        return v;
    }

    private Solver.Answer half(Trace trace, int[] point, double[] weight, double lambda) {
        var term = new DualNewton.Term(trace, lambda, point, weight);
        return Solver.solve(
                objective.loss(), objective.penalty(), responses.values(), List.of(term));
    }

    private static double[] each(double[] f, int[] point) {
        return Arrays.stream(point).mapToDouble(i -> f[i]).toArray();
    }

    private double penalty(double norm, double lambda) {
        return objective.penalty() == Penalty.HALF_SQUARE
                ? lambda * norm * norm / 2
                : lambda * norm;
    }

    /// `s` that makes the penalties of `s f` and `g/s` equal: their sum is then least.
    private double balance(Part f, Part g) {
        double a = penalty(f.norm(queries), objective.lambdaQueries());
        double b = penalty(g.norm(keys), objective.lambdaKeys());
        if (a == 0 || b == 0) {
            return 0;
        }
        return Math.pow(b / a, objective.penalty() == Penalty.HALF_SQUARE ? 0.25 : 0.5);
    }
}
