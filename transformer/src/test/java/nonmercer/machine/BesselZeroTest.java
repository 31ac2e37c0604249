package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import nonmercer.kernel.Coefficient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BesselZeroTest {
    /// The power series with 500 digits, of the same double.
    private static double series(double t) {
        MathContext digits = new MathContext(500);
        BigDecimal of = new BigDecimal(t);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ZERO;
        for (int n = 1; n < 3000 && term.signum() != 0; n++) {
            sum = sum.add(term, digits);
            term = term.multiply(of, digits).divide(BigDecimal.valueOf((long) n * n), digits);
        }
        return sum.doubleValue();
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                1e-9,
                0.3,
                1,
                40,
                625,
                1e4,
                1.2e5,
                -1e-300,
                -1e-9,
                -0.3,
                -0.999,
                -1,
                -1.001,
                -1.445796490736696,
                -3,
                -10,
                -40,
                -100,
                -156.2,
                -156.25,
                -157,
                -625,
                -2500,
                -1e4,
                -8.1e5 / 8
            })
    void isItsPowerSeries(double t) {
        double x = 2 * Math.sqrt(Math.abs(t));
        double truth = series(t);
        // Sums of terms below I₀(2) where the series cancels; one rounding of x moves J₀ by at
        // most √x ulps, and one of t moves I₀ by the share √t.
        double size = t < 0 ? 1 : truth;
        assertEquals(
                truth, BesselZero.at(t), 0x1p-52 * (8 + (t < 0 ? 2 * Math.sqrt(x) : 2 * x)) * size);
    }

    @Test
    void endsForOppositePoints() {
        QuarticSpace space = new QuarticSpace(Coefficient.of(1));
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> {
                    for (double x : new double[] {5, 10, 30, 300, 1e70}) {
                        double[] at = {x};
                        double found = space.fourPoints(at, at, at, new double[] {-x});
                        assertTrue(Math.abs(found) <= 1 / x, () -> x + ": " + found);
                    }
                    double[] five = {5};
                    // J₀(50) = 0.05581232767…
                    double far = space.fourPoints(five, five, five, new double[] {-5});
                    assertEquals(0.055812327669251, far, 1e-14);
                });
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 1e3, 1e80, Double.POSITIVE_INFINITY})
    void whatDoesNotFitIsRefused(double x) {
        double[] at = {x};
        QuarticSpace space = new QuarticSpace(Coefficient.of(1));
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> {
                    var refused =
                            assertThrows(
                                    ArithmeticException.class,
                                    () -> space.fourPoints(at, at, at, at));
                    assertTrue(String.valueOf(refused.getMessage()).contains("range of doubles"));
                });
    }
}
