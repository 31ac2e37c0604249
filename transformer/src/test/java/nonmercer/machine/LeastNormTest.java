package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.feature.TaylorExp;
import nonmercer.linalg.Decompositions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Interpolants of least norm, proved by Hölder's inequality: `Φ w = z` implies `‖w‖ₚ ≥ c·z/‖Φᵀ
/// c‖_q` for every c, so an interpolant that reaches such a bound has the least norm.
class LeastNormTest {
    // Roundings of the barrier's systems, whose entries span all orders down to the gap, leave
    // 10⁻¹¹ at p = 20; a wrong solution misses by percents.
    private static final double GAP = 1e-9;

    private static Array normals(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[] x = new double[rows * columns];
        Arrays.setAll(x, i -> random.nextGaussian());
        return Array.of(Shape.of(rows, columns), x);
    }

    /// `(Σ |v|ᵖ)^(1/p)`, after the largest is scaled to 1.
    private static double norm(double p, double[] v) {
        double most = Arrays.stream(v).map(Math::abs).max().orElse(0);
        double sum = Arrays.stream(v).map(x -> Math.pow(Math.abs(x) / most, p)).sum();
        return most * Math.pow(sum, 1 / p);
    }

    private static double[] times(Array a, double[] v) {
        double[] out = new double[a.dim(0)];
        for (int i = 0; i < out.length; i++) {
            for (int j = 0; j < v.length; j++) {
                out[i] += a.get(i, j) * v[j];
            }
        }
        return out;
    }

