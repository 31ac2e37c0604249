package nonmercer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void quartilesLieBetweenTheRounds() {
        Sample odd = new Sample(List.of(5.0, 1.0, 2.0, 4.0, 3.0));
        assertEquals(3, odd.median());
        assertEquals((4.0 - 2.0) / 3, odd.spread());
        Sample even = new Sample(List.of(4.0, 1.0, 2.0, 3.0));
        assertEquals(2.5, even.median());
        assertEquals((3.25 - 1.75) / 2.5, even.spread());
    }

    @Test
    void oneRoundHasNoSpread() {
        assertEquals(7, new Sample(List.of(7.0)).median());
        assertEquals(0, new Sample(List.of(7.0)).spread());
        assertThrows(IllegalArgumentException.class, () -> new Sample(List.of()));
    }

    /// Disturbing fewer than half of the rounds cannot move the median beyond the rounds that were
    /// not disturbed.
    @Property
    void aMinorityOfBadRoundsDoesNotMoveTheMedianBeyondTheGoodOnes(
            @ForAll @Size(min = 3, max = 30) List<@DoubleRange(min = 90, max = 110) Double> good,
            @ForAll @IntRange(min = 0, max = 14) int bad) {
        List<Double> rates = new java.util.ArrayList<>(good);
        rates.addAll(Collections.nCopies(Math.min(bad, (good.size() - 1) / 2), 1e-3));
        double median = new Sample(rates).median();
        assertTrue(
                median >= Collections.min(good) && median <= Collections.max(good),
                median + " of " + rates);
    }
}
