package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Gauss;
import nonmercer.linalg.Decompositions;
import org.junit.jupiter.api.Test;

/// L-BFGS against Newton's method and a linear system.
class MethodTest {
    private static Array points(SplittableRandom random, int n) {
        return Array.of(Shape.of(n, 2), random.doubles(2L * n, -1, 1).toArray());
    }

    private static double[] signs(SplittableRandom random, int n) {
        return random.doubles(n, -1, 1).map(v -> v < 0 ? -1 : 1).toArray();
    }

    @Property(tries = 30)
    void bothMethodsFindTheSameMachine(
            @ForAll @IntRange(min = 1, max = 12) int n,
            @ForAll @IntRange(min = 1, max = 8) int m,
            @ForAll @DoubleRange(min = -2, max = 1) double exponent,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array x = points(random, n);
        Array y = points(random, m);
        Responses z = Responses.all(Array.of(Shape.of(n, m), signs(random, n * m)));
        SpacePair pair =
                random.nextBoolean()
                        ? SpacePair.of(new Gauss())
                        : SpacePair.of(new TaylorExp(4), 1.5 + random.nextDouble());
        BinaryProblem problem = new BinaryProblem(pair, x, y, z);
        for (Loss loss : new Loss[] {Loss.squared(), Loss.logistic()}) {
            Objective objective = Objective.of(loss, Math.pow(10, exponent));
            Report newton = problem.solve(Coupling.ADDITIVE, objective).report();
            BinaryMachine found = problem.additive(objective, Method.LBFGS);
            assertTrue(found.report().converged(), found.report()::toString);
            assertInstanceOf(Uniqueness.Unique.class, found.report().uniqueness());
            assertTrue(found.report().method().startsWith("L-BFGS"), found.report()::toString);
            double above = found.report().objective() - newton.objective();
            // Both are above the least value by no more than their gaps, and roundings.
            double rounding = 1e-13 * newton.objective();
            assertTrue(above <= found.report().gap() + rounding, found.report()::toString);
            assertTrue(-above <= newton.gap() + rounding, newton::toString);
        }
    }

    /// `(K + λ) c = z`.
    @Test
    void ridgeIsALinearSystem() {
        SplittableRandom random = new SplittableRandom(3);
        Array x = points(random, 300);
        double[] z = Samples.wave(x);
        Space space = SpacePair.of(new Gauss()).queries();
        var fitted =
                new RegularisationNetwork(space, x, z)
                        .solve(Objective.of(Loss.squared(), 0.1), Method.LBFGS);
        Array k = Dense.shifted(space.at(x).gram(), 0.1);
        double[] c = Decompositions.solve(k, Array.vector(z)).toDoubles();
        double[] f = Dense.times(space.at(x).gram(), c);
        // The gap g bounds |f - f*| by √(2 g), g below 10⁻⁹ of ½|z|² of 75.
        assertArrayEquals(f, fitted.function().at(x), 4e-4);
        assertTrue(fitted.report().gap() <= 1e-9 * fitted.report().objective());
    }

    /// A loss whose dual variables have bounds, which a small λ drives them to.
    @Test
    void manyPointsAndASmallPenaltyConverge() {
        Array x = Samples.points("many", 400, 3, 3);
        double[] z = signs(new SplittableRandom(3), 400);
        var network = new RegularisationNetwork(SpacePair.of(new Gauss()).queries(), x, z);
        Objective objective = Objective.of(Loss.logistic(), 0.1);
        Report newton = network.solve(objective).report();
        Report found = network.solve(objective, Method.LBFGS).report();
        assertTrue(found.converged(), found::toString);
        assertEquals(newton.objective(), found.objective(), 1e-6 * newton.objective());
    }
}
