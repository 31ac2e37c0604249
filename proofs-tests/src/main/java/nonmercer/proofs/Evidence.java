package nonmercer.proofs;

/// What a passed claim rests on.
public enum Evidence {
    /// A bound that holds for every case: no seed refutes a true claim.
    EXACT("no seed refutes a true claim"),
    /// A finite-sample bound that is a theorem: the probability that a fresh seed refutes a true
    /// claim, [Claim#falseAlarm], is charged to the suite's budget, [#BUDGET].
    BUDGETED("within the suite's budget of false alarms"),
    /// Asymptotic or empirical: judged with seeds of its own, which no seed of a run changes, and
    /// outside the budget.
    PINNED("with fixed seeds");

    /// The probability, at most, that a run of all budgeted claims with a fresh seed refutes a true
    /// one.
    public static final double BUDGET = 1e-6;

    private final String words;

    Evidence(String words) {
        this.words = words;
    }

    /// The evidence in words.
    public String words() {
        return words;
    }
}
