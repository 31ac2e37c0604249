package nonmercer.machine;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;

/// The binary kernel learning problem: data from two domains, responses for pairs of them, and a
/// function in each space of a pair (Wright & Gonzalez 2021, Definition 3).
///
/// `min Σ L(zᵢⱼ, f(xᵢ) + g(yⱼ)) + λ/2 ‖f‖² + λ'/2 ‖g‖²`, or with `f(xᵢ) g(yⱼ)`.
///
/// ```java
/// var problem = new BinaryProblem(SpacePair.of(new ExpDot()), x, y, Responses.all(z));
/// BinaryMachine machine = problem.solve(Coupling.ADDITIVE, Objective.of(Loss.squared(), 0.1));
/// Array predicted = machine.predict(otherX, otherY);
/// ```
///
/// @param pair the two spaces
/// @param x the queries, `[n, d]`
/// @param y the keys, `[m, d']`
/// @param responses of the observed pairs
public record BinaryProblem(SpacePair pair, Array x, Array y, Responses responses) {
    private static final int MOST_ROUNDS = 300;
    private static final double STILL = 1e-12; // of the objective

    /// Checks that responses and data fit.
    public BinaryProblem {
        responses.checkOf(x, y);
    }

    /// The minimisers, with a duality gap.
    ///
    /// With [Coupling#PRODUCT] the problem is convex in each function only: the answer is a point
    /// that neither can improve alone, the gap that of these two convex problems, and it is never
    /// the only solution unless it is zero.
    public BinaryMachine solve(Coupling coupling, Objective objective) {
        Trace queries = pair.queries().at(x);
        Trace keys = pair.keys().at(y);
        return switch (coupling) {
            case ADDITIVE -> additive(queries, keys, objective);
            case PRODUCT -> new Alternation(queries, keys, objective).run();
        };
    }

    private BinaryMachine additive(Trace queries, Trace keys, Objective objective) {
        double[] ones = new double[responses.size()];
        Arrays.fill(ones, 1);
        var f = new DualNewton.Term(queries, objective.lambdaQueries(), responses.rowIndex(), ones);
        var g = new DualNewton.Term(keys, objective.lambdaKeys(), responses.columnIndex(), ones);
        var answer =
                Solver.solve(
                        objective.loss(), objective.penalty(), responses.values(), List.of(f, g));
        return machine(
                queries, keys, answer.solution().terms(), Coupling.ADDITIVE, answer.report());
    }

    private BinaryMachine machine(
            Trace queries, Trace keys, List<double[]> c, Coupling coupling, Report report) {
        return new BinaryMachine(
                DualElement.of(pair.queries(), x, queries, c.get(0)).function(),
                DualElement.of(pair.keys(), y, keys, c.get(1)).function(),
                coupling,
                report);
    }

    /// Each function in turn, the other held.
    private final class Alternation {
        private final Trace queries;
        private final Trace keys;
        private final Objective objective;

        Alternation(Trace queries, Trace keys, Objective objective) {
            this.queries = queries;
            this.keys = keys;
            this.objective = objective;
        }

        BinaryMachine run() {
            double[] g = start();
            double[] f = new double[queries.size()];
            double last = Double.POSITIVE_INFINITY;
            double gap = Double.POSITIVE_INFINITY;
            int steps = 0;
            for (int round = 0; round < MOST_ROUNDS; round++) {
                if (round > 0) {
                    double balance = balance(f, g);
                    g = Dense.scaled(g, balance == 0 ? 0 : 1 / balance);
                }
                Solver.Answer first =
                        half(
                                queries,
                                responses.rowIndex(),
                                values(keys, g, responses.columnIndex()),
                                objective.lambdaQueries());
                f = first.solution().terms().getFirst();
                Solver.Answer second =
                        half(
                                keys,
                                responses.columnIndex(),
                                values(queries, f, responses.rowIndex()),
                                objective.lambdaKeys());
                g = second.solution().terms().getFirst();
                steps += first.report().steps() + second.report().steps();
                double penalty = penalty(queries, f, objective.lambdaQueries());
                double now = second.report().objective() + penalty;
                gap = first.report().gap() + second.report().gap();
                if (last - now <= STILL * Math.abs(now)) {
                    last = now;
                    break;
                }
                last = now;
            }
            return machine(
                    queries,
                    keys,
                    List.of(f, g),
                    Coupling.PRODUCT,
                    new Report("alternating Newton in the dual", last, gap, steps, unique(f, g)));
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

        private double[] values(Trace trace, double[] c, int[] point) {
            double[] f = new double[trace.size()];
            trace.energy(c, f);
            return Arrays.stream(point).mapToDouble(i -> f[i]).toArray();
        }

        private double penalty(Trace trace, double[] c, double lambda) {
            double energy = trace.energy(c, new double[c.length]);
            return objective.penalty() == Penalty.HALF_SQUARE
                    ? lambda * energy
                    : lambda * Math.sqrt(2 * energy);
        }

        /// `s` that makes the penalties of `s f` and `g/s` equal: their sum is then least.
        private double balance(double[] f, double[] g) {
            double a = penalty(queries, f, objective.lambdaQueries());
            double b = penalty(keys, g, objective.lambdaKeys());
            if (a == 0 || b == 0) {
                return 0;
            }
            return Math.pow(b / a, objective.penalty() == Penalty.HALF_SQUARE ? 0.25 : 0.5);
        }

        private Uniqueness unique(double[] f, double[] g) {
            boolean zero =
                    queries.energy(f, new double[f.length]) == 0
                            || keys.energy(g, new double[g.length]) == 0;
            return zero
                    ? new Uniqueness.Unknown("the solution found is zero")
                    : new Uniqueness.NotUnique(
                            "f(x) g(y) does not change when both change their sign", "(-f, -g)");
        }
    }
}
