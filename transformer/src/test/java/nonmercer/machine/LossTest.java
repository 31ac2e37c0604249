package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import nonmercer.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossTest {
    static Stream<Loss> losses() {
        return Stream.of(Loss.squared(), Loss.logistic(), Loss.hinge(), new Huber(0.7));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void fenchelAndYoungHoldWithEqualityAtTheSlope(Loss loss) {
        for (double z : new double[] {-1, 1}) {
            for (double t = -3; t <= 3; t += 0.37) {
                double s = loss.slope(z, t);
                assertEquals(0, loss.gap(z, t, s), 1e-14);
                for (double other = -3; other <= 3; other += 0.41) {
                    double slope = loss.slope(z, other);
                    double gap = loss.value(z, t) + loss.conjugate(z, slope) - slope * t;
                    assertTrue(gap >= -1e-14);
                    assertEquals(gap, loss.gap(z, t, slope), 1e-14);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void derivativesAreLimitsOfDifferences(Loss loss) {
        double h = 1e-4;
        for (double t : new double[] {-1.3, 0.2, 0.45, 2.1}) {
            double slope = (loss.value(1, t + h) - loss.value(1, t - h)) / (2 * h);
            assertEquals(slope, loss.slope(1, t), 1e-7); // h² times a third derivative below 1
        }
        for (double s : new double[] {-0.6, -0.5, -0.2}) {
            double slope = (loss.conjugate(1, s + h) - loss.conjugate(1, s - h)) / (2 * h);
            double curvature =
                    (loss.conjugateSlope(1, s + h) - loss.conjugateSlope(1, s - h)) / (2 * h);
            assertEquals(slope, loss.conjugateSlope(1, s), 1e-6);
            assertEquals(curvature, loss.conjugateCurvature(1, s), 1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void tensorsSayTheSame(Loss loss) {
        double[] t = {-2, -0.3, 0, 0.4, 1.7};
        double[] z = {1, -1, 1, 1, -1};
        double[] values = loss.values(Tensor.vector(z), Tensor.vector(t)).value().toDoubles();
        for (int i = 0; i < t.length; i++) {
            assertEquals(loss.value(z[i], t[i]), values[i], 1e-14);
        }
    }

    @Test
    void classesArePlusAndMinusOne() {
        assertThrows(IllegalArgumentException.class, () -> Loss.hinge().value(0, 1));
    }
}
