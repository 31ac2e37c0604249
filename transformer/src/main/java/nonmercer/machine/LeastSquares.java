package nonmercer.machine;

/// A solved least-squares problem in a kernel's functions.
///
/// @param model the function
/// @param gap `½‖z - (K + λ) c‖²`: what the objective is above the least one, at most
/// @param steps of the solver, 0 for a factorisation
public record LeastSquares(KernelModel model, double gap, int steps) {}
