package nonmercer.data.task;

import java.util.List;
import nonmercer.random.RandomStream;

/// Long-range retrieval: two documents of random symbols, each with an identifier hidden after a
/// marker; class 1 if the identifiers are equal, class 0 if not, each half of the time.
///
/// The documents stand one after the other, a separator between them; the places of the identifiers
/// are independent and uniform. Of unequal ones a uniform number of symbols, 1 to all, differs.
/// Tokens: `0 … symbols - 1`, then the marker, then the separator.
///
/// @param document the tokens of a document, marker and identifier included
/// @param identifier the symbols of an identifier
/// @param symbols the number of different symbols, at least 2
public record Retrieval(int document, int identifier, int symbols) implements ClassTask {
    /// Refuses a document without room for its identifier.
    public Retrieval {
        if (identifier < 1 || symbols < 2 || document <= identifier) {
            throw new IllegalArgumentException(
                    "retrieval needs an identifier, 2 symbols, and a document longer than the"
                            + " identifier, got "
                            + identifier
                            + ", "
                            + symbols
                            + " and "
                            + document);
        }
    }

    /// Documents of 4,000 bytes with identifiers of 16.
    public static Retrieval longRange() {
        return new Retrieval(4000, 16, 256);
    }

    @Override
    public int vocabulary() {
        return symbols + 2;
    }

    @Override
    public int classes() {
        return 2;
    }

    @Override
    public int longest() {
        return 2 * document + 1;
    }

    @Override
    public Classified draw(RandomStream random) {
        int label = random.nextInt(2);
        int[] first = new int[identifier];
        for (int i = 0; i < identifier; i++) {
            first[i] = random.nextInt(symbols);
        }
        int[] second = first.clone();
        if (label == 0) {
            int differ = 1 + random.nextInt(identifier);
            int[] places = random.permutation(identifier);
            for (int i = 0; i < differ; i++) {
                int at = places[i];
                second[at] = (first[at] + 1 + random.nextInt(symbols - 1)) % symbols;
            }
        }
        int[] tokens = new int[longest()];
        write(first, tokens, 0, random);
        tokens[document] = symbols + 1;
        write(second, tokens, document + 1, random);
        return new Classified(tokens, label);
    }

    private void write(int[] id, int[] tokens, int from, RandomStream random) {
        for (int i = 0; i < document; i++) {
            tokens[from + i] = random.nextInt(symbols);
        }
        int at = from + random.nextInt(document - identifier);
        tokens[at] = symbols;
        System.arraycopy(id, 0, tokens, at + 1, identifier);
    }

    @Override
    public List<Guess> guesses() {
        return List.of(new Guess("a class at random", 0.5));
    }
}
