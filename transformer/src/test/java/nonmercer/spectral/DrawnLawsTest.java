package nonmercer.spectral;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// How laws start and what they draw.
class DrawnLawsTest {
    /// Ranges at the start, as released: uniform numbers within a bound, and some of them near it.
    @Test
    void trainedLawsStartWithinTheirBounds() {
        RandomStream stream = RandomStream.of(2);
        Gaussian diagonal = Gaussian.trainedDiagonal(10, 14, DType.FLOAT64, stream);
        assertUniform(1 / Math.sqrt(14), diagonal.mean().value());
        assertUniform(0.5, diagonal.spread().numbers().value()); // √(6/24)
        Gaussian full = Gaussian.trainedFull(10, 14, DType.FLOAT64, stream);
        assertUniform(1 / Math.sqrt(14), full.mean().value());
        assertUniform(0.5 / Math.sqrt(14), full.spread().numbers().value());
        Generator network = Generator.create(stream, DType.FLOAT64, 10, 14, 10);
        for (Generator.Layer layer : network.layers()) {
            assertUniform(0.5, layer.weight().value());
        }
        assertEquals(OptionalDouble.of(1), network.supportBound());
        // N(0, 1/d): the mean square of 3 · 512 normal numbers, within 6.5 standard errors.
        Fastfood small = Fastfood.trainedFromSmall(16, 512, DType.FLOAT64, stream);
        double squares = 0;
        for (var diagonals : List.of(small.s(), small.g(), small.b())) {
            for (double x : diagonals.orElseThrow().value().toDoubles()) {
                squares += x * x / (3 * 512);
            }
        }
        assertEquals(1 / 16.0, squares, 6.5 * Math.sqrt(2.0 / (3 * 512)) / 16);
    }

