package nonmercer.baseline;

/// What a word of a text counts.
public enum Weighting {
    /// How often it occurs.
    COUNTS,
    /// `count · (ln((1 + n)/(1 + df)) + 1)`, the row scaled to length 1: `df` of the `n` training
    /// texts have the word.
    TF_IDF
}
