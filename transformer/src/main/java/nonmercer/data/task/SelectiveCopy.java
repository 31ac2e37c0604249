package nonmercer.data.task;

import java.util.Arrays;
import java.util.List;
import nonmercer.random.RandomStream;

/// Selective copying (Jing et al. 2019; Gu & Dao 2023): symbols at random places among blanks, then
/// as many marks; at mark `i` symbol `i` is asked, whatever the gaps were.
///
/// Tokens: `0 … symbols - 1`, then the blank, then the mark.
///
/// @param symbols the number of different symbols
/// @param count how many are to be copied
/// @param span the places they are spread over, at least as many
public record SelectiveCopy(int symbols, int count, int span) implements AnswerTask {
    /// Refuses a copy of nothing and too narrow a span.
    public SelectiveCopy {
        if (symbols < 1 || count < 1 || span < count) {
            throw new IllegalArgumentException(
                    "selective copying needs at least one symbol, one to copy and as many places, got "
                            + symbols
                            + ", "
                            + count
                            + " and "
                            + span);
        }
    }

    @Override
    public int vocabulary() {
        return symbols + 2;
    }

    @Override
    public int longest() {
        return span + count;
    }

    @Override
    public Answered draw(RandomStream random) {
        int[] tokens = new int[longest()];
        int[] answers = new int[longest()];
        Arrays.fill(tokens, symbols);
        Arrays.fill(answers, Answered.NOTHING);
        int[] places = Arrays.copyOf(random.permutation(span), count);
        Arrays.sort(places);
        for (int i = 0; i < count; i++) {
            tokens[places[i]] = random.nextInt(symbols);
            tokens[span + i] = symbols + 1;
            answers[span + i] = tokens[places[i]];
        }
        return new Answered(tokens, answers);
    }

    @Override
    public List<Guess> guesses() {
        return List.of(new Guess("a symbol at random", 1.0 / symbols));
    }
}
