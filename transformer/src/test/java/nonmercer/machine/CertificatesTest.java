package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.kernel.Distance;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.random.RandomStream;

/// What least squares report of themselves, against their objectives at other points.
class CertificatesTest {
    private static Array points(SplittableRandom random, int n) {
        return Array.of(Shape.of(n, 2), random.doubles(2L * n, -1, 1).toArray());
    }

    private static double[][] matrix(Kernel kernel, Array x, Array y) {
        double[][] k = new double[x.dim(0)][y.dim(0)];
        for (int i = 0; i < k.length; i++) {
            for (int j = 0; j < k[i].length; j++) {
                k[i][j] = kernel.at(Samples.row(x, i), Samples.row(y, j));
            }
        }
        return k;
    }

    /// `½|z - K c|² + ½λ cᵀ K c`.
    private static double objective(double[][] k, double lambda, double[] z, double[] c) {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            double f = Dense.dot(k[i], c);
            sum += Math.pow(z[i] - f, 2) / 2 + lambda * c[i] * f / 2;
        }
        return sum;
    }

    private static double[] near(SplittableRandom random, double[] c, double by) {
        return Arrays.stream(c).map(v -> v + by * random.nextDouble(-1, 1)).toArray();
    }

    @Property(tries = 40)
    void ridgesReportTheirObjectiveAndNoneIsLower(
            @ForAll @IntRange(min = 1, max = 12) int n,
            @ForAll @DoubleRange(min = -3, max = 2) double exponent,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array x = points(random, n);
        double[] z = random.doubles(n, -2, 2).toArray();
        double lambda = Math.pow(10, exponent);
        KernelRidge ridge = new KernelRidge(new Gauss(), lambda);
        double[][] k = matrix(new Gauss(), x, x);
        for (LeastSquares solved :
                new LeastSquares[] {
                    ridge.direct(x, z), ridge.iterative(x, z, (n + 1) / 2, RandomStream.of(seed)),
                }) {
            double[] c = solved.model().coefficients().toDoubles();
            double value = objective(k, lambda, z, c);
            // 12 products of coefficients below 2/λ.
            assertEquals(
                    value, solved.report().objective(), 1e-12 * (1 + Dense.dot(z, z) / lambda));
            for (double by : new double[] {1e-3, 0.1, 1}) {
                double other = objective(k, lambda, z, near(random, c, by));
                assertTrue(other >= value - solved.gap() - 1e-12 * (1 + value / lambda));
            }
            assertEquals(solved.residual() * solved.residual() / 2, solved.gap());
            assertEquals(
                    solved.report().converged(),
                    solved.report().uniqueness() instanceof Uniqueness.Unique);
        }
        assertTrue(ridge.direct(x, z).report().converged());
    }

    @Property(tries = 30)
    void pairwiseRidgesReportTheirObjectiveAndNoneIsLower(
            @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @IntRange(min = 1, max = 5) int m,
            @ForAll @DoubleRange(min = -2, max = 1) double exponent,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array x = points(random, n);
        Array y = points(random, m);
        double[] z = random.doubles((long) n * m, -2, 2).toArray();
        double lambda = Math.pow(10, exponent);
        double[][] a = matrix(new Gauss(), x, x);
        double[][] b = matrix(new ExpDot(), y, y);
        double[][] k = new double[n * m][n * m];
        int[] row = new int[n * m];
        int[] column = new int[n * m];
        double[] back = new double[n * m];
        for (int o = 0; o < n * m; o++) {
            for (int p = 0; p < n * m; p++) {
                k[o][p] = a[o / m][p / m] * b[o % m][p % m];
            }
            row[n * m - 1 - o] = o / m;
            column[n * m - 1 - o] = o % m;
            back[n * m - 1 - o] = z[o];
        }
        PairwiseRidge ridge = new PairwiseRidge(new Gauss(), new ExpDot(), lambda);
        for (Responses responses :
                new Responses[] {
                    Responses.all(Array.of(Shape.of(n, m), z)),
                    Responses.observed(n, m, row, column, back),
                }) {
            PairwiseRidge.Model solved = ridge.solve(x, y, responses);
            double[] c = solved.weights().toDoubles();
            double value = objective(k, lambda, z, c);
            assertEquals(value, solved.report().objective(), 1e-11 * (1 + value / lambda));
            for (double by : new double[] {1e-3, 0.1, 1}) {
                double other = objective(k, lambda, z, near(random, c, by));
                assertTrue(other >= value - solved.gap() - 1e-11 * (1 + value / lambda));
            }
            assertTrue(solved.report().converged(), solved.report()::toString);
            assertInstanceOf(Uniqueness.Unique.class, solved.report().uniqueness());
        }
    }

    /// Where there is a minimum none is lower; where there is a saddle, some direction goes down
    /// without end, and the gap says so.
    @Property(tries = 40)
    void kreinLeastSquaresSayWhatBoundsThem(
            @ForAll @IntRange(min = 2, max = 8) int n,
            @ForAll @DoubleRange(min = -3, max = 2) double exponent,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array x = points(random, n);
        double[] z = random.doubles(n, -2, 2).toArray();
        double lambda = Math.pow(10, exponent);
        var solved = new KreinLeastSquares(new Distance(), lambda).solve(x, z);
        Report report = solved.solution().report();
        double[][] k = matrix(new Distance(), x, x);
        double[] c = solved.solution().model().coefficients().toDoubles();
        double value = objective(k, lambda, z, c);
        double most = Arrays.stream(c).map(Math::abs).max().orElse(0);
        assertEquals(value, report.objective(), 1e-12 * (1 + most) * (1 + most));
        assertInstanceOf(Uniqueness.Unique.class, report.uniqueness());
        assertTrue(report.converged(), report::toString);
        assertEquals(solved.curvature().minimum(), Double.isFinite(report.gap()));
        double lowest = value;
        for (int round = 0; round < 300; round++) {
            double[] other = near(random, c, Math.pow(10, random.nextInt(-2, 4)));
            lowest = Math.min(lowest, objective(k, lambda, z, other));
        }
        if (solved.curvature().minimum()) {
            assertTrue(lowest >= value - report.gap() - 1e-9 * (1 + most) * (1 + most));
        } else if (solved.curvature().negative() == n - 1) {
            // All but one direction go down: so do most of 300.
            assertTrue(lowest < value, "a saddle with nothing lower than " + value);
        }
    }

    @Property(tries = 30)
    void asymmetricLeastSquaresAreStationaryAndSayThatTheyAreTheOnlyOnes(
            @ForAll @IntRange(min = 1, max = 8) int n,
            @ForAll @DoubleRange(min = -1, max = 2) double exponent,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array x = points(random, n);
        double[] z = random.doubles(n, -2, 2).toArray();
        double gamma = Math.pow(10, exponent);
        Kernel kernel = SpaceTest.ASYMMETRIC;
        var model = new AsymmetricLeastSquares(kernel, gamma).solve(x, z);
        assertTrue(model.report().converged(), model.report()::toString);
        assertEquals(Double.POSITIVE_INFINITY, model.report().gap());
        assertInstanceOf(Uniqueness.Unique.class, model.report().uniqueness());
        // The value at v = w = features' combinations: αᵀKβ + γ/2 (|z - Kβ|² + |z - Kᵀα|²).
        double[][] k = matrix(kernel, x, x);
        double value = 0;
        double size = 1;
        for (int i = 0; i < n; i++) {
            double f = Dense.dot(k[i], model.beta());
            double g = 0;
            for (int j = 0; j < n; j++) {
                g += k[j][i] * model.alpha()[j];
            }
            value += model.alpha()[i] * f;
            value += gamma / 2 * (Math.pow(z[i] - f, 2) + Math.pow(z[i] - g, 2));
            size += Math.abs(model.alpha()[i] * f) + gamma * (f * f + g * g + z[i] * z[i]);
        }
        assertEquals(value, model.report().objective(), 1e-11 * size * (1 + gamma));
    }
}
