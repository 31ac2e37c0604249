package nonmercer.data.task;

import java.util.List;
import nonmercer.random.RandomStream;

/// A needle in a haystack of bytes: one marker, byte 255, at a uniform place; the byte after it is
/// the class. The other bytes are uniform on `0 … 254`.
///
/// To read it, attention must put far more than `1/length` of its weight on one token.
///
/// @param length the bytes of a sequence, at least 2
/// @param classes at most 255
public record Needle(int length, int classes) implements ClassTask {
    /// The byte before the one that is asked.
    public static final int MARKER = 255;

    /// Refuses a sequence without room and classes that are no bytes.
    public Needle {
        if (length < 2 || classes < 2 || classes > MARKER) {
            throw new IllegalArgumentException(
                    "a needle needs at least 2 bytes and 2 to 255 classes, got "
                            + length
                            + " and "
                            + classes);
        }
    }

    @Override
    public int vocabulary() {
        return MARKER + 1;
    }

    @Override
    public int longest() {
        return length;
    }

    @Override
    public Classified draw(RandomStream random) {
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++) {
            tokens[i] = random.nextInt(MARKER);
        }
        int at = random.nextInt(length - 1);
        int label = random.nextInt(classes);
        tokens[at] = MARKER;
        tokens[at + 1] = label;
        return new Classified(tokens, label);
    }

    /// The class whose byte is there most often, the first of equals: what can be said without
    /// regard to the order.
    public int mostFrequent(int[] tokens) {
        int[] counts = new int[classes];
        for (int t : tokens) {
            if (t < classes) {
                counts[t]++;
            }
        }
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = counts[c] > counts[best] ? c : best;
        }
        return best;
    }

    @Override
    public List<Guess> guesses() {
        return List.of(new Guess("a class at random", 1.0 / classes));
    }
}
