package nonmercer.fused;

/// What a weighted sum of values is divided by. Only weights that can be negative tell the
/// difference between the sums.
///
/// @param kind which number
/// @param guard of a sum, in `[0, 1]`: a sum that is smaller than this share of `Σ|w|` is replaced
///   by this share, with the sum's sign
public record Divisor(Kind kind, double guard) {
    /// Which number.
    public enum Kind {
        /// `Σw`.
        SUM,
        /// `Σ|w|`.
        SIZES,
        /// 1.
        ONE
    }

    /// Refuses a guard that is no share.
    public Divisor {
        if (!(guard >= 0 && guard <= 1)) {
            throw new IllegalArgumentException(
                    "a guard is a share of the sum of the sizes, in [0, 1], got " + guard);
        }
    }

    /// `Σw`, not guarded.
    public static Divisor sum() {
        return new Divisor(Kind.SUM, 0);
    }

    /// Whether `Σ|w|` is looked at.
    boolean sizes() {
        return kind == Kind.SIZES || kind == Kind.SUM && guard > 0;
    }
}
