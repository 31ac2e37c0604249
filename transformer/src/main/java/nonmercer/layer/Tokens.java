package nonmercer.layer;

import java.util.Arrays;
import java.util.List;
import nonmercer.attention.Mask;

/// A batch of token sequences padded to one length.
///
/// @param ids the tokens, sequence after sequence, `batch · length` of them; what stands past a
///   sequence's length is padding
/// @param batch the number of sequences
/// @param length the common length
/// @param lengths the number of tokens of each sequence that count
public record Tokens(int[] ids, int batch, int length, int[] lengths) {
    /// Checks that the counts agree and that no sequence is longer than the common length.
    public Tokens {
        if (ids.length != batch * length || lengths.length != batch) {
            throw new IllegalArgumentException(
                    "tokens: "
                            + batch
                            + " sequences of length "
                            + length
                            + " are "
                            + batch * length
                            + " ids and "
                            + batch
                            + " lengths, got "
                            + ids.length
                            + " and "
                            + lengths.length);
        }
        for (int l : lengths) {
            if (l < 0 || l > length) {
                throw new IllegalArgumentException(
                        "tokens: a sequence of "
                                + l
                                + " tokens among sequences of length "
                                + length);
            }
        }
    }

    /// Sequences padded at the end, with this id, to the longest of them.
    public static Tokens padded(List<int[]> sequences, int padding) {
        int length = sequences.stream().mapToInt(s -> s.length).max().orElse(0);
        int[] ids = new int[sequences.size() * length];
        Arrays.fill(ids, padding);
        int[] lengths = new int[sequences.size()];
        for (int b = 0; b < lengths.length; b++) {
            int[] s = sequences.get(b);
            System.arraycopy(s, 0, ids, b * length, s.length);
            lengths[b] = s.length;
        }
        return new Tokens(ids, lengths.length, length, lengths);
    }

    /// The mask that hides the padding.
    public Mask mask() {
        return Arrays.stream(lengths).allMatch(l -> l == length)
                ? Mask.none()
                : Mask.lengths(lengths);
    }

    /// The number of tokens that count.
    public int count() {
        return Arrays.stream(lengths).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tokens t
                && t.length == length
                && Arrays.equals(t.ids, ids)
                && Arrays.equals(t.lengths, lengths);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return "Tokens[" + batch + " x " + length + "]";
    }
}
