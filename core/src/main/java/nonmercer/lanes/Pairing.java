package nonmercer.lanes;

/// A number made of two vectors, coordinate by coordinate: `Σ_l f(q_l, k_l)`.
public enum Pairing {
    /// Σ min(q_l, k_l). Its gradient goes to the smaller coordinate, half to each at a tie.
    SUM_OF_MINIMA,
    /// Σ |q_l − k_l|. Its gradient is 0 at a tie.
    L1_DISTANCE,
    /// Σ (q_l − k_l)², by differences: exact zeros, no cancellation.
    SQUARED_DISTANCE,
    /// Σ 2 q_l k_l/(q_l + k_l) over the coordinates where both are positive: the sum of the
    /// harmonic means. Its gradient is 0 in the others.
    HARMONIC
}
