package nonmercer.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.PositiveFeatureMap;
import nonmercer.kernel.Projected;
import nonmercer.kernel.Sample;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Laws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a map does that was drawn of a recipe: alone, as projections, and with its parameters held.
class DrawnMapsTest {
    private static final Tensor Q = Tensor.of(Sample.normal("q", DType.FLOAT64, 1, 2, 3, 2));
    private static final Tensor K = Tensor.of(Sample.normal("k", DType.FLOAT64, 1, 2, 4, 2));
    private static final Pass PASS = Pass.evaluation();

    static Stream<RandomFeatures> positive() {
        List<RandomFeatures> all = new ArrayList<>();
        for (Target target : Target.values()) {
            for (Component c :
                    List.of(new Component.Positive(target), new Component.Hyperbolic(target))) {
                all.add(new RandomFeatures(Laws.diagonal(2), c, 5));
                all.add(new RandomFeatures(Laws.mixture(2), c, 12));
                all.add(new RandomFeatures(Gaussian.standard(2), c, 5));
                all.add(
                        new RandomFeatures(Gaussian.standard(2), c, 5)
                                .with(Coefficient.trained(0.3, DType.FLOAT64)));
            }
        }
        Component optimal = new Component.OptimalPositive(-0.2);
        all.add(new RandomFeatures(Gaussian.standard(2), optimal, 5));
        all.add(
                new RandomFeatures(Gaussian.standard(2), optimal, 9)
                        .with(new Coupling.GaussHermite(3)));
        return all.stream();
    }

    /// `ln φ(q) = q·ω + c` up to a number of the row, and `ln ψ(k) = k·ω + c - η‖k‖²` up to one
    /// number.
    @ParameterizedTest
    @MethodSource("positive")
    void projectionsAreTheLogarithms(RandomFeatures f) {
        var map = (PositiveFeatureMap) f.draw(RandomStream.of(1));
        PositiveFeatureMap ready = map.fitted(Q, K, PASS);
        Projected p = ready.projected(Q, K, PASS).orElseThrow();
        Array phi = rest(ready.logQueries(Q, PASS).sum(), p.queries(), p);
        Array psi = rest(ready.logKeys(K, PASS).sum(), p.keys(), p);
        int m = f.dimension();
        Array y = p.keys().value();
        for (int row = 0; row < 8; row++) {
            double square = y.at(2 * row) * y.at(2 * row) + y.at(2 * row + 1) * y.at(2 * row + 1);
            for (int i = 0; i < m; i++) {
                if (row < 6) {
                    assertEquals(phi.at(row * m), phi.at(row * m + i), 1e-13);
                }
                double offset = psi.at(row * m + i) + p.norm() * square;
                double first = psi.at(0) + p.norm() * (y.at(0) * y.at(0) + y.at(1) * y.at(1));
                assertEquals(first, offset, 1e-13);
            }
        }
        assertEquals(m, ready.dimension(2));
        assertEquals(m, map.dimension(2));
        assertEquals(Optional.empty(), ready.normaliserRisk());
        assertEquals(Optional.empty(), map.normaliserRisk());
        assertEquals(false, map.fitsData());
    }

    /// A logarithm without its projection and constants.
    private static Array rest(Tensor log, Tensor x, Projected p) {
        Tensor u = x.matmul(p.frequencies(), Transpose.TRANSPOSED);
        Tensor left = log.sub(u);
        if (p.constants().isPresent()) {
            Tensor c = p.constants().get();
            left = left.sub(c.reshape(c.dim(0), 1, c.dim(1)));
        }
        return left.value();
    }

    /// Where features are fitted to the data, or waves, there are none.
    @Test
    void fittedFeaturesAreNoProjections() {
        RandomFeatures favor = RandomFeatures.favorPlus(2, 4).with(Preconditioner.CENTRED);
        for (RandomFeatures f : List.of(favor, RandomFeatures.favorPlusPlus(2, 4))) {
            var map = (PositiveFeatureMap) f.draw(RandomStream.of(1));
            assertTrue(map.fitsData());
            assertEquals(Optional.empty(), map.fitted(Q, K, PASS).projected(Q, K, PASS));
        }
        FeatureMap waves = RandomFeatures.fourier(2, 4).draw(RandomStream.of(1));
        FeatureMap ready = waves.fitted(Q, K, PASS);
        assertEquals(Optional.empty(), assertInstanceOf(Ready.class, ready).projected(Q, K, PASS));
        assertEquals(9, ready.dimension(2));
        assertEquals(Optional.empty(), ready.normaliserRisk());
        assertEquals(false, waves.fitsData());
    }

