package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Distance;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.linalg.Decompositions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BinaryProblemTest {
    private final Array x = Samples.points("x", 9, 2, 1);
    private final Array y = Samples.points("y", 7, 2, 1);

    /// What a user writes: two domains, a response for every pair, predictions for other points.
    @Test
    void additiveMachineInHilbertSpacesIsASolvedLinearSystem() {
        double lambda = 0.3;
        Array z = Samples.signs(x, y);
        BinaryMachine machine =
                new BinaryProblem(SpacePair.of(new Gauss()), x, y, Responses.all(z))
                        .solve(Coupling.ADDITIVE, Objective.of(Loss.squared(), lambda));
        assertEquals("closed form", machine.report().method());
        assertInstanceOf(Uniqueness.Unique.class, machine.report().uniqueness());

        // The oracle: the ridge problem of all 63 responses with the kernel k(x, x') + k(y, y').
        Array kx = KernelBlocks.matrix(new Gauss(), x, x);
        Array ky = KernelBlocks.matrix(new Gauss(), y, y);
        double[] k = new double[63 * 63];
        for (int o = 0; o < 63; o++) {
            for (int p = 0; p < 63; p++) {
                k[o * 63 + p] = kx.get(o / 7, p / 7) + ky.get(o % 7, p % 7);
            }
        }
        Array gram = Array.of(Shape.of(63, 63), k);
        Array alpha =
                Decompositions.cholesky(Dense.shifted(gram, lambda))
                        .solve(Array.vector(z.toDoubles()));
        double[] fitted = Dense.times(gram, alpha.toDoubles());
        // Both solve a system of condition at most (126 + λ)/λ ≈ 420 in 63 unknowns of size 1:
        // 420 · 63 · u · 10 < 10⁻¹⁰.
        assertArrayEquals(fitted, machine.predict(x, y).toDoubles(), 1e-10);
    }

    static Stream<Arguments> settings() {
        return Stream.of(Loss.squared(), Loss.logistic(), Loss.hinge(), new Huber(0.5))
                .flatMap(loss -> Stream.of(1.3, 2.0, 3.0).map(p -> Arguments.of(loss, p)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyLossAndExponentEndsWithASmallGap(Loss loss, double p) {
        SpacePair pair = SpacePair.of(new TaylorExp(4), p);
        var problem = new BinaryProblem(pair, x, y, Responses.all(Samples.signs(x, y)));
        Objective objective = Objective.of(loss, 0.5);
        BinaryMachine machine = problem.solve(Coupling.ADDITIVE, objective);
        Report report = machine.report();
        assertTrue(report.gap() <= 1e-8 * report.objective(), report::toString);
        assertEquals(report.objective(), value(machine, problem, objective), 1e-9);
        // The gap bounds what any other pair of functions could gain: try some.
        for (double s : new double[] {0, 0.9, 1.1}) {
            BinaryMachine other =
                    new BinaryMachine(
                            machine.f().scaled(s),
                            machine.g().scaled(2 - s),
                            Coupling.ADDITIVE,
                            report);
            assertTrue(
                    value(other, problem, objective) >= report.objective() - report.gap() - 1e-12);
        }
    }

    private static double value(BinaryMachine m, BinaryProblem problem, Objective objective) {
        Array t = m.predict(problem.x(), problem.y());
        Responses z = problem.responses();
        double sum = objective.lambdaQueries() / 2 * Math.pow(m.f().norm(), 2);
        sum += objective.lambdaKeys() / 2 * Math.pow(m.g().norm(), 2);
        for (int o = 0; o < z.size(); o++) {
            sum += objective.loss().value(z.value(o), t.get(z.row(o), z.column(o)));
        }
        return sum;
    }

    @Test
    void observedPairsAloneAreFitted() {
        Responses some =
                Responses.observed(
                        9,
                        7,
                        new int[] {0, 3, 8, 3},
                        new int[] {1, 6, 0, 2},
                        new double[] {1, -1, 1, 1});
        BinaryMachine machine =
                new BinaryProblem(SpacePair.of(new ExpDot()), x, y, some)
                        .solve(Coupling.ADDITIVE, Objective.of(Loss.squared(), 1e-6));
        Array t = machine.predict(x, y);
        for (int o = 0; o < some.size(); o++) {
            // λ α is what ridge misses; α is at most z over the least eigenvalue of the sections'.
            assertEquals(some.value(o), t.get(some.row(o), some.column(o)), 1e-4);
        }
        // Queries without a response have no part in the expansion.
        assertEquals(3, machine.f().dual().support());
        assertEquals(4, machine.g().dual().support());
    }

    @Test
    void productMachineHasATwin() {
        var problem =
                new BinaryProblem(
                        SpacePair.of(new TaylorExp(3), 1.5),
                        x,
                        y,
                        Responses.all(Samples.signs(x, y)));
        Objective objective = Objective.of(Loss.squared(), 0.2);
        BinaryMachine machine = problem.solve(Coupling.PRODUCT, objective);
        assertInstanceOf(Uniqueness.NotUnique.class, machine.report().uniqueness());
        assertTrue(machine.f().norm() > 0.1);
        assertEquals(machine.predict(x, y), machine.negated().predict(x, y));
    }

    @Test
    void hingeUnderANormHasManySolutions() {
        // Lin, Zhang & Zhang 2019, Theorem 4.7 with L = hinge, φ(t) = t, x = 1: all of [0, 1].
        var fitted =
                new RegularisationNetwork(
                                SpacePair.of(new TaylorExp(1), 2).queries(),
                                Array.matrix(new double[][] {{0}}),
                                new double[] {1})
                        .solve(Objective.of(Loss.hinge(), 1).with(Penalty.NORM));
        assertInstanceOf(Uniqueness.NotUnique.class, fitted.report().uniqueness());
        assertEquals(1, fitted.report().objective(), 1e-12);
    }

    @Test
    void aKernelWithoutProofHasNoNormOfItsOwn() {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> SpacePair.of(new Distance()));
        assertTrue(String.valueOf(refused.getMessage()).contains("norm"), refused::toString);
        BinaryMachine machine =
                new BinaryProblem(
                                SpacePair.of(new Distance(), x, y, 1.5),
                                x,
                                y,
                                Responses.all(Samples.signs(x, y)))
                        .solve(Coupling.ADDITIVE, Objective.of(Loss.squared(), 0.1));
        assertTrue(machine.report().gap() <= 1e-10 * machine.report().objective());
    }

    @Test
    void responsesOfOtherSizesAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new BinaryProblem(
                                SpacePair.of(new Gauss()),
                                y,
                                x,
                                Responses.all(Samples.signs(x, y))));
    }
}
