package nonmercer.machine;

import nonmercer.array.Array;

/// One space of a pair of reproducing kernel Banach spaces: functions `f(x) = ⟨Φ(x), v⟩` with the
/// norm of `v`.
///
/// The other space of the pair lives on the other domain; [#kernel] reaches over to it. A solver
/// sees the space at the points of its data only ([#at]).
public interface Space {
    /// The norm of the functions' coefficients.
    Lp norm();

    /// `κ(xᵢ, yⱼ)`, points of this space's domain `[n, d]` against points of the other's `[m, d']`:
    /// `[n, m]`.
    Array kernel(Array points, Array others);

    /// This space seen at these points, `[n, d]`.
    Trace at(Array points);
}
