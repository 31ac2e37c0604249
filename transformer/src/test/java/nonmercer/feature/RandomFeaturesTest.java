package nonmercer.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Sample;
import nonmercer.linalg.Decompositions;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Fastfood;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.GaussianPairs;
import nonmercer.spectral.Laws;
import nonmercer.spectral.SpectralLaw;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RandomFeaturesTest {
    private static final int NODES = 32;

    private static List<Component> components() {
        List<Component> all = new ArrayList<>();
        for (Target t : Target.values()) {
            all.add(new Component.Trigonometric(t, 0));
            all.add(new Component.Trigonometric(t, 0.7));
            all.add(new Component.Positive(t));
            all.add(new Component.Hyperbolic(t));
        }
        return all;
    }

    private static Tensor gram(FeatureMap map, Array q, Array k, Pass pass) {
        Tensor x = Tensor.of(q);
        Tensor y = Tensor.of(k);
        FeatureMap f = map.fitted(x, y, pass);
        return f.queries(x, pass).matmul(f.keys(y, pass), Transpose.TRANSPOSED);
    }

    static Array points(String name, double size, int... extents) {
        Array a = Sample.normal(name, DType.FLOAT64, extents);
        double[] v = a.toDoubles();
        for (int i = 0; i < v.length; i++) {
            v[i] = size * Math.tanh(v[i]);
        }
        return Array.of(a.shape(), v);
    }

    /// With frequencies on a quadrature grid the estimate is the kernel, up to the quadrature and
    /// rounding: 32 nodes a coordinate are exact to degree 63, the rest is below `4⁶⁴/64! < 10⁻⁵⁰`;
    /// features reach `e^15` at the outermost nodes, which have probability below `10⁻²⁰`. 10⁻¹¹ is
    /// rounding of 1,024 terms of size at most `10³` after weighting.
    @TestFactory
    Stream<DynamicTest> onAGridTheEstimateIsTheExpectedKernel() {
        return Laws.gaussian(2).entrySet().stream()
                .filter(e -> !e.getKey().equals("mixture"))
                .flatMap(e ->
                        components().stream()
                                .map(c ->
                                        DynamicTest.dynamicTest(
                                                e.getKey() + " " + c,
                                                () ->
                                                        assertExact(
                                                                e.getValue(),
                                                                c,
                                                                Preconditioner.NONE))));
    }

    /// Preconditioners and every `A` leave the softmax kernel as it is.
    @TestFactory
    Stream<DynamicTest> onAGridThePreconditionersKeepTheKernel() {
        List<Component> all = new ArrayList<>(components());
        all.removeIf(c -> c.target() == Target.GAUSSIAN);
        all.add(new Component.OptimalPositive());
        all.add(new Component.OptimalPositive(-0.05));
        return Stream.of(Preconditioner.values())
                .flatMap(p ->
                        all.stream()
                                .map(c ->
                                        DynamicTest.dynamicTest(
                                                p + " " + c,
                                                () -> assertExact(Gaussian.standard(2), c, p))));
    }

    private static void assertExact(SpectralLaw law, Component component, Preconditioner p) {
        int m = NODES * NODES * (law instanceof GaussianPairs ? 2 : 1);
        RandomFeatures f =
                new RandomFeatures(
                        law,
                        new Coupling.GaussHermite(NODES),
                        component,
                        p,
                        Coefficient.of(0.5),
                        m);
        int h = law.heads();
        Array q = points("q", 1.2, h, 3, 2);
        Array k = points("k", 1.2, h, 4, 2);
        Array gram = gram(f.draw(RandomStream.of(1)), q, k, Pass.evaluation()).value();
        for (int head = 0; head < h; head++) {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 4; j++) {
                    double[] x = Sample.row(q, head * 3 + i);
                    double[] y = Sample.row(k, head * 4 + j);
                    double expected = f.expected(head, x, y).orElseThrow();
                    assertEquals(
                            expected,
                            gram.get(head, i, j),
                            1e-11 * Math.max(1, expected),
                            () -> law + " " + component);
                    if (RandomFeatures.standard(law)) {
                        assertEquals(definition(component, x, y), expected, 1e-13 * expected);
                    }
                }
            }
        }
    }

    /// The kernels of `N(0, I)` at `c = ½`.
    private static double definition(Component component, double[] x, double[] y) {
        double dot = x[0] * y[0] + x[1] * y[1];
        double square = Math.pow(x[0] - y[0], 2) + Math.pow(x[1] - y[1], 2);
        double constant =
                component instanceof Component.Trigonometric t ? t.constant() * t.constant() : 0;
        return constant
                + (component.target() == Target.SOFTMAX
                        ? Math.exp(dot / 2)
                        : Math.exp(-square / 4));
    }

    /// In every draw: `k̂(x, x) = 1`, `|k̂| ≤ 1`, `k̂` depends on the difference alone, and its
    /// Gram matrix is positive semidefinite. Waves of 16 frequencies: 40 roundings of numbers below
    /// 1.
    @Test
    void everyDrawOfWavesIsAStationaryKernel() {
        for (var e : Laws.trained().entrySet()) {
            SpectralLaw law = e.getValue();
            RandomFeatures f =
                    new RandomFeatures(law, new Component.Trigonometric(Target.GAUSSIAN, 0), 8);
            FeatureMap map = f.draw(RandomStream.of(3));
            Array q = points("q", 2, law.heads(), 5, 4);
            Array moved = points("q", 2, law.heads(), 5, 4);
            for (int i = 0; i < moved.size(); i++) {
                moved.doubles()[i] += 0.375 * (i % 4 + 1);
            }
            Array a = gram(map, q, q, Pass.evaluation()).value();
            Array b = gram(map, moved, moved, Pass.evaluation()).value();
            Sample.assertWithin(1e-13, a, b);
            for (int head = 0; head < law.heads(); head++) {
                double[][] block = new double[5][5];
                for (int i = 0; i < 5; i++) {
                    for (int j = 0; j < 5; j++) {
                        block[i][j] = a.get(head, i, j);
                        assertTrue(Math.abs(block[i][j]) <= 1 + 40 * 0x1p-53);
                    }
                    assertEquals(1, block[i][i], 40 * 0x1p-53, e.getKey());
                }
                double least = Decompositions.symmetricEigenvalues(Array.matrix(block)).at(0);
                assertTrue(least >= -1e-13, e.getKey());
            }
        }
    }

    /// `φ(0)·φ(0) = 1` in every draw, whatever the law: the scaling by the number of features.
    @Test
    void positiveFeaturesOfTheOriginHaveLengthOne() {
        for (var e : Laws.trained().entrySet()) {
            for (Component c :
                    List.of(
                            new Component.Positive(Target.SOFTMAX),
                            new Component.Hyperbolic(Target.GAUSSIAN))) {
                RandomFeatures f = new RandomFeatures(e.getValue(), c, 8);
                Array zero = Array.zeros(DType.FLOAT64, Shape.of(e.getValue().heads(), 1, 4));
                Array one = gram(f.draw(RandomStream.of(3)), zero, zero, Pass.evaluation()).value();
                for (int i = 0; i < one.size(); i++) {
                    assertEquals(1, one.at(i), 40 * 0x1p-53, e.getKey());
                }
            }
        }
    }

    /// In expectation attention by GMM-PRF features is softmax attention with a learned metric:
    /// `k(x, y) ∝ exp(x'Sy + μ·y + y'Sy/2 − ‖y‖²)` for each `x`.
    @Test
    void gaussianPositiveFeaturesLearnAMetric() {
        Gaussian law = Laws.diagonal(3);
        RandomFeatures f =
                new RandomFeatures(law, new Component.Positive(Target.GAUSSIAN), 8)
                        .with(Coefficient.of(1));
        Array q = points("q", 1, 1, 3);
        Array k = points("k", 1, 5, 3);
        for (int head = 0; head < 2; head++) {
            double[] kernel = new double[5];
            double[] metric = new double[5];
            double[] x = Sample.row(q, 0);
            for (int j = 0; j < 5; j++) {
                double[] y = Sample.row(k, j);
                kernel[j] = f.expected(head, x, y).orElseThrow();
                double logit = 0;
                for (int l = 0; l < 3; l++) {
                    double s = Math.exp(law.spread().numbers().value().get(head, l));
                    double mu = law.mean().value().get(head, l);
                    logit += x[l] * s * y[l] + mu * y[l] + s * y[l] * y[l] / 2 - y[l] * y[l];
                }
                metric[j] = Math.exp(logit);
            }
            double a = java.util.Arrays.stream(kernel).sum();
            double b = java.util.Arrays.stream(metric).sum();
            for (int j = 0; j < 5; j++) {
                // 64 u (1 + Σ |terms of a logit|), at most 12 terms of size 2.
                assertEquals(metric[j] / b, kernel[j] / a, 64 * 0x1p-53 * 25);
            }
        }
    }

    /// float32 features are those of float64 to a few roundings of numbers of the size of the
    /// exponents: 2⁻²⁴ · 64 (arguments below 8, a chain of 4 + 8 operations).
    @Test
    void float32FollowsFloat64() {
        for (Component c : components()) {
            RandomFeatures f = new RandomFeatures(Gaussian.standard(4), c, 8);
            FeatureMap map = f.draw(RandomStream.of(6));
            Array x = points("x", 1, 5, 4);
            Array wide = map.queries(Tensor.of(x), Pass.evaluation()).value();
            Array narrow = map.queries(Tensor.of(x.cast(DType.FLOAT32)), Pass.evaluation()).value();
            assertEquals(DType.FLOAT32, narrow.dtype());
            assertEquals(Shape.of(5, f.dimension()), narrow.shape());
            assertEquals(f.dimension(), map.dimension(4));
            for (int i = 0; i < wide.size(); i++) {
                assertEquals(
                        wide.at(i), narrow.at(i), 64 * 0x1p-24 * Math.max(1, Math.abs(wide.at(i))));
            }
        }
    }

    @Test
    void noiseIsDrawnWhenThePolicySays() {
        RandomFeatures f = RandomFeatures.favorPlus(4, 8);
        Array x = points("x", 1, 5, 4);
        RandomStream run = RandomStream.of(1);
        for (NoisePolicy policy : NoisePolicy.values()) {
            FeatureMap map = f.draw(RandomStream.of(6), policy);
            Array evaluated = map.keys(Tensor.of(x), Pass.evaluation()).value();
            assertEquals(
                    evaluated,
                    f.draw(RandomStream.of(6)).keys(Tensor.of(x), Pass.evaluation()).value());
            try (Tape tape = Tape.open()) {
                Pass first = Pass.training(tape, run.at("step/1"), run.at("epoch/1"));
                Pass second = Pass.training(tape, run.at("step/2"), run.at("epoch/1"));
                Pass third = Pass.training(tape, run.at("step/3"), run.at("epoch/2"));
                Array a = map.keys(Tensor.of(x), first).value();
                Array b = map.keys(Tensor.of(x), second).value();
                Array c = map.keys(Tensor.of(x), third).value();
                assertEquals(a, map.queries(Tensor.of(x), first).value());
                assertEquals(policy == NoisePolicy.FROZEN, a.equals(evaluated));
                assertEquals(policy != NoisePolicy.PER_STEP, a.equals(b));
                assertEquals(policy == NoisePolicy.FROZEN, a.equals(c));
            }
        }
        assertNotEquals(
                f.draw(RandomStream.of(6)).keys(Tensor.of(x), Pass.evaluation()).value(),
                f.draw(RandomStream.of(7)).keys(Tensor.of(x), Pass.evaluation()).value());
    }

    @Test
    void theSixVariantsHaveTheirSizes() {
        LearnedSpectra six = new LearnedSpectra(2, 4, 8, DType.FLOAT32);
        RandomStream s = RandomStream.of(1);
        assertEquals(17, six.gmmRks(s).dimension());
        assertEquals(8, six.gmmPrf(s).dimension());
        assertEquals(17, six.fastfoodRks(s).dimension());
        assertEquals(8, six.fastfoodPrf(s).dimension());
        assertEquals(17, six.generativeRks(s).dimension());
        assertEquals(8, six.generativePrf(s).dimension());
        assertEquals(2 * (4 + 16), six.gmmRks(s).law().parameterCount());
        assertEquals(2 * (4 + 4), six.gmmPrf(s).law().parameterCount());
        assertEquals(3 * 8, six.fastfoodPrf(s).law().parameterCount());
        assertEquals(4 * 16 + 16 + 16 * 4 + 4, six.generativePrf(s).law().parameterCount());
        for (RandomFeatures f : List.of(six.gmmRks(s), six.fastfoodPrf(s), six.generativeRks(s))) {
            FeatureMap map = f.draw(s);
            Tensor x = Tensor.of(points("x", 1, 3, 2, 5, 4).cast(DType.FLOAT32));
            assertEquals(
                    Shape.of(3, 2, 5, f.dimension()), map.queries(x, Pass.evaluation()).shape());
        }
    }

    @Test
    void whatFollowsOfARecipeIsPrinted() {
        String favor = RandomFeatures.favorPlus(64, 256).describe();
        assertTrue(favor.contains("ω ~ N(0, I)"), favor);
        assertTrue(favor.contains("exp(x·y) at x = √c q"), favor);
        assertTrue(favor.contains("bias             none"), favor);
        assertTrue(favor.contains("[0, ∞]"), favor);
        String waves =
                new RandomFeatures(
                                Fastfood.drawn(64),
                                new Component.Trigonometric(Target.GAUSSIAN, 0.36),
                                64)
                        .describe();
        assertTrue(waves.contains("a constant feature of at least 1"), waves);
        assertTrue(waves.contains("at most"), waves);
        assertTrue(RandomFeatures.fourier(64, 64).normaliserRisk().isEmpty());
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertSays(
                "keeps exp(x·y)",
                () ->
                        new RandomFeatures(Laws.full(4), new Component.Positive(Target.SOFTMAX), 8)
                                .with(Preconditioner.CENTRED));
        assertSays(
                "need ω ~ N(0, I)",
                () -> new RandomFeatures(Laws.full(4), new Component.OptimalPositive(), 8));
        assertSays("A < 1/8", () -> new Component.OptimalPositive(0.125));
        var e =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                RandomFeatures.favorPlusPlus(4, 8)
                                        .draw(RandomStream.of(1))
                                        .queries(
                                                Tensor.of(points("x", 1, 3, 4)),
                                                Pass.evaluation()));
        assertTrue(String.valueOf(e.getMessage()).contains("map.fitted"));
    }

    private static void assertSays(String words, org.junit.jupiter.api.function.Executable code) {
        var e = assertThrows(IllegalArgumentException.class, code);
        assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
    }
}
