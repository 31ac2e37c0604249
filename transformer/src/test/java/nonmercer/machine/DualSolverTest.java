package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Gauss;
import nonmercer.linalg.Decompositions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DualSolverTest {
    private final Array x = Samples.points("x", 3, 2, 1);
    private final Array y = Samples.points("y", 2, 2, 1);
    private final int[] row = {0, 1, 2, 2, 0};
    private final int[] column = {1, 0, 1, 0, 1};
    private final double[] left = {1, 2, -1, 0.5, 1};
    private final double[] right = {-1, 1, 0.5, 2, 3};
    private final SpacePair pair = SpacePair.of(new Gauss());

    private List<DualNewton.Term> terms() {
        return List.of(
                new DualNewton.Term(pair.queries().at(x), 0.3, row, left),
                new DualNewton.Term(pair.keys().at(y), 1.7, column, right));
    }

    /// `B H Bᵀ` over all five responses, entry by entry.
    private double coupling(int o, int p) {
        double k = new Gauss().at(Samples.row(x, row[o]), Samples.row(x, row[p]));
        double l = new Gauss().at(Samples.row(y, column[o]), Samples.row(y, column[p]));
        return left[o] * k * left[p] / 0.3 + right[o] * l * right[p] / 1.7;
    }

    private List<Array> curvatures() {
        return terms().stream().map(t -> t.trace().gram()).toList();
    }

    @Test
    void newtonsSystemOfPointsIsThatOfAllResponses() {
        double[] inverse = {1, 2, 0.5, 4, 0.1};
        double[] g = {1, -2, 0.3, 0.7, -1};
        double[] system = new double[25];
        for (int o = 0; o < 5; o++) {
            for (int p = 0; p < 5; p++) {
                system[o * 5 + p] = coupling(o, p) + (o == p ? 1 / inverse[o] : 0);
            }
        }
        Array minus = Array.vector(Dense.scaled(g, -1));
        double[] d = Decompositions.solve(Array.of(Shape.of(5, 5), system), minus).toDoubles();
        Coupled coupled = Coupled.of(terms(), curvatures(), inverse);
        assertNotNull(coupled);
        double[] found = coupled.solve(g);
        assertNotNull(found);
        assertArrayEquals(d, found, 1e-12); // condition below 10³
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void noStepIsTakenThatIsNoNumber(double bad) {
        double[] ones = {1, 1, 1, 1, 1};
        double[] g = {0, 0, bad, 0, 0};
        Coupled coupled = Coupled.of(terms(), curvatures(), ones);
        assertNotNull(coupled);
        assertNull(coupled.solve(g));
    }

    /// The squared loss: predictions `t = M α` with `α = z - t`, so `(I + M) α = z`.
    @Test
    void squaresWithWeightsAreALinearSystem() {
        double[] z = {1, -1, 2, 0.5, 3};
        double[] system = new double[25];
        for (int o = 0; o < 5; o++) {
            for (int p = 0; p < 5; p++) {
                system[o * 5 + p] = coupling(o, p) + (o == p ? 1 : 0);
            }
        }
        double[] alpha =
                Decompositions.solve(Array.of(Shape.of(5, 5), system), Array.vector(z)).toDoubles();
        var solved = DualNewton.solve(Loss.squared(), z, terms(), 1e-12);
        assertArrayEquals(alpha, solved.dual(), 1e-12);
        assertArrayEquals(Dense.sum(z, -1, alpha), solved.predictions(), 1e-12);
        // ½|α|² + ½ αᵀ M α = ½ α·z.
        assertEquals(Dense.dot(alpha, z) / 2, solved.objective(), 1e-12);
        assertEquals(1, solved.steps());
        double[] c = new double[3];
        for (int o = 0; o < 5; o++) {
            c[row[o]] += left[o] * alpha[o] / 0.3;
        }
        assertArrayEquals(c, solved.terms().getFirst().c(), 1e-12);
    }

    /// Asked for more than rounding allows, it ends where no step lowers the dual any more.
    @Test
    void anImpossibleToleranceEndsAtRounding() {
        double[] z = {1, -1, 1, 1, -1};
        for (Loss loss : List.of(Loss.logistic(), Loss.hinge(), new Huber(0.5))) {
            var solved = DualNewton.solve(loss, z, terms(), 0);
            assertTrue(solved.gap() >= 0 && solved.gap() < 1e-9, loss + ": " + solved.gap());
            assertTrue(solved.steps() > 0 && solved.steps() <= 300);
            for (int o = 0; o < 5; o++) {
                assertTrue(solved.dual()[o] >= -loss.largestSlope(z[o]));
                assertTrue(solved.dual()[o] <= -loss.leastSlope(z[o]));
            }
        }
    }

    /// Two points of opposite classes at `±r` under `exp(-‖x - y‖²/√2)`: by symmetry the classifier
    /// is `a (k(x, r) - k(x, -r))` and both reach their margin, `a (1 - k) = 1`, if λ is small.
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.9})
    void twoPointsOfAMarginAreBothSupported(double lambda) {
        Array two = Array.matrix(new double[] {0.8, 0}, new double[] {-0.8, 0});
        double k = new Gauss().at(new double[] {0.8, 0}, new double[] {-0.8, 0});
        var solved =
                new RegularisationNetwork(pair.queries(), two, new double[] {1, -1})
                        .solve(Objective.of(Loss.hinge(), lambda));
        // a ≤ 1/λ, the bound of the dual variables; 1 - k = 0.84.
        double a = Math.min(1 / (1 - k), 1 / lambda);
        double[] c = solved.function().dual().coefficients();
        assertArrayEquals(new double[] {a, -a}, c, 1e-5);
        double margin = a * (1 - k);
        double value = 2 * Math.max(0, 1 - margin) + lambda * a * margin;
        assertEquals(value, solved.report().objective(), 1e-9);
    }

    /// `f(x) g(y)` of linear functions on unit vectors is a matrix of rank one: the leading
    /// singular part, its value shrunk by λ. It starts at the right vector, so the rounds only
    /// shrink its value: another start would take `ln 10⁻¹² / ln (3/5)² > 25` of them.
    @Test
    void productsOfLinearFunctionsAreTheLeadingSingularPart() {
        double[][] q = {{0.6, 0.8, 0}, {-0.8, 0.6, 0}, {0, 0, 1}};
        double[] sigma = {5, 3, 1};
        double[] z = new double[9];
        double[] leading = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                // Right vectors: the left ones with their coordinates rotated.
                for (int s = 0; s < 3; s++) {
                    z[i * 3 + j] += sigma[s] * q[s][i] * q[s][(j + 1) % 3];
                }
                leading[i * 3 + j] = (5 - 0.5) * q[0][i] * q[0][(j + 1) % 3];
            }
        }
        Array unit = Dense.shifted(Dense.zeros(3, 3), 1);
        SpacePair linear = SpacePair.of(new nonmercer.kernel.Linear(Coefficient.of(1)));
        BinaryMachine machine =
                new BinaryProblem(linear, unit, unit, Responses.all(Array.of(Shape.of(3, 3), z)))
                        .solve(Coupling.PRODUCT, Objective.of(Loss.squared(), 0.5));
        assertArrayEquals(leading, machine.predict(unit, unit).toDoubles(), 1e-5);
        assertTrue(machine.report().steps() <= 16, machine.report()::toString);
        // Σσ²/2 - (σ₁ - λ)²/2.
        assertEquals(17.5 - 4.5 * 4.5 / 2, machine.report().objective(), 1e-9);
    }

    /// For p > 2 an interpolant is found among the features: the norm is least where `J(v)` is a
    /// combination of the points' features.
    @ParameterizedTest
    @ValueSource(doubles = {2.5, 3, 6})
    void interpolantsForLargeExponentsAreStationary(double p) {
        Space space = SpacePair.of(new TaylorExp(2), p).queries();
        double[] z = {1, -0.5, 2};
        var found = new Interpolation(space, x, z).solve();
        assertArrayEquals(z, found.function().at(x), 1e-7);
        assertTrue(found.steps() > 0 && found.steps() <= 60, found::toString);
        assertTrue(found.miss() <= 1e-7 && found.gap() <= 1e-6, found::toString);
    }

    @Test
    void hilbertInterpolantsAreOneLinearSystem() {
        double[] z = {1, -0.5, 2};
        var found = new Interpolation(pair.queries(), x, z).solve();
        double[] c = Decompositions.solve(pair.queries().at(x).gram(), Array.vector(z)).toDoubles();
        assertArrayEquals(c, found.function().dual().coefficients(), 1e-11);
        assertEquals(0, found.steps());
        assertEquals(0, found.miss(), 1e-12);
        assertEquals(0, found.gap(), 1e-12);
    }

    /// One point with kernel value 1: `c ← c + (z - c)`, done in a step.
    @Test
    void mirrorDescentCountsItsSteps() {
        Array one = Array.matrix(new double[] {0.3, 0.4});
        var mirror = new MirrorDescent(pair.queries(), one, new double[] {2});
        assertEquals(1, mirror.run(1e-12, 100).steps());
        assertEquals(2, mirror.run(1e-12, 100).function().at(one)[0], 1e-15);
        assertEquals(0, mirror.run(1e-12, 100).miss(), 1e-15);
        assertEquals(0, mirror.run(1e-12, 100).gap(), 1e-15);
        assertEquals(0, mirror.run(2, 100).steps());
        assertEquals(2, mirror.run(2, 100).miss());
        assertEquals(0, mirror.run(1e-12, 0).steps());
        // p = 3/2: the rate is half the inverse of the largest eigenvalue, here the number of
        // points, so that what a constant misses is halved: 2/2¹¹ < 10⁻³.
        Space constants = SpacePair.of(new TaylorExp(0), 1.5).queries();
        for (Array points : List.of(one, y)) {
            double[] twos = {2, 2};
            double[] z = Arrays.copyOf(twos, points.dim(0));
            var halved = new MirrorDescent(constants, points, z).run(1e-3, 100);
            assertEquals(11, halved.steps());
            assertEquals(2 / 2048.0, halved.miss(), 1e-12);
        }
    }
}
