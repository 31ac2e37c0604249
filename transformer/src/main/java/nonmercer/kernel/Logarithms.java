package nonmercer.kernel;

import nonmercer.autodiff.Tensor;

/// The logarithms of positive features in two parts: `ln φ_f(xᵢ) = scores_if + offset_i`.
///
/// @param scores `[…, n, features]`
/// @param offset `[…, n, 1]`
public record Logarithms(Tensor scores, Tensor offset) {
    /// Their sum.
    public Tensor sum() {
        return scores.add(offset);
    }
}
