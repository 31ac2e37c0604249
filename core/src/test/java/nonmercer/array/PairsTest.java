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
        // Only harmonic means divide: each of at most 100 terms, of size 2·100 at most, is rounded
        // four
        // times on either side, and so is each of as many sums.
        double rounding = f == Pairing.HARMONIC ? 1200 * 100 * 200 * type.unitRoundoff() : 0;
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
                            case HARMONIC -> a > 0 && b > 0 ? 2 * Math.pow(b / (a + b), 2) : 0;
                        };
                sum +=
                        switch (f) {
                            case SUM_OF_MINIMA -> Math.min(a, b);
                            case L1_DISTANCE -> Math.abs(a - b);
                            case SQUARED_DISTANCE -> (a - b) * (a - b);
                            case HARMONIC -> a > 0 && b > 0 ? 2 * a * b / (a + b) : 0;
                        };
                expectedQ[(at[0] * m + at[1]) * d + l] += g.at(i) * slopeQ;
                double slopeK =
                        switch (f) {
                            case SUM_OF_MINIMA -> 1 - slopeQ;
                            case L1_DISTANCE, SQUARED_DISTANCE -> -slopeQ;
                            case HARMONIC -> a > 0 && b > 0 ? 2 * Math.pow(a / (a + b), 2) : 0;
                        };
                expectedK[(at[0] * n + at[2]) * d + l] += g.at(i) * slopeK;
            }
            assertEquals(sum, out.at(i), rounding);
        }
        assertArrayEquals(expectedQ, dq.toDoubles(), rounding);
        assertArrayEquals(expectedK, dk.toDoubles(), rounding);
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
