package nonmercer.data.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class InductionTest {
    @Test
    void theLastTokenStandsOnceBeforeAndWhatFollowedIsAsked() {
        Induction task = new Induction(6, 12);
        for (int i = 0; i < 500; i++) {
            Answered e = task.draw(RandomStream.of(1).at(i));
            int[] t = e.tokens();
            int before = -1;
            for (int p = 0; p < 11; p++) {
                if (t[p] == t[11]) {
                    assertEquals(-1, before, "once");
                    before = p;
                }
            }
            assertEquals(t[before + 1], e.answers()[11]);
            assertEquals(1, e.asked());
        }
    }

    /// Bernstein at 1e-9 for each of the ten places.
    @Test
    void itStandsAtEveryPlaceAlike() {
        Induction task = new Induction(6, 12);
        int n = 20_000;
        int[] counts = new int[10];
        RandomStream random = RandomStream.of(2);
        for (int i = 0; i < n; i++) {
            int[] t = task.draw(random).tokens();
            for (int p = 0; p < 10; p++) {
                counts[p] += t[p] == t[11] ? 1 : 0;
            }
        }
        for (int c : counts) {
            assertEquals(0.1, (double) c / n, Chance.bernstein(n, 0.09, 1));
        }
    }

    @Test
    void aSequenceInWhichNothingFollowsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Induction(6, 2));
        assertThrows(IllegalArgumentException.class, () -> new Induction(1, 12));
        assertEquals(3, new Induction(2, 3).draw(RandomStream.of(1)).tokens().length);
    }
}
