package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Gauss;
import nonmercer.machine.DualNewton.Part;
import nonmercer.machine.DualNewton.Term;
import org.junit.jupiter.api.Test;

/// Certificates where the problem is badly conditioned, against other functions' objectives.
class CertifiedFunctionsTest {
    private static final SpacePair GAUSS = SpacePair.of(new Gauss());

    /// The coordinates themselves.
    private record Same() implements FeatureMap {
        @Override
        public Tensor queries(Tensor x, Pass pass) {
            return x;
        }

        @Override
        public Tensor keys(Tensor y, Pass pass) {
            return y;
        }

        @Override
        public int dimension(int d) {
            return d;
        }
    }

    private static Array line(int n) {
        double[][] x = new double[n][1];
        for (int i = 0; i < n; i++) {
            x[i][0] = i / 10.0;
        }
        return Array.matrix(x);
    }

    private static Array unit(int d) {
        return Dense.shifted(Dense.zeros(d, d), 1);
    }

    private static double norm(double p, double... v) {
        double sum = 0;
        for (double x : v) {
            sum += Math.pow(Math.abs(x), p);
        }
        return Math.pow(sum, 1 / p);
    }

    /// Ridge regression with another λ is another function, which costs less than zero by far.
    @Test
    void normsWithASmallPenaltyAreNotZeroWithoutAGap() {
        Array x = line(10);
        double[] z = new double[10];
        double zero = 0;
        for (int i = 0; i < 10; i++) {
            z[i] = Math.sin(0.7 * i) + 1;
            zero += z[i] * z[i] / 2;
        }
        double[] c =
                new KernelRidge(new Gauss(), 1e-8).direct(x, z).model().coefficients().toDoubles();
        for (double lambda : new double[] {1e-10, 1e-8, 1e-6, 1e-3, 0.1, 1, 100}) {
            double ridge = 0;
            double square = 0;
            double[] f = Dense.times(GAUSS.queries().at(x).gram(), c);
            for (int i = 0; i < 10; i++) {
                ridge += Math.pow(z[i] - f[i], 2) / 2;
                square += c[i] * f[i];
            }
            ridge += lambda * Math.sqrt(square);
            var fitted =
                    new RegularisationNetwork(GAUSS.queries(), x, z)
                            .solve(Objective.of(Loss.squared(), lambda).with(Penalty.NORM));
            Report report = fitted.report();
            double least = report.objective() - report.gap();
            assertTrue(least <= Math.min(ridge, zero) * (1 + 1e-12), report::toString);
            assertTrue(report.objective() <= Math.min(ridge, zero), report::toString);
            assertTrue(report.converged() || lambda < 1e-7, report::toString);
            double measured = lambda * fitted.function().norm();
            double[] at = fitted.function().at(x);
            for (int i = 0; i < 10; i++) {
                measured += Math.pow(z[i] - at[i], 2) / 2;
            }
            // Coefficients of a kernel that is singular to rounding cancel.
            assertEquals(measured, report.objective(), 1e-6 * measured);
        }
    }

    /// Any function is a witness: none may be below the objective by more than the gap.
    private static void bounds(
            Report report, double[] v, ToDoubleFunction<double[]> objective, double rounding) {
        SplittableRandom random = new SplittableRandom(5);
        double[] best = v.clone();
        double least = objective.applyAsDouble(v);
        assertEquals(least, report.objective(), rounding);
        for (int round = 0; round < 20000; round++) {
            double by = Math.pow(10, -1 - 9 * random.nextDouble());
            double[] other = best.clone();
            for (int k = 0; k < v.length; k++) {
                boolean moves = round % 2 == 0 || k == round / 2 % v.length;
                double size = Math.abs(best[k]) + 1e-3;
                other[k] += moves ? by * random.nextGaussian() * size : 0;
            }
            double value = objective.applyAsDouble(other);
            if (value < least) {
                least = value;
                best = other;
            }
        }
        double found = least;
        assertTrue(
                found >= report.objective() - report.gap() - rounding,
                () -> report + " but " + found);
    }

    @Test
    void normsOfLargeExponentsAreBoundedByTheDualNorm() {
        double[][] x = {{1, 0.3}, {-0.4, 0.8}};
        double[] z = {1, -1};
        for (double p : new double[] {1.1, 3, 10, 50}) {
            var fitted =
                    new RegularisationNetwork(
                                    SpacePair.of(new Same(), p).queries(), Array.matrix(x), z)
                            .solve(Objective.of(Loss.hinge(), 1).with(Penalty.NORM));
            bounds(
                    fitted.report(),
                    fitted.function().at(unit(2)),
                    v -> {
                        double sum = norm(p, v);
                        for (int i = 0; i < 2; i++) {
                            sum += Math.max(0, 1 - z[i] * (x[i][0] * v[0] + x[i][1] * v[1]));
                        }
                        return sum;
                    },
                    1e-12);
        }
    }

