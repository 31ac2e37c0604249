package nonmercer.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.lanes.Pairing;
import org.junit.jupiter.api.Test;

final class PairsTest {
    /// Of whole numbers every sum is exact, in both types; ties are frequent.
    @Property(tries = 200)
    void pairAndItsGradientAreTheirDefinitions(
            @ForAll long seed,
            @ForAll @IntRange(max = 2) int batch,
            @ForAll @IntRange(max = 7) int m,
            @ForAll @IntRange(max = 75) int n,
            @ForAll @IntRange(max = 9) int d,
            @ForAll Pairing f,
            @ForAll DType type) {
        Array q = Numbers.whole(type, Shape.of(batch, m, d), seed);
        Array k = Numbers.whole(type, Shape.of(batch, n, d), seed + 1);
        Array g = Numbers.whole(type, Shape.of(batch, m, n), seed + 2);
        Array out = Array.full(type, g.shape(), Double.NaN);
        Array dq = Array.full(type, q.shape(), Double.NaN);
        Array dk = Array.full(type, k.shape(), Double.NaN);
        Pairs.pair(f, q, k, out);
        Pairs.pairGradient(f, q, k, g, dq, dk);
        double[] expectedQ = new double[q.size()];
        double[] expectedK = new double[k.size()];
        for (int i = 0; i < out.size(); i++) {
            int[] at = Numbers.index(out.shape(), i);
            double sum = 0;
            for (int l = 0; l < d; l++) {
                double a = q.get(at[0], at[1], l);
                double b = k.get(at[0], at[2], l);
                double slopeQ =
                        switch (f) {
                            case SUM_OF_MINIMA -> a < b ? 1 : a > b ? 0 : 0.5;
                            case L1_DISTANCE -> Math.signum(a - b);
                            case SQUARED_DISTANCE -> 2 * (a - b);
                        };
                sum +=
                        switch (f) {
                            case SUM_OF_MINIMA -> Math.min(a, b);
                            case L1_DISTANCE -> Math.abs(a - b);
                            case SQUARED_DISTANCE -> (a - b) * (a - b);
                        };
                expectedQ[(at[0] * m + at[1]) * d + l] += g.at(i) * slopeQ;
                expectedK[(at[0] * n + at[2]) * d + l] +=
                        g.at(i) * (f == Pairing.SUM_OF_MINIMA ? 1 - slopeQ : -slopeQ);
            }
            assertEquals(sum, out.at(i));
        }
        assertArrayEquals(expectedQ, dq.toDoubles(), 0.0);
        assertArrayEquals(expectedK, dk.toDoubles(), 0.0);
    }

    @Test
    void misfitsAreRefusedInASentence() {
        Array q = Array.zeros(DType.FLOAT64, Shape.of(2, 3));
        Array k = Array.zeros(DType.FLOAT64, Shape.of(4, 5));
        assertEquals(
                "pair: expected queries [.., m, d] and keys [.., n, d] of equal leading axes, got [2, 3] and"
                        + " [4, 5]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Pairs.pair(Pairing.L1_DISTANCE, q, k, q))
                        .getMessage());
    }
}
