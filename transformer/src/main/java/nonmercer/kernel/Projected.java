package nonmercer.kernel;

import java.util.Optional;
import nonmercer.autodiff.Tensor;

/// Positive features whose logarithms are projections: `ln φ_f(q) = q·ω_f + c_f`, up to an offset
/// of the row, which attention does not see, and `ln ψ_f(k) = k·ω_f + c_f − η‖k‖²`, up to a number
/// that all keys have in common.
///
/// @param queries `q`, perhaps scaled: `[…, heads, n, d]`
/// @param keys `k`, likewise
/// @param frequencies `ω`: `[heads, features, d]`, or `[1, features, d]`
/// @param constants `c`: `[heads, features]` or `[1, features]`; empty if all are 0
/// @param norm `η`
public record Projected(
        Tensor queries, Tensor keys, Tensor frequencies, Optional<Tensor> constants, double norm) {}
