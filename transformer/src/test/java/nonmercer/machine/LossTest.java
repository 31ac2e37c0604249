package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
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

    /// The divergence of the chance `β` from `p = 1/(1 + exp m)`, from 60 digits.
    @Test
    void gapsOfTheLogisticLossKeepTheirDigits() {
        // m, β, Σ β ln(β/p) + (1 - β) ln((1 - β)/(1 - p))
        double[][] cases = {
            {0.0, 0.500000001, 1.9999998868722757e-18},
            {0.0, 0.3, 0.08228287850505185},
            {26.0, 5.619997930869658e-12, 2.4734110487529078e-14},
            {26.0, 5.1091401189536064e-12, 2.554538609326754e-22},
            {30.0, 1e-20, 9.357605917137877e-14},
            {30.0, 0.0, 9.357622968839737e-14},
            {-26.0, 0.9999999999990905, 2.6299090416493527e-12},
            {-3.0, 0.9, 0.0235043781822938},
            {2.0, 1.0, 2.1269280110429727},
            {-50.0, 1.0, 1.9287498479639178e-22},
            {100.0, 1e-30, 2.992244721017867e-29},
            {650.0, 0.4, 259.32698833299077},
        };
        for (double[] c : cases) {
            for (double z : new double[] {-1, 1}) {
                double found = Loss.logistic().gap(z, z * c[0], -z * c[1]);
                // exp, a difference that may lose 10⁻¹⁶ of p, and their squares.
                assertEquals(c[2], found, 1e-9 * c[2], () -> Arrays.toString(c));
            }
        }
    }

    @Test
    void gapsOfTheHingeLossAreProducts() {
        assertEquals(0.75 * 0x1p-52, Loss.hinge().gap(1, 1 + 0x1p-52, -0.75));
        assertEquals(0x1p-53 * 0x1p-52, Loss.hinge().gap(1, 1 + 0x1p-52, -0x1p-53));
        assertEquals(0.25 * 0x1p-53, Loss.hinge().gap(-1, -1 + 0x1p-53, 0.75));
        assertEquals(Double.POSITIVE_INFINITY, Loss.hinge().gap(1, 0, 0.1));
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
