package nonmercer.proofs;

import java.util.List;
import java.util.Optional;

/// What the ledger holds of one claim.
///
/// @param claim the claim
/// @param verdict holds, if it holds of every subject and refutes every mutant; else the worst
///   finding
/// @param of the name of the subject or mutant that the verdict speaks of, empty if of all
/// @param search what came of the search for a counter-example to the printed statement, where that
///   is wrong
/// @param cases how many were judged, over all subjects
/// @param margin the worst of statistic / bound
/// @param margins statistic / bound of the cases, over all subjects, at most [Ledger#SHOWN] of each
/// @param mutants what became of the mutants
/// @param seconds that judging took
public record Entry(
        Claim<?, ?> claim,
        Verdict verdict,
        String of,
        Optional<Verdict> search,
        long cases,
        double margin,
        List<Double> margins,
        List<Fate> mutants,
        double seconds) {
    /// What became of a mutant.
    ///
    /// @param mutant the wrong code
    /// @param finding the last verdict on it
    /// @param runs the seeds it was judged with
    /// @param killed with how many of them it was refuted
    /// @param margins statistic / bound of its first cases, above 1 or NaN where they refute
    public record Fate(
            Mutant<?> mutant, Finding finding, int runs, int killed, List<Double> margins) {
        /// Whether no seed let it live.
        public boolean dead() {
            return killed == runs;
        }
    }

    /// Whether the claim holds, and has teeth.
    public boolean holds() {
        return verdict instanceof Verdict.Holds;
    }

    /// The verdict in one word: holds, refuted, vacuous or toothless.
    public String word() {
        return switch (verdict) {
            case Verdict.Holds h -> "holds";
            case Verdict.Refuted r -> "refuted";
            case Verdict.Vacuous v -> "vacuous";
            case Verdict.Toothless t -> "toothless";
        };
    }

    /// How many mutants no seed let live.
    public long killed() {
        return mutants.stream().filter(Fate::dead).count();
    }
}
