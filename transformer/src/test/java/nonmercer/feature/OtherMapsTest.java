package nonmercer.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Sample;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import org.junit.jupiter.api.Test;

class OtherMapsTest {
    private static final Array X = Array.of(Shape.of(1, 3), 0.5, -0.25, 0.75);
    private static final Array Y = Array.of(Shape.of(1, 3), 0.25, 0.5, 1.0);
    private static final double DOT = 0.75;

    private static double estimate(FeatureMap map) {
        Tensor x = map.queries(Tensor.of(X), Pass.evaluation());
        Tensor y = map.keys(Tensor.of(Y), Pass.evaluation());
        return x.matmul(y, Transpose.TRANSPOSED).item();
    }

    /// Features of softmaxes at `W = I` by hand, and they sum to 2.
    @Test
    void hedgehogStartsAtSoftmaxOfBothSigns() {
        Hedgehog map = Hedgehog.create(1, 3, 6, DType.FLOAT64);
        double[] phi = map.queries(Tensor.of(X), Pass.evaluation()).value().toDoubles();
        double up = Math.exp(0.5) + Math.exp(-0.25) + Math.exp(0.75);
        double down = Math.exp(-0.5) + Math.exp(0.25) + Math.exp(-0.75);
        for (int l = 0; l < 3; l++) {
            assertEquals(Math.exp(X.at(l)) / up, phi[l], 1e-15);
            assertEquals(Math.exp(-X.at(l)) / down, phi[3 + l], 1e-15);
        }
        assertTrue(map.normaliserRisk().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> Hedgehog.create(1, 3, 5, DType.FLOAT64));
    }

    private record Data(Hedgehog map, Parameter x) {}

    @Test
    void hedgehogLearns() {
        Data data =
                new Data(
                        Hedgehog.create(2, 3, 8, DType.FLOAT64),
                        new Parameter(Sample.normal("x", DType.FLOAT64, 1, 2, 4, 3)));
        for (int order = 1; order <= 2; order++) {
            GradCheck.of(
                            ParameterTree.of(data),
                            pass -> data.map().queries(pass.use(data.x()), pass))
                    .order(order)
                    .check()
                    .orThrow();
        }
    }

    /// The mean over 4,000 draws of 16 features. A feature's product has second moment `Σ a_N²
    /// 2^(N+1) (‖x‖‖y‖)^2N`, at most 20 at `‖x‖²‖y‖² = 1.15`; signs of products of Rademacher sums
    /// have 4th moments at most 3^N times more. 6.5 standard errors of `√(20/64,000)`: 0.115, false
    /// with 10⁻¹⁰ by the central limit theorem; the seed is fixed.
    @Test
    void maclaurinFeaturesAreUnbiased() {
        double sum = 0;
        for (int r = 0; r < 4000; r++) {
            sum += estimate(RandomMaclaurin.ofExp(1, 3, 16, RandomStream.of(1).at(r)));
        }
        assertEquals(Math.exp(DOT), sum / 4000, 0.115);
        assertThrows(
                IllegalArgumentException.class,
                () -> RandomMaclaurin.draw(n -> n == 0 ? 1 : -1, 3, 64, RandomStream.of(1)));
        // In one coordinate signs cancel: features of degree n are exactly their monomials.
        RandomMaclaurin line =
                RandomMaclaurin.draw(n -> n == 2 ? 1 : 0, 1, 256, RandomStream.of(2));
        double squares = line.degrees().stream().filter(n -> n == 2).count() * 8.0 / 256;
        Tensor half = Tensor.of(Array.of(Shape.of(1, 1), 0.5));
        assertEquals(
                squares / 16, line.queries(half, Pass.evaluation()).square().sum().item(), 1e-15);
    }

    /// The mean over 4,000 draws, against 6.5 standard errors by the bound on the variance: false
    /// with 10⁻¹⁰ by the central limit theorem. Degree 1 without collisions is exact.
    @Test
    void tensorSketchesAreUnbiased() {
        double squares = (0.25 + 0.0625 + 0.5625 + 0.5) * (0.0625 + 0.25 + 1 + 0.5);
        for (int p = 1; p <= 3; p++) {
            double sum = 0;
            for (int r = 0; r < 4000; r++) {
                sum += estimate(TensorSketch.draw(p, 0.5, 3, 32, RandomStream.of(p).at(r)));
            }
            double variance = (Math.pow(3, p) - 1) / 32 * Math.pow(squares, p);
            assertEquals(Math.pow(DOT + 0.5, p), sum / 4000, 6.5 * Math.sqrt(variance / 4000));
        }
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> TensorSketch.draw(2, 1, 3, 24, RandomStream.of(1)));
        assertTrue(String.valueOf(e.getMessage()).contains("power of two"));
    }

    @Test
    void deterministicGivenTheirStream() {
        for (DType type : DType.values()) {
            Tensor x = Tensor.of(X.cast(type));
            FeatureMap a = TensorSketch.draw(2, 1, 3, 8, RandomStream.of(5));
            FeatureMap b = TensorSketch.draw(2, 1, 3, 8, RandomStream.of(5));
            assertEquals(
                    a.queries(x, Pass.evaluation()).value(), b.keys(x, Pass.evaluation()).value());
            assertEquals(8, a.dimension(3));
            assertEquals(
                    Shape.of(1, 64),
                    RandomMaclaurin.ofExp(1, 3, 64, RandomStream.of(1))
                            .queries(x, Pass.evaluation())
                            .shape());
        }
    }

    /// Queries and keys share the map; its identity repeats along the longer side.
    @Test
    void hedgehogRepeatsItsIdentity() {
        double[] wide = Hedgehog.create(2, 2, 6, DType.FLOAT64).weight().value().toDoubles();
        double[] head = {1, 0, 1, 0, 1, 0};
        for (int i = 0; i < 12; i++) {
            assertEquals(head[i % 6], wide[i]);
        }
        Hedgehog tall = Hedgehog.create(1, 3, 4, DType.FLOAT64);
        double[] narrow = {1, 0, 0, 1, 1, 0};
        assertArrayEquals(narrow, tall.weight().value().toDoubles());
        assertEquals(4, tall.dimension(3));
        assertEquals(
                tall.queries(Tensor.of(X), Pass.evaluation()).value(),
                tall.keys(Tensor.of(X), Pass.evaluation()).value());
    }

    @Test
    void sizesOfMapsThatAreDrawn() {
        assertEquals(64, RandomMaclaurin.ofExp(1, 3, 64, RandomStream.of(1)).dimension(3));
        assertEquals(1, TensorSketch.draw(1, 0, 3, 1, RandomStream.of(1)).dimension(3));
        LearnedSpectra six = new LearnedSpectra(1, 4, 8, DType.FLOAT64);
        RandomStream s = RandomStream.of(1);
        assertEquals(new Coupling.Fastfood(), six.fastfoodPrf(s).coupling());
        assertEquals(new Coupling.Independent(), six.gmmPrf(s).coupling());
        long network = 4 * 16 + 16 + 16 * 4 + 4;
        assertEquals(network, six.generativeRks(s).law().parameterCount());
    }
}
