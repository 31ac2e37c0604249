package nonmercer.data.task;

import java.util.Arrays;

/// A sequence of tokens and the number of its class.
public record Classified(int[] tokens, int label) implements Example {
    /// Refuses an empty sequence.
    public Classified {
        if (tokens.length == 0) {
            throw new IllegalArgumentException("a sequence to classify needs at least one token");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Classified c && c.label == label && Arrays.equals(c.tokens, tokens);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(tokens) + label;
    }

    @Override
    public String toString() {
        return Arrays.toString(tokens) + " -> " + label;
    }
}
