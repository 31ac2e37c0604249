package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.array.Array;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Linear;
import nonmercer.kernel.Sigmoid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is far below the largest number and yet no rounding, and what is rounding.
class RoundingTest {
    private static Array points(double[]... rows) {
        return Array.matrix(rows);
    }

    /// `K = [[1, 1001], [1001, 1000001]]` but for `tanh`: its determinant is -2000, and `μ =
    /// -0.002` is small beside `‖K‖` alone.
    @Test
    void aSmallNegativeEigenvalueIsNone() {
        Kernel kernel = new Sigmoid(Coefficient.of(1), -1).plus(new Linear(Coefficient.of(1)));
        Array x = points(new double[] {1, 0}, new double[] {1000, 0});
        double[] z = {1, -1};
        var model = new KreinLeastSquares(kernel, 2).solve(x, z);
        // The oracle: the objective falls without end along an eigenvector of that eigenvalue.
        double value = objective(kernel, x, z, 2, model.solution().model().coefficients(), 0);
        double far = objective(kernel, x, z, 2, model.solution().model().coefficients(), 100);
        assertTrue(far < value - 10, () -> far + " after " + value);
        assertEquals(new Curvature(1, 0, 1), model.curvature());
        assertEquals(Double.POSITIVE_INFINITY, model.solution().report().gap());
    }

    private static double objective(
            Kernel kernel, Array x, double[] z, double lambda, Array start, double step) {
        double[] c = {start.at(0) - 1001 * step, start.at(1) + 1.002 * step};
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            double f = 0;
            for (int j = 0; j < 2; j++) {
                f += kernel.at(Samples.row(x, i), Samples.row(x, j)) * c[j];
            }
            sum += (z[i] - f) * (z[i] - f) / 2 + lambda / 2 * c[i] * f;
        }
        return sum;
    }

    /// One eigenvalue is 0, and so level.
    @Test
    void repeatedPointsAreLevel() {
        Array x = points(new double[] {3, 1}, new double[] {3, 1}, new double[] {0, 2});
        var model = new KreinLeastSquares(new Linear(Coefficient.of(1)), 0.5).solve(x, 1, 2, 3);
        assertEquals(new Curvature(0, 1, 2), model.curvature());
        assertTrue(model.solution().report().converged());
    }

    /// The least-norm interpolant of `v₁ + 2v₂ = 1`, `2v₁ - v₂ = 2` has the norm of (1, 0); one
    /// that may miss by ½ stops long before.
    @Test
    void mirrorDescentWithAGapHasNotConverged() {
        Space space = SpacePair.of(new TaylorExp(Coefficient.of(1), 1), 1.5).queries();
        Array x = points(new double[] {1, 2}, new double[] {2, -1});
        double[] z = {1, 2};
        var early = new MirrorDescent(space, x, z).run(0.5, 1000);
        double best = new Interpolation(space, x, z).solve().function().norm();
        assertTrue(early.function().norm() < 0.99 * best, early::toString);
        assertFalse(early.converged(), early::toString);
        assertInstanceOf(Uniqueness.Unknown.class, early.uniqueness());
        var none = new MirrorDescent(space, x, z).run(3, 1000);
        assertFalse(none.converged(), none::toString);
        var late = new MirrorDescent(space, x, z).run(1e-10, 100_000);
        assertTrue(late.converged(), late::toString);
        assertEquals(best, late.function().norm(), 1e-9);
        assertTrue(new MirrorDescent(space, x, new double[2]).run(0, 10).converged());
    }

    @Test
    void mirrorDescentRefusesFeaturesThatAreZero() {
        Space space = SpacePair.of(new Linear(Coefficient.of(1))).queries();
        Array zeros = points(new double[2], new double[2]);
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new MirrorDescent(space, zeros, new double[] {1, 2}).run(0.1, 10));
        assertTrue(String.valueOf(refused.getMessage()).contains("all zero"), refused::toString);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 3, 100})
    void equalPointsHaveNoComponents(double at) {
        double[][] x = new double[10][];
        for (int i = 0; i < 10; i++) {
            x[i] = new double[] {at, 0.7};
        }
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> KernelPca.of(new Gauss(), Array.matrix(x), 1));
        assertEquals(
                "these points have 0 components of positive variance, 1 were asked for",
                refused.getMessage());
        x[4][0] = at + 0.01;
        // One of ten is elsewhere: ‖φ - φ'‖² = 2 - 2k, of which 9/100 is the variance.
        double k = new Gauss().at(x[4], x[0]);
        double variance = KernelPca.of(new Gauss(), Array.matrix(x), 1).variances()[0];
        // Ten roundings of numbers of 1 beside one of 10⁻⁵.
        assertEquals(0.09 * (2 - 2 * k), variance, 1e-14);
    }

    @Test
    void componentsAreCounted() {
        Array x = points(new double[] {1, 2}, new double[] {2, -1});
        var refused =
                assertThrows(
                        IllegalArgumentException.class, () -> KernelPca.of(new Gauss(), x, -1));
        assertEquals("a number of components is at least 0, got -1", refused.getMessage());
    }

    @Test
    void primalAttentionChecksItsShapes() {
        Array x = Samples.points("x", 3, 2, 1);
        Array y = Samples.points("y", 4, 2, 1);
        Array one = Samples.points("one", 2, 1, 1);
        Array two = Samples.points("two", 2, 2, 1);
        Array tall = Samples.points("tall", 3, 2, 1);
        var attention = new PrimalAttention(x, y, new double[] {1, 2});
        assertTrue(Double.isFinite(attention.objective(two, two)));
        for (Array[] pair : new Array[][] {{one, two}, {two, one}, {one, one}, {tall, two}}) {
            var refused =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> attention.objective(pair[0], pair[1]));
            String said = String.valueOf(refused.getMessage());
            assertTrue(said.contains("[2, 2], got shape ["), refused::toString);
        }
        var few = new PrimalAttention(x, y, new double[] {1});
        assertThrows(IllegalArgumentException.class, () -> few.objective(two, two));
        assertThrows(
                IllegalArgumentException.class, () -> new PrimalAttention(x, y, new double[0]));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PrimalAttention(Array.vector(1, 2), y, new double[1]));
    }
}
