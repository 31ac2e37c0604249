package nonmercer.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Fastfood;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.ScaleMixture;
import nonmercer.spectral.SpectralLaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said of a recipe, and what its component says of itself.
class DescriptionTest {
    private static final SpectralLaw NORMAL = Gaussian.standard(2);
    private static final String WHERE = " at x = √c q, y = √c k, c = 1/√d";

    private static void assertSays(RandomFeatures f, String... lines) {
        double[] ones = new double[f.law().dimension()];
        Arrays.fill(ones, 1);
        String variance =
                String.format(
                        Locale.ROOT,
                        "%.4g at q = k = (1, …, 1), relative to the squared mean %.4g",
                        f.variance(0, ones, ones).orElse(Double.NaN),
                        f.relativeVariance(0, ones, ones).orElse(Double.NaN));
        String expected =
                Stream.of(lines)
                        .map(l -> l.replace("VARIANCE", variance) + System.lineSeparator())
                        .collect(Collectors.joining());
        assertEquals(expected, f.describe());
    }

    @Test
    void positiveFeaturesOfTheSoftmax() {
        assertSays(
                RandomFeatures.favorPlus(2, 8),
                "law              ω ~ N(0, I)",
                "coupling         Orthogonal",
                "component        Positive[target=SOFTMAX]",
                "preconditioner   NONE",
                "features         8 of 8 frequencies, 0 trained numbers",
                "expected kernel  exp(x·y)" + WHERE,
                "bias             none",
                "variance         VARIANCE",
                "range            [0, ∞]",
                "normaliser       positive",
                "sharpness        not capped");
    }

    @Test
    void wavesBesideAConstant() {
        assertSays(
                RandomFeatures.fourier(2, 8),
                "law              ω ~ N(0, I)",
                "coupling         Independent",
                "component        Trigonometric[target=GAUSSIAN, constant=1.0]",
                "preconditioner   NONE",
                "features         17 of 8 frequencies, 0 trained numbers",
                "expected kernel  exp(-|x - y|²/2) + 1" + WHERE,
                "bias             none",
                "variance         VARIANCE",
                "range            [0, 2]",
                "normaliser       positive",
                "sharpness        at most 0.00200 on one of 1000 keys, where the kernel is not"
                        + " negative");
    }

    @Test
    void wavesOfTheSoftmaxWithAPreconditioner() {
        assertSays(
                new RandomFeatures(NORMAL, new Component.Trigonometric(Target.SOFTMAX, 0.5), 4)
                        .with(Preconditioner.CENTRED),
                "law              ω ~ N(0, I)",
                "coupling         Independent",
                "component        Trigonometric[target=SOFTMAX, constant=0.5]",
                "preconditioner   CENTRED",
                "features         9 of 4 frequencies, 0 trained numbers",
                "expected kernel  exp(x·y) + 0.2500" + WHERE,
                "bias             none",
                "variance         no formula is known before there are data: see Resolution",
                "range            [-∞, ∞]",
                "normaliser       trigonometric features of the softmax kernel can be negative"
                        + " without bound; use positive features",
                "sharpness        not capped");
    }

    @Test
    void learnedLawsOfHeads() {
        SpectralLaw law =
                new LearnedSpectra(3, 2, 4, DType.FLOAT64).gmmPrf(RandomStream.of(1)).law();
        assertSays(
                new RandomFeatures(law, new Component.Hyperbolic(Target.GAUSSIAN), 4),
                "law              ω ~ N(μ, diag(e^λ)), one a head",
                "coupling         Independent",
                "component        Hyperbolic[target=GAUSSIAN]",
                "preconditioner   NONE",
                "features         8 of 4 frequencies, 12 trained numbers",
                "expected kernel  E cosh(ω·(x + y)) exp(-|x|² - |y|²)" + WHERE,
                "bias             none",
                "variance         VARIANCE",
                "range            [0, ∞]",
                "normaliser       positive",
                "sharpness        not capped");
    }

