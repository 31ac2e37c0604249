package nonmercer.lanes;

/// An elementwise function of two arguments. Comparisons give 1 where they hold, else 0 (also at
/// NaN).
public enum Binary {
    /// a + b.
    ADD,
    /// a − b.
    SUBTRACT,
    /// a·b.
    MULTIPLY,
    /// a/b.
    DIVIDE,
    /// The larger; NaN if either is; 0 is larger than −0.
    MAXIMUM,
    /// The smaller; NaN if either is; −0 is smaller than 0.
    MINIMUM,
    /// aᵇ as e^(b·ln a), for a ≥ 0 (NaN below); 1 when b = 0. The relative error grows as |b·ln
    /// a|·u.
    POWER,
    /// a > b.
    GREATER,
    /// a ≥ b.
    GREATER_EQUAL,
    /// a < b.
    LESS,
    /// a ≤ b.
    LESS_EQUAL,
    /// a = b.
    EQUAL
}
