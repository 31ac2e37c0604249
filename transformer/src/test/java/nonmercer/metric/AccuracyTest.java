package nonmercer.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyTest {
    @Test
    void sharesOfRightPredictions() {
        assertEquals(
                new Accuracy(2, 3), Accuracy.of(List.of("a", "b", "c"), List.of("a", "x", "c")));
        assertEquals(new Accuracy(1, 2), Accuracy.of(new int[] {1, 2}, new int[] {1, 3}));
        assertEquals(
                new Accuracy(1, 3),
                Accuracy.ofTokens(new int[] {5, 6, 7, 0}, new int[] {5, 7, 8, 0}, 0));
        assertEquals(0.5, new Accuracy(1, 3).plus(new Accuracy(2, 3)).value());
        assertTrue(Double.isNaN(new Accuracy(0, 0).value()));
        assertEquals("0.500 [0.237, 0.763]", new Accuracy(5, 10).toString());
        var e =
                assertThrows(
                        IllegalArgumentException.class, () -> Accuracy.of(new int[1], new int[2]));
        assertEquals("accuracy: 1 predictions for 2 expected values", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Accuracy(2, 1));
    }

    @Test
    void confusionCounts() {
        Confusion confusion =
                Confusion.of(List.of("a", "b"), new int[] {0, 1, 1, 1}, new int[] {0, 0, 1, 1});
        assertArrayEquals(new int[][] {{1, 1}, {0, 2}}, confusion.counts());
        assertEquals(new Accuracy(3, 4), confusion.accuracy());
        assertEquals(0.5, confusion.recall(0));
        assertEquals(1, confusion.precision(0));
        assertEquals(2.0 / 3, confusion.precision(1));
    }
}
