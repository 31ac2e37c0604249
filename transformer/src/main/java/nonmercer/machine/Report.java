package nonmercer.machine;

/// How a solver did.
///
/// @param method what solved the problem
/// @param objective the value reached
/// @param gap by how much the value can be above the least one, at most: primal minus dual. For a
///   problem that is not convex, the gap of its convex parts; infinite where nothing bounds the
///   objective from below, so that what is found is a stationary point
/// @param converged whether the gap is at most `10⁻⁶` of the objective; if not, the functions are
///   the best that were found, and `objective - gap` is still a lower bound. Of a stationary point,
///   whether its equations hold to `10⁻⁶` of the responses
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

    /// Of a problem that has one solution, for this reason; it is not known to be found before the
    /// gap is closed.
    static Report ofOne(String method, double objective, double gap, int steps, String reason) {
        boolean close = close(gap, objective);
        return new Report(
                method,
                objective,
                gap,
                close,
                steps,
                close ? new Uniqueness.Unique(reason) : far(reason));
    }

    /// Of a problem that has one solution, where the solver did not find it.
    static Uniqueness far(String reason) {
        return new Uniqueness.Unknown(
                "the problem has one solution ("
                        + reason
                        + "), but the solver did not converge: this may be far from it");
    }
}
