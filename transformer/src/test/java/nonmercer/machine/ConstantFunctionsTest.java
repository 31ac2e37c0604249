package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.feature.TaylorExp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// With one feature that is 1 everywhere a function is a number `v` and `‖v‖ = |v|` for every
/// exponent: every machine has a solution on paper.
class ConstantFunctionsTest {
    private static final double[] Z = {1, 1, -1, 1};
    private final Array x = Samples.points("x", 4, 2, 1);
    private final Array y = Samples.points("y", 3, 2, 1);

    private RegularisationNetwork.Fitted fitted(double p, Objective objective, double... z) {
        Space space = SpacePair.of(new TaylorExp(0), p).queries();
        return new RegularisationNetwork(space, x, z).solve(objective);
    }

    private double constant(Function f) {
        return f.at(x)[0];
    }

    /// The root of an increasing function, by bisection.
    private static double root(java.util.function.DoubleUnaryOperator f) {
        double low = -10;
        double high = 10;
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (f.applyAsDouble(middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double logisticSlope(double v) {
        return -3 / (1 + Math.exp(v)) + 1 / (1 + Math.exp(-v));
    }

    static Stream<Arguments> settings() {
        return Stream.of(1.3, 2.0, 3.0)
                .flatMap(p -> Stream.of(0.01, 0.5, 1.5, 4.0).map(l -> Arguments.of(p, l)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void halfTheSquaredNormShrinks(double p, double lambda) {
        // Σ z = 2 of four responses.
        double squared = 2 / (4 + lambda);
        check(p, Objective.of(Loss.squared(), lambda), squared);
        // For |v| < 1 the slope of the hinges is -2, beyond it is 1.
        check(p, Objective.of(Loss.hinge(), lambda), Math.min(1, 2 / lambda));
        double logistic = root(v -> logisticSlope(v) + lambda * v);
        check(p, Objective.of(Loss.logistic(), lambda), logistic);
        // Residuals 1 - v and 1 + v beyond 1/2 count linearly: slope -3 min(1 - v, ½) + ½.
        double huber = root(v -> -3 * Math.clamp(1 - v, -0.5, 0.5) + 0.5 + lambda * v);
        check(p, Objective.of(new Huber(0.5), lambda), huber);
    }

    private void check(double p, Objective objective, double v) {
        var solved = fitted(p, objective, Z);
        Report report = solved.report();
        double value = objective.lambdaQueries() * v * v / 2;
        for (double z : Z) {
            value += objective.loss().value(z, v);
        }
        // The gap is the objective's error; that of v is its root over a curvature of at least λ.
        assertEquals(value, report.objective(), 1e-9, report::toString);
        assertTrue(report.gap() >= 0 && report.gap() <= 1e-9, report::toString);
        assertEquals(v, constant(solved.function()), 1e-4);
        assertTrue(report.steps() >= 0 && report.steps() <= 100, report::toString);
        assertEquals(
                new Uniqueness.Unique(
                        "λ/2 ‖·‖² is strictly convex: the norm has an exponent between 1 and ∞"),
                report.uniqueness());
        if (report.steps() <= 1) {
            assertEquals("closed form", report.method());
        } else {
            // Dual variables that reach a bound, or a dual norm without second derivatives.
            Loss loss = objective.loss();
            boolean smooth =
                    p <= 2 && (loss.equals(Loss.squared()) || loss.equals(Loss.logistic()));
            assertEquals(
                    smooth ? "Newton in the dual" : "interior points in the dual", report.method());
        }
    }

    /// In Hilbert spaces: one step for squares, and Newton's few for the logistic loss.
    @Test
    void smoothLossesTakeFewSteps() {
        assertEquals(1, fitted(2, Objective.of(Loss.squared(), 0.5), Z).report().steps());
        int steps = fitted(2, Objective.of(Loss.logistic(), 0.5), Z).report().steps();
        assertTrue(steps >= 2 && steps <= 8, steps + " steps");
    }

    /// The tolerance is relative.
    @ParameterizedTest
    @ValueSource(doubles = {1e-7, 1e7})
    void responsesMayHaveAnyScale(double scale) {
        var solved = fitted(2, Objective.of(Loss.squared(), 1), scale, scale, -scale, scale);
        assertEquals(0.4 * scale, constant(solved.function()), 1e-12 * scale);
        assertEquals(1, solved.report().steps());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.3, 2, 3})
    void theNormItselfIsAThreshold(double p) {
        for (double lambda : new double[] {0.5, 1.5, 2.5}) {
            Objective squares = Objective.of(Loss.squared(), lambda).with(Penalty.NORM);
            var solved = fitted(p, squares, Z);
            double v = Math.max(0, 2 - lambda) / 4;
            // 2 - v Σz + 2 v² + λ v; the path ends at a relative gap of 10⁻¹².
            double value = 2 - 2 * v + 2 * v * v + lambda * v;
            assertEquals(value, solved.report().objective(), 1e-9);
            assertEquals(v, constant(solved.function()), 1e-4);
            assertTrue(solved.report().gap() >= 0 && solved.report().gap() <= 1e-9);
            // Where zero is the solution its certificate is there before the first step.
            assertEquals(v > 0, solved.report().steps() > 0);
            assertEquals("Newton along the central path", solved.report().method());
            assertEquals(
                    new Uniqueness.Unique(
                            "all solutions predict the same, for the loss is strictly convex, and of"
                                    + " these one has the least norm"),
                    solved.report().uniqueness());
            var logistic = fitted(p, Objective.of(Loss.logistic(), lambda).with(Penalty.NORM), Z);
            double w = Math.max(0, root(t -> logisticSlope(t) + lambda));
            assertEquals(w, constant(logistic.function()), 1e-3);
        }
    }

    /// Hinges fall with slope 2 up to 1: their one solution is 1 or 0, except for λ = 2.
    @ParameterizedTest
    @CsvSource({"0.5, 1", "1.9, 1", "2.1, 0", "9, 0"})
    void hingesUnderANormEndAtTheirKinks(double lambda, double v) {
        var solved = fitted(2, Objective.of(Loss.hinge(), lambda).with(Penalty.NORM), Z);
        assertEquals(v, constant(solved.function()), 1e-6);
        assertEquals(4 + (lambda - 2) * v, solved.report().objective(), 1e-8);
        assertEquals(
                new Uniqueness.Unknown(
                        v == 0
                                ? "the solution found is zero"
                                : "neither the loss nor λ‖·‖ is strictly convex; no other solution was found"
                                        + " on the ray of this one"),
                solved.report().uniqueness());
    }

    @Test
    void hingesUnderANormOfTheirOwnSlopeHaveManySolutions() {
        var solved = fitted(2, Objective.of(Loss.hinge(), 2).with(Penalty.NORM), Z);
        assertEquals(4, solved.report().objective(), 1e-8);
        var many = assertInstanceOf(Uniqueness.NotUnique.class, solved.report().uniqueness());
        assertEquals(
                "λ‖·‖ is linear along a ray and the loss is not strictly convex", many.reason());
        assertTrue(many.another().endsWith(" times this solution has the same objective"));
    }

    private BinaryMachine product(Responses z, Objective objective) {
        return new BinaryProblem(SpacePair.of(new TaylorExp(0), 2), x, y, z)
                .solve(Coupling.PRODUCT, objective);
    }

    /// Twelve responses of sum S: `6 P² - S P + √(λλ') |P|` over the product P, which is shared so
    /// that both penalties are equal.
    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "0.01, 4", "3, 0.2"})
    void productsOfTwoConstantsAreBalanced(double lambda, double other) {
        double[] z = {3, 1, 2, 0, 1, 4, -1, 2, 1, 1, 0, 2};
        Responses all = Responses.all(Array.of(Shape.of(4, 3), z));
        Objective objective = new Objective(Loss.squared(), Penalty.HALF_SQUARE, lambda, other);
        BinaryMachine machine = product(all, objective);
        double root = Math.sqrt(lambda * other);
        double p = (16 - root) / 12;
        assertEquals(p, machine.predict(x, y).at(0), 1e-6);
        assertEquals(lambda * Math.pow(machine.f().norm(), 2), root * p, 1e-5);
        assertEquals(other * Math.pow(machine.g().norm(), 2), root * p, 1e-5);
        Report report = machine.report();
        assertEquals(21 - 6 * p * p, report.objective(), 1e-9); // Σz²/2 = 21
        assertTrue(report.gap() >= 0 && report.gap() <= 1e-9, report::toString);
        assertTrue(report.steps() >= 4 && report.steps() <= 40, report::toString);
        assertEquals(0, report.steps() % 2); // one a half
        assertEquals("alternating Newton in the dual", report.method());
        assertEquals(
                new Uniqueness.NotUnique(
                        "f(x) g(y) does not change when both change their sign", "(-f, -g)"),
                report.uniqueness());
    }

    /// `6 P² - S P + 2 √(λλ'P)`: the slope vanishes, and λ|u| = λ'|w|.
    @Test
    void productsUnderNormsAreBalancedToo() {
        double[] z = {3, 1, 2, 0, 1, 4, -1, 2, 1, 1, 0, 2};
        Responses all = Responses.all(Array.of(Shape.of(4, 3), z));
        Objective objective = new Objective(Loss.squared(), Penalty.NORM, 0.3, 1.2);
        BinaryMachine machine = product(all, objective);
        double p = machine.predict(x, y).at(0);
        assertEquals(0, 12 * p - 16 + Math.sqrt(0.36 / p), 1e-3);
        assertEquals(0.3 * machine.f().norm(), 1.2 * machine.g().norm(), 1e-3);
        double value = 21 + 6 * p * p - 16 * p + 2 * Math.sqrt(0.36 * p);
        assertEquals(value, machine.report().objective(), 1e-6);
    }

    @Test
    void nothingToLearnIsTheZeroProduct() {
        Responses zeros = Responses.all(Dense.zeros(4, 3));
        BinaryMachine machine = product(zeros, Objective.of(Loss.squared(), 1));
        assertEquals(0, machine.report().objective());
        assertEquals(
                new Uniqueness.Unique(
                        "zero is the only minimiser: λ is above what f(x) g(y) can gain for its norms"),
                machine.report().uniqueness());
    }
}
