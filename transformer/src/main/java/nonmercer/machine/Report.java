package nonmercer.machine;

/// How a solver did.
///
/// @param method what solved the problem
/// @param objective the value reached
/// @param gap by how much the value can be above the least one, at most: primal minus dual. For a
///   problem that is not convex, the gap of its convex parts
/// @param converged whether the gap is at most `10⁻⁶` of the objective; if not, the functions are
///   the best that were found, and `objective - gap` is still a lower bound
/// @param steps of the solver; 1 where it is a closed form
/// @param uniqueness whether this is the only solution
public record Report(
        String method,
        double objective,
        double gap,
        boolean converged,
        int steps,
        Uniqueness uniqueness) {
    private static final double CLOSE = 1e-6;

    /// Whether a gap counts as closed.
    static boolean close(double gap, double objective) {
        return gap <= CLOSE * Math.abs(objective);
    }
}
