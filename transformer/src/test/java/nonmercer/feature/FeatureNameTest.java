package nonmercer.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.EluPlusOne;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.ReLU;
import nonmercer.kernel.Sample;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Features by name: how they are written, what is drawn of them, and whose they are.
class FeatureNameTest {
    private static FeatureMap draw(FeatureName name, int heads, int d, int count) {
        var size = new FeatureName.Size(heads, d, count, DType.FLOAT64);
        return name.draw(size, NoisePolicy.FROZEN, RandomStream.of(3));
    }

    /// At most `count` features in four coordinates; waves come in pairs beside a constant,
    /// Fastfood's frequencies in blocks of four, those of Gaussians with both signs in pairs.
    @ParameterizedTest
    @CsvSource({
        "GMM_RKS, 13, 17, 5",
        "GMM_PRF, 16, 17, 1",
        "FASTFOOD_RKS, 9, 17, 9",
        "FASTFOOD_PRF, 16, 16, 4",
        "GENERATIVE_RKS, 15, 17, 3",
        "GENERATIVE_PRF, 16, 17, 1",
        "RFF, 15, 17, 3",
        "PRF, 16, 17, 1",
        "FAVOR_PLUS, 16, 17, 1",
        "FAVOR_PLUS_PLUS, 16, 17, 1",
        "SIMPLEX, 16, 16, 2",
        "ELU_PLUS_ONE, 4, 4, 4",
        "RELU, 4, 4, 4",
        "HEDGEHOG, 16, 16, 2",
    })
    void aNameHasAsManyFeaturesAsItsConstructionAllows(
            FeatureName name, int ofSixteen, int ofSeventeen, int ofOne) {
        assertEquals(ofSixteen, draw(name, 2, 4, 16).dimension(4));
        assertEquals(ofSeventeen, draw(name, 2, 4, 17).dimension(4));
        assertEquals(ofOne, draw(name, 2, 4, 1).dimension(4));
    }

    /// Fastfood's blocks are the least power of two that holds a row.
    @ParameterizedTest
    @CsvSource({"1, 7, 7", "2, 7, 6", "3, 7, 4", "4, 7, 4", "5, 7, 8", "8, 16, 16"})
    void wholeBlocksHoldARow(int d, int frequencies, int whole) {
        var size = new FeatureName.Size(1, d, 1, DType.FLOAT32);
        assertEquals(whole, size.whole(frequencies));
    }

    @ParameterizedTest
    @EnumSource
    void namesOfAKernelHaveFeaturesOfIt(FeatureName name) {
        Optional<Kernel> kernel = name.kernel();
        boolean learned = name.text().matches("gmm.*|fastfood.*|generative.*|hedgehog");
        assertEquals(learned, kernel.isEmpty());
        assertEquals(List.of("elu+1", "relu").contains(name.text()), name.exact());
        assertEquals(kernel, new Features.Named(name, 8).kernel());
        if (learned) {
            return;
        }
        double[] q = {0.3, -0.2, 0.5};
        double[] k = {0.1, 0.4, -0.6};
        FeatureMap map = draw(name, 1, 3, 8);
        if (name.exact()) {
            Tensor x = map.queries(Tensor.of(Array.matrix(q)), Pass.evaluation());
            Tensor y = map.keys(Tensor.of(Array.matrix(k)), Pass.evaluation());
            double product = x.matmul(y, Transpose.TRANSPOSED).item();
            assertEquals(kernel.get().at(q, k), product, 1e-15);
        } else {
            double constant = name == FeatureName.RFF ? 1 : 0;
            RandomFeatures f = RandomFeatures.of(map).orElseThrow();
            double expected = f.expected(0, q, k).orElseThrow();
            assertEquals(kernel.get().at(q, k) + constant, expected, 1e-14);
        }
    }

    @Test
    void kernelsOfNames() {
        assertEquals(Optional.of(new ExpDot()), FeatureName.SIMPLEX.kernel());
        assertEquals(Optional.of(new Gauss()), FeatureName.RFF.kernel());
        assertEquals(Optional.of(new EluPlusOne()), FeatureName.ELU_PLUS_ONE.kernel());
        assertEquals(Optional.of(new ReLU()), FeatureName.RELU.kernel());
    }

    @Test
    void couplingsAndComponentsAreThoseOfThePapers() {
        RandomFeatures favor = RandomFeatures.of(draw(FeatureName.FAVOR_PLUS, 1, 4, 8)).get();
        assertEquals(new Coupling.Orthogonal(), favor.coupling());
        RandomFeatures simplex = RandomFeatures.of(draw(FeatureName.SIMPLEX, 1, 4, 8)).get();
        assertEquals(new Coupling.Simplex(), simplex.coupling());
        RandomFeatures optimal =
                RandomFeatures.of(draw(FeatureName.FAVOR_PLUS_PLUS, 1, 4, 8)).get();
        assertEquals(new Coupling.Orthogonal(), optimal.coupling());
        // The root of d/(ρ+1) - d/(2ρ) + Z = 0 at d = Z = 4: 4ρ² + 6ρ - 2 = 0 over 2.
        double rho = (Math.sqrt(17) - 3) / 4;
        assertEquals(0, 4 / (rho + 1) - 4 / (2 * rho) + 4, 1e-13);
        var component = assertInstanceOf(Component.OptimalPositive.class, optimal.component());
        assertEquals((1 - 1 / rho) / 8, component.a(), 1e-15);
        RandomFeatures blocks = RandomFeatures.of(draw(FeatureName.FASTFOOD_RKS, 1, 4, 8)).get();
        assertEquals(new Coupling.Fastfood(), blocks.coupling());
    }

