package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Gauss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Machines with norms from nearly a corner to nearly flat, on normal points, whose Taylor features
/// span six powers of ten.
class ExponentsTest {
    private static Array normals(int n, long seed) {
        Random random = new Random(seed);
        double[] x = new double[2 * n];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextGaussian();
        }
        return Array.of(Shape.of(n, 2), x);
    }

    private static double[] signs(int n, long seed) {
        Random random = new Random(seed);
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            z[i] = random.nextBoolean() ? 1 : -1;
        }
        return z;
    }

    static Stream<Arguments> additive() {
        return Stream.of(1.02, 1.05, 1.2, 1.5, 3.0, 5.0, 6.0, 8.0, 10.0, 20.0)
                .flatMap(p ->
                        Stream.of(Loss.squared(), Loss.logistic())
                                .map(loss -> Arguments.of(p, loss)));
    }

    @ParameterizedTest
    @MethodSource("additive")
    void everyExponentConverges(double p, Loss loss) {
        SpacePair pair = SpacePair.of(new TaylorExp(6), p);
        Array x = normals(40, 1);
        Array y = normals(30, 2);
        double[] z = signs(1200, 4);
        BinaryMachine m =
                new BinaryProblem(pair, x, y, Responses.all(Array.of(Shape.of(40, 30), z)))
                        .solve(Coupling.ADDITIVE, Objective.of(loss, 0.1));
        Report report = m.report();
        assertTrue(report.converged(), report::toString);
        // The barrier's linear systems keep some half of the digits; 10⁻⁸ is far above what they
        // leave and far below the 10⁻⁶ that count as converged.
        assertTrue(report.gap() <= 1e-8 * report.objective(), report::toString);
        assertInstanceOf(Uniqueness.Unique.class, report.uniqueness());
        double[] t = m.predict(x, y).toDoubles();
        double objective = 0.05 * (Math.pow(m.f().norm(), 2) + Math.pow(m.g().norm(), 2));
        double zero = 0;
        for (int o = 0; o < z.length; o++) {
            objective += loss.value(z[o], t[o]);
            zero += loss.value(z[o], 0);
        }
        // What is reported is what the functions do, to the roundings of 1200 losses.
        assertEquals(report.objective(), objective, 1e-9 * zero);
        assertTrue(objective < zero);
    }

    /// A loss with a corner, its dual variables at their bounds or free.
    @ParameterizedTest
    @ValueSource(doubles = {1.02, 1.5, 20})
    void hingeConvergesForEveryExponent(double p) {
        SpacePair pair = SpacePair.of(new TaylorExp(6), p);
        Array z = Array.of(Shape.of(40, 30), signs(1200, 4));
        Report report =
                new BinaryProblem(pair, normals(40, 1), normals(30, 2), Responses.all(z))
                        .solve(Coupling.ADDITIVE, Objective.of(Loss.hinge(), 0.1))
                        .report();
        assertTrue(report.objective() < 1200, report::toString);
        // Far above what the barrier's systems leave, 10⁻¹², and far below what counts.
        assertTrue(report.gap() <= 1e-8 * report.objective(), report::toString);
        assertInstanceOf(Uniqueness.Unique.class, report.uniqueness());
    }

    /// `λ‖·‖`: the dual variables must have a norm of at most λ, and what they exceed it by counts
    /// in full.
    @ParameterizedTest
    @ValueSource(doubles = {1.02, 3, 20})
    void theNormAsPenaltyConvergesForEveryExponent(double p) {
        SpacePair pair = SpacePair.of(new TaylorExp(6), p);
        Array x = normals(40, 1);
        Array y = normals(30, 2);
        double[] z = signs(1200, 4);
        var problem = new BinaryProblem(pair, x, y, Responses.all(Array.of(Shape.of(40, 30), z)));
        for (Loss loss : new Loss[] {Loss.hinge(), Loss.squared()}) {
            Objective norms = Objective.of(loss, 5).with(Penalty.NORM);
            BinaryMachine m = problem.solve(Coupling.ADDITIVE, norms);
            assertTrue(m.report().converged(), m.report()::toString);
            double[] t = m.predict(x, y).toDoubles();
            double objective = 5 * (m.f().norm() + m.g().norm());
            for (int o = 0; o < z.length; o++) {
                objective += loss.value(z[o], t[o]);
            }
            assertEquals(m.report().objective(), objective, 1e-9 * objective);
            // λ/2 (‖·‖² + 1) ≥ λ‖·‖: the other problem's least value bounds this one's.
            Report squares = problem.solve(Coupling.ADDITIVE, Objective.of(loss, 5)).report();
            assertTrue(objective - m.report().gap() <= squares.objective() + 5);
            assertEquals(m.f().norm(), m.f().dual().norm(), 1e-6 * m.f().norm());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.02, 1.1, 3, 8, 12, 20})
    void oneFunctionConvergesForEveryExponent(double p) {
        Space space = SpacePair.of(new TaylorExp(4), p).queries();
        for (Loss loss : new Loss[] {Loss.squared(), Loss.logistic()}) {
            Report report =
                    new RegularisationNetwork(space, normals(6, 2), signs(6, 3))
                            .solve(Objective.of(loss, 0.1))
                            .report();
            assertTrue(report.gap() <= 1e-9 * report.objective(), report::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void responsesAreNumbers(double bad) {
        Space space = SpacePair.of(new Gauss()).queries();
        Array x = normals(2, 1);
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new RegularisationNetwork(space, x, new double[] {1, bad}));
        assertEquals("response 1 is " + bad + "; a response must be finite", refused.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new KernelRidge(new Gauss(), 0.1).direct(x, 1, bad));
    }

    /// Above the bound zero is the only minimiser of a product, below it the solution has a twin.
    @ParameterizedTest
    @ValueSource(doubles = {1.5, 2, 4})
    void zeroProductIsTheOnlySolutionExactlyWhereItIsLeast(double p) {
        Array x = normals(6, 1);
        Array y = normals(5, 2);
        Array z = Array.of(Shape.of(6, 5), signs(30, 4));
        SpacePair pair = p == 2 ? SpacePair.of(new Gauss()) : SpacePair.of(new TaylorExp(3), p);
        var problem = new BinaryProblem(pair, x, y, Responses.all(z));
        for (double lambda : new double[] {1e4, 1e6}) {
            BinaryMachine none =
                    problem.solve(Coupling.PRODUCT, Objective.of(Loss.squared(), lambda));
            assertInstanceOf(Uniqueness.Unique.class, none.report().uniqueness());
            assertEquals(0, none.f().norm() + none.g().norm());
            assertEquals(15, none.report().objective(), 1e-12); // thirty halves
        }
        BinaryMachine some = problem.solve(Coupling.PRODUCT, Objective.of(Loss.squared(), 0.1));
        assertInstanceOf(Uniqueness.NotUnique.class, some.report().uniqueness());
        assertTrue(some.report().objective() < 15);
        for (double lambda : new double[] {1, 2, 4, 8, 16, 32, 64}) {
            Report r =
                    problem.solve(Coupling.PRODUCT, Objective.of(Loss.squared(), lambda)).report();
            boolean better = r.objective() < 15 * (1 - 1e-12);
            assertEquals(better, r.uniqueness() instanceof Uniqueness.NotUnique, r::toString);
        }
    }

    /// In Hilbert spaces the bound is exact: `√(λλ')` just below it has a solution besides zero.
    @Test
    void boundOfAProductIsSharpInHilbertSpaces() {
        Array x = normals(6, 1);
        Array y = normals(5, 2);
        double[] z = signs(30, 4);
        Responses responses = Responses.all(Array.of(Shape.of(6, 5), z));
        SpacePair pair = SpacePair.of(new Gauss());
        double bound =
                BilinearBound.of(
                        pair.queries().at(x), pair.keys().at(y), responses, Dense.scaled(z, -1));
        var problem = new BinaryProblem(pair, x, y, responses);
        assertInstanceOf(
                Uniqueness.Unique.class,
                problem.solve(Coupling.PRODUCT, Objective.of(Loss.squared(), bound * 1.001))
                        .report()
                        .uniqueness());
        assertInstanceOf(
                Uniqueness.NotUnique.class,
                problem.solve(Coupling.PRODUCT, Objective.of(Loss.squared(), bound * 0.9))
                        .report()
                        .uniqueness());
    }
}
