package nonmercer.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.kernel.Sample;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Atoms;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Generator;
import nonmercer.spectral.Laws;
import nonmercer.spectral.Mixture;
import nonmercer.spectral.SpectralLaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Where a formula for the variance is known, and what is made of it at data.
class MomentsTest {
    private static final double[] X = {0.5, -0.3};
    private static final double[] Y = {-0.2, 0.8};
    private static final SpectralLaw NORMAL = Gaussian.standard(2);

    static Stream<RandomFeatures> known() {
        return Stream.of(Target.values())
                .flatMap(t ->
                        Stream.of(
                                new Component.Trigonometric(t, 0),
                                new Component.Trigonometric(t, 0.7),
                                new Component.Positive(t),
                                new Component.Hyperbolic(t)))
                .flatMap(c ->
                        Stream.of(
                                new RandomFeatures(NORMAL, c, 4),
                                new RandomFeatures(Laws.diagonal(2), c, 4),
                                new RandomFeatures(Laws.mixture(2), c, 9)));
    }

    @ParameterizedTest
    @MethodSource("known")
    void relativeVarianceIsTheVarianceOverTheSquaredMean(RandomFeatures f) {
        double mean = f.expected(1, X, Y).orElseThrow();
        double variance = f.variance(1, X, Y).orElseThrow();
        assertTrue(variance > 0);
        double relative = f.relativeVariance(1, X, Y).orElseThrow();
        assertEquals(variance / (mean * mean), relative, 1e-12 * relative);
    }

    /// `E cosh ω·z = e^(zᵀΣz/2) cosh μ·z`, of a law whose mean is not zero.
    @Test
    void hyperbolicFeaturesSeeBothSignsOfTheMean() {
        SpectralLaw law = Laws.diagonal(2);
        RandomFeatures f =
                new RandomFeatures(law, new Component.Hyperbolic(Target.GAUSSIAN), 4)
                        .with(nonmercer.kernel.Coefficient.of(1));
        double[] z = {X[0] + Y[0], X[1] + Y[1]};
        double[] minus = {-z[0], -z[1]};
        double up = Math.exp(law.logMgf(0, z).orElseThrow());
        double down = Math.exp(law.logMgf(0, minus).orElseThrow());
        assertTrue(Math.abs(up - down) > 0.01);
        double squares = 0.25 + 0.09 + 0.04 + 0.64;
        assertEquals(
                (up + down) / 2 * Math.exp(-squares), f.expected(0, X, Y).orElseThrow(), 1e-15);
    }

    static Stream<RandomFeatures> unknown() {
        SpectralLaw generator = Generator.create(RandomStream.of(5), DType.FLOAT64, 3, 6, 2);
        SpectralLaw partly = Mixture.of(List.of(NORMAL, generator), 0.5, 0.5);
        Component.Positive positive = new Component.Positive(Target.SOFTMAX);
        Component waves = new Component.Trigonometric(Target.GAUSSIAN, 1);
        return Stream.of(
                new RandomFeatures(generator, waves, 4),
                new RandomFeatures(generator, positive, 4),
                new RandomFeatures(generator, new Component.Hyperbolic(Target.SOFTMAX), 4),
                new RandomFeatures(partly, waves, 4),
                new RandomFeatures(partly, positive, 4),
                new RandomFeatures(NORMAL, positive, 4).with(new Coupling.Lattice()),
                new RandomFeatures(NORMAL, positive, 4).with(new Coupling.StructuredOrthogonal()),
                new RandomFeatures(NORMAL, positive, 4).with(Preconditioner.RESCALED),
                new RandomFeatures(NORMAL, new Component.OptimalPositive(-0.1), 4)
                        .with(new Coupling.Simplex()));
    }

    /// Nothing is claimed, and nothing is refused either.
    @ParameterizedTest
    @MethodSource("unknown")
    void withoutAFormulaNothingIsSaid(RandomFeatures f) {
        assertEquals(OptionalDouble.empty(), f.variance(0, X, Y));
        assertEquals(OptionalDouble.empty(), f.relativeVariance(0, X, Y));
        boolean known = f.law() instanceof Gaussian;
        assertEquals(known, f.expected(0, X, Y).isPresent());
        Array q = Array.matrix(X);
        if (f.preconditioner() == Preconditioner.NONE) {
            assertEquals(Optional.empty(), Resolution.of(f, 0, q, q));
        }
        assertTrue(f.describe().contains("no formula is known"));
    }

