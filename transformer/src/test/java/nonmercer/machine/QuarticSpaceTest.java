package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Coefficient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the fourth root makes of roundings, on the line, where the features are `xᵃ/√a!`.
class QuarticSpaceTest {
    private static final int DEGREE = 120; // of numbers up to 6: 6¹²⁰/√120! < 10⁻⁵

    private static double[] features(double x) {
        double[] phi = new double[DEGREE];
        phi[0] = 1;
        for (int a = 1; a < DEGREE; a++) {
            phi[a] = phi[a - 1] * x / Math.sqrt(a);
        }
        return phi;
    }

    private static double[] sections(double[] x, double[] c) {
        double[] h = new double[DEGREE];
        for (int i = 0; i < x.length; i++) {
            h = Dense.sum(h, c[i], features(x[i]));
        }
        return h;
    }

    /// `½‖h‖²` in ℓ⁴, by features.
    private static double energy(double[] h) {
        double norm = new Lp(4).norm(h);
        return norm * norm / 2;
    }

    private static Array column(double... x) {
        return Array.of(Shape.of(x.length, 1), x);
    }

    /// The same points on a line in a space of so many coordinates that features are too many.
    private static Array inEight(double... x) {
        double[] all = new double[8 * x.length];
        for (int i = 0; i < x.length; i++) {
            all[8 * i + 3] = x[i];
        }
        return Array.of(Shape.of(x.length, 8), all);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0001, -1, -1", "1, 1.0001, 0.5, -1", "1, 1.01, 0.5, -1", "1, 1.1, 0.5, -1",
        "1, 2, 0.5, 1", "1e-4, 2e-4, -1e-4, 1", "1, 1, 1, -1", "-2, 2, 0.1, -1",
        "0.5, 0.5000001, 0.50001, -1", "1e-9, 1, 2, -1"
    })
    void roundingBoundsWhatIsLost(double x1, double x2, double x3, double c2) {
        double[] x = {x1, x2, x3};
        double[] c = {1, c2, 1e-5};
        Trace trace = new QuarticSpace(Coefficient.of(1)).at(inEight(x));
        double[] f = new double[3];
        double[] off = new double[3];
        double energy = trace.energy(c, f);
        double lost = trace.rounding(c, off);
        double[] h = sections(x, c);
        double truth = energy(h);
        // The features' own roundings: a few of each of their sums, which the bound exceeds.
        assertTrue(Math.abs(energy - truth) <= lost, () -> energy + " +- " + lost + ": " + truth);
        double[] v = new Lp(4).duality(h);
        double[] there = trace.extend(c, inEight(x));
        for (int i = 0; i < 3; i++) {
            int at = i;
            double value = Dense.dot(features(x[i]), v);
            assertTrue(
                    Math.abs(f[i] - value) <= off[i],
                    () -> at + ": " + f[at] + " +- " + off[at] + ": " + value);
            assertEquals(value, there[i], off[i]);
        }
    }

    /// Far points lose nothing to speak of.
    @Test
    void farPointsKeepTheirDigits() {
        double[] x = {-1.5, 0.2, 1.2};
        Trace trace = new QuarticSpace(Coefficient.of(1)).at(column(x));
        double[] off = new double[3];
        double[] c = {1, 0.5, 1};
        double energy = trace.energy(c, new double[3]);
        assertTrue(trace.rounding(c, off) <= 1e-10 * energy);
        for (double o : off) {
            assertTrue(o < 1e-10, () -> "off by " + o);
        }
        assertEquals(energy(sections(x, c)), energy, 1e-12 * energy);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0001, 1e-2", "1, 1.0001, 1e-8", "1, 1.0001, 1e-10", "1e-4, 2e-4, 1e-6",
        "1, 1.01, 1e-4", "-1, 1, 1e-2", "-1, 1, 1e-6", "0.3, 0.4, 1e-1"
    })
    void noFunctionIsBelowTheGap(double x1, double x2, double lambda) {
        double[] x = {x1, x2};
        double[] z = {1, -1};
        for (Penalty penalty : Penalty.values()) {
            noFunctionIsBelow(x, z, Objective.of(Loss.squared(), lambda).with(penalty));
        }
    }

    private static void noFunctionIsBelow(double[] x, double[] z, Objective objective) {
        Space space = new QuarticSpace(Coefficient.of(1));
        Report report = new RegularisationNetwork(space, inEight(x), z).solve(objective).report();
        // The same with the features themselves; their sums cancel by 10⁻⁴ at most, no root taken.
        var map = new TaylorExp(Coefficient.of(1), 40);
        Space many = SpacePair.of(map, 4.0 / 3).queries();
        Report truth = new RegularisationNetwork(many, column(x), z).solve(objective).report();
        boolean half = objective.penalty() == Penalty.HALF_SQUARE;
        assertTrue(!half || truth.converged(), truth::toString);
        assertTrue(
                report.objective() - report.gap() <= truth.objective() * (1 + 1e-12),
                () -> report + " for " + truth);
        if (report.converged() && truth.converged()) {
            assertEquals(
                    truth.objective(), report.objective(), 2e-6 * truth.objective() + report.gap());
        }
        if (!report.converged()) {
            assertInstanceOf(Uniqueness.Unknown.class, report.uniqueness());
        }
        var onLine = new RegularisationNetwork(space, column(x), z).solve(objective);
        assertTrue(!half || onLine.report().converged(), onLine.report()::toString);
        double apart = 2e-6 * truth.objective() + truth.gap() + onLine.report().gap();
        assertEquals(truth.objective(), onLine.report().objective(), apart);
    }

    /// Near points on a line, functions of them also far away.
    @ParameterizedTest
    @CsvSource({
        "1, 1.0001, -1, 0.5",
        "1, 1, -1, 1",
        "0.5, 0.5000001, 1.5, 4",
        "1e-4, 2e-4, 3e-4, 6"
    })
    void nearPointsOnALineKeepTheirDigits(double x1, double x2, double x3, double elsewhere) {
        double[] x = {x1, x2, x3};
        double[] c = {1, -1, 1e-5};
        Trace trace = new QuarticSpace(Coefficient.of(1)).at(column(x));
        double[] f = new double[3];
        double[] h = sections(x, c);
        // Sums of 60 numbers of which 10⁻⁷ is left at least.
        assertEquals(1, trace.energy(c, f) / energy(h), 1e-7);
        assertEquals(0, trace.rounding(c, new double[3]), 0);
        double[] v = new Lp(4).duality(h);
        double[] there = trace.extend(c, column(x1, elsewhere));
        double least = new Lp(4).norm(h) * new Lp(4).norm(features(elsewhere));
        assertEquals(Dense.dot(features(x1), v), f[0], 1e-7 * least);
        assertEquals(Dense.dot(features(x1), v), there[0], 1e-7 * least);
        assertEquals(Dense.dot(features(elsewhere), v), there[1], 1e-7 * least);
    }

    @Test
    void farPointsConverge() {
        Array x = column(-1, 1);
        double[] z = {1, -1};
        Space space = new QuarticSpace(Coefficient.of(1));
        var network = new RegularisationNetwork(space, x, z);
        assertTrue(network.solve(Objective.of(Loss.squared(), 0.01)).report().converged());
        var lost = new RegularisationNetwork(space, inEight(1, 1.0001), z);
        assertFalse(lost.solve(Objective.of(Loss.squared(), 1e-8)).report().converged());
        assertTrue(new Interpolation(space, column(-1, 0.7), z).solve().converged());
        // Odd data leave all even features at 0, and the second derivative has rank 1.
        assertTrue(new Interpolation(space, x, z).solve().converged());
    }
}
