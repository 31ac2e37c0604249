package nonmercer.machine;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.machine.DualNewton.Part;

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
    /// Checks that responses and data fit.
    public BinaryProblem {
        responses.checkOf(x, y);
    }

    /// The minimisers, with a duality gap.
    ///
    /// With [Coupling#PRODUCT] the problem is convex in each function only: the answer is a point
    /// that neither can improve alone, the gap that of these two convex problems, each with the
    /// other function as it is; rounds that run out have not converged. It is the only solution if
    /// it is zero and that is proved to be the least ([BilinearBound]); where something is better
    /// than zero, there is always a second one.
    public BinaryMachine solve(Coupling coupling, Objective objective) {
        Trace queries = pair.queries().at(x);
        Trace keys = pair.keys().at(y);
        return switch (coupling) {
            case ADDITIVE -> additive(queries, keys, objective, Method.NEWTON);
            case PRODUCT -> {
                var found = new Alternation(queries, keys, responses, objective).run();
                yield machine(queries, keys, found.parts(), Coupling.PRODUCT, found.report());
            }
        };
    }

    /// The minimisers with the additive coupling, by this method.
    public BinaryMachine additive(Objective objective, Method method) {
        return additive(pair.queries().at(x), pair.keys().at(y), objective, method);
    }

    private BinaryMachine additive(Trace queries, Trace keys, Objective objective, Method method) {
        double[] ones = new double[responses.size()];
        Arrays.fill(ones, 1);
        var f = new DualNewton.Term(queries, objective.lambdaQueries(), responses.rowIndex(), ones);
        var g = new DualNewton.Term(keys, objective.lambdaKeys(), responses.columnIndex(), ones);
        var answer =
                Solver.solve(
                        method,
                        objective.loss(),
                        objective.penalty(),
                        responses.values(),
                        List.of(f, g));
        return machine(
                queries, keys, answer.solution().terms(), Coupling.ADDITIVE, answer.report());
    }

    private BinaryMachine machine(
            Trace queries, Trace keys, List<Part> parts, Coupling coupling, Report report) {
        return new BinaryMachine(
                DualElement.of(pair.queries(), x, queries, parts.get(0).c())
                        .function(parts.get(0).v()),
                DualElement.of(pair.keys(), y, keys, parts.get(1).c()).function(parts.get(1).v()),
                coupling,
                report);
    }
}
