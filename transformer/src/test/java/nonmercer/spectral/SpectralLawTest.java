package nonmercer.spectral;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SpectralLawTest {
    private static final double[] T = {0.7, -0.9};

    /// By Gauss–Hermite quadrature with 24 nodes a coordinate, whose error for `e^(a ω)`, `|a| ≤
    /// 3`, is below `a⁴⁸/48! < 10⁻³⁸` times a moment: what is left is rounding of sums of 576
    /// numbers of size `e^(3·6.7)` weighted by their probabilities, `10⁻¹²` at the sizes here.
    @TestFactory
    Stream<DynamicTest> closedFormsOfGaussianLawsAreTheirIntegrals() {
        return Laws.gaussian(2).entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> assertIntegrals(e.getValue())));
    }

    private static void assertIntegrals(SpectralLaw law) {
        Coupling grid = new Coupling.GaussHermite(24);
        Noise noise =
                law instanceof Mixture m
                        ? new Noise.Parts(m.components().stream().map(c -> noise(c, grid)).toList())
                        : noise(law, grid);
        Frequencies f = law.frequencies(noise, DType.FLOAT64, Pass.evaluation());
        for (int head = 0; head < law.heads(); head++) {
            double cos = 0;
            double exp = 0;
            double[] second = new double[4];
            for (int i = 0; i < f.count(); i++) {
                double w = weight(f, head, i);
                double x = f.dense().value().get(head, i, 0);
                double y = f.dense().value().get(head, i, 1);
                double g = x * T[0] + y * T[1];
                cos += w * Math.cos(g);
                exp += w * Math.exp(g);
                second[0] += w * x * x;
                second[1] += w * x * y;
                second[2] += w * y * x;
                second[3] += w * y * y;
            }
            assertEquals(law.characteristic(head, T).orElseThrow(), cos, 1e-12);
            double mgf = Math.exp(law.logMgf(head, T).orElseThrow());
            assertEquals(mgf, exp, 1e-11 * mgf);
            double[][] s = law.secondMoments(head).orElseThrow();
            assertArrayEquals(new double[] {s[0][0], s[0][1], s[1][0], s[1][1]}, second, 1e-12);
        }
    }

    private static Noise noise(SpectralLaw law, Coupling grid) {
        return law.noise(grid, law instanceof GaussianPairs ? 1152 : 576, RandomStream.of(0));
    }

    private static double weight(Frequencies f, int head, int i) {
        return f.logWeights().isPresent()
                ? Math.exp(
                        f.logWeights().get().value().at(f.heads() == 1 ? i : head * f.count() + i))
                : 1.0 / f.count();
    }

    /// Hoeffding: means of 200,000 cosines are within `2 √(ln(2·10⁹)/(2n)) = 0.0147` of their
    /// expectation but for `10⁻⁹` an assertion; 10 assertions.
    @Test
    void scaleMixturesHaveTheTransformsOfMaternAndRationalQuadratic() {
        int n = 200_000;
        double limit = 2 * Math.sqrt(Math.log(2e9) / (2.0 * n));
        for (int k : new int[] {1, 2, 3, 5}) {
            for (ScaleMixture law :
                    List.of(ScaleMixture.matern(k, 2), ScaleMixture.rationalQuadratic(k, 2))) {
                if (law.characteristic(0, T).isEmpty()) {
                    continue;
                }
                Frequencies f =
                        law.frequencies(
                                law.noise(new Coupling.Independent(), n, RandomStream.of(k)),
                                DType.FLOAT64,
                                Pass.evaluation());
                double[] w = f.dense().value().toDoubles();
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += Math.cos(w[2 * i] * T[0] + w[2 * i + 1] * T[1]);
                }
                assertEquals(law.characteristic(0, T).orElseThrow(), sum / n, limit, law.formula());
            }
        }
        double r = Math.hypot(T[0], T[1]);
        assertEquals(
                Math.exp(-r), ScaleMixture.matern(1, 2).characteristic(0, T).orElseThrow(), 1e-15);
        assertEquals(
                (1 + Math.sqrt(3) * r) * Math.exp(-Math.sqrt(3) * r),
                ScaleMixture.matern(3, 2).characteristic(0, T).orElseThrow(),
                1e-15);
        assertEquals(
                (1 + Math.sqrt(5) * r + 5 * r * r / 3) * Math.exp(-Math.sqrt(5) * r),
                ScaleMixture.matern(5, 2).characteristic(0, T).orElseThrow(),
                1e-15);
        assertEquals(
                Double.POSITIVE_INFINITY, ScaleMixture.matern(3, 2).logMgf(0, T).orElseThrow());
    }

    /// Gradients of first and second order of the projections and weights with respect to every
    /// parameter of every law.
    @TestFactory
    Stream<DynamicTest> everyLawIsLearnedThroughItsNoise() {
        return Laws.trained().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> assertGradients(e.getValue())));
    }

    private static void assertGradients(SpectralLaw law) {
        Noise noise = law.noise(Laws.coupling(law), 8, RandomStream.of(8));
        Array x = Array.zeros(DType.FLOAT64, Shape.of(law.heads(), 3, 4));
        RandomStream.of(9).fillNormal(x, 0, 0.5);
        assertEquals(
                law.parameters().stream().mapToLong(p -> p.shape().size()).sum(),
                law.parameterCount());
        assertEquals(
                new java.util.HashSet<>(law.parameters()),
                new java.util.HashSet<>(ParameterTree.of(law).all()));
        for (int order = 1; order <= 2; order++) {
            GradCheck.of(
                            ParameterTree.of(law),
                            pass -> {
                                Frequencies f = law.frequencies(noise, DType.FLOAT64, pass);
                                Tensor y = f.project(Tensor.of(x)).sin();
                                return f.logWeights().isPresent()
                                        ? y.mul(f.logWeights().get().exp())
                                        : y;
                            })
                    .order(order)
                    .check()
                    .orThrow();
        }
    }

    /// The fast projection is the product with the stored frequencies, and their definition.
    @Test
    void fastfoodProjectsByItsRows() {
        Fastfood law = Fastfood.drawn(5);
        Noise.Diagonals noise =
                (Noise.Diagonals) law.noise(new Coupling.Fastfood(), 16, RandomStream.of(1));
        Frequencies f = law.frequencies(noise, DType.FLOAT64, Pass.evaluation());
        Array x = Array.zeros(DType.FLOAT64, Shape.of(2, 3, 5));
        RandomStream.of(9).fillNormal(x, 0, 1);
        double[] fast = f.project(Tensor.of(x)).value().toDoubles();
        double[] slow = Frequencies.of(f.dense()).project(Tensor.of(x)).value().toDoubles();
        assertArrayEquals(slow, fast, 1e-13);
        // Row 0 of block 1 from its definition: 8^-½ s₀ Σₖ H₀ₖ gₖ (H b x)_(p(k)).
        double row = 0;
        for (int k = 0; k < 8; k++) {
            int p = noise.permutation().get(8 + k) - 8;
            double hb = 0;
            for (int l = 0; l < 5; l++) {
                double sign = (Integer.bitCount(p & l) & 1) == 0 ? 1 : -1;
                hb += sign * noise.b().get(1, l) * x.get(0, 0, l);
            }
            row += noise.g().get(1, k) * hb;
        }
        assertEquals(row * noise.s().get(1, 0) / Math.sqrt(8), fast[8], 1e-13);
    }

    /// The coupling makes the rows that the law projects by.
    @Test
    void fastfoodIsOneLawAndOneCoupling() {
        RandomStream stream = RandomStream.of(21);
        double[] rows = new Coupling.Fastfood().draw(8, 5, stream).normal().toDoubles();
        Fastfood law = Fastfood.drawn(5);
        double[] dense = omega(law, law.noise(new Coupling.Fastfood(), 8, stream.at(0)));
        assertArrayEquals(rows, dense, 1e-13);
    }

    /// The noise of one frequency moves that frequency alone.
    @Test
    void aGeneratorDoesNotMixTheNoise() {
        Generator law = Generator.create(RandomStream.of(5), DType.FLOAT64, 3, 6, 4);
        Noise.Rows noise =
                (Noise.Rows) law.noise(new Coupling.Independent(), 8, RandomStream.of(1));
        double[] other = noise.normal().toDoubles();
        other[0] += 1;
        Noise moved =
                new Noise.Rows(
                        Array.of(noise.normal().shape(), other),
                        noise.chiSquared(),
                        noise.weights());
        double[] a = omega(law, noise);
        double[] b = omega(law, moved);
        assertTrue(!Arrays.equals(a, 0, 4, b, 0, 4));
        assertArrayEquals(Arrays.copyOfRange(a, 4, 32), Arrays.copyOfRange(b, 4, 32));
        assertTrue(Arrays.stream(a).allMatch(w -> Math.abs(w) <= 1));
    }

    private static double[] omega(SpectralLaw law, Noise noise) {
        return law.frequencies(noise, DType.FLOAT64, Pass.evaluation()).dense().value().toDoubles();
    }

    /// Parameter counts of Chowdhury et al. 2022's ListOps setting, 8 heads of 64.
    @Test
    void parametersAreCounted() {
        RandomStream s = RandomStream.of(1);
        assertEquals(33_280, Gaussian.trainedFull(8, 64, DType.FLOAT32, s).parameterCount());
        assertEquals(1_024, Gaussian.trainedDiagonal(8, 64, DType.FLOAT32, s).parameterCount());
        assertEquals(192, Fastfood.trainedFromSmall(64, 64, DType.FLOAT32, s).parameterCount());
        assertEquals(0, Gaussian.standard(64).parameterCount());
    }

    @Test
    void whatCannotWorkIsRefused() {
        assertSays(
                "positive, got -0.2",
                () ->
                        Mixture.of(
                                List.of(Gaussian.standard(2), Gaussian.isotropic(2, 2)),
                                1.2,
                                -0.2));
        assertSays(
                "couples its frequencies itself",
                () -> Fastfood.drawn(4).noise(new Coupling.Independent(), 4, RandomStream.of(1)));
        assertSays(
                "by the block of 8",
                () -> Fastfood.drawn(5).noise(new Coupling.Fastfood(), 12, RandomStream.of(1)));
        assertSays(
                "even numbers",
                () ->
                        Laws.full(2)
                                .paired()
                                .noise(new Coupling.Independent(), 7, RandomStream.of(1)));
        assertSays(
                "make it in their type",
                () ->
                        Laws.full(2)
                                .frequencies(
                                        Laws.full(2)
                                                .noise(
                                                        new Coupling.Independent(),
                                                        4,
                                                        RandomStream.of(1)),
                                        DType.FLOAT32,
                                        Pass.evaluation()));
    }

    private static void assertSays(String words, org.junit.jupiter.api.function.Executable code) {
        var e = assertThrows(IllegalArgumentException.class, code);
        assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
    }
}
