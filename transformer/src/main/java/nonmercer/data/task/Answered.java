package nonmercer.data.task;

import java.util.Arrays;

/// A sequence of tokens and the token to give at each place, seen from there back: -1 where nothing
/// is asked.
public record Answered(int[] tokens, int[] answers) implements Example {
    /// No answer is asked for here.
    public static final int NOTHING = -1;

    /// Refuses another number of answers than of tokens, and a sequence that asks nothing.
    public Answered {
        if (tokens.length != answers.length) {
            throw new IllegalArgumentException(
                    "there must be one answer a token, -1 where nothing is asked; got "
                            + answers.length
                            + " answers for "
                            + tokens.length
                            + " tokens");
        }
        if (Arrays.stream(answers).noneMatch(a -> a >= 0)) {
            throw new IllegalArgumentException("the sequence asks nothing: every answer is -1");
        }
    }

    /// How many places are asked.
    public int asked() {
        return (int) Arrays.stream(answers).filter(a -> a >= 0).count();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Answered a
                && Arrays.equals(a.tokens, tokens)
                && Arrays.equals(a.answers, answers);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(tokens) + Arrays.hashCode(answers);
    }

    @Override
    public String toString() {
        return Arrays.toString(tokens) + " -> " + Arrays.toString(answers);
    }
}