    @Test
    void quadraturesAndBlocks() {
        String grid =
                new RandomFeatures(NORMAL, new Component.Positive(Target.SOFTMAX), 9)
                        .with(new Coupling.GaussHermite(3))
                        .describe();
        assertLine(grid, "coupling         GaussHermite[nodes=3]");
        assertLine(
                grid,
                "bias             of the quadrature: none for polynomials of degree below 6 in each"
                        + " coordinate of ω");
        assertLine(
                grid,
                "variance         0.000 at q = k = (1, …, 1), relative to the squared mean 0.000");
        String blocks =
                new RandomFeatures(Fastfood.drawn(4), new Component.Positive(Target.SOFTMAX), 4)
                        .describe();
        assertLine(blocks, "expected kernel  exp(x·y)" + WHERE);
        assertLine(blocks, "variance         no formula is known");
        assertLine(
                RandomFeatures.favorPlus(4, 4).with(new Coupling.StructuredOrthogonal()).describe(),
                "bias             small: the frequencies are only nearly of the law");
    }

    @Test
    void kernelsOfOtherLawsAreExpectations() {
        SpectralLaw heavy = ScaleMixture.matern(2, 2);
        Component.Trigonometric waves = new Component.Trigonometric(Target.SOFTMAX, 0);
        assertLine(
                new RandomFeatures(heavy, waves, 4).describe(),
                "expected kernel  E cos(ω·(x - y)) exp((|x|² + |y|²)/2)" + WHERE);
        assertLine(
                new RandomFeatures(heavy, new Component.Trigonometric(Target.GAUSSIAN, 0.5), 4)
                        .describe(),
                "expected kernel  E cos(ω·(x - y)) + 0.2500" + WHERE);
        assertLine(
                new RandomFeatures(heavy, new Component.Positive(Target.SOFTMAX), 4).describe(),
                "expected kernel  E exp(ω·(x + y)) exp(-(|x|² + |y|²)/2)" + WHERE);
    }

    private static void assertLine(String text, String line) {
        assertEquals(
                Optional.of(line),
                text.lines().filter(l -> l.startsWith(line.substring(0, 16))).findFirst());
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 8, -1, 1", "0.5, 1, 9, -0.75, 1.25", "2, 1, 9, 3, 5"})
    void wavesLieAroundTheirSquaredConstant(
            double constant, int more, int features, double least, double most) {
        var waves = new Component.Trigonometric(Target.GAUSSIAN, constant);
        assertEquals(8 + more, features);
        assertEquals(features, waves.features(4));
        RandomFeatures f = new RandomFeatures(NORMAL, waves, 4);
        assertArrayEquals(new double[] {least, most}, f.range());
        double c = constant * constant;
        assertEquals(
                c >= 1
                        ? Optional.empty()
                        : Optional.of(
                                "an estimate by trigonometric features lies in ["
                                        + least
                                        + ", "
                                        + most
                                        + "]; a constant feature of at least 1 keeps it from being"
                                        + " negative"),
                f.normaliserRisk());
        FeatureMap map = f.draw(RandomStream.of(1));
        assertEquals(f.normaliserRisk(), map.normaliserRisk());
        Tensor point = Tensor.of(Array.matrix(new double[] {1, 2}));
        FeatureMap ready = map.fitted(point, point, Pass.evaluation());
        assertEquals(f.normaliserRisk(), ready.normaliserRisk());
        // One key at 1 + c, the others at -c/2 + c.
        double others = 9 * (c / 2);
        assertEquals(others == 0 ? 1 : (1 + c) / (1 + c + others), f.sharpnessCap(10, -c / 2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void constantsAreNotNegative(double constant) {
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Component.Trigonometric(Target.GAUSSIAN, constant));
        assertEquals(
                "a constant feature is a number of at least 0, got " + constant,
                refused.getMessage());
    }

    @Test
    void componentsCountTheirFeatures() {
        assertEquals(5, new Component.Positive(Target.SOFTMAX).features(5));
        assertEquals(10, new Component.Hyperbolic(Target.SOFTMAX).features(5));
        assertEquals(5, new Component.OptimalPositive().features(5));
        assertEquals(true, new Component.Hyperbolic(Target.GAUSSIAN).positive());
        assertEquals(false, new Component.Trigonometric(Target.GAUSSIAN, 3).positive());
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, false, false",
        "CENTRED, true, false",
        "RESCALED, false, true",
        "CENTRED_AND_RESCALED, true, true"
    })
    void preconditionersAreTheirNames(Preconditioner p, boolean centres, boolean rescales) {
        assertEquals(centres, p.centres());
        assertEquals(rescales, p.rescales());
    }
}
