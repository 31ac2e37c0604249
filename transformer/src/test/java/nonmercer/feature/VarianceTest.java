package nonmercer.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.FeatureMap;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Laws;
import nonmercer.spectral.SpectralLaw;
import org.junit.jupiter.api.Test;

/// The variance that is derived against the variance of estimates over draws.
///
/// The ratio of a sample variance of `R` estimates to the truth has the standard deviation `√((κ −
/// 1)/R)`, `κ` the kurtosis of an estimate; at 6.5 of those a false alarm has probability `10⁻¹⁰`
/// by the central limit theorem. For means of 8 bounded waves `κ ≤ 3.5`; for positive features at
/// the small points here, estimates are near log-normal with `κ ≤ 12` (measured; the bound on the
/// exponent's variance 0.3 gives 11). Seeds are fixed.
class VarianceTest {
    private static final int DRAWS = 5_000;
    private static final double[] X = {0.5, -0.2, 0.4, 0.3};
    private static final double[] Y = {-0.4, 0.3, 0.1, -0.5};
    private static final double[] Z = {0.1, -0.2, 0.05, 0.1};

    private static void assertVariance(RandomFeatures f, double[] y, double kurtosis) {
        RandomFeatures at = f.with(Coefficient.of(1));
        Array q = Array.of(Shape.of(1, 4), X);
        Array k = Array.of(Shape.of(1, 4), y);
        int heads = f.law().heads();
        Tensor tq = Tensor.of(q).broadcastTo(Shape.of(heads, 1, 4));
        Tensor tk = Tensor.of(k).broadcastTo(Shape.of(heads, 1, 4));
        double[] sum = new double[heads];
        double[] squares = new double[heads];
        double[] mean = new double[heads];
        for (int h = 0; h < heads; h++) {
            mean[h] = at.expected(h, X, y).orElseThrow();
        }
        for (int r = 0; r < DRAWS; r++) {
            FeatureMap map = at.draw(RandomStream.of(17).at(r));
            Array one =
                    map.queries(tq, Pass.evaluation())
                            .mul(map.keys(tk, Pass.evaluation()))
                            .sum(-1)
                            .value();
            for (int h = 0; h < heads; h++) {
                double e = one.at(h) - mean[h];
                sum[h] += e;
                squares[h] += e * e;
            }
        }
        for (int h = 0; h < heads; h++) {
            double variance = at.variance(h, X, y).orElseThrow();
            double limit = 6.5 * Math.sqrt((kurtosis - 1) / DRAWS);
            assertEquals(1, squares[h] / DRAWS / variance, limit, f.toString());
            assertEquals(0, sum[h] / DRAWS, 6.5 * Math.sqrt(variance / DRAWS), f.toString());
        }
    }

    private static RandomFeatures features(SpectralLaw law, Component c, Coupling coupling) {
        return new RandomFeatures(law, c, 8).with(coupling);
    }

    private static final Component WAVES = new Component.Trigonometric(Target.GAUSSIAN, 0);

    @Test
    void wavesOfEveryLaw() {
        for (SpectralLaw law : List.of(Laws.full(4), Laws.full(4).paired(), Laws.mixture(4))) {
            assertVariance(features(law, WAVES, new Coupling.Independent()), Y, 3.5);
        }
    }

    @Test
    void wavesOfCoupledFrequencies() {
        for (Coupling c : List.of(new Coupling.Orthogonal(), new Coupling.Simplex())) {
            assertVariance(features(Laws.diagonal(4), WAVES, c), Y, 3.5);
        }
    }

    @Test
    void positiveFeatures() {
        for (Coupling c :
                List.of(
                        new Coupling.Independent(),
                        new Coupling.Orthogonal(),
                        new Coupling.Simplex())) {
            for (Component component :
                    List.of(
                            new Component.Positive(Target.SOFTMAX),
                            new Component.Hyperbolic(Target.GAUSSIAN))) {
                assertVariance(features(Gaussian.standard(4), component, c), Z, 12);
            }
        }
    }

    @Test
    void optimalPositiveFeatures() {
        for (Coupling c : List.of(new Coupling.Independent(), new Coupling.Orthogonal())) {
            assertVariance(
                    features(Gaussian.standard(4), new Component.OptimalPositive(-0.03), c), Z, 12);
        }
    }

    /// Choromanski et al. 2021 and Reid et al. 2023 at `m = d`, relative to independent
    /// frequencies: orthogonal .887, .828, .782 and simplex .510, .373, .274 at `‖z‖² = 1`, `d` =
    /// 4, 8, 16.
    @Test
    void orthogonalAndSimplexHalveTheError() {
        int[] dimensions = {4, 8, 16};
        double[] orthogonal = {0.887, 0.828, 0.782};
        double[] simplex = {0.510, 0.373, 0.274};
        for (int i = 0; i < 3; i++) {
            int d = dimensions[i];
            double[] x = new double[d];
            x[0] = 0.5;
            RandomFeatures f =
                    new RandomFeatures(
                                    Gaussian.standard(d), new Component.Positive(Target.SOFTMAX), d)
                            .with(Coefficient.of(1));
            double iid = f.variance(0, x, x).orElseThrow();
            assertEquals(
                    orthogonal[i],
                    f.with(new Coupling.Orthogonal()).variance(0, x, x).orElseThrow() / iid,
                    5e-4);
            assertEquals(
                    simplex[i],
                    f.with(new Coupling.Simplex()).variance(0, x, x).orElseThrow() / iid,
                    5e-4);
        }
    }