    /// Of any functions and any dual variables, the gap bounds what any others are lower by. Where
    /// the variables are far from the solution's, the norm of the functions' features is not that
    /// of the sections.
    @Property(tries = 200)
    void anyDualVariablesBoundAllFunctions(
            @ForAll @DoubleRange(min = 1.1, max = 20) double p, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double lambda = Math.pow(10, random.nextDouble(-3, 1));
        Trace[] traces = {
            SpacePair.of(new Same(), p).queries().at(gaussians(random, 3, 2)),
            SpacePair.of(new Gauss()).queries().at(gaussians(random, 3, 2)),
        };
        Trace trace = traces[random.nextInt(2)];
        boolean features = trace.features().isPresent();
        double[] ones = {1, 1, 1};
        List<Term> terms = List.of(new Term(trace, lambda, new int[] {0, 1, 2}, ones));
        double[] z = {1, -1, 1};
        for (Loss loss : List.of(Loss.squared(), Loss.logistic(), Loss.hinge())) {
            for (Penalty penalty : Penalty.values()) {
                double[] alpha = new double[3];
                for (int i = 0; i < 3; i++) {
                    alpha[i] = z[i] * random.nextDouble();
                }
                Part part = part(random, features, 1);
                Certificate found = Certificate.of(loss, penalty, z, terms, alpha, List.of(part));
                double value = value(loss, penalty, z, trace, lambda, part);
                assertEquals(value, found.objective(), 1e-12 * (1 + value));
                assertTrue(found.gap() >= 0 && found.gap() <= found.objective());
                for (int round = 0; round < 50; round++) {
                    Part other = part(random, features, Math.pow(10, random.nextDouble(-4, 1)));
                    double least = value(loss, penalty, z, trace, lambda, other);
                    assertTrue(least >= value - found.gap() - 1e-12 * (1 + value));
                }
            }
        }
    }

    private static Array gaussians(SplittableRandom random, int n, int d) {
        double[] x = new double[n * d];
        Arrays.setAll(x, i -> random.nextGaussian());
        return Array.of(Shape.of(n, d), x);
    }

    private static Part part(SplittableRandom random, boolean features, double size) {
        double[] v = {random.nextGaussian() * size, random.nextGaussian() * size};
        double[] c = {v[0], v[1], random.nextGaussian() * size};
        return new Part(c, features ? v : null);
    }

    private static double value(
            Loss loss, Penalty penalty, double[] z, Trace trace, double lambda, Part part) {
        double[] f;
        double size;
        if (part.v() == null) {
            f = Dense.times(trace.gram(), part.c());
            size = Math.sqrt(Dense.dot(f, part.c()));
        } else {
            f = Dense.times(trace.features().orElseThrow(), part.v());
            size = norm(trace.norm().p(), part.v());
        }
        double sum = lambda * (penalty == Penalty.NORM ? size : size * size / 2);
        for (int i = 0; i < 3; i++) {
            sum += loss.value(z[i], f[i]);
        }
        return sum;
    }

    /// `10⁸ (1 + 10⁻⁹) - 10⁸ - 0.1`, of which a plain sum keeps half the digits.
    @Test
    void compensatedSumsKeepWhatCancels() {
        double near = 1 + 1e-9;
        double[][] a = {{near, 1e16}, {1, 1}, {1, -1e16}};
        double[] v = {1e8, -1e8, -0.1};
        double[] sums = Compensated.transposedTimes(Array.matrix(a), v);
        for (int j = 0; j < 2; j++) {
            BigDecimal exact = BigDecimal.ZERO;
            for (int i = 0; i < 3; i++) {
                exact = exact.add(new BigDecimal(a[i][j]).multiply(new BigDecimal(v[i])));
            }
            double sum = exact.doubleValue();
            // One rounding of the result, and those of what is lost, 2⁻¹⁰⁶ of the products.
            assertEquals(sum, sums[j], 0x1p-52 * Math.abs(sum) + 0x1p-100 * 1e24);
        }
    }

    /// `½(3 - f - g)² + (|f| + |g|)/2` costs 11/8 wherever `f + g = 5/2`, both at least 0.
    @Test
    void sumsOfNormsThatCanBeSplitAnotherWayAreNotUnique() {
        Array one = Array.matrix(new double[] {0});
        Report report =
                new BinaryProblem(GAUSS, one, one, Responses.all(Array.matrix(new double[] {3})))
                        .solve(
                                Coupling.ADDITIVE,
                                Objective.of(Loss.squared(), 0.5).with(Penalty.NORM))
                        .report();
        assertEquals(1.375, report.objective(), 1e-12);
        assertInstanceOf(Uniqueness.NotUnique.class, report.uniqueness());
    }

