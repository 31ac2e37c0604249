package nonmercer.proofs;

/// What a claim found of one subject, or of one mutant.
///
/// @param claim the statement's class and number
/// @param statement with its quantifiers
/// @param source where it is proved
/// @param tolerance the bound in words
/// @param subject whom it was tested on
/// @param verdict what came of it
public record Finding(String claim, String statement, Source source, String tolerance, String subject, Verdict verdict) {
    static Finding of(Claim<?, ?> claim, String subject, Verdict verdict) {
        return new Finding(
                claim.id() + " " + claim.name(),
                claim.statement(),
                claim.source(),
                claim.tolerance().words(),
                subject,
                verdict);
    }

    /// Whether the claim holds of the subject.
    public boolean holds() {
        return verdict instanceof Verdict.Holds;
    }

    /// Whether the claim was refuted, as a mutant must be.
    public boolean refuted() {
        return verdict instanceof Verdict.Refuted;
    }

    /// The statement, its source, the bound, and the verdict with case and seed.
    @Override
    public String toString() {
        return claim + " of " + subject + "\n  says    " + statement + "\n  source  " + source + "\n  bound   " + tolerance
                + "\n  " + verdict;
    }
}
