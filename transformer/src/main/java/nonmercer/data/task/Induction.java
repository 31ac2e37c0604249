package nonmercer.data.task;

import java.util.Arrays;
import java.util.List;
import nonmercer.random.RandomStream;

/// The induction head (Olsson et al. 2022): random tokens, of which the last one stands once
/// before; asked is the token that followed it there.
///
/// The earlier place is uniform on `0 … length - 3`, every other token uniform on the rest of the
/// vocabulary.
///
/// @param vocabulary the number of different tokens, at least 2
/// @param length of a sequence, at least 3
public record Induction(int vocabulary, int length) implements AnswerTask {
    /// Refuses sequences in which nothing could follow.
    public Induction {
        if (vocabulary < 2 || length < 3) {
            throw new IllegalArgumentException(
                    "induction needs at least 2 tokens and a length of at least 3, got "
                            + vocabulary
                            + " and "
                            + length);
        }
    }

    @Override
    public int longest() {
        return length;
    }

    @Override
    public Answered draw(RandomStream random) {
        int asked = random.nextInt(vocabulary);
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++) { // any but the one asked
            tokens[i] = (asked + 1 + random.nextInt(vocabulary - 1)) % vocabulary;
        }
        int before = random.nextInt(length - 2);
        tokens[before] = asked;
        tokens[length - 1] = asked;
        int[] answers = new int[length];
        Arrays.fill(answers, Answered.NOTHING);
        answers[length - 1] = tokens[before + 1];
        return new Answered(tokens, answers);
    }

    @Override
    public List<Guess> guesses() {
        return List.of(new Guess("another token at random", 1.0 / (vocabulary - 1)));
    }
}