    /// A penalty that no split can make up for, and predictions that differ by pair.
    @Test
    void sumsOfNormsThatCannotBeSplitAreUnique() {
        Array one = Array.matrix(new double[] {0});
        Responses three = Responses.all(Array.matrix(new double[] {3}));
        Report dear =
                new BinaryProblem(GAUSS, one, one, three)
                        .solve(
                                Coupling.ADDITIVE,
                                new Objective(Loss.squared(), Penalty.NORM, 0.5, 0.6))
                        .report();
        assertEquals(1.375, dear.objective(), 1e-9);
        assertInstanceOf(Uniqueness.Unique.class, dear.uniqueness(), dear::toString);
        Array two = Array.matrix(new double[] {0}, new double[] {2});
        Array z = Array.matrix(new double[] {1, -2}, new double[] {3, 0.5});
        Report both =
                new BinaryProblem(GAUSS, two, two, Responses.all(z))
                        .solve(
                                Coupling.ADDITIVE,
                                Objective.of(Loss.squared(), 0.1).with(Penalty.NORM))
                        .report();
        assertInstanceOf(Uniqueness.Unique.class, both.uniqueness(), both::toString);
    }

    /// Nothing is said of other solutions where none is found: a λ that the solvers cannot close.
    @Test
    void uniquenessIsUnknownBeforeTheGapIsClosed() {
        Array x = line(10);
        double[] z = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
        for (Loss loss : List.of(Loss.hinge(), Loss.logistic(), Loss.squared())) {
            for (double lambda : new double[] {1e-12, 1e-10, 1e-4}) {
                Report report =
                        new RegularisationNetwork(GAUSS.queries(), x, z)
                                .solve(Objective.of(loss, lambda).with(Penalty.NORM))
                                .report();
                assertTrue(report.gap() <= report.objective(), report::toString);
                assertTrue(
                        report.converged() || report.uniqueness() instanceof Uniqueness.Unknown,
                        report::toString);
            }
        }
    }

    /// One point: `ln(1 + exp(-10⁴ v)) + ½λv²`, whose minimum is where the derivative is 0.
    @Test
    void tinyLogisticObjectivesAreThoseOfTheirFunctions() {
        Array x = Array.matrix(new double[] {1e4});
        for (double lambda : new double[] {1e-6, 1e-3, 1}) {
            var fitted =
                    new RegularisationNetwork(
                                    SpacePair.of(new Same(), 2).queries(), x, new double[] {1})
                            .solve(Objective.of(Loss.logistic(), lambda));
            double low = 0;
            double high = 1;
            for (int round = 0; round < 200; round++) {
                double v = (low + high) / 2;
                boolean rises = lambda * v > 1e4 / (1 + Math.exp(1e4 * v));
                low = rises ? low : v;
                high = rises ? v : high;
            }
            double least = Math.log1p(Math.exp(-1e4 * low)) + lambda * low * low / 2;
            double v = fitted.function().at(Array.matrix(new double[] {1}))[0];
            double measured = Math.log1p(Math.exp(-1e4 * v)) + lambda * v * v / 2;
            // exp of an argument below 100, and its rounding.
            assertEquals(measured, fitted.report().objective(), 1e-13 * measured);
            assertEquals(least, measured, 1e-12 * least);
            assertTrue(fitted.report().converged());
        }
    }

    /// `z = aᵢ + j` on a grid: 20 points with a kernel that is singular to rounding.
    @Test
    void additiveMachinesWithASmallPenaltyAreFoundInCoordinates() {
        Array x = line(10);
        double[][] z = new double[10][10];
        double zero = 0;
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 10; j++) {
                z[i][j] = Math.sin(0.7 * i) + j;
                zero += z[i][j] * z[i][j] / 2;
            }
        }
        double last = 0;
        for (double lambda : new double[] {1e-12, 1e-9, 1e-6, 1e-3}) {
            BinaryMachine machine =
                    new BinaryProblem(GAUSS, x, x, Responses.all(Array.matrix(z)))
                            .solve(Coupling.ADDITIVE, Objective.of(Loss.squared(), lambda));
            Report report = machine.report();
            assertTrue(report.gap() <= report.objective(), report::toString);
            // Of a larger λ the least is larger, at most in proportion.
            assertTrue(report.objective() - report.gap() >= last, report::toString);
            assertTrue(report.objective() < zero * Math.min(1, 200 * lambda), report::toString);
            assertTrue(report.converged() || lambda < 1e-8, report::toString);
            last = report.objective() - report.gap();
            double f = machine.f().norm();
            double g = machine.g().norm();
            double measured = lambda * (f * f + g * g) / 2;
            double[] t = machine.predict(x, x).toDoubles();
            for (int o = 0; o < 100; o++) {
                measured += Math.pow(z[o / 10][o % 10] - t[o], 2) / 2;
            }
            assertEquals(measured, report.objective(), 1e-5 * measured);
        }
    }
}
