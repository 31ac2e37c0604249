package nonmercer.metric;

/// What BLEU does about n-gram orders without a match (Chen and Cherry 2014).
public sealed interface Smoothing {
    /// Nothing: one such order makes the score 0.
    record None() implements Smoothing {}

    /// The `i`-th such order counts as `2⁻ⁱ` matches; the rule of `mteval-v13a.pl` and sacrebleu's
    /// default.
    record Exponential() implements Smoothing {}

    /// Each such order counts as this many matches.
    record Floor(double matches) implements Smoothing {}

    /// Orders from 2 get this many n-grams more, all of them matches.
    record AddK(double k) implements Smoothing {}
}
