package nonmercer.metric;

import static nonmercer.metric.McNemar.Standing.ABOVE;
import static nonmercer.metric.McNemar.Standing.BELOW;
import static nonmercer.metric.McNemar.Standing.TIED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class McNemarTest {
    /// The definition in exact arithmetic.
    @Property(tries = 200)
    void theTailOfTheFairCoin(
            @ForAll @IntRange(max = 700) int b, @ForAll @IntRange(max = 700) int c) {
        BigInteger term = BigInteger.ONE;
        BigInteger tail = BigInteger.ZERO;
        for (int k = 0; k <= Math.min(b, c); k++) {
            tail = tail.add(term);
            term = term.multiply(BigInteger.valueOf(b + c - k)).divide(BigInteger.valueOf(k + 1));
        }
        double exact =
                new BigDecimal(tail.shiftLeft(1))
                        .divide(new BigDecimal(BigInteger.TWO.pow(b + c)), MathContext.DECIMAL64)
                        .min(BigDecimal.ONE)
                        .doubleValue();
        // The log of a term is a sum of up to 1,400 logs, together below 1,000 in size: 1400 · 1000
        // · 2⁻⁵³ = 1.6e-10.
        assertEquals(exact, new McNemar(b, c).p(), 1.6e-10 * exact);
        assertEquals(new McNemar(b, c).p(), new McNemar(c, b).p());
    }

    @Test
    void aboveTiedBelow() {
        assertEquals(0.03125, new McNemar(6, 0).p(), 1e-15); // 2 · 2⁻⁶
        assertEquals(ABOVE, new McNemar(6, 0).standing());
        assertEquals(BELOW, new McNemar(0, 6).standing());
        assertEquals(0.0625, new McNemar(5, 0).p(), 1e-15);
        assertEquals(TIED, new McNemar(5, 0).standing());
        assertEquals(1, new McNemar(3, 3).p());
        assertEquals(1, new McNemar(0, 0).p());
        assertTrue(new McNemar(5000, 0).p() < 1e-300, "underflows quietly");
    }

    @Test
    void itCountsWhatOnlyOneGetsRight() {
        boolean[] first = {true, true, true, false, false};
        boolean[] second = {true, false, false, true, false};
        assertEquals(new McNemar(2, 1), McNemar.of(first, second));
        var e =
                assertThrows(
                        IllegalArgumentException.class, () -> McNemar.of(first, new boolean[4]));
        assertEquals("mcnemar: the test is paired, but there are 5 and 4 results", e.getMessage());
    }
}
