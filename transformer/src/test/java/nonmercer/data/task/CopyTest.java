package nonmercer.data.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class CopyTest {
    @Test
    void theSymbolsAreAskedInTheirOrder() {
        Copy task = new Copy(8, 3, 2);
        for (int i = 0; i < 100; i++) {
            Answered e = task.draw(RandomStream.of(1).at(i));
            int[] t = e.tokens();
            assertArrayEquals(new int[] {t[0], t[1], t[2], 8, 8, 9, 9, 9}, t);
            assertArrayEquals(new int[] {-1, -1, -1, -1, -1, t[0], t[1], t[2]}, e.answers());
        }
    }

    @Test
    void selectedSymbolsAreAskedInTheirOrder() {
        SelectiveCopy task = new SelectiveCopy(8, 3, 10);
        for (int i = 0; i < 100; i++) {
            Answered e = task.draw(RandomStream.of(2).at(i));
            int[] symbols = Arrays.stream(e.tokens()).limit(10).filter(s -> s != 8).toArray();
            assertArrayEquals(symbols, Arrays.copyOfRange(e.answers(), 10, 13));
            assertArrayEquals(new int[] {9, 9, 9}, Arrays.copyOfRange(e.tokens(), 10, 13));
            assertEquals(3, e.asked());
        }
    }

    /// Each place holds a symbol with probability 3/10: Bernstein at 1e-9 a place.
    @Test
    void everyPlaceIsSelectedAlike() {
        SelectiveCopy task = new SelectiveCopy(8, 3, 10);
        int n = 20_000;
        int[] counts = new int[10];
        RandomStream random = RandomStream.of(3);
        for (int i = 0; i < n; i++) {
            int[] t = task.draw(random).tokens();
            for (int p = 0; p < 10; p++) {
                counts[p] += t[p] != 8 ? 1 : 0;
            }
        }
        for (int p = 0; p < 10; p++) {
            assertEquals(0.3, (double) counts[p] / n, Chance.bernstein(n, 0.3 * 0.7, 1));
        }
    }

    @Test
    void whatCannotBeCopiedIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Copy(8, 0, 2));
        var e = assertThrows(IllegalArgumentException.class, () -> new SelectiveCopy(8, 5, 4));
        assertEquals(
                "selective copying needs at least one symbol, one to copy and as many places, got 8,"
                        + " 5 and 4",
                e.getMessage());
    }
}
