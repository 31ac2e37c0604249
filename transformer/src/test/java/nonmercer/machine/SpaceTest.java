package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Warp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every space of functions owes to a solver.
class SpaceTest {
    private static final Array X = Samples.points("x", 4, 2, 1);
    private static final Array Y = Samples.points("y", 4, 2, 1);
    private static final double[] C = {0.7, -1.1, 0.4, 0.9};

    /// Not symmetric: keys come half as far.
    static final Kernel ASYMMETRIC =
            new Gauss().warped(new Warp.Identity(), new Warp.Stretch(Coefficient.of(0.5)));

    /// A space with the kernel between its own domain and the other.
    record Case(String name, Space space, Kernel kernel, boolean ofQueries) {
        Array own() {
            return ofQueries ? X : Y;
        }

        Array others() {
            return ofQueries ? Y : X;
        }

        double between(int i, int j) {
            double[] x = Samples.row(own(), i);
            double[] y = Samples.row(others(), j);
            return ofQueries ? kernel.at(x, y) : kernel.at(y, x);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> spaces() {
        Kernel cubic = new nonmercer.kernel.TaylorExp(3);
        return Stream.of(
                        Stream.of(1.3, 1.5, 2.0, 3.0)
                                .flatMap(p -> both(SpacePair.of(new TaylorExp(3), p), cubic)),
                        both(SpacePair.of(new Gauss()), new Gauss()),
                        both(SpacePair.of(ASYMMETRIC), ASYMMETRIC),
                        both(SpacePair.of(ASYMMETRIC, X, Y, 1.7), ASYMMETRIC),
                        Stream.of(new Case("quartic", new QuarticSpace(), new ExpDot(), true)))
                .flatMap(s -> s);
    }

    private static Stream<Case> both(SpacePair pair, Kernel kernel) {
        String name = kernel.name() + ", p = " + pair.queries().norm().p();
        return Stream.of(
                new Case(name + ", queries", pair.queries(), kernel, true),
                new Case(name + ", keys", pair.keys(), kernel, false));
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void sectionsLiveOnTheOtherDomain(Case of) {
        Array k = of.space.kernel(of.own(), of.others());
        double[] h = DualElement.of(of.space, of.own(), C).at(of.others());
        for (int j = 0; j < 4; j++) {
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                // Singular features of four nodes: condition below 10⁵ of numbers below 1.
                assertEquals(of.between(i, j), k.get(i, j), 1e-10);
                sum += C[i] * of.between(i, j);
            }
            assertEquals(sum, h[j], 1e-10);
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void valuesAreTheSlopesOfHalfTheSquaredNorm(Case of) {
        Trace trace = of.space.at(of.own());
        assertEquals(4, trace.size());
        assertEquals(of.space.norm(), trace.norm());
        double[] f = new double[4];
        double energy = trace.energy(C, f);
        // ½‖s h‖² = s² ½‖h‖², and so c·f = 2 · ½‖h‖² (Euler).
        assertEquals(2 * energy, Dense.dot(C, f), 1e-12 * energy);
        double step = 1e-5;
        for (int i = 0; i < 4; i++) {
            double[] up = C.clone();
            double[] down = C.clone();
            up[i] += step;
            down[i] -= step;
            double[] fUp = new double[4];
            double[] fDown = new double[4];
            double slope = (trace.energy(up, fUp) - trace.energy(down, fDown)) / (2 * step);
            // The square of the step times third derivatives below 100, and roundings over it.
            assertEquals(slope, f[i], 1e-7);
            for (int j = 0; j < 4; j++) {
                double curvature = (fUp[j] - fDown[j]) / (2 * step);
                assertEquals(curvature, trace.curvature(C).get(j, i), 1e-6);
            }
        }
        assertArrayEquals(f, trace.extend(C, of.own()), 1e-13);
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void normIsThatOfTheFeatures(Case of) {
        Trace trace = of.space.at(of.own());
        Array gram = trace.gram();
        double energy = trace.energy(C, new double[4]);
        if (trace.features().isPresent()) {
            Array features = trace.features().get();
            double[] h = new double[features.dim(1)];
            for (int i = 0; i < 4; i++) {
                for (int n = 0; n < h.length; n++) {
                    h[n] += C[i] * features.get(i, n);
                }
                for (int j = 0; j < 4; j++) {
                    double[] a = Samples.row(features, i);
                    assertEquals(Dense.dot(a, Samples.row(features, j)), gram.get(i, j), 1e-12);
                }
            }
            assertEquals(of.space.norm().conjugate().norm(h), Math.sqrt(2 * energy), 1e-12);
        } else if (of.space.norm().p() == 2) {
            assertEquals(Dense.dot(C, Dense.times(gram, C)) / 2, energy, 1e-13);
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void zeroIsAFunction(Case of) {
        Trace trace = of.space.at(of.own());
        double[] f = {1, 1, 1, 1};
        assertEquals(0, trace.energy(new double[4], f));
        assertArrayEquals(new double[4], f);
        assertArrayEquals(new double[4], trace.extend(new double[4], of.own()));
        assertEquals(trace.gram(), trace.curvature(new double[4]));
    }

    /// `κ(x, y) = k(x, y/2)`: functions of queries have the kernel k, those of keys that of halves.
    @Test
    void spacesOfAWarpedKernelAreThoseOfItsMaps() {
        SpacePair pair = SpacePair.of(ASYMMETRIC);
        double[] f = pair.queries().at(X).extend(C, Y);
        double[] g = pair.keys().at(Y).extend(C, X);
        for (int o = 0; o < 4; o++) {
            double onQueries = 0;
            double onKeys = 0;
            for (int i = 0; i < 4; i++) {
                onQueries += C[i] * new Gauss().at(Samples.row(X, i), Samples.row(Y, o));
                double[] half = Dense.scaled(Samples.row(Y, i), 0.5);
                onKeys += C[i] * new Gauss().at(half, Dense.scaled(Samples.row(X, o), 0.5));
            }
            assertEquals(onQueries, f[o], 1e-14);
            assertEquals(onKeys, g[o], 1e-14);
        }
        assertFalse(pair.queries().at(X).features().isPresent());
    }

    @Test
    void exponentsOfAPairAreConjugate() {
        SpacePair pair = SpacePair.of(new TaylorExp(2), 1.5);
        assertEquals(1.5, pair.queries().norm().p());
        assertEquals(3, pair.keys().norm().p(), 1e-15);
        assertEquals(2, SpacePair.of(new Gauss()).keys().norm().p());
        assertEquals(2, SpacePair.of(new nonmercer.kernel.Quadratic()).queries().norm().p());
    }

    /// `J'(v)⁻¹ J'(v) u = u`, with the derivative of the duality map by differences.
    @ParameterizedTest
    @ValueSource(doubles = {1.5, 3, 4})
    void linearisedUndoesTheDerivativeOfTheDualityMap(double p) {
        Lp norm = new Lp(p);
        double[] v = {0.5, -0.8, 1.1};
        double[] u = {-0.4, 0.3, 0.9};
        double step = 1e-5;
        double[] up = norm.duality(Dense.sum(v, step, u));
        double[] down = norm.duality(Dense.sum(v, -step, u));
        double[] h = Dense.scaled(Dense.sum(up, -1, down), 1 / (2 * step));
        assertArrayEquals(u, FeatureSpace.linearised(norm, v, h), 1e-7);
        assertArrayEquals(u, FeatureSpace.linearised(norm, new double[3], u));
    }

    /// `K₄` is the sum over all features of products of four.
    @Test
    void fourPointKernelIsASumOverFeatures() {
        double[][] x = {{0.4, -1.2}, {1.5, 0.3}, {-0.8, 0.9}, {1.1, 1.3}};
        TaylorExp map = new TaylorExp(40);
        Array features = Side.QUERIES.features(map, Array.matrix(x));
        double sum = 0;
        for (int a = 0; a < features.dim(1); a++) {
            sum +=
                    features.get(0, a)
                            * features.get(1, a)
                            * features.get(2, a)
                            * features.get(3, a);
        }
        // What is cut off is below 2⁴⁰/40! < 10⁻³⁵.
        assertEquals(sum, new QuarticSpace().fourPoints(x[0], x[1], x[2], x[3]), 1e-14);
        Array gram = new QuarticSpace().at(Array.matrix(x)).gram();
        assertEquals(new ExpDot().at(x[0], x[3]), gram.get(0, 3), 1e-14);
    }
}