    @ParameterizedTest
    @EnumSource
    void textsAreReadAsTheyArePrinted(FeatureName name) {
        Features.Named plain = new Features.Named(name, 32);
        assertEquals(name.text() + "(32)", FeatureExpression.print(plain));
        Features.Named all = plain.untrained().with(NoisePolicy.PER_EPOCH).seeded(-7);
        assertEquals(
                name.text() + "(32, fixed, noise=epoch, seed=-7)", FeatureExpression.print(all));
        for (Features.Named f : List.of(plain, all, plain.with(NoisePolicy.PER_STEP))) {
            assertEquals(f, FeatureExpression.parse(FeatureExpression.print(f), 5));
        }
        assertEquals(new Features.Named(name, 5), FeatureExpression.parse(name.text(), 5));
        assertTrue(FeatureExpression.names().contains(name.text()));
    }

    @Test
    void optionsComeInAnyOrderAndCase() {
        var expected = new Features.Named(FeatureName.GMM_PRF, 64, false, NoisePolicy.PER_STEP, 12);
        for (String text :
                List.of(
                        "gmm-prf(64, noise=step, seed=12, fixed)",
                        " GMM-PRF ( FIXED , seed = 12, Noise=STEP, m = 64 ) ",
                        "gmm-prf(fixed, m=64, noise=step, seed=12)")) {
            assertEquals(expected, FeatureExpression.parse(text, 9));
        }
        assertEquals(
                new Features.Named(FeatureName.RELU, 9).with(NoisePolicy.FROZEN),
                FeatureExpression.parse("relu(noise=frozen)", 9));
        assertEquals(Integer.MAX_VALUE, FeatureExpression.parse("relu(2147483647)", 9).count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prf(8 | expected ) at the end",
                "prf(x) | expected a whole number or 'fixed', found 'x'",
                "prf(2147483648) | expected a whole number or 'fixed', found '2147483648'",
                "prf(8,) | expected a whole number or 'fixed', found ''",
                "prf(noise=daily) | noise is frozen, step, epoch, not 'daily'",
                "prf(rate=3) | there is no option 'rate'; there are m, noise, seed and fixed",
                "prf(seed=1e3) | expected a whole number or 'fixed', found '1e3'",
                "pfr | there are no features named 'pfr'; there are gmm-rks, gmm-prf, fastfood-rks,"
                        + " fastfood-prf, generative-rks, generative-prf, rff, prf, favor+,"
                        + " favor++, simplex, elu+1, relu, hedgehog",
            })
    void otherTextsAreRefused(String text, String sentence) {
        var refused =
                assertThrows(
                        IllegalArgumentException.class, () -> FeatureExpression.parse(text, 8));
        assertEquals("features '" + text + "': " + sentence, refused.getMessage());
    }

    @Test
    void anAttentionHasAtLeastOneFeature() {
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Features.Named(FeatureName.PRF, 0));
        assertEquals(
                "attention in linear time has at least one feature, got 0", refused.getMessage());
        assertEquals(1, new Features.Named(FeatureName.PRF, 1).count());
    }

    @Test
    void everyPlaceHasAMapOfItsOwn() {
        Features.Named recipe = new Features.Named(FeatureName.GMM_PRF, 8).seeded(5);
        Tensor x = Tensor.of(Sample.normal("x", DType.FLOAT64, 1, 2, 3, 4));
        Features.Drawn first = recipe.draw(2, 4, DType.FLOAT64, "layer/0");
        Array here = first.map().queries(x, Pass.evaluation()).value();
        Features.Drawn again = recipe.draw(2, 4, DType.FLOAT64, "layer/0");
        Features.Drawn there = recipe.draw(2, 4, DType.FLOAT64, "layer/1");
        assertEquals(recipe, first.recipe());
        assertEquals(here, again.map().queries(x, Pass.evaluation()).value());
        assertNotEquals(here, there.map().queries(x, Pass.evaluation()).value());
        assertEquals(2, ParameterTree.found(first.map()).size());
        Features.Drawn fixed = recipe.untrained().draw(2, 4, DType.FLOAT64, "layer/0");
        assertEquals(here, fixed.map().queries(x, Pass.evaluation()).value());
        assertEquals(0, ParameterTree.found(fixed.map()).size());
    }
}
