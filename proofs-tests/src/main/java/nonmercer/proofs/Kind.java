package nonmercer.proofs;

/// What a passed claim is worth: how its cases were judged.
public enum Kind {
    /// Bit for bit, or in exact arithmetic.
    EXACT("exact"),
    /// In floating point, within a bound that holds for every case: a true claim is never refuted.
    NUMERICAL("within derived rounding"),
    /// As above, on random points in general position: points too special for float64 could refute
    /// a true claim, with the stated probability.
    GENERIC("within derived rounding, in general position"),
    /// By a quantity that fluctuates: a true claim is refuted with the stated probability.
    STATISTICAL("within standard errors");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /// The kind in words.
    public String words() {
        return words;
    }
}
