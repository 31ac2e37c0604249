package nonmercer.proofs;

import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// A statement that is in print or in circulation and is wrong, in a form that a search can refute:
/// the ledger draws cases until one contradicts it, and simplifies that one.
///
/// A [Claim] that asserts the negation, or what is right instead, carries it. The claim is vacuous
/// while no case contradicts what is printed.
///
/// @param <C> one case
/// @param statement the sentence, with its quantifiers
/// @param cases what the sentence quantifies over: not the counter-examples one knows
/// @param statistic what the sentence says is small in a case
/// @param bound how large that may be, rounding included, before the case contradicts
/// @param why the bound in words
public record Printed<C>(
        String statement,
        Supplier<Cases<C>> cases,
        ToDoubleFunction<C> statistic,
        ToDoubleFunction<C> bound,
        String why) {
    /// Refuses a blank sentence.
    public Printed {
        if (statement.isBlank()) {
            throw new IllegalArgumentException("a printed statement needs its sentence");
        }
    }

    /// A sentence of which every case leaves the statistic at 0.
    public static <C> Printed<C> exact(
            String statement, Supplier<Cases<C>> cases, ToDoubleFunction<C> statistic) {
        return new Printed<>(statement, cases, statistic, c -> 0, "exactly 0");
    }

    /// A sentence of which no case has a statistic above the bound.
    public static <C> Printed<C> of(
            String statement,
            Supplier<Cases<C>> cases,
            ToDoubleFunction<C> statistic,
            ToDoubleFunction<C> bound,
            String why) {
        return new Printed<>(statement, cases, statistic, bound, why);
    }
}
