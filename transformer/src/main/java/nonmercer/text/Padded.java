package nonmercer.text;

import java.util.Arrays;
import java.util.List;

/// Sequences of different lengths as the rows of one table, filled up behind with a padding token.
///
/// @param tokens row-major, `rows × length`
/// @param rows the number of sequences
/// @param length the longest sequence, at least 1
/// @param lengths the length of each sequence
public record Padded(int[] tokens, int rows, int length, int[] lengths) {
    /// These sequences, padded to the longest.
    public static Padded of(List<int[]> sequences, int padding) {
        int length = Math.max(1, sequences.stream().mapToInt(s -> s.length).max().orElse(0));
        int[] tokens = new int[sequences.size() * length];
        int[] lengths = new int[sequences.size()];
        Arrays.fill(tokens, padding);
        for (int r = 0; r < lengths.length; r++) {
            int[] sequence = sequences.get(r);
            lengths[r] = sequence.length;
            System.arraycopy(sequence, 0, tokens, r * length, sequence.length);
        }
        return new Padded(tokens, lengths.length, length, lengths);
    }

    /// One number for each place: 1 where there is a token, 0 where there is padding. `rows ×
    /// length`.
    public float[] mask() {
        float[] mask = new float[tokens.length];
        for (int r = 0; r < rows; r++) {
            Arrays.fill(mask, r * length, r * length + lengths[r], 1f);
        }
        return mask;
    }

    /// The number of tokens that are not padding.
    public int count() {
        return Arrays.stream(lengths).sum();
    }
}