    private static double[] transposedTimes(Array a, double[] c) {
        double[] out = new double[a.dim(1)];
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j < out.length; j++) {
                out[j] += a.get(i, j) * c[i];
            }
        }
        return out;
    }

    private static void isLeast(double p, Array phi, double[] z, LeastNorm.Found found) {
        double[] there = times(phi, found.v());
        double size = norm(p, found.v());
        double most = Arrays.stream(phi.toDoubles()).map(Math::abs).max().orElse(0);
        for (int i = 0; i < z.length; i++) {
            // D products of features and weights, and their condition.
            assertEquals(z[i], there[i], 1e-11 * (Math.abs(z[i]) + most * size));
        }
        double bound = Dense.dot(found.c(), z) / norm(p / (p - 1), transposedTimes(phi, found.c()));
        assertTrue(size <= bound * (1 + GAP), "norm " + size + " over a bound of " + bound);
        // The dual element is that of the function, not a multiple: ‖h‖ = ‖f‖ = √(c·z).
        assertEquals(size * size, Dense.dot(found.c(), z), 1e-8 * size * size);
        assertEquals(1 - bound / size * (bound / size), found.gap(), 1e-11);
    }

    @Property(tries = 60)
    void everyExponentsInterpolantIsLeast(
            @ForAll @DoubleRange(min = 0.05, max = 0.98) double inverse,
            @ForAll @IntRange(min = 1, max = 12) int n,
            @ForAll @IntRange(min = 0, max = 30) int more,
            @ForAll long seed) {
        double p = 1 / inverse;
        Array phi = normals(n, n + more, seed);
        // Square matrices of independent normals may be near singular: their rows are bounded away
        // from dependence by a shift, which keeps the condition below 10³.
        Array safe = more == 0 ? Dense.shifted(phi, 10) : phi;
        double[] z = normals(1, n, seed + 1).toDoubles();
        isLeast(p, safe, z, LeastNorm.solve(safe, z, new Lp(p), 1e-12));
    }

    /// One row: `v = z J(φ)/‖φ‖²`, the equality case of Hölder's inequality.
    @Property(tries = 40)
    void oneValueIsHoeldersEquality(
            @ForAll @DoubleRange(min = 0.05, max = 0.98) double inverse,
            @ForAll @IntRange(min = 1, max = 20) int d,
            @ForAll @DoubleRange(min = -300, max = 300) double scale,
            @ForAll long seed) {
        Lp norm = new Lp(1 / inverse);
        double[] phi = normals(1, d, seed).toDoubles();
        double z = Math.pow(10, scale / 4);
        var found = LeastNorm.solve(Array.matrix(phi), new double[] {z}, norm, 1e-12);
        double size = norm.conjugate().norm(phi);
        assertEquals(1, norm.norm(found.v()) * size / z, GAP);
        double[] exact = Dense.scaled(norm.conjugate().duality(phi), 1 / (size * size));
        // ‖v - v*‖ ≤ a root of the relative gap 10⁻¹¹, for a modulus of convexity of power p.
        double close = Math.pow(1e-11, 1 / Math.max(2, norm.p())) * 10;
        assertArrayEquals(exact, Dense.scaled(found.v(), 1 / z), close * norm.norm(exact));
    }

    /// p = 2: `v = Φᵀ (Φ Φᵀ)⁻¹ z`.
    @Property(tries = 20)
    void hilbertsInterpolantIsALinearSystem(
            @ForAll @IntRange(min = 1, max = 10) int n, @ForAll long seed) {
        Array phi = normals(n, 2 * n + 3, seed);
        double[] z = normals(1, n, seed + 1).toDoubles();
        var found = LeastNorm.solve(phi, z, Lp.hilbert(), 1e-12);
        double[] c =
                Decompositions.solve(Dense.timesTransposed(phi, phi), Array.vector(z)).toDoubles();
        double[] v = Dense.transposedTimes(phi, c);
        // |v - v*|² is the gap, 10⁻¹² of |v|².
        assertArrayEquals(v, found.v(), 2e-6 * Math.sqrt(Dense.dot(v, v)));
    }

    static Stream<Arguments> large() {
        return Stream.of(1.001, 1.02, 1.05, 1.1, 4.0 / 3, 1.5, 3.0, 4.0, 10.0, 20.0, 100.0)
                .flatMap(p ->
                        Stream.of(
                                Arguments.of(p, 30, 5, 4), // 126 features
                                Arguments.of(p, 40, 8, 3), // 165
                                Arguments.of(p, 30, 2, 18), // 190, of 16 orders of size
                                Arguments.of(p, 30, 30, 1))); // 31
    }

    @ParameterizedTest
    @MethodSource("large")
    void largeProblemsConverge(double p, int n, int d, int order) {
        Array x = normals(n, d, 1);
        double[] z = normals(1, n, 7).toDoubles();
        Space space = SpacePair.of(new TaylorExp(order), p).queries();
        var found = new Interpolation(space, x, z).solve();
        assertTrue(found.converged(), found::toString);
        assertInstanceOf(Uniqueness.Unique.class, found.uniqueness());
        double norm = found.function().norm();
        assertTrue(found.gap() <= GAP * norm * norm, found::toString);
        double most = Arrays.stream(z).map(Math::abs).max().orElse(0);
        // The condition of 190 features is 10⁶, and their weights 10⁴ of the values.
        assertArrayEquals(z, found.function().at(x), 1e-9 * most);
        double[] c = found.function().dual().coefficients();
        double[] h = transposedTimes(space.at(x).features().orElseThrow(), c);
        double bound = Dense.dot(c, z) / norm(p / (p - 1), h);
        // Rounding of c·z, which cancels by the condition.
        assertTrue(norm <= bound * (1 + GAP), "norm " + norm + " over a bound of " + bound);
    }

    @Property(tries = 5)
    void nothingIsInterpolatedByZero(@ForAll @DoubleRange(min = 0.05, max = 0.98) double inverse) {
        Space space = SpacePair.of(new TaylorExp(3), 1 / inverse).queries();
        var found = new Interpolation(space, normals(4, 2, 1), new double[4]).solve();
        assertTrue(found.converged());
        assertEquals(0, found.function().norm());
        assertEquals(0, found.steps());
    }
}
