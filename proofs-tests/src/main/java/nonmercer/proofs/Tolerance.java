package nonmercer.proofs;

import java.util.function.ToDoubleBiFunction;

/// How large a claim's statistic may be, with the reason: there is no bare epsilon.
///
/// @param <S> the code the claim is about
/// @param <C> one case
public sealed interface Tolerance<S, C> {
    /// The largest statistic that does not refute the claim in this case.
    double bound(S subject, C c);

    /// The bound in words, with its derivation.
    String words();

    /// The probability that a true claim is refuted in one run of so many cases with a fresh seed;
    /// 0 where the bound holds for every case.
    default double falseAlarm(int cases) {
        return 0;
    }

    /// The statistic is 0: bits are compared, or the arithmetic is exact.
    record Exact<S, C>() implements Tolerance<S, C> {
        @Override
        public double bound(S subject, C c) {
            return 0;
        }

        @Override
        public String words() {
            return "exactly 0";
        }
    }

    /// `γₙ · magnitude`, `γₙ = n u / (1 - n u)`: `n` counted roundings of unit `u` (Higham 2002,
    /// Lemma 3.1).
    record Rounding<S, C>(
            double unit,
            ToDoubleBiFunction<S, C> roundings,
            ToDoubleBiFunction<S, C> magnitude,
            String why)
            implements Tolerance<S, C> {
        /// The unit roundoff of float64, `2⁻⁵³`.
        public static final double DOUBLE = 0x1p-53;

        /// The unit roundoff of float32, `2⁻²⁴`.
        public static final double FLOAT = 0x1p-24;

        /// `γₙ`; infinite when the roundings leave no digit.
        public static double gamma(double roundings, double unit) {
            double nu = roundings * unit;
            return nu < 1 ? nu / (1 - nu) : Double.POSITIVE_INFINITY;
        }

        @Override
        public double bound(S subject, C c) {
            return gamma(roundings.applyAsDouble(subject, c), unit)
                    * magnitude.applyAsDouble(subject, c);
        }

        @Override
        public String words() {
            return why;
        }
    }

    /// The remainder of a series cut off.
    record Truncation<S, C>(ToDoubleBiFunction<S, C> remainder, String why)
            implements Tolerance<S, C> {
        @Override
        public double bound(S subject, C c) {
            return remainder.applyAsDouble(subject, c);
        }

        @Override
        public String words() {
            return why;
        }
    }

    /// `z` standard errors of a mean of many.
    record StandardErrors<S, C>(double z, ToDoubleBiFunction<S, C> standardError, String why)
            implements Tolerance<S, C> {
        @Override
        public double bound(S subject, C c) {
            return z * standardError.applyAsDouble(subject, c);
        }

        @Override
        public String words() {
            return z + " standard errors: " + why;
        }

        /// At most `2 φ(z)/z` a case: the tail of the normal distribution.
        @Override
        public double falseAlarm(int cases) {
            return Math.min(1, cases * 2 * Math.exp(-z * z / 2) / (z * Math.sqrt(2 * Math.PI)));
        }
    }

    /// A bound that is itself a theorem.
    record Bound<S, C>(ToDoubleBiFunction<S, C> bound, String why) implements Tolerance<S, C> {
        @Override
        public double bound(S subject, C c) {
            return bound.applyAsDouble(subject, c);
        }

        @Override
        public String words() {
            return why;
        }
    }

    /// See [Exact].
    static <S, C> Tolerance<S, C> exact() {
        return new Exact<>();
    }

    /// See [Rounding], in float64.
    static <S, C> Tolerance<S, C> rounding(
            ToDoubleBiFunction<S, C> roundings, ToDoubleBiFunction<S, C> magnitude, String why) {
        return new Rounding<>(Rounding.DOUBLE, roundings, magnitude, why);
    }

    /// See [Truncation].
    static <S, C> Tolerance<S, C> truncation(ToDoubleBiFunction<S, C> remainder, String why) {
        return new Truncation<>(remainder, why);
    }

    /// See [StandardErrors].
    static <S, C> Tolerance<S, C> standardErrors(
            double z, ToDoubleBiFunction<S, C> standardError, String why) {
        return new StandardErrors<>(z, standardError, why);
    }

    /// See [Bound].
    static <S, C> Tolerance<S, C> bound(ToDoubleBiFunction<S, C> bound, String why) {
        return new Bound<>(bound, why);
    }
}
