package nonmercer.kernel;

import java.util.Arrays;

/// What is known of a property, and why.
public sealed interface Evidence {
    /// Nothing is known. Not the same as false.
    Evidence UNKNOWN = new Unknown();

    /// True, by a proof in this source or by this reason.
    record Proved(String source) implements Evidence {
        /// Refuses an empty source.
        public Proved {
            if (source.isBlank()) {
                throw new IllegalArgumentException("a proof needs a source or a reason");
            }
        }

        @Override
        public String toString() {
            return "yes: " + source;
        }
    }

    /// False: the witness is a counter-example, recomputed by [Trait#violation(Kernel,
    /// double[][])].
    record Refuted(double[][] witness, String reason) implements Evidence {
        @Override
        public String toString() {
            return "no: " + reason + ", witness " + Arrays.deepToString(witness);
        }
    }

    /// Not known.
    record Unknown() implements Evidence {
        @Override
        public String toString() {
            return "unknown";
        }
    }
}
