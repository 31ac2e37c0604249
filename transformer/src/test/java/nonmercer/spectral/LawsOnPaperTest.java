package nonmercer.spectral;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Laws as they are written, with numbers that can be checked by hand.
class LawsOnPaperTest {
    private static final Array FACTOR =
            Array.of(Shape.of(2, 2, 2), 1.0, 2.0, 3.0, 4.0, -1.0, 0.5, 2.0, 0.0);

    @Test
    void spreadsAreLinearMaps() {
        Spread full = new Spread.Full(Numbers.fixed(FACTOR));
        assertArrayEquals(new double[] {5, 11}, full.times(0, 1, 2));
        assertArrayEquals(new double[] {0, 2}, full.times(1, 1, 2));
        assertArrayEquals(new double[] {5, 11}, full.times(2, 1, 2)); // heads go round
        assertEquals(146, full.variance(0, 1, 2));
        Spread diagonal =
                new Spread.Diagonal(
                        Numbers.fixed(
                                Array.matrix(
                                        new double[] {0, Math.log(4)},
                                        new double[] {Math.log(9), Math.log(0.25)})));
        assertArrayEquals(new double[] {1, -4}, diagonal.times(0, 1, -2), 1e-15);
        assertArrayEquals(new double[] {3, -1}, diagonal.times(1, 1, -2), 1e-15);
        Spread isotropic =
                new Spread.Isotropic(Numbers.fixed(Array.vector(Math.log(4), Math.log(0.25))));
        assertArrayEquals(new double[] {2, -4}, isotropic.times(0, 1, -2), 1e-15);
        assertArrayEquals(new double[] {0.5, -1}, isotropic.times(3, 1, -2), 1e-15);
        for (Spread s : List.of(full, diagonal, isotropic)) {
            assertEquals(2, s.heads());
            // Rows ε become Lᵀε, for each head: ⟨Lᵀε, t⟩ = ⟨ε, L t⟩.
            double[] noise = {0.3, -0.8};
            Array of = s.of(Tensor.of(Array.matrix(noise)), Pass.evaluation()).value();
            for (int h = 0; h < 2; h++) {
                double[] lt = s.times(h, 0.7, 1.9);
                assertEquals(
                        noise[0] * lt[0] + noise[1] * lt[1],
                        of.get(h, 0, 0) * 0.7 + of.get(h, 0, 1) * 1.9,
                        1e-14);
            }
        }
    }

