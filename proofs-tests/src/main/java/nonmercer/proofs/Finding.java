package nonmercer.proofs;

/// What a claim found of one subject, or of one mutant.
///
/// @param claim the claim
/// @param subject the name of the code it was tested on
/// @param verdict what came of it
public record Finding(Claim<?, ?> claim, String subject, Verdict verdict) {
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
        double chance = claim.falseAlarm();
        return """
        %s %s of %s
          says    %s
          source  %s
          bound   %s
          chance  %s
          %s\
        """
                .formatted(
                        claim.id(),
                        claim.name(),
                        subject,
                        claim.statement(),
                        claim.source(),
                        claim.tolerance().words(),
                        chance == 0
                                ? "none: a true claim is never refuted"
                                : "at most %.2g that a fresh seed refutes a true claim"
                                        .formatted(chance),
                        verdict);
    }
}
