package nonmercer.attention;

import nonmercer.fused.Divisor;

/// What the weighted sums of the values are divided by: `outᵢ = Σⱼ wᵢⱼ vⱼ / Dᵢ`, for kernels whose
/// weights can be negative. There is no hidden epsilon: what is divided by is one of these.
///
/// For a kernel without negative values all but [None] are the same. A row whose `D` is 0 gives
/// zeros.
public sealed interface Denominator {
    /// `D = Σⱼ wᵢⱼ`, and no kernel that is known to take negative values: then the rows of weights
    /// sum to one and the outputs lie in the convex hull of the values. The default.
    record Refuse() implements Denominator {}

    /// `D = Σⱼ wᵢⱼ` of any sign, kept away from 0: where it is smaller than `guard·Σⱼ|wᵢⱼ|` it is
    /// replaced by that, with its sign (plus for 0). Rows above the guard sum to one; no output is
    /// larger than `1/guard` times the largest value. With a guard of 0 a small sum is divided by
    /// as it is.
    record Signed(double guard) implements Denominator {
        /// Refuses a guard that is no share.
        public Signed {
            var _ = new Divisor(Divisor.Kind.SUM, guard);
        }
    }

    /// `D = Σⱼ|wᵢⱼ|`: no output is larger than the largest value, and rows of weights of both signs
    /// sum to less than one.
    record Absolute() implements Denominator {}

    /// `D = 1`: a plain weighted sum, the integral operator of the kernel.
    record None() implements Denominator {}

    /// The same for the loops.
    default Divisor divisor() {
        return switch (this) {
            case Refuse r -> Divisor.sum();
            case Signed(double guard) -> new Divisor(Divisor.Kind.SUM, guard);
            case Absolute a -> new Divisor(Divisor.Kind.SIZES, 0);
            case None n -> new Divisor(Divisor.Kind.ONE, 0);
        };
    }
}
