package nonmercer.machine;

/// How a machine is punished for the norm of a function.
public enum Penalty {
    /// `λ/2 ‖f‖²`: strictly convex, so that the solution is unique.
    HALF_SQUARE,
    /// `λ ‖f‖`: convex and strictly increasing, which is NOT enough for a unique solution: along a
    /// ray it is linear, and a loss that is not strictly convex can undo it.
    NORM
}
