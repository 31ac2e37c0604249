package nonmercer.text;

/// How large a batch may be.
public sealed interface BatchSize {
    /// At most this many sequences.
    record Sequences(int most) implements BatchSize {
        /// Checks that there is room for one.
        public Sequences {
            if (most < 1) {
                throw new IllegalArgumentException(
                        "a batch must hold at least one sequence, got " + most);
            }
        }
    }

    /// At most this many tokens, padding included: sequences × the longest of them.
    record Tokens(int most) implements BatchSize {
        /// Checks that there is room for one.
        public Tokens {
            if (most < 1) {
                throw new IllegalArgumentException(
                        "a batch must hold at least one token, got " + most);
            }
        }
    }

    /// Whether so many sequences, the longest of this length, are one batch at most.
    default boolean holds(int sequences, int longest) {
        return switch (this) {
            case Sequences s -> sequences <= s.most();
            case Tokens t -> (long) sequences * longest <= t.most();
        };
    }
}
