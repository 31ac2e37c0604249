package nonmercer.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import nonmercer.autodiff.optim.Lbfgs;
import nonmercer.baseline.WordVectors.Sparse;

class LbfgsTest {
    /// `Σ (i + 1)·(x_i - i)²`, condition number 12, minimum 0 at `x_i = i`.
    @Property(tries = 50)
    void aQuadraticIsMinimised(@ForAll long seed) {
        double[] x = new SplittableRandom(seed).doubles(12, -100, 100).toArray();
        Lbfgs.minimise(
                (at, gradient) -> {
                    double value =
                            1; // so that the relative decrease is measured against 1 near the
                    // minimum
                    for (int i = 0; i < at.length; i++) {
                        value += (i + 1) * (at[i] - i) * (at[i] - i);
                        gradient[i] = 2 * (i + 1) * (at[i] - i);
                    }
                    return value;
                },
                x,
                1e-15,
                1000);
        for (int i = 0; i < x.length; i++) {
            // The walk may stop when a step gains less than a rounding of 1: (x_i - i)² <= a few
            // 2⁻⁵³.
            assertEquals(i, x[i], 1e-6);
        }
    }

    /// `Σ aᵢ(xᵢ - ln xᵢ)` on x > 0, infinite outside: the minimum is 1 everywhere.
    @Property(tries = 50)
    void aDomainIsNotLeft(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] a = random.doubles(8, 0.1, 10).toArray();
        double[] x = random.doubles(8, 0.01, 30).toArray();
        int steps =
                Lbfgs.minimise(
                        (at, gradient) -> {
                            double value = 0;
                            for (int i = 0; i < at.length; i++) {
                                value +=
                                        at[i] > 0
                                                ? a[i] * (at[i] - Math.log(at[i]))
                                                : Double.POSITIVE_INFINITY;
                                gradient[i] = a[i] * (1 - 1 / at[i]);
                            }
                            return value;
                        },
                        x,
                        0,
                        1000);
        for (double v : x) {
            // a (v - 1)²/2 is within a few roundings of a value below 80.
            assertEquals(1, v, 1e-5);
        }
        assertTrue(steps > 0 && steps < 300, steps + " steps");
    }

    @Property(tries = 50)
    void theRegressionsGradientIsItsSlope(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SoftmaxRegression regression = regression(random);
        double[] weights = random.doubles(5 * 3, -2, 2).toArray();
        double[] direction = random.doubles(5 * 3, -1, 1).toArray();
        double[] gradient = new double[15];
        regression.at(weights, gradient);
        double slope = 0;
        for (int i = 0; i < 15; i++) {
            slope += gradient[i] * direction[i];
        }
        double h = 1e-4;
        double difference =
                (moved(regression, weights, direction, h)
                                - moved(regression, weights, direction, -h))
                        / (2 * h);
        // Truncation h²/6 · |f'''| with |f'''| < 20 rows · (2·4)³; rounding 2⁻⁵³ · f / h with f <
        // 1000.
        assertEquals(slope, difference, 20 * 512 * h * h / 6 + 1e-9);
    }

    @Property(tries = 50)
    void atTheMinimumTheGradientVanishes(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SoftmaxRegression regression = regression(random);
        double[] weights = new double[15];
        double[] gradient = new double[15];
        regression.at(weights, gradient);
        double before = norm(gradient);
        Lbfgs.minimise(regression, weights, 1e-14, 1000);
        regression.at(weights, gradient);
        // A relative decrease of 1e-14 in a quadratic bowl is a gradient of about its root, 1e-7.
        assertTrue(
                norm(gradient) < 1e-5 * Math.max(1, before),
                "gradient " + norm(gradient) + " of " + before);
    }

    private static SoftmaxRegression regression(SplittableRandom random) {
        List<Sparse> rows = new ArrayList<>();
        int[] classes = new int[20];
        for (int i = 0; i < 20; i++) {
            int[] places =
                    random.ints(0, 4).distinct().limit(random.nextInt(1, 4)).sorted().toArray();
            rows.add(new Sparse(places, random.doubles(places.length, -1, 1).toArray()));
            classes[i] = random.nextInt(3);
        }
        return new SoftmaxRegression(rows, classes, 4, 3, 0.1);
    }

    private static double moved(
            SoftmaxRegression regression, double[] weights, double[] direction, double by) {
        double[] at = weights.clone();
        for (int i = 0; i < at.length; i++) {
            at[i] += by * direction[i];
        }
        return regression.at(at, new double[at.length]);
    }

    private static double norm(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }
}
