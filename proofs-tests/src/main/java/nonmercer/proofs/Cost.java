package nonmercer.proofs;

/// How long one judgement of a claim takes, mutants included, on two cores of a machine of the
/// 2020s: the ledger begins with what takes longest, and the quick profile leaves out what takes
/// minutes.
public enum Cost {
    /// Less than a second.
    MOMENT("less than a second"),

    /// Less than ten seconds.
    SECONDS("seconds"),

    /// A training run or a long sweep: for the thorough profile only, which repeats it with no
    /// second seed.
    MINUTES("minutes: thorough profile only");

    private final String words;

    Cost(String words) {
        this.words = words;
    }

    /// The cost in words.
    public String words() {
        return words;
    }
}
