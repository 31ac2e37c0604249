package nonmercer.machine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import nonmercer.array.Array;

/// `min Σᵢ L(zᵢ, f(xᵢ)) + λ/2 ‖f‖²` over one space (Lin, Zhang & Zhang 2019, Corollary 4.8).
///
/// ```java
/// SpacePair pair = SpacePair.of(new TaylorExp(6), 1.5);
/// Fitted fitted = new RegularisationNetwork(pair.queries(), x, z).solve(Objective.of(Loss.squared(), 0.1));
/// double[] there = fitted.function().at(others);
/// ```
///
/// @param space the functions
/// @param x the points, `[n, d]`
/// @param z a response for each
public record RegularisationNetwork(Space space, Array x, double[] z) {
    /// Checks the lengths and copies the responses.
    public RegularisationNetwork {
        z = checked(x, z);
    }

    /// A copy of the responses, one for each point.
    static double[] checked(Array x, double[] z) {
        Dense.checkPoints("the points", x);
        if (x.dim(0) != z.length || z.length == 0) {
            throw new IllegalArgumentException(
                    "a response for each point is needed, and at least one, got "
                            + z.length
                            + " for "
                            + x.dim(0));
        }
        Responses.checkFinite(z);
        return z.clone();
    }

    /// The minimiser. The penalty is that of the queries.
    public Fitted solve(Objective objective) {
        return solve(objective, Method.NEWTON);
    }

    /// The minimiser, by this method.
    public Fitted solve(Objective objective, Method method) {
        Trace trace = space.at(x);
        double[] ones = new double[z.length];
        Arrays.fill(ones, 1);
        var term =
                new DualNewton.Term(
                        trace,
                        objective.lambdaQueries(),
                        IntStream.range(0, z.length).toArray(),
                        ones);
        var answer = Solver.solve(method, objective.loss(), objective.penalty(), z, List.of(term));
        DualNewton.Part f = answer.solution().terms().getFirst();
        return new Fitted(DualElement.of(space, x, trace, f.c()).function(f.v()), answer.report());
    }

    /// A fitted function.
    public record Fitted(Function function, Report report) {}
}