    static Stream<Arguments> formulas() {
        SpectralLaw small = Generator.create(RandomStream.of(1), DType.FLOAT64, 2, 3);
        return Stream.of(
                Arguments.of(Gaussian.standard(3), "ω ~ N(0, I)", 3, 1, 0),
                Arguments.of(Gaussian.isotropic(3, 2), "ω ~ N(0, 4.0 I)", 3, 1, 0),
                Arguments.of(
                        Gaussian.trainedScale(4, 3, DType.FLOAT64), "ω ~ N(0, e^λ I)", 3, 4, 4),
                Arguments.of(Laws.diagonal(3), "ω ~ N(μ, diag(e^λ))", 3, 2, 12),
                Arguments.of(Laws.full(3), "ω ~ N(μ, LᵀL)", 3, 2, 24),
                Arguments.of(Laws.full(3).paired(), "ω ~ N(±μ, LᵀL) in pairs", 3, 2, 24),
                Arguments.of(ScaleMixture.matern(3, 2), "ω ~ √τ N(0, I), τ ~ 3/χ²_3", 2, 1, 0),
                Arguments.of(
                        ScaleMixture.rationalQuadratic(2, 2),
                        "ω ~ √τ N(0, I), τ ~ χ²_2/2",
                        2,
                        1,
                        0),
                Arguments.of(
                        Fastfood.drawn(3), "ω rows of D^-½ S H G P H B, each N(0, I)", 3, 1, 0),
                Arguments.of(
                        Fastfood.trained(3, 8, DType.FLOAT64, RandomStream.of(1)),
                        "ω rows of D^-½ S H G P H B, trained",
                        3,
                        1,
                        24),
                Arguments.of(small, "ω = tanh f(ε), ε ~ N(0, I)", 3, 1, 9),
                Arguments.of(
                        new Generator(((Generator) small).layers(), 2.5),
                        "ω = 2.5 tanh f(ε), ε ~ N(0, I)",
                        3,
                        1,
                        9),
                Arguments.of(
                        Mixture.of(List.of(Gaussian.standard(2), Gaussian.standard(2)), 1, 3),
                        "ω ~ Σ π_c ρ_c over ω ~ N(0, I)",
                        2,
                        1,
                        0),
                Arguments.of(
                        Mixture.trainedDiagonal(3, 2, 4, DType.FLOAT64, RandomStream.of(1)),
                        "ω ~ Σ π_c ρ_c over ω ~ N(μ, diag(e^λ))",
                        4,
                        2,
                        3 * 16 + 6),
                Arguments.of(
                        SignedMixture.of(2, new double[] {-0.25, 1.25}, new double[] {0.5, 1}),
                        "ω ~ 1.25 N(0, 1.0 I) − 0.25 N(0, 0.5 I)",
                        2,
                        1,
                        0),
                Arguments.of(
                        Atoms.trained(
                                2,
                                8,
                                3,
                                new Coupling.Orthogonal(),
                                DType.FLOAT64,
                                RandomStream.of(6)),
                        "ω one of 8 frequencies",
                        3,
                        2,
                        48));
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void aLawIsItsFormula(SpectralLaw law, String formula, int d, int heads, int numbers) {
        assertEquals(formula, law.formula());
        assertEquals(d, law.dimension());
        assertEquals(heads, law.heads());
        assertEquals(numbers, law.parameterCount());
        boolean bounded = law instanceof Generator;
        assertEquals(bounded, law.supportBound().isPresent());
        if (law.characteristic(0, new double[d]).isPresent()) {
            assertEquals(1, law.characteristic(0, new double[d]).getAsDouble(), 1e-15);
            assertEquals(0, law.logMgf(0, new double[d]).orElseThrow(), 1e-15);
            double[] longer = new double[d + 1];
            for (Executable call :
                    List.<Executable>of(
                            () -> law.characteristic(0, longer), () -> law.logMgf(0, longer))) {
                var refused = assertThrows(IllegalArgumentException.class, call);
                assertEquals(
                        "a spectral law in " + d + " coordinates was given a vector of " + (d + 1),
                        refused.getMessage());
            }
        }
    }

    @Test
    void onlyTheStandardNormalLawIsStandard() {
        assertTrue(Gaussian.standard(2).isStandard());
        assertFalse(Gaussian.isotropic(2, 2).isStandard());
        assertFalse(Gaussian.trainedScale(1, 2, DType.FLOAT64).isStandard());
        Spread unit = Spread.Isotropic.unit();
        Array shift = Array.matrix(new double[] {0, 1});
        assertFalse(new Gaussian(Numbers.fixed(shift), unit).isStandard());
        Array zero = Array.matrix(new double[] {0, 0});
        assertTrue(new Gaussian(Numbers.fixed(zero), unit).isStandard());
        assertFalse(new Gaussian(Numbers.trained(zero), unit).isStandard());
    }

    /// `(1 − s²/k)^(−k/2)` for Laplace's law; no moment-generating function for Student's.
    @Test
    void scaleMixturesByHand() {
        ScaleMixture laplace = ScaleMixture.rationalQuadratic(4, 2);
        assertEquals(-2 * Math.log(0.75), laplace.logMgf(0, 1, 0).orElseThrow(), 1e-15);
        assertEquals(Double.POSITIVE_INFINITY, laplace.logMgf(0, 2, 0).orElseThrow());
        assertEquals(1 / 1.5625, laplace.characteristic(0, 0, 1).orElseThrow(), 1e-15);
        assertArrayEquals(new double[] {0, 1}, laplace.secondMoments(0).orElseThrow()[1], 1e-15);
        ScaleMixture student = ScaleMixture.matern(3, 2);
        assertEquals(Double.POSITIVE_INFINITY, student.logMgf(0, 0.1, 0).orElseThrow());
        assertArrayEquals(new double[] {3, 0}, student.secondMoments(0).orElseThrow()[0], 1e-14);
        assertEquals(Optional.empty(), ScaleMixture.matern(2, 2).secondMoments(0));
        assertEquals(OptionalDouble.empty(), ScaleMixture.matern(4, 2).characteristic(0, 1, 0));
        var refused = assertThrows(IllegalArgumentException.class, () -> ScaleMixture.matern(0, 2));
        assertEquals(
                "a chi-squared number has at least one degree of freedom, got 0",
                refused.getMessage());
    }

    @Test
    void atomsAreTheirMeans() {
        Array two = Array.of(Shape.of(1, 2, 2), 1.0, 0.0, 3.0, -1.0);
        Atoms law = new Atoms(Numbers.fixed(two));
        assertEquals(
                (Math.cos(2) + Math.cos(5)) / 2, law.characteristic(0, 2, 1).orElseThrow(), 1e-15);
        assertEquals(
                Math.log((Math.exp(2) + Math.exp(5)) / 2),
                law.logMgf(0, 2, 1).orElseThrow(),
                1e-15);
        double[][] s = law.secondMoments(5).orElseThrow();
        assertArrayEquals(new double[] {5, -1.5}, s[0]);
        assertArrayEquals(new double[] {-1.5, 0.5}, s[1]);
        assertTrue(law.unbiased(new Coupling.GaussHermite(2)));
        assertEquals(2, law.noise(new Coupling.Independent(), 2, RandomStream.of(1)).count());
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> law.noise(new Coupling.Independent(), 3, RandomStream.of(1)));
        assertEquals("a law of 2 frequencies was asked for 3", refused.getMessage());
    }