    /// Relative variances of one feature in 64 coordinates: optimal 35.4, 743, 1.10·10⁵ against
    /// positive 53.6, 2979, 8.9·10⁶ at `‖x + y‖²` = 4, 8, 16.
    @Test
    void optimalFeaturesVaryLess() {
        double[] squares = {4, 8, 16};
        double[] optimal = {35.4, 743, 1.10e5};
        for (int i = 0; i < 3; i++) {
            double[] x = new double[64];
            x[3] = Math.sqrt(squares[i]) / 2;
            RandomFeatures f =
                    new RandomFeatures(Gaussian.standard(64), new Component.OptimalPositive(), 1)
                            .with(Coefficient.of(1));
            assertEquals(optimal[i], f.relativeVariance(0, x, x).orElseThrow(), 5e-3 * optimal[i]);
            RandomFeatures plain =
                    new RandomFeatures(
                                    Gaussian.standard(64),
                                    new Component.Positive(Target.SOFTMAX),
                                    1)
                            .with(Coefficient.of(1));
            assertEquals(
                    Math.expm1(squares[i]),
                    plain.relativeVariance(0, x, x).orElseThrow(),
                    1e-10 * Math.exp(squares[i]));
        }
    }

    /// `ρ*` is where the derivative of the logarithm of the second moment vanishes.
    @Test
    void theBestAIsAtTheRoot() {
        for (int d = 1; d <= 64; d *= 4) {
            for (double z = 1e-6; z < 1e4; z *= 10) {
                double rho = Component.OptimalPositive.bestRho(d, z);
                double slope = d / (rho + 1) - d / (2 * rho) + z;
                assertEquals(0, slope, 1e-13 * (d / rho + z));
                assertTrue(rho > 0 && rho <= 1);
            }
        }
    }

    @Test
    void pairsAreComparedWithTwoSingleFrequencies() {
        Gaussian law = Laws.full(4);
        RandomFeatures single = features(law, WAVES, new Coupling.Independent());
        RandomFeatures pairs = features(law.paired(), WAVES, new Coupling.Independent());
        double[] delta = new double[4];
        for (int l = 0; l < 4; l++) {
            delta[l] = X[l] - Y[l];
        }
        double s2 = law.spread().variance(0, delta);
        double c = 0;
        for (int l = 0; l < 4; l++) {
            c += law.mean().value().get(0, l) * delta[l];
        }
        double cos2 = Math.pow(Math.cos(c), 2);
        double pair = cos2 * Math.pow(1 - Math.exp(-s2), 2) / 2;
        double one = (1 + Math.exp(-2 * s2) * Math.cos(2 * c)) / 2 - Math.exp(-s2) * cos2;
        assertEquals(
                pair / 4, pairs.with(Coefficient.of(1)).variance(0, X, Y).orElseThrow(), 1e-15);
        assertEquals(
                one / 8, single.with(Coefficient.of(1)).variance(0, X, Y).orElseThrow(), 1e-15);
    }

    @Test
    void theDiagnosticWarnsWhereTheKernelIsLost() {
        Array q = Array.zeros(DType.FLOAT32, Shape.of(100, 64));
        RandomStream.of(1).fillNormal(q, 0, 1);
        RandomFeatures favor = RandomFeatures.favorPlus(64, 256);
        Resolution lost = Resolution.of(favor, 0, q, q).orElseThrow();
        assertFalse(lost.resolves());
        assertTrue(lost.toString().contains("WARNING"), lost.toString());
        RandomFeatures small = favor.with(Coefficient.of(0.01));
        assertTrue(Resolution.of(small, 0, q, q).orElseThrow().resolves());
        Array shifted = Array.full(DType.FLOAT32, Shape.of(100, 64), 0.7);
        double raw = Resolution.of(favor, 0, shifted, shifted).orElseThrow().median();
        double centred =
                Resolution.of(favor.with(Preconditioner.CENTRED), 0, shifted, shifted)
                        .orElseThrow()
                        .median();
        assertTrue(raw > 10 && centred < 1e-3, raw + " " + centred);
        assertTrue(
                Resolution.of(RandomFeatures.favorPlusPlus(64, 256), 0, q, q).orElseThrow().median()
                        < lost.median());
    }

    @Test
    void wavesCapHowSharpAttentionCanBe() {
        RandomFeatures waves = RandomFeatures.fourier(64, 64);
        assertEquals(2.0 / 2001, waves.sharpnessCap(2000, 0), 1e-15);
        assertEquals(1, waves.sharpnessCap(2000, -1));
        assertEquals(1, RandomFeatures.favorPlus(64, 64).sharpnessCap(2000, 0));
    }
}