    /// `Ψ⁴` is the mean square of the keys over that of the queries, after centring.
    @Test
    void changesAreFittedToTheData() {
        RandomFeatures f = RandomFeatures.favorPlus(1, 4);
        Tensor x = Tensor.of(Array.of(Shape.of(2, 1), 1.0, 3.0));
        Tensor y = Tensor.of(Array.of(Shape.of(2, 1), -4.0, 4.0));
        Change none = Change.fit(f, x, y);
        assertNull(none.b());
        assertNull(none.psi());
        assertNull(none.optimal());
        assertThrows(IllegalStateException.class, none::a);
        Change centred = Change.fit(f.with(Preconditioner.CENTRED), x, y);
        assertEquals(2, item(centred.b()), 1e-15);
        assertEquals(0, item(centred.c()), 1e-15);
        assertNull(centred.psi());
        Change rescaled = Change.fit(f.with(Preconditioner.RESCALED), x, y);
        assertNull(rescaled.b());
        assertEquals(Math.pow(16.0 / 5, 0.25), item(rescaled.psi()), 1e-15);
        Change both = Change.fit(f.with(Preconditioner.CENTRED_AND_RESCALED), x, y);
        assertEquals(2, item(both.b()), 1e-15);
        assertEquals(2, item(both.psi()), 1e-15); // (16/1)^¼
        // The mean of (x + y)² over all pairs: 5 + 16 + 2 · 2 · 0.
        Change best = Change.fit(RandomFeatures.favorPlusPlus(1, 4), x, y);
        assertEquals(Component.OptimalPositive.best(1, 21), best.a().item(), 1e-15);
    }

    private static double item(@org.jspecify.annotations.Nullable Tensor t) {
        assertNotNull(t);
        return t.item();
    }

    @Test
    void otherWidthsAreRefused() {
        FeatureMap map = RandomFeatures.favorPlus(3, 4).draw(RandomStream.of(1));
        var refused = assertThrows(IllegalArgumentException.class, () -> map.queries(Q, PASS));
        assertEquals(
                "features of frequencies in 3 coordinates were given " + Q.shape(),
                refused.getMessage());
    }

    @Test
    void aMapKnowsItsRecipe() {
        RandomFeatures positive =
                new RandomFeatures(Laws.diagonal(2), new Component.Positive(Target.GAUSSIAN), 4);
        RandomFeatures waves = RandomFeatures.fourier(2, 4);
        for (RandomFeatures f : List.of(positive, waves)) {
            FeatureMap map = f.draw(RandomStream.of(1));
            assertEquals(Optional.of(f), RandomFeatures.of(map));
            assertEquals(Optional.of(f), RandomFeatures.of(Untrained.of(map)));
        }
        assertEquals(Optional.empty(), RandomFeatures.of(new TaylorExp(2)));
    }

    static Stream<RandomFeatures> trained() {
        Coefficient scale = Coefficient.trained(0.3, DType.FLOAT64);
        Component.Trigonometric waves = new Component.Trigonometric(Target.SOFTMAX, 0.5);
        return Stream.of(
                new RandomFeatures(Laws.diagonal(2), new Component.Positive(Target.SOFTMAX), 4),
                new RandomFeatures(Laws.diagonal(2), waves, 4),
                RandomFeatures.favorPlusPlus(2, 4).with(scale),
                RandomFeatures.favorPlus(2, 4).with(scale).with(Preconditioner.RESCALED),
                new RandomFeatures(Gaussian.standard(2), waves, 4)
                        .with(scale)
                        .with(Preconditioner.CENTRED));
    }

    /// The same features, no parameters, no gradient: with what was fitted to the data too.
    @ParameterizedTest
    @MethodSource("trained")
    void anUntrainedMapIsTheSameWithConstants(RandomFeatures f) {
        FeatureMap map = f.draw(RandomStream.of(1));
        FeatureMap held = Untrained.of(map);
        assertEquals(0, ParameterTree.found(held).size());
        assertTrue(!ParameterTree.found(map).isEmpty());
        assertEquals(map.dimension(2), held.dimension(2));
        assertEquals(map.fitsData(), held.fitsData());
        assertEquals(map.normaliserRisk(), held.normaliserRisk());
        assertEquals(map instanceof PositiveFeatureMap, held instanceof PositiveFeatureMap);
        FeatureMap fitted = map.fitted(Q, K, PASS);
        Array phi = fitted.queries(Q, PASS).value();
        Array psi = fitted.keys(K, PASS).value();
        try (Tape tape = Tape.open()) {
            Pass recorded = Pass.recorded(tape);
            FeatureMap ready = held.fitted(Q, K, recorded);
            List<FeatureMap> both = map.fitsData() ? List.of(ready) : List.of(ready, held);
            for (FeatureMap same : both) {
                Tensor q = same.queries(Q, recorded);
                Tensor k = same.keys(K, recorded);
                assertEquals(phi, q.value());
                assertEquals(psi, k.value());
                assertTrue(!q.recorded() && !k.recorded());
                if (same instanceof PositiveFeatureMap p) {
                    Tensor log = p.logQueries(Q, recorded).sum();
                    assertArrayEquals(phi.toDoubles(), log.exp().value().toDoubles(), 1e-15);
                    log = p.logKeys(K, recorded).sum();
                    assertArrayEquals(psi.toDoubles(), log.exp().value().toDoubles(), 1e-15);
                }
            }
            if (ready instanceof PositiveFeatureMap p) {
                assertEquals(!map.fitsData(), p.projected(Q, K, recorded).isPresent());
            }
        }
    }

    @Test
    void aMapWithoutParametersIsLeftAsItIs() {
        FeatureMap map = RandomFeatures.favorPlus(2, 4).draw(RandomStream.of(1));
        assertSame(map, Untrained.of(map));
    }
}
