package nonmercer.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// Sequences of similar length put together, so that little of a batch is padding.
///
/// A batch is an array of places in the list of sequences. Each sequence is in exactly one batch.
public final class Batches {
    /// Lengths are blurred by up to this share before they are sorted, so that an epoch's batches
    /// differ from the last's.
    private static final double BLUR = 0.1;

    private Batches() {}

    /// Batches for one epoch of training: sorted by length up to random noise of 10 %, then in
    /// random order.
    ///
    /// @param lengths the length of each sequence; for pairs, the longer of the two
    /// @param random decides the order; the same stream gives the same batches
    /// @throws IllegalArgumentException if one sequence alone is more than a batch
    public static List<int[]> shuffled(int[] lengths, BatchSize size, RandomGenerator random) {
        double[] key = new double[lengths.length];
        for (int i = 0; i < key.length; i++) {
            key[i] = (lengths[i] + random.nextDouble()) * (1 + BLUR * random.nextDouble());
        }
        List<int[]> batches = cut(lengths, key, size);
        for (int i = batches.size() - 1; i > 0; i--) { // Fisher and Yates
            Collections.swap(batches, i, random.nextInt(i + 1));
        }
        return batches;
    }

    /// Batches for evaluation: by length, the shortest first; sequences of one length in their own
    /// order.
    ///
    /// @throws IllegalArgumentException if one sequence alone is more than a batch
    public static List<int[]> sorted(int[] lengths, BatchSize size) {
        return cut(lengths, Arrays.stream(lengths).asDoubleStream().toArray(), size);
    }

    private static List<int[]> cut(int[] lengths, double[] key, BatchSize size) {
        Integer[] order = new Integer[lengths.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(key[a], key[b]));
        List<int[]> batches = new ArrayList<>();
        int start = 0;
        int longest = 0;
        for (int end = 0; end < order.length; end++) {
            int length = lengths[order[end]];
            if (!size.holds(1, length)) {
                throw new IllegalArgumentException(
                        "sequence "
                                + order[end]
                                + " has "
                                + length
                                + " tokens, more than a batch may hold: "
                                + size);
            }
            if (!size.holds(end - start + 1, Math.max(longest, length))) {
                batches.add(places(order, start, end));
                start = end;
                longest = 0;
            }
            longest = Math.max(longest, length);
        }
        if (start < order.length) {
            batches.add(places(order, start, order.length));
        }
        return batches;
    }

    private static int[] places(Integer[] order, int start, int end) {
        return Arrays.stream(order, start, end).mapToInt(i -> i).toArray();
    }
}
