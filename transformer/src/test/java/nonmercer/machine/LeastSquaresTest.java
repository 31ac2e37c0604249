package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Distance;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.linalg.Decompositions;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Least squares in a kernel's functions against their normal equations, written out.
class LeastSquaresTest {
    private static final Kernel PLAIN = new Distance(Coefficient.of(1));

    private final Kernel gauss = new Gauss();
    private final Array x = Samples.points("x", 20, 2, 1);
    private final double[] z = Samples.wave(x);

    private static double[][] matrix(Kernel kernel, Array x, Array y) {
        double[][] k = new double[x.dim(0)][y.dim(0)];
        for (int i = 0; i < k.length; i++) {
            for (int j = 0; j < k[i].length; j++) {
                k[i][j] = kernel.at(Samples.row(x, i), Samples.row(y, j));
            }
        }
        return k;
    }

    /// `½ |z - (K + λ) c|²`.
    private double misses(Kernel kernel, double lambda, LeastSquares solved) {
        double[] c = solved.model().coefficients().toDoubles();
        double[][] k = matrix(kernel, x, x);
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            sum += Math.pow(z[i] - lambda * c[i] - Dense.dot(k[i], c), 2) / 2;
        }
        return sum;
    }

    @Test
    void directRidgeSolvesTheNormalEquations() {
        LeastSquares solved = new KernelRidge(gauss, 0.1).direct(x, z);
        // Twenty residuals of a hundred roundings of numbers below 20.
        assertEquals(0, misses(gauss, 0.1, solved), 1e-25);
        assertEquals(0, solved.gap(), 1e-25);
        assertEquals(0, solved.steps());
    }

    @Test
    void iterativeRidgeReportsWhatItMisses() {
        LeastSquares solved = new KernelRidge(gauss, 0.1).iterative(x, z, 3, RandomStream.of(4));
        double misses = misses(gauss, 0.1, solved);
        assertTrue(misses <= 0.5e-12 * Dense.dot(z, z), "misses " + misses);
        assertEquals(misses, solved.gap(), 1e-6 * misses + 1e-28);
        assertTrue(solved.steps() >= 2 && solved.steps() <= 20, solved.steps() + " steps");
    }

    /// With all points as landmarks the preconditioner is the matrix itself, up to a factor.
    @ParameterizedTest
    @CsvSource({"20, 0.1", "100, 0.1", "20, 0.001", "20, 10"})
    void aFullPreconditionerLeavesOneStep(int landmarks, double lambda) {
        LeastSquares solved =
                new KernelRidge(gauss, lambda).iterative(x, z, landmarks, RandomStream.of(4));
        assertEquals(1, solved.steps());
    }

    @Test
    void repeatedPointsAreNoObstacle() {
        double[] twice = new double[40];
        for (int i = 0; i < 20; i++) {
            twice[2 * i] = x.get(i % 10, 0);
            twice[2 * i + 1] = x.get(i % 10, 1);
        }
        Array repeated = Array.of(Shape.of(20, 2), twice);
        KernelRidge ridge = new KernelRidge(gauss, 0.1);
        LeastSquares iterative = ridge.iterative(repeated, z, 20, RandomStream.of(4));
        assertTrue(iterative.steps() <= 2, iterative.steps() + " steps");
        double[] direct = ridge.direct(repeated, z).model().predict(x).toDoubles();
        // |δ(x)| ≤ ‖r‖/√λ, as in RelativesTest.
        double bound = 1e-6 * Math.sqrt(Dense.dot(z, z) / 0.1);
        assertArrayEquals(direct, iterative.model().predict(x).toDoubles(), bound);
    }

    @Test
    void nothingToFitTakesNoSteps() {
        LeastSquares zero =
                new KernelRidge(gauss, 1).iterative(x, new double[20], 3, RandomStream.of(4));
        assertEquals(0, zero.steps());
        assertArrayEquals(new double[20], zero.model().coefficients().toDoubles());
    }

    /// Of responses of a million a factorisation misses some roundings: more than nothing, less
    /// than `(10⁶ · 10³ u)²` each.
    @Test
    void gapsAreMeasuredNotAssumed() {
        double[] large = Dense.scaled(z, 1e6);
        Array keys = Samples.points("py", 1, 2, 1);
        Responses pairs = Responses.all(Dense.column(large));
        PairwiseRidge pairwise = new PairwiseRidge(gauss, gauss, 0.1);
        double residual = new AsymmetricLeastSquares(gauss, 2).solve(x, large).residual();
        for (double gap :
                new double[] {
                    new KernelRidge(gauss, 0.1).direct(x, large).gap(),
                    new KreinLeastSquares(gauss, 0.1).solve(x, large).solution().gap() / 10,
                    pairwise.solve(x, keys, pairs).gap(),
                    residual * residual,
                }) {
            assertTrue(gap > 0 && gap <= 20 * 1e-14, "gap " + gap);
        }
        // Conjugate gradients end at 10⁻¹⁰ of the responses, those of the last pair left out.
        int[] row = IntStream.range(0, 19).toArray();
        var some = Responses.observed(20, 1, row, new int[19], Arrays.copyOf(large, 19));
        var solved = pairwise.solve(x, keys, some);
        double[] a = solved.weights().toDoubles();
        double misses = 0;
        for (int i = 0; i < 19; i++) {
            misses += Math.pow(large[i] - solved.predict(x, keys).at(i) - 0.1 * a[i], 2) / 2;
        }
        assertTrue(misses <= 0.5e-20 * Dense.dot(large, large), "misses " + misses);
        assertEquals(misses, solved.gap(), 0.1 * misses);
    }

    @Test
    void kreinLeastSquaresSolvesTheSameEquations() {
        Kernel distance = new Distance();
        var solved = new KreinLeastSquares(distance, 0.3).solve(x, z);
        // Eigenvalues between 10⁻² and 20 of |μ + λ|: residuals of 10³ roundings.
        assertEquals(0, misses(distance, 0.3, solved.solution()), 1e-22);
        assertEquals(0, solved.solution().residual(), 1e-11);
        assertEquals(0, solved.solution().steps());
    }

    /// Two points at distance 3: the eigenvalues are ±3 and the second derivative `μ(μ + λ)`.
    @ParameterizedTest
    @CsvSource({"1, 0, 2", "2.9, 0, 2", "3.1, 1, 1", "100, 1, 1"})
    void kreinLeastSquaresIsAMinimumBelowTheLeastEigenvalue(
            double lambda, int negative, int positive) {
        Array two = Array.matrix(new double[] {0, 1}, new double[] {3, 1});
        assertEquals(3, PLAIN.at(new double[] {0, 1}, new double[] {3, 1}));
        var solved = new KreinLeastSquares(PLAIN, lambda).solve(two, 1, 0);
        assertEquals(new Curvature(negative, 0, positive), solved.curvature());
        double[] c = solved.solution().model().coefficients().toDoubles();
        // [λ, 3; 3, λ]⁻¹ [1; 0].
        double determinant = lambda * lambda - 9;
        assertEquals(lambda / determinant, c[0], 1e-12);
        assertEquals(-3 / determinant, c[1], 1e-12);
    }

    @Test
    void anEigenvalueOfMinusLambdaIsRefused() {
        Array two = Array.matrix(new double[] {0, 1}, new double[] {3, 1});
        var refused =
                assertThrows(
                        ArithmeticException.class,
                        () -> new KreinLeastSquares(PLAIN, 3).solve(two, 1, 0));
        assertEquals(
                "-λ = -3.0 is an eigenvalue of the kernel's matrix up to rounding: the"
                        + " least-squares problem has no single stationary point; choose another λ",
                refused.getMessage());
    }

    @Test
    void asymmetricLeastSquaresSolvesBothEquations() {
        Kernel kernel = SpaceTest.ASYMMETRIC;
        double gamma = 1.7;
        var model = new AsymmetricLeastSquares(kernel, gamma).solve(x, z);
        double[] f = model.asQueries(x);
        double[] g = model.asKeys(x);
        double[][] k = matrix(kernel, x, x);
        for (int i = 0; i < z.length; i++) {
            double kb = Dense.dot(k[i], model.beta());
            double ka = 0;
            for (int j = 0; j < z.length; j++) {
                ka += k[j][i] * model.alpha()[j];
            }
            // Coefficients below 10² in a system of condition below 10⁴.
            assertEquals(kb, f[i], 1e-11);
            assertEquals(ka, g[i], 1e-11);
            assertEquals(z[i], model.alpha()[i] / gamma + kb, 1e-10);
            assertEquals(z[i], model.beta()[i] / gamma + ka, 1e-10);
        }
        assertTrue(model.residual() <= 1e-11, "residual " + model.residual());
    }

    /// Features `[1, x]` at 1 and 2 have `SᵀS = [2, 3; 3, 5]` with eigenvalues 6.85 and 0.146: the
    /// second derivative has `γ s ± 1`.
    @ParameterizedTest
    @CsvSource({"0.1, 2, 2", "0.2, 1, 3", "6, 1, 3", "7, 0, 4"})
    void asymmetricLeastSquaresIsASaddleForSmallWeights(double gamma, int negative, int positive) {
        Array two = Array.matrix(new double[] {1}, new double[] {2});
        TaylorExp map = new TaylorExp(Coefficient.of(1), 1);
        var problem = new AsymmetricLeastSquares(new nonmercer.kernel.TaylorExp(1), gamma);
        assertEquals(new Curvature(negative, 0, positive), problem.curvature(map, two));
    }

    @Test
    void pairwiseRidgeOfSomePairsSolvesTheirEquations() {
        Array queries = Samples.points("px", 4, 2, 1);
        Array keys = Samples.points("py", 3, 2, 1);
        int[] row = {0, 3, 1, 3, 2};
        int[] column = {2, 0, 1, 2, 0};
        double[] values = {1, -2, 0.5, 3, -1};
        Kernel narrow = gauss.lengthscale(0.5);
        PairwiseRidge problem = new PairwiseRidge(gauss, narrow, 0.2);
        var some = problem.solve(queries, keys, Responses.observed(4, 3, row, column, values));
        double[][] k = matrix(gauss, queries, queries);
        double[][] l = matrix(narrow, keys, keys);
        double[] system = new double[25];
        for (int o = 0; o < 5; o++) {
            for (int p = 0; p < 5; p++) {
                system[o * 5 + p] = k[row[o]][row[p]] * l[column[o]][column[p]];
                system[o * 5 + p] += o == p ? 0.2 : 0;
            }
        }
        Array a =
                Decompositions.cholesky(Array.of(Shape.of(5, 5), system))
                        .solve(Array.vector(values));
        double[] expected = new double[12];
        for (int o = 0; o < 5; o++) {
            expected[row[o] * 3 + column[o]] = a.at(o);
        }
        // The residual is 10⁻¹⁰ ‖z‖ and the least eigenvalue 0.2.
        assertArrayEquals(expected, some.weights().toDoubles(), 1e-8);
        assertTrue(some.steps() >= 1 && some.steps() <= 6, some.steps() + " steps");
        assertTrue(some.gap() <= 1e-18, "gap " + some.gap());

        Array others = Samples.points("others", 2, 2, 1);
        Array t = some.predict(others, queries);
        double squaredNorm = 0;
        double[] w = some.weights().toDoubles();
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 3; j++) {
                for (int p = 0; p < 12; p++) {
                    squaredNorm += w[i * 3 + j] * k[i][p / 3] * w[p] * l[j][p % 3];
                }
            }
        }
        assertEquals(squaredNorm, some.squaredNorm(), 1e-12 * squaredNorm);
        double[][] left = matrix(gauss, others, queries);
        double[][] right = matrix(narrow, queries, keys);
        for (int o = 0; o < 2; o++) {
            for (int p = 0; p < 4; p++) {
                double sum = 0;
                for (int e = 0; e < 12; e++) {
                    sum += left[o][e / 3] * w[e] * right[p][e % 3];
                }
                assertEquals(sum, t.get(o, p), 1e-13);
            }
        }
    }

    @Test
    void pairwiseRidgeOfAllPairsHasNoGap() {
        Array queries = Samples.points("px", 4, 2, 1);
        Array keys = Samples.points("py", 3, 2, 1);
        var all =
                new PairwiseRidge(gauss, gauss, 0.2)
                        .solve(queries, keys, Responses.all(Samples.signs(queries, keys)));
        assertEquals(0, all.steps());
        assertEquals(0, all.gap(), 1e-26);
    }

    /// `κ(x, x) = 1` for a single point: 1/γ = 1 is its matrix's singular value.
    @Test
    void aSingularValueOfTheKernelIsNoRate() {
        var problem = new AsymmetricLeastSquares(new Gauss(), 1);
        String message =
                assertThrows(
                                ArithmeticException.class,
                                () -> problem.solve(Array.matrix(new double[] {0.5}), 1))
                        .toString();
        assertTrue(message.contains("1/γ = 1.0 is a singular value"), message);
    }
}
