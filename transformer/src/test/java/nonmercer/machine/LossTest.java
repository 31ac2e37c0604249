package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import nonmercer.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void responsesOfTheSquaredLossAreAnyNumbers() {
        Loss loss = Loss.squared();
        for (double z : new double[] {-2.5, 0, 0.3, 4}) {
            for (double s : new double[] {-1.7, 0, 0.4, 3}) {
                // The supremum of s t - (z - t)²/2 is at t = z + s.
                assertEquals(s * (z + s) - s * s / 2, loss.conjugate(z, s), 1e-14);
                assertEquals(
                        loss.gap(z, 0.7, s),
                        loss.value(z, 0.7) + loss.conjugate(z, s) - s * 0.7,
                        1e-14);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void slopesLieBetweenTheirBoundsAndReachThemFarOut(Loss loss) {
        for (double z : new double[] {-1, 1}) {
            double least = loss.leastSlope(z);
            double largest = loss.largestSlope(z);
            for (double t = -3; t <= 3; t += 0.37) {
                assertTrue(least <= loss.slope(z, t) && loss.slope(z, t) <= largest);
            }
            // exp(800) overflows and exp(-800) vanishes: the slopes are the bounds themselves.
            if (!loss.equals(Loss.squared())) {
                assertEquals(least, loss.slope(z, -800), 1e-300);
                assertEquals(largest, loss.slope(z, 800), 1e-300);
                assertEquals(loss.conjugate(z, least), -800 * least - loss.value(z, -800), 1e-12);
                assertEquals(loss.conjugate(z, largest), 800 * largest - loss.value(z, 800), 1e-12);
                assertEquals(Double.POSITIVE_INFINITY, loss.conjugate(z, least - 1e-9));
                assertEquals(Double.POSITIVE_INFINITY, loss.conjugate(z, largest + 1e-9));
            }
        }
        assertEquals(loss.equals(Loss.squared()), Double.isInfinite(loss.leastSlope(1)));
        assertEquals(loss.equals(Loss.squared()), Double.isInfinite(loss.largestSlope(1)));
    }

    /// `L` at the middle of two points is below the mean of its values, for all pairs or not.
    @ParameterizedTest
    @MethodSource("losses")
    void strictConvexityIsThatOfAllPairs(Loss loss) {
        boolean strict = true;
        for (double t = -3; t <= 3; t += 0.75) {
            for (double other = t + 0.75; other <= 3; other += 0.75) {
                double mean = (loss.value(1, t) + loss.value(1, other)) / 2;
                double middle = loss.value(1, (t + other) / 2);
                assertTrue(middle <= mean + 1e-15);
                strict &= middle < mean - 1e-3; // the least of the logistic loss is 10⁻² here
            }
        }
        assertEquals(strict, loss.strictlyConvex());
    }

    @Test
    void lossesAtWellKnownPoints() {
        assertEquals(2, Loss.squared().value(1, 3));
        assertEquals(Math.log(2), Loss.logistic().value(1, 0), 1e-16);
        assertEquals(Math.log1p(Math.exp(-2)), Loss.logistic().value(-1, -2), 1e-16);
        assertEquals(0.25, 1 / Loss.logistic().conjugateCurvature(1, -0.5));
        assertEquals(3, Loss.hinge().value(-1, 2));
        assertEquals(0, Loss.hinge().value(1, 1));
        // On the kink any slope between -1 and 0 would do.
        assertEquals(0, Loss.hinge().slope(1, 1));
        assertEquals(800, Loss.logistic().value(1, -800));
        assertEquals(0, Loss.logistic().value(-1, -800));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 2, -0.5, Double.NaN})
    void classesArePlusAndMinusOne(double z) {
        for (Loss loss : List.of(Loss.hinge(), Loss.logistic())) {
            var refused = assertThrows(IllegalArgumentException.class, () -> loss.value(z, 1));
            assertEquals(
                    "a loss of two classes takes the responses -1 and 1, got " + z,
                    refused.getMessage());
        }
    }
}
