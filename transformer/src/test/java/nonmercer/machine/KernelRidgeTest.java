package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Linear;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What ridge regression certifies is the model that it returns.
class KernelRidgeTest {
    private static final int N = 41;

    /// `i/40` in float32.
    private final Array x = line();

    private final double[] z = new double[N];

    private static Array line() {
        float[] at = new float[N];
        for (int i = 0; i < N; i++) {
            at[i] = i / 40f;
        }
        return Array.of(Shape.of(N, 1), at);
    }

    KernelRidgeTest() {
        for (int i = 0; i < N; i++) {
            z[i] = Math.sin(7 * x.at(i));
        }
    }

    /// `½ |z - f|² + λ/2 cᵀ K c` of the returned model, `f` its predictions.
    private double value(LeastSquares solved, double lambda) {
        double[] f = solved.model().predict(x).toDoubles();
        double[] c = solved.model().coefficients().toDoubles();
        double sum = 0;
        for (int i = 0; i < N; i++) {
            sum += Math.pow(z[i] - f[i], 2) / 2;
            for (int j = 0; j < N; j++) {
                double k = new Gauss().at(new double[] {x.at(i)}, new double[] {x.at(j)});
                sum += lambda / 2 * c[i] * k * c[j];
            }
        }
        return sum;
    }

    /// Coefficients of 10⁴ and more cancel; in float32 the kernel's rounding would be their error.
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1e-7, 1e-10})
    void pointsInFloat32LoseNothing(double lambda) {
        LeastSquares solved = new KernelRidge(new Gauss(), lambda).direct(x, z);
        assertTrue(solved.report().converged());
        double value = solved.report().objective();
        // 41² products of coefficients below 10⁶, times λ, and a residual of rounding.
        assertEquals(value, value(solved, lambda), 1e-6 * value);
        LeastSquares wide =
                new KernelRidge(new Gauss(), lambda)
                        .direct(Array.of(Shape.of(N, 1), x.toDoubles()), z);
        assertEquals(wide.report(), solved.report());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-5, 1e-7, 1e-10})
    void stepsInFloat32AreNoWorseThanNoneAndMeasured(double lambda) {
        for (int landmarks : new int[] {1, 4, 20}) {
            LeastSquares solved =
                    new KernelRidge(new Gauss(), lambda)
                            .iterative(x, z, landmarks, RandomStream.of(3));
            double value = solved.report().objective();
            assertTrue(value <= Dense.dot(z, z) / 2, solved.report()::toString);
            assertEquals(value, value(solved, lambda), 1e-9 + 1e-6 * value);
            double least = new KernelRidge(new Gauss(), lambda).direct(x, z).report().objective();
            assertTrue(value - least <= solved.gap() * (1 + 1e-9) + 1e-12);
            assertEquals(
                    Report.close(solved.gap(), value),
                    solved.report().converged(),
                    solved.report()::toString);
        }
    }

    /// Its relatives keep float64 too: the equations hold of what the models predict.
    @Test
    void relativesPredictAsTheyWereSolved() {
        double lambda = 1e-7;
        var krein = new KreinLeastSquares(new Gauss(), lambda).solve(x, z).solution().model();
        double[] f = krein.predict(x).toDoubles();
        double[] c = krein.coefficients().toDoubles();
        Array ones = Array.matrix(new double[] {0});
        Responses column = Responses.all(Array.of(Shape.of(N, 1), z));
        var pairs = new PairwiseRidge(new Gauss(), new Gauss(), lambda).solve(x, ones, column);
        double[] g = pairs.predict(x, ones).toDoubles();
        double[] a = pairs.weights().toDoubles();
        var asymmetric = new AsymmetricLeastSquares(new Gauss(), 1 / lambda).solve(x, z);
        double[] h = asymmetric.asQueries(x);
        double[] alpha = asymmetric.alpha();
        for (int i = 0; i < N; i++) {
            // 41 products with coefficients below 10⁵ round by 10⁻⁹ in float64, in float32 by 10⁻².
            assertEquals(z[i], f[i] + lambda * c[i], 1e-8);
            assertEquals(z[i], g[i] + lambda * a[i], 1e-8);
            assertEquals(z[i], h[i] + lambda * alpha[i], 1e-8);
        }
    }

    /// `xᵢ = 0, 1, 2`: the landmark may be the point where the kernel is zero.
    @Test
    void landmarksAtWhichTheKernelIsZeroAreNoObstacle() {
        Kernel linear = new Linear(Coefficient.of(1));
        Array points = Array.matrix(new double[] {0}, new double[] {1}, new double[] {2});
        for (int seed = 0; seed < 12; seed++) {
            LeastSquares solved =
                    new KernelRidge(linear, 0.5)
                            .iterative(points, new double[] {1, 1, 2}, 1, RandomStream.of(seed));
            // The slope is Σ x z / (Σ x² + λ) = 5/5.5.
            double slope = 5 / 5.5;
            assertArrayEquals(
                    new double[] {0, slope, 2 * slope},
                    solved.model().predict(points).toDoubles(),
                    1e-5);
            assertTrue(solved.report().converged());
        }
    }
}
