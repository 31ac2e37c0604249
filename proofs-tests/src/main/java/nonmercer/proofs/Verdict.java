package nonmercer.proofs;

import org.jspecify.annotations.Nullable;

/// What a claim's cases say of a subject.
public sealed interface Verdict {
    /// No case refutes it.
    ///
    /// @param cases how many were judged
    /// @param margin the worst of statistic / bound: 0 where the bound is 0; near 1 is tight, far
    ///   below is slack
    record Holds(int cases, double margin) implements Verdict {
        @Override
        public String toString() {
            return "holds in %d cases, margin %.2g".formatted(cases, margin);
        }
    }

    /// A case contradicts it. A statistic that is NaN is a contradiction, and so is an exception.
    ///
    /// @param found the case
    /// @param shrunk a simpler case that contradicts it too
    /// @param seed of the run that found it
    /// @param statistic in the shrunk case
    /// @param bound what the statistic should not have exceeded
    /// @param thrown what the subject threw in that case, if it did
    record Refuted(
            Object found,
            Object shrunk,
            long seed,
            double statistic,
            double bound,
            @Nullable Throwable thrown)
            implements Verdict {
        /// The shrunk case in words.
        public String simplest() {
            return Show.of(shrunk);
        }

        @Override
        public String toString() {
            String what =
                    thrown == null
                            ? "statistic %.6g, bound %.6g".formatted(statistic, bound)
                            : "it threw " + thrown;
            return "refuted: "
                    + what
                    + "\n  case    "
                    + simplest()
                    + "\n  found   "
                    + Show.of(found)
                    + "\n  seed    "
                    + seed;
        }
    }

    /// Nothing was learnt: telling cases were too few, or the tolerance let everything through.
    record Vacuous(String reason) implements Verdict {
        @Override
        public String toString() {
            return "vacuous: " + reason;
        }
    }

    /// The claim let this mutant live.
    record Toothless(String mutant) implements Verdict {
        @Override
        public String toString() {
            return "toothless: it does not refute the mutant '" + mutant + "'";
        }
    }
}
