package nonmercer.machine;

import java.util.Arrays;
import java.util.Optional;
import nonmercer.array.Array;

/// A space seen at finitely many points `x₁ … xₙ`: what a solver needs of it.
///
/// Coefficients `c` stand for the element `h = Σ cᵢ κ(xᵢ, ·)` of the dual space, and so for the
/// function `f = J⁻¹(h)` of this one.
public interface Trace {
    /// The number of points.
    int size();

    /// `½‖h‖² = ½‖f‖²`; writes its derivative, which is `f(xᵢ)`.
    double energy(double[] c, double[] values);

    /// By how much rounding can have moved what [#energy] returns, at most; writes the same of each
    /// value. Nothing but where sums cancel that a root magnifies.
    default double rounding(double[] c, double[] values) {
        Arrays.fill(values, 0);
        return 0;
    }

    /// `∂f(xᵢ)/∂cⱼ`, symmetric positive semidefinite, `[n, n]`.
    Array curvature(double[] c);

    /// `⟨Φ(xᵢ), Φ(xⱼ)⟩` in `ℓ²`, `[n, n]`: singular exactly if the sections at the points are
    /// linearly dependent.
    Array gram();

    /// The features `Φ(xᵢ)`, `[n, D]`, where there are finitely many.
    default Optional<Array> features() {
        return Optional.empty();
    }

    /// The norm of the functions' coefficients.
    Lp norm();

    /// `f` at other points of the same domain.
    double[] extend(double[] c, Array points);
}
