package nonmercer.data.task;

import java.util.Arrays;
import java.util.List;
import nonmercer.random.RandomStream;

/// Copying after a delay (Hochreiter & Schmidhuber 1997; Arjovsky et al. 2016): symbols, blanks,
/// and as many marks as there were symbols; at mark `i` symbol `i` is asked.
///
/// Tokens: `0 … symbols - 1`, then the blank, then the mark.
///
/// @param symbols the number of different symbols
/// @param count how many are to be copied
/// @param delay the blanks between symbols and marks
public record Copy(int symbols, int count, int delay) implements AnswerTask {
    /// Refuses a copy of nothing.
    public Copy {
        if (symbols < 1 || count < 1 || delay < 0) {
            throw new IllegalArgumentException(
                    "copying needs at least one symbol, one to copy and no negative delay, got "
                            + symbols
                            + ", "
                            + count
                            + " and "
                            + delay);
        }
    }

    @Override
    public int vocabulary() {
        return symbols + 2;
    }

    @Override
    public int longest() {
        return 2 * count + delay;
    }

    @Override
    public Answered draw(RandomStream random) {
        int[] tokens = new int[longest()];
        int[] answers = new int[longest()];
        Arrays.fill(tokens, symbols);
        Arrays.fill(answers, Answered.NOTHING);
        for (int i = 0; i < count; i++) {
            tokens[i] = random.nextInt(symbols);
            tokens[count + delay + i] = symbols + 1;
            answers[count + delay + i] = tokens[i];
        }
        return new Answered(tokens, answers);
    }

    @Override
    public List<Guess> guesses() {
        return List.of(new Guess("a symbol at random", 1.0 / symbols));
    }
}
