package nonmercer.spectral;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SeriesTest {
    /// `₁F₁(4; 2; −t) = e^(−t) (1 − t + t²/6)` by Kummer's transformation; at `‖δ‖² = 14`
    /// orthogonal waves are *positively* correlated, by 1.9749·10⁻³.
    @Test
    void negativeArgumentsDoNotCancel() {
        for (double t = 0; t < 40; t += 0.7) {
            double exact = Math.exp(-t) * (1 - t + t * t / 6);
            assertEquals(exact, Series.confluent(4, -t), 1e-14 * Math.exp(-t) * (1 + t * t));
        }
        assertEquals(1.9749e-3, Series.confluent(4, -7) - Math.exp(-14), 1e-7);
    }

    /// `₁F₁(4; 2; t) = e^t (1 + t + t²/6)`, the same identity; 3.7111 at `‖z‖² = 1.44`.
    @Test
    void positiveArguments() {
        for (double t = 0; t < 40; t += 0.7) {
            double exact = Math.exp(t) * (1 + t + t * t / 6);
            assertEquals(exact, Series.confluent(4, t), 1e-13 * exact);
        }
        assertEquals(3.7111, Series.confluent(4, 0.72), 5e-5);
    }

    /// At cosine 0 the pair is orthogonal, at any `x` of the range; in odd dimensions too.
    @Test
    void cosineZeroIsOrthogonal() {
        for (int d = 2; d <= 9; d++) {
            for (double x = -6; x <= 12; x += 1.5) {
                double exact = Series.confluent(d, x / 2);
                // The sum's terms reach e^|x|, each good to about 60 roundings of its logarithms.
                assertEquals(
                        exact,
                        Series.atCosine(d, 0, x).orElseThrow(),
                        1e-12 * Math.exp(Math.abs(x)));
            }
        }
    }

    @Test
    void logGammaOfHalfIntegers() {
        assertEquals(Math.log(24), Series.logGamma(5), 1e-14);
        assertEquals(Math.log(Math.sqrt(Math.PI) * 3 / 4), Series.logGamma(2.5), 1e-14);
    }
}
