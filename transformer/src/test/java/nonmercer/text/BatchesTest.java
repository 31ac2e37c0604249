package nonmercer.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import nonmercer.io.BadInputException;
import org.junit.jupiter.api.Test;

class BatchesTest {
    @Provide
    Arbitrary<int[]> lengths() {
        return Arbitraries.integers().between(0, 40).array(int[].class).ofMaxSize(100);
    }

    @Property
    void everySequenceIsInOneBatchWithinTheLimit(
            @ForAll("lengths") int[] lengths,
            @ForAll long seed,
            @ForAll @IntRange(min = 40, max = 400) int most) {
        for (BatchSize size :
                List.of(new BatchSize.Sequences(most / 20), new BatchSize.Tokens(most))) {
            for (List<int[]> batches :
                    List.of(
                            Batches.shuffled(lengths, size, new SplittableRandom(seed)),
                            Batches.sorted(lengths, size))) {
                int[] all = batches.stream().flatMapToInt(Arrays::stream).sorted().toArray();
                assertArrayEquals(IntStream.range(0, lengths.length).toArray(), all);
                for (int[] batch : batches) {
                    int longest = Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow();
                    assertTrue(batch.length > 0 && size.holds(batch.length, longest));
                }
            }
        }
    }

    @Test
    void theSeedDecidesAndEpochsDiffer() {
        int[] lengths = new SplittableRandom(1).ints(500, 1, 60).toArray();
        BatchSize size = new BatchSize.Sequences(16);
        List<int[]> first = Batches.shuffled(lengths, size, new SplittableRandom(2));
        List<int[]> again = Batches.shuffled(lengths, size, new SplittableRandom(2));
        List<int[]> other = Batches.shuffled(lengths, size, new SplittableRandom(3));
        assertTrue(
                IntStream.range(0, first.size())
                        .allMatch(i -> Arrays.equals(first.get(i), again.get(i))));
        assertFalse(
                IntStream.range(0, first.size())
                        .allMatch(i -> Arrays.equals(first.get(i), other.get(i))));
        int[] longest =
                first.stream()
                        .mapToInt(b -> Arrays.stream(b).map(i -> lengths[i]).max().orElseThrow())
                        .toArray();
        assertTrue(
                IntStream.range(1, longest.length).anyMatch(i -> longest[i] + 20 < longest[i - 1]),
                "random order");
        // A batch holds lengths within the blur: (l + 1)·1.1 of the shortest and its neighbours in
        // rank. With 500
        // lengths up to 59 that is less than a third of padding; in random order it would be almost
        // one half.
        int padded = 0;
        for (int[] batch : first) {
            padded += batch.length * Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow();
        }
        assertTrue(padded < 1.33 * Arrays.stream(lengths).sum(), "padded to " + padded);
    }

    @Test
    void sortedKeepsTheOrderOfEqualLengths() {
        List<int[]> batches = Batches.sorted(new int[] {3, 1, 3, 1, 2}, new BatchSize.Tokens(4));
        assertArrayEquals(new int[] {1, 3}, batches.get(0)); // a third would make 3 × 2
        assertArrayEquals(new int[] {4}, batches.get(1));
        assertArrayEquals(new int[] {0}, batches.get(2));
        assertArrayEquals(new int[] {2}, batches.get(3));
    }

    @Test
    void aSequenceLongerThanABatchIsRefused() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Batches.sorted(new int[] {3, 9}, new BatchSize.Tokens(8)));
        assertEquals(
                "sequence 1 has 9 tokens, more than a batch may hold: Tokens[most=8]",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new BatchSize.Sequences(0));
        assertThrows(IllegalArgumentException.class, () -> new BatchSize.Tokens(0));
    }

    @Test
    void whatIsTooLongIsCutOrRefused() {
        int[] tokens = {1, 2, 3};
        assertArrayEquals(tokens, TooLong.TRUNCATE.limit(tokens, 3, "line 7"));
        assertArrayEquals(new int[] {1, 2}, TooLong.TRUNCATE.limit(tokens, 2, "line 7"));
        assertArrayEquals(tokens, TooLong.REFUSE.limit(tokens, 3, "line 7"));
        var e =
                assertThrows(
                        BadInputException.class, () -> TooLong.REFUSE.limit(tokens, 2, "line 7"));
        assertEquals("line 7 has 3 tokens, but the model reads at most 2", e.getMessage());
    }
}