    @Test
    void nothingRandomHasNoVariance() {
        RandomFeatures grid =
                new RandomFeatures(NORMAL, new Component.Positive(Target.SOFTMAX), 9)
                        .with(new Coupling.GaussHermite(3));
        assertEquals(OptionalDouble.of(0), grid.variance(0, X, Y));
        SpectralLaw atoms =
                Atoms.trained(
                        1, 8, 2, new Coupling.Independent(), DType.FLOAT64, RandomStream.of(6));
        RandomFeatures f = new RandomFeatures(atoms, new Component.Positive(Target.SOFTMAX), 8);
        assertEquals(OptionalDouble.of(0), f.variance(0, X, Y));
    }

    @Test
    void pointsOfAnotherDimensionAreRefused() {
        RandomFeatures f = RandomFeatures.favorPlus(2, 4);
        double[] three = {1, 2, 3};
        assertThrows(IllegalArgumentException.class, () -> f.expected(0, X, three));
        assertThrows(IllegalArgumentException.class, () -> f.expected(0, three, X));
        assertThrows(IllegalArgumentException.class, () -> f.expected(0, three, three));
    }

    /// The median and the worst over all pairs, of 64 evenly spaced rows where there are more.
    @Test
    void resolutionIsTheMedianOverPairs() {
        RandomFeatures f = RandomFeatures.favorPlus(2, 8);
        for (int n : new int[] {3, 100}) {
            Array q = Sample.normal("q", DType.FLOAT64, n, 2);
            Array k = Sample.normal("k", DType.FLOAT64, 4, 2);
            int taken = Math.min(64, n);
            double[] all = new double[taken * 4];
            for (int i = 0; i < taken; i++) {
                double[] x = Sample.row(q, i * n / taken);
                for (int j = 0; j < 4; j++) {
                    double relative = f.relativeVariance(0, x, Sample.row(k, j)).orElseThrow();
                    all[i * 4 + j] = Math.sqrt(relative);
                }
            }
            Arrays.sort(all);
            Resolution found = Resolution.of(f, 0, q, k).orElseThrow();
            assertEquals(taken * 4, found.pairs());
            assertEquals(all[taken * 2], found.median(), 1e-12 * found.median());
            assertEquals(all[taken * 4 - 1], found.worst(), 1e-12 * found.worst());
            Resolution turned = Resolution.of(f, 0, k, q).orElseThrow();
            assertEquals(found.worst(), turned.worst(), 1e-12 * found.worst());
            assertEquals(found.median(), turned.median(), 1e-12 * found.median());
        }
        Array none = Array.zeros(DType.FLOAT64, Shape.of(0, 2));
        assertEquals(Optional.empty(), Resolution.of(f, 0, none, none));
    }

    /// `A` is chosen at the mean of `‖x + y‖²`, `x = 2^-¼ q`.
    @Test
    void resolutionOfAdaptiveFeaturesIsThatOfTheirChoice() {
        Array q = Sample.normal("q", DType.FLOAT64, 5, 2);
        double mean = 0;
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                for (int l = 0; l < 2; l++) {
                    mean += Math.pow(q.get(i, l) + q.get(j, l), 2) / Math.sqrt(2) / 25;
                }
            }
        }
        Component fixed = new Component.OptimalPositive(Component.OptimalPositive.best(2, mean));
        RandomFeatures chosen =
                new RandomFeatures(NORMAL, fixed, 8).with(new Coupling.Orthogonal());
        Resolution expected = Resolution.of(chosen, 0, q, q).orElseThrow();
        Resolution found = Resolution.of(RandomFeatures.favorPlusPlus(2, 8), 0, q, q).orElseThrow();
        assertEquals(expected.median(), found.median(), 1e-12);
        assertEquals(expected.worst(), found.worst(), 1e-12);
    }

    @Test
    void resolutionsWarnAboveOne() {
        Resolution fine = new Resolution(6, 1, 2.5);
        assertTrue(fine.resolves());
        assertEquals(
                "relative standard deviation of an estimate over 6 pairs: median 1.00, worst 2.50",
                fine.toString());
        Resolution lost = new Resolution(6, 1.01, 2.5);
        assertFalse(lost.resolves());
        assertEquals(
                "relative standard deviation of an estimate over 6 pairs: median 1.01, worst 2.50;"
                        + " WARNING: these features do not resolve the kernel at this data: use"
                        + " more of them, a preconditioner or optimal positive features, or smaller"
                        + " queries and keys",
                lost.toString());
    }
}
