package nonmercer.machine;

/// How a convex machine is solved; the certificate of the solution is the same.
public enum Method {
    /// Newton's method, in the dual or along a central path: any loss, norm and penalty; a system
    /// of all points is factorised at each step, n³ operations.
    NEWTON,
    /// L-BFGS in the dual, `n²` operations a step, for many points; takes losses with a smooth dual
    /// and the penalty `λ/2 ‖·‖²`. Up to 2000 responses, Newton's method ends what it leaves open.
    LBFGS
}
