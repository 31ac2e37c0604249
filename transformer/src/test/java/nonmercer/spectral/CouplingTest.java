package nonmercer.spectral;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each row of an exact coupling is standard normal, by the inequality of Dvoretzky, Kiefer,
/// Wolfowitz and Massart: `P(sup |Fₙ − F| > t) ≤ 2 exp(−2 n t²)`, at `10⁻⁹` an assertion. There are
/// 5 couplings × 4 rows × (4 directions + the length) = 100 assertions: `10⁻⁷` in all, with fixed
/// seeds.
class CouplingTest {
    private static final int D = 4;
    private static final int DRAWS = 20_000;
    private static final double LIMIT = Math.sqrt(Math.log(2e9) / (2.0 * DRAWS));

    private static final double[][] DIRECTIONS = {
        {1, 0, 0, 0}, {0.5, 0.5, 0.5, 0.5}, {-0.5, -0.5, -0.5, -0.5}, {0.6, 0, -0.8, 0}
    };

    @TestFactory
    Stream<DynamicTest> everyRowOfABlockIsStandardNormal() {
        return Stream.of(
                        new Coupling.Independent(),
                        new Coupling.Orthogonal(),
                        new Coupling.Simplex(),
                        new Coupling.Fastfood(),
                        new Coupling.Lattice())
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> assertNormal(c)));
    }

    private static void assertNormal(Coupling coupling) {
        assertTrue(coupling.exact());
        double[][][] blocks = blocks(coupling);
        for (int j = 0; j < D; j++) {
            double[][] row = new double[DRAWS][];
            for (int r = 0; r < DRAWS; r++) {
                row[r] = blocks[r][j];
            }
            for (double[] u : DIRECTIONS) {
                double[] along = Arrays.stream(row).mapToDouble(w -> dot(w, u)).sorted().toArray();
                assertDistance(coupling + " row " + j, along, CouplingTest::normal);
            }
            double[] squares = Arrays.stream(row).mapToDouble(w -> dot(w, w)).sorted().toArray();
            // chi-squared with 4 degrees of freedom
            assertDistance(
                    coupling + " length " + j, squares, x -> 1 - Math.exp(-x / 2) * (1 + x / 2));
        }
    }

    /// A sign rule left out of QR, or lengths taken from the block that gave the directions, is
    /// seen.
    @Test
    void theTestSeesADirectionThatIsNotUniform() {
        double[][][] blocks = blocks(new Coupling.Orthogonal());
        double[] folded =
                Arrays.stream(blocks).mapToDouble(b -> -Math.abs(b[0][0])).sorted().toArray();
        assertThrows(AssertionError.class, () -> assertDistance("", folded, CouplingTest::normal));
    }

    private static double[][][] blocks(Coupling coupling) {
        double[][][] all = new double[DRAWS][D][];
        if (coupling instanceof Coupling.Lattice) {
            for (int r = 0; r < DRAWS; r++) {
                Array a = coupling.draw(D, D, RandomStream.of(2).at(r)).normal();
                for (int j = 0; j < D; j++) {
                    all[r][j] = Arrays.copyOfRange(a.doubles(), j * D, (j + 1) * D);
                }
            }
            return all;
        }
        Array a = coupling.draw(D * DRAWS, D, RandomStream.of(2)).normal();
        for (int i = 0; i < D * DRAWS; i++) {
            all[i / D][i % D] = Arrays.copyOfRange(a.doubles(), i * D, (i + 1) * D);
        }
        return all;
    }

    private static void assertDistance(
            String what, double[] sorted, java.util.function.DoubleUnaryOperator distribution) {
        double sup = 0;
        for (int i = 0; i < sorted.length; i++) {
            double f = distribution.applyAsDouble(sorted[i]);
            sup =
                    Math.max(
                            sup,
                            Math.max(
                                    f - (double) i / sorted.length, (i + 1.0) / sorted.length - f));
        }
        double distance = sup;
        assertTrue(distance <= LIMIT, () -> what + ": distance " + distance + ", limit " + LIMIT);
    }

    /// `Φ(x) = (1 + erf(x/√2))/2`, by the library's own erf (3 ulp).
    private static double normal(double x) {
        return (1
                        + nonmercer.lanes.Lanes.doubles()
                                .one(nonmercer.lanes.Unary.ERF, x / Math.sqrt(2)))
                / 2;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /// `cos(wᵢ, wⱼ)` is 0, or −1/(d − 1); structured directions are orthogonal where d is a power
    /// of two. 100 u for a QR of 8 columns.
    @Test
    void anglesWithinABlock() {
        assertAngles(new Coupling.Orthogonal(), 7, 0);
        assertAngles(new Coupling.StructuredOrthogonal(), 8, 0);
        assertAngles(new Coupling.Simplex(), 7, -1.0 / 6);
    }

    private static void assertAngles(Coupling coupling, int d, double cosine) {
        Array a = coupling.draw(d, d, RandomStream.of(1)).normal();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                double[] x = Arrays.copyOfRange(a.doubles(), i * d, (i + 1) * d);
                double[] y = Arrays.copyOfRange(a.doubles(), j * d, (j + 1) * d);
                assertEquals(cosine, dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y)), 100 * 0x1p-53);
            }
        }
    }

    /// Structured directions have nearly unit variance: `E w_il² = 1` exactly, since rows of an
    /// orthogonal matrix are exchangeable up to sign along a coordinate. Chebyshev would do; the
    /// tolerance is 6.1 standard errors of a mean of 16,384 numbers of variance at most 3: 10⁻⁹.
    @Test
    void structuredDirectionsHaveTheRightScale() {
        Array a = new Coupling.StructuredOrthogonal().draw(1 << 14, 6, RandomStream.of(9)).normal();
        for (int l = 0; l < 6; l++) {
            double sum = 0;
            for (int i = 0; i < 1 << 14; i++) {
                sum += a.get(i, l) * a.get(i, l);
            }
            assertEquals(1, sum / (1 << 14), 6.1 * Math.sqrt(3.0 / (1 << 14)));
        }
    }

    /// Exact for polynomials of degree below 2n: `E ω⁴ = 3`, `E ω₁² ω₂² = 1`, `E ω⁶ = 15`.
    @Test
    void quadratureIntegratesPolynomials() {
        Noise.Rows rows = new Coupling.GaussHermite(4).draw(16, 2, RandomStream.of(0));
        double[] moments = new double[4];
        for (int i = 0; i < 16; i++) {
            double w = rows.weights().at(i);
            double x = rows.normal().get(i, 0);
            double y = rows.normal().get(i, 1);
            moments[0] += w;
            moments[1] += w * x * x * y * y;
            moments[2] += w * Math.pow(x, 6);
            moments[3] += w * Math.pow(y, 4);
        }
        assertArrayEquals(new double[] {1, 1, 15, 3}, moments, 1e-12);
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Coupling.GaussHermite(4).draw(15, 2, RandomStream.of(0)));
        assertTrue(String.valueOf(e.getMessage()).contains("has 16 frequencies"));
    }

    /// A lattice of 64 shifted points sees a smooth function far better than independent points:
    /// the mean square of `cos ω₁ · cos ω₂` about its mean `e⁻¹` over 200 shifts is below 1/20 of
    /// that of independent draws (it is about 1/400; both are means of 200 squares with fixed
    /// seeds).
    @Test
    void latticePointsAreMoreEven() {
        double lattice = 0;
        double independent = 0;
        for (int r = 0; r < 200; r++) {
            lattice += square(new Coupling.Lattice(), r);
            independent += square(new Coupling.Independent(), r);
        }
        assertTrue(lattice < independent / 20, lattice + " against " + independent);
    }

    private static double square(Coupling coupling, int seed) {
        Array a = coupling.draw(64, 2, RandomStream.of(seed)).normal();
        double sum = 0;
        for (int i = 0; i < 64; i++) {
            sum += Math.cos(a.get(i, 0)) * Math.cos(a.get(i, 1)) / 64;
        }
        return Math.pow(sum - Math.exp(-1), 2);
    }

    /// The chi lengths of Fastfood show in the variance alone: with lengths `‖G‖` for all, each row
    /// would be normal too. At `v = 1.5 (1, …, 1)/√32` the variance of the mean of 32 cosines is
    /// 1.69 times that of independent rows, `(1 − e^(−a²))²/64`, and 2.38 times without chi lengths
    /// (simulated by others, ±.02). The kurtosis of such a mean is 2.7 to 3: 6.5 standard errors of
    /// the ratio over 4,000 draws are 14.5 %, false with 10⁻¹⁰; the seed is fixed.
    @Test
    void fastfoodHasIndependentLengths() {
        double a = 1.5;
        int draws = 4000;
        Array rows = new Coupling.Fastfood().draw(32 * draws, 32, RandomStream.of(5)).normal();
        double squares = 0;
        for (int r = 0; r < draws; r++) {
            double mean = 0;
            for (int j = 0; j < 32; j++) {
                double along = 0;
                for (int l = 0; l < 32; l++) {
                    along += rows.get(r * 32 + j, l) * a / Math.sqrt(32);
                }
                mean += Math.cos(along) / 32;
            }
            squares += Math.pow(mean - Math.exp(-a * a / 2), 2) / draws;
        }
        double independent = Math.pow(1 - Math.exp(-a * a), 2) / 64;
        assertEquals(1.69, squares / independent, 1.69 * 6.5 * Math.sqrt(2.0 / draws) + 0.02);
    }

    @Test
    void aDrawIsAFunctionOfItsStream() {
        for (Coupling c : List.of(new Coupling.Simplex(), new Coupling.Fastfood())) {
            Noise.Rows one = c.draw(10, 4, RandomStream.of(1));
            assertEquals(one.normal(), c.draw(10, 4, RandomStream.of(1)).normal());
            assertTrue(!one.normal().equals(c.draw(10, 4, RandomStream.of(2)).normal()));
        }
    }

    @Test
    void dependentPairsAreCounted() {
        assertEquals(0, new Coupling.Independent().dependent(10, 4));
        assertEquals(2 * 12 + 2, new Coupling.Orthogonal().dependent(10, 4));
        assertEquals(8 * 7, new Coupling.Fastfood().dependent(8, 5));
    }
}
