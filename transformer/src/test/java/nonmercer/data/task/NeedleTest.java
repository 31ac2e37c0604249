package nonmercer.data.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class NeedleTest {
    @Test
    void oneMarkerStandsBeforeTheClass() {
        Needle task = new Needle(50, 10);
        for (int i = 0; i < 500; i++) {
            Classified e = task.draw(RandomStream.of(1).at(i));
            int[] t = e.tokens();
            assertEquals(1, Arrays.stream(t).filter(b -> b == Needle.MARKER).count());
            int at = 0;
            while (t[at] != Needle.MARKER) {
                at++;
            }
            assertEquals(e.label(), t[at + 1]);
        }
    }

    /// Places and classes: Bernstein at 1e-9 each.
    @Test
    void placesAndClassesAreUniform() {
        Needle task = new Needle(9, 4);
        int n = 20_000;
        int[] places = new int[9];
        int[] classes = new int[4];
        RandomStream random = RandomStream.of(2);
        for (int i = 0; i < n; i++) {
            Classified e = task.draw(random);
            classes[e.label()]++;
            for (int p = 0; p < 9; p++) {
                places[p] += e.tokens()[p] == Needle.MARKER ? 1 : 0;
            }
        }
        assertEquals(0, places[8]);
        for (int p = 0; p < 8; p++) {
            assertEquals(0.125, (double) places[p] / n, Chance.bernstein(n, 0.125 * 0.875, 1));
        }
        for (int c : classes) {
            assertEquals(0.25, (double) c / n, Chance.bernstein(n, 0.25 * 0.75, 1));
        }
    }

    @Test
    void theMostFrequentClassIsCounted() {
        Needle task = new Needle(8, 4);
        assertEquals(2, task.mostFrequent(new int[] {9, 2, 1, 2, 4, 4, 4, 255}));
        assertEquals(1, task.mostFrequent(new int[] {9, 3, 1, 200, 255, 1, 3, 9}));
    }

    @Test
    void whatIsNoNeedleIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Needle(1, 10));
        assertThrows(IllegalArgumentException.class, () -> new Needle(50, 256));
    }
}
