package nonmercer.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IntervalTest {
    /// The definition: the ends are the `p` at which `k/n` is just `z` standard errors away.
    @Property
    void wilsonsEndsSolveTheScoreEquation(
            @ForAll @IntRange(min = 1, max = 100_000) int n, @ForAll @IntRange int share) {
        int k = share % (n + 1);
        Interval interval = Interval.wilson(k, n);
        assertTrue(0 <= interval.low() && interval.low() <= (double) k / n);
        assertTrue((double) k / n <= interval.high() && interval.high() <= 1);
        for (double p : new double[] {interval.low(), interval.high()}) {
            if (p > 0 && p < 1) {
                double z = Math.abs((double) k / n - p) / Math.sqrt(p * (1 - p) / n);
                // The end is off by a few roundings of 1, which the difference k/n - p magnifies by
                // √n at most.
                assertEquals(1.959963984540054, z, 1e-14 * n + 1e-12);
            }
        }
    }

    @Test
    void wilsonAtTheEdges() {
        assertEquals(new Interval(0, 1), Interval.wilson(0, 0));
        assertEquals(0, Interval.wilson(0, 10).low());
        assertEquals(1, Interval.wilson(10, 10).high());
        // z²/(n + z²) and its complement.
        assertEquals(3.841458820694124 / 13.841458820694124, Interval.wilson(0, 10).high(), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> Interval.wilson(2, 1));
    }

    /// The table of every statistics book.
    @Test
    void studentsQuantiles() {
        assertEquals(12.706205, StudentT.quantile(1, 0.95), 5e-7);
        assertEquals(4.302653, StudentT.quantile(2, 0.95), 5e-7);
        assertEquals(3.182446, StudentT.quantile(3, 0.95), 5e-7);
        assertEquals(2.776445, StudentT.quantile(4, 0.95), 5e-7);
        assertEquals(2.262157, StudentT.quantile(9, 0.95), 5e-7);
        assertEquals(2.042272, StudentT.quantile(30, 0.95), 5e-7);
        assertEquals(1.962339, StudentT.quantile(1000, 0.95), 5e-7);
        assertEquals(63.656741, StudentT.quantile(1, 0.99), 5e-7);
        assertEquals(4.604095, StudentT.quantile(4, 0.99), 5e-7);
    }

    @Test
    void theMeanOfSeeds() {
        Interval interval =
                Interval.mean(0.70, 0.72, 0.74); // s = 0.02, s/√3 = 0.011547, t = 4.302653
        assertEquals(0.72 - 4.302653 * 0.02 / Math.sqrt(3), interval.low(), 1e-7);
        assertEquals(0.72 + 4.302653 * 0.02 / Math.sqrt(3), interval.high(), 1e-7);
        assertEquals("[0.670, 0.770]", interval.toString());
        assertThrows(IllegalArgumentException.class, () -> Interval.mean(1));
        double[] values = {0.70, 0.72, 0.74}; // t = 9.924843 at 99 %
        assertEquals(
                0.72 - 9.924843 * 0.02 / Math.sqrt(3), Interval.mean(0.99, values).low(), 1e-7);
        assertThrows(IllegalArgumentException.class, () -> Interval.mean(1, values));
    }
}
