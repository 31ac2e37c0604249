package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoefficientTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void onlyPositiveFiniteNumbersAreCoefficients(double value) {
        String sentence = "a kernel's coefficient must be positive and finite, got " + value;
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> Coefficient.of(value))
                        .getMessage());
        assertEquals(
                sentence,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Coefficient.trained(value, DType.FLOAT64))
                        .getMessage());
    }

    @Test
    void aTrainedCoefficientIsOneNumber() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Coefficient.Trained(Sample.parameter("p", 1, 2)));
        assertEquals("a trained coefficient is one number, got shape [2]", e.getMessage());
    }

    @Property(tries = 100)
    void aTrainedCoefficientStartsAtItsValue(
            @ForAll @DoubleRange(min = 0.01, max = 100) double value) {
        Coefficient.Trained wide = (Coefficient.Trained) Coefficient.trained(value, DType.FLOAT64);
        // ln and exp within 1 ulp each, and exp magnifies the rounding of λ by |λ| ≤ 5.
        assertEquals(value, wide.value(3), 16 * Math.ulp(value));
        assertEquals(value, wide.tensor(Pass.evaluation()).item(), 16 * Math.ulp(value));
        double narrow = Coefficient.trained(value, DType.FLOAT32).value(3);
        assertEquals(value, narrow, 8 * value * DType.FLOAT32.unitRoundoff());
    }

    @Property(tries = 20)
    void theInverseRootFollowsTheDimension(@ForAll @IntRange(min = 1, max = 1000) int d) {
        assertEquals(1 / Math.sqrt(d), Coefficient.inverseRootDimension().value(d));
    }

    @Test
    void symbols() {
        assertEquals("2", Coefficient.of(2).symbol());
        assertEquals("0.5", Coefficient.of(0.5).symbol());
        assertEquals("1.0E9", Coefficient.of(1e9).symbol());
        assertEquals("1/√d", Coefficient.inverseRootDimension().symbol());
        assertEquals("e^λ", Coefficient.trained(2, DType.FLOAT32).symbol());
    }
}