    /// Of 140 numbers the largest is within 0.2 of the bound but for `0.8¹⁴⁰ < 10⁻¹³`.
    private static void assertUniform(double bound, Array a) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double x : a.toDoubles()) {
            least = Math.min(least, x);
            most = Math.max(most, x);
        }
        assertTrue(most <= bound && most > 0.6 * bound, most + " of " + bound);
        assertTrue(least >= -bound && least < -0.6 * bound, least + " of " + bound);
    }

    /// Drawn, it is the normal law; trained in any of its diagonals, nothing is known of it.
    @Test
    void fastfoodIsNormalOnlyWhereAllIsDrawn() {
        Fastfood drawn = Fastfood.drawn(2);
        Gaussian normal = Gaussian.standard(2);
        assertEquals(normal.characteristic(0, 1, 2), drawn.characteristic(0, 1, 2));
        assertEquals(normal.logMgf(0, 1, 2), drawn.logMgf(0, 1, 2));
        assertArrayEquals(
                normal.secondMoments(0).orElseThrow(), drawn.secondMoments(0).orElseThrow());
        Optional<Numbers> ones = Optional.of(Numbers.fixed(Array.matrix(new double[] {1, 1})));
        Optional<Numbers> none = Optional.empty();
        for (Fastfood f :
                List.of(
                        new Fastfood(2, ones, none, none),
                        new Fastfood(2, none, ones, none),
                        new Fastfood(2, none, none, ones))) {
            assertEquals(OptionalDouble.empty(), f.characteristic(0, 1, 2));
            assertEquals(OptionalDouble.empty(), f.logMgf(0, 1, 2));
            assertEquals(Optional.empty(), f.secondMoments(0));
            assertTrue(f.formula().endsWith(", trained"));
        }
    }

    /// Both signs of the frequencies that atoms start at, the same for every head.
    @Test
    void atomsStartAtOneDrawForAllHeads() {
        RandomStream stream = RandomStream.of(6);
        Coupling coupling = new Coupling.Orthogonal();
        Atoms atoms = Atoms.trained(3, 4, 2, coupling, DType.FLOAT64, stream);
        double[] one = coupling.draw(4, 2, stream).normal().toDoubles();
        double[] all = atoms.omega().value().toDoubles();
        for (int i = 0; i < 24; i++) {
            assertEquals(one[i % 8], all[i]);
        }
        Array x = Array.matrix(new double[] {1, 2});
        Noise noise = atoms.noise(coupling, 4, stream);
        Frequencies f = atoms.frequencies(noise, DType.FLOAT64, Pass.evaluation());
        assertEquals(3, f.heads());
        Array squares = f.squaredNorms().value();
        assertEquals(Shape.of(3, 1, 4), squares.shape());
        assertEquals(one[2] * one[2] + one[3] * one[3], squares.at(5), 1e-14);
        Tensor heads = Tensor.of(x).reshape(1, 1, 2).broadcastTo(Shape.of(3, 1, 2));
        assertEquals(one[2] + 2 * one[3], f.project(heads).value().at(5), 1e-14);
        var refused = assertThrows(IllegalArgumentException.class, () -> f.project(Tensor.of(x)));
        assertEquals(
                "a spectral law with frequencies for each of 3 heads takes [..., 3, n, d], got"
                        + " [1, 2]",
                refused.getMessage());
    }

    @Test
    void whatDoesNotFitIsRefusedInASentence() {
        Spread two = new Spread.Full(Numbers.fixed(Array.zeros(DType.FLOAT64, Shape.of(2, 2, 2))));
        String heads = "a spectral law takes a mean [heads, d] and a covariance for as many heads";
        for (Array mean : List.of(Array.vector(1, 2), Array.zeros(DType.FLOAT64, Shape.of(3, 2)))) {
            for (Executable call :
                    List.<Executable>of(
                            () -> new Gaussian(Numbers.fixed(mean), two),
                            () -> new GaussianPairs(Numbers.fixed(mean), two))) {
                var refused = assertThrows(IllegalArgumentException.class, call);
                assertEquals(
                        heads + ", got a mean " + mean.shape() + " and numbers [2, 2, 2]",
                        refused.getMessage());
            }
        }
        for (int nodes : new int[] {0, 65}) {
            var refused =
                    assertThrows(
                            IllegalArgumentException.class, () -> new Coupling.GaussHermite(nodes));
            assertEquals(
                    "Gauss-Hermite quadrature takes 1 to 64 nodes a coordinate, got " + nodes,
                    refused.getMessage());
        }
        assertEquals(1, new Coupling.GaussHermite(1).nodes());
        assertEquals(64, new Coupling.GaussHermite(64).nodes());
        Coupling simplex = new Coupling.Simplex();
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> simplex.draw(2, 1, RandomStream.of(1)));
        assertEquals("a simplex of directions needs d >= 2, got 1", refused.getMessage());
        assertEquals(2, simplex.draw(2, 2, RandomStream.of(1)).count());
    }

    /// Means of 20,000 cosines are within `2 √(ln(2·10⁹)/(2n)) = 0.047` of their expectation but
    /// for 10⁻⁹ each (Hoeffding); the positive parts alone would be off by 0.3.
    @Test
    void signedMixturesDrawTheirDensity() {
        double[] weights = {1, 1.2, -1.2};
        SignedMixture law = SignedMixture.of(2, weights, new double[] {4, 1, 0.9});
        int n = 20_000;
        Noise noise = law.noise(new Coupling.Independent(), n, RandomStream.of(1));
        assertEquals(n, noise.count());
        Frequencies f = law.frequencies(noise, DType.FLOAT64, Pass.evaluation());
        assertEquals(1, f.heads());
        Array omega = f.dense().value();
        double limit = 2 * Math.sqrt(Math.log(2e9) / (2.0 * n));
        for (double[] t : new double[][] {{0.3, 0}, {1, 0}, {0, 1}, {0.8, -0.5}, {2, 2}}) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += Math.cos(omega.get(0, i, 0) * t[0] + omega.get(0, i, 1) * t[1]) / n;
            }
            assertEquals(law.characteristic(0, t).orElseThrow(), sum, limit);
        }
        double up = Math.exp(2) + 1.2 * Math.exp(0.5) - 1.2 * Math.exp(0.45); // z of length 1
        assertEquals(Math.log(up), law.logMgf(0, 0.6, -0.8).orElseThrow(), 1e-14);
        // What is not normalised is.
        SignedMixture twice =
                SignedMixture.of(2, new double[] {2, 2.4, -2.4}, new double[] {4, 1, 0.9});
        assertEquals(law, twice);
    }

    /// One layer: `ω = b tanh(Wᵀε)`.
    @Test
    void aGeneratorOfOneLayerIsAHyperbolicTangent() {
        Generator unit = Generator.create(RandomStream.of(3), DType.FLOAT64, 2, 3);
        Generator law = new Generator(unit.layers(), 2.5);
        Noise.Rows noise =
                (Noise.Rows) law.noise(new Coupling.Independent(), 4, RandomStream.of(1));
        Array omega = law.frequencies(noise, DType.FLOAT64, Pass.evaluation()).dense().value();
        Array w = law.layers().getFirst().weight().value();
        for (int i = 0; i < 4; i++) {
            for (int l = 0; l < 3; l++) {
                double along =
                        noise.normal().get(i, 0) * w.get(0, l)
                                + noise.normal().get(i, 1) * w.get(1, l);
                assertEquals(2.5 * Math.tanh(along), omega.get(0, i, l), 1e-14);
            }
        }
    }

    /// Trained Fastfood starts where drawn Fastfood stands.
    @Test
    void trainedFastfoodStartsAtADraw() {
        RandomStream stream = RandomStream.of(3);
        Fastfood drawn = Fastfood.drawn(3);
        Fastfood trained = Fastfood.trained(3, 8, DType.FLOAT64, stream);
        Noise noise = drawn.noise(new Coupling.Fastfood(), 8, stream);
        assertEquals(8, noise.count());
        Frequencies f = drawn.frequencies(noise, DType.FLOAT64, Pass.evaluation());
        assertEquals(1, f.heads());
        Frequencies g = trained.frequencies(noise, DType.FLOAT64, Pass.evaluation());
        assertEquals(f.dense().value(), g.dense().value());
    }
}