    /// As equal as can be, and even where all can be.
    @ParameterizedTest
    @CsvSource({
        "9, 3 3 3",
        "10, 4 4 2",
        "8, 4 2 2",
        "6, 2 2 2",
        "4, 2 1 1",
        "3, 1 1 1",
        "7, 3 2 2"
    })
    void frequenciesAreShared(int m, String shares) {
        Gaussian one = Gaussian.standard(2);
        Mixture law = Mixture.of(List.of(one, one, one), 1, 2, 5);
        int[] expected = Stream.of(shares.split(" ")).mapToInt(Integer::parseInt).toArray();
        assertArrayEquals(expected, law.shares(m));
        assertEquals(m, law.noise(new Coupling.Independent(), m, RandomStream.of(1)).count());
        assertArrayEquals(new double[] {0.125, 0.25, 0.625}, law.weights(3), 1e-15);
    }

    @Test
    void mixturesOfTheUnknownAreUnknown() {
        SpectralLaw generator = Generator.create(RandomStream.of(1), DType.FLOAT64, 2, 2);
        Mixture partly = Mixture.of(List.of(Gaussian.standard(2), generator), 1, 1);
        assertEquals(OptionalDouble.empty(), partly.characteristic(0, 1, 1));
        assertEquals(OptionalDouble.empty(), partly.logMgf(0, 1, 1));
        assertEquals(Optional.empty(), partly.secondMoments(0));
        SpectralLaw student = ScaleMixture.matern(3, 2);
        Mixture heavy = Mixture.of(List.of(Gaussian.standard(2), student), 1, 1);
        assertEquals(OptionalDouble.of(Double.POSITIVE_INFINITY), heavy.logMgf(0, 1, 1));
        Mixture both = Mixture.of(List.of(generator, student), 1, 1);
        assertEquals(OptionalDouble.empty(), both.logMgf(0, 1, 1));
        assertFalse(partly.unbiased(new Coupling.StructuredOrthogonal()));
        assertTrue(partly.unbiased(new Coupling.Orthogonal()));
    }
}
