package nonmercer.machine;

/// How a solver did.
///
/// @param method what solved the problem
/// @param objective the value reached
/// @param gap by how much the value can be above the least one, at most: primal minus dual. For a
///   problem that is not convex, the gap of its convex parts
/// @param steps of the solver; 1 where it is a closed form
/// @param uniqueness whether this is the only solution
public record Report(
        String method, double objective, double gap, int steps, Uniqueness uniqueness) {}
