package nonmercer.spectral;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is known of two rows of noise, and of two frequencies, that depend on each other.
class PairsTest {
    private static final double[] Z = {0.4, -0.7};

    private static final List<Coupling> ALL =
            List.of(
                    new Coupling.Independent(),
                    new Coupling.Orthogonal(),
                    new Coupling.StructuredOrthogonal(),
                    new Coupling.Simplex(),
                    new Coupling.Fastfood(),
                    new Coupling.Lattice(),
                    new Coupling.GaussHermite(3));

    /// Blocks of `d` rows, of the next power of two, or of all.
    @ParameterizedTest
    @CsvSource({
        "9, 3, 1, 3, 4, 3, 4, 9, 9",
        "2, 3, 1, 2, 2, 2, 2, 2, 2",
        "9, 4, 1, 4, 4, 4, 4, 9, 9",
        "9, 5, 1, 5, 8, 5, 8, 9, 9",
    })
    void rowsOfABlockDependOnEachOther(
            int m, int d, int a, int b, int c, int e, int f, int g, int h) {
        int[] blocks = {a, b, c, e, f, g, h};
        for (int i = 0; i < blocks.length; i++) {
            assertEquals(blocks[i], ALL.get(i).block(m, d), ALL.get(i).toString());
            int pairs = 0;
            for (int first = 0; first < m; first++) {
                for (int second = 0; second < m; second++) {
                    pairs += first != second && first / blocks[i] == second / blocks[i] ? 1 : 0;
                }
            }
            assertEquals(pairs, ALL.get(i).dependent(m, d), ALL.get(i).toString());
        }
    }

    @Test
    void rowsAreNormalExactlyOrNearly() {
        for (Coupling c : ALL) {
            boolean nearly =
                    c instanceof Coupling.StructuredOrthogonal
                            || c instanceof Coupling.GaussHermite;
            assertEquals(!nearly, c.exact(), c.toString());
            boolean known =
                    c instanceof Coupling.Independent
                            || c instanceof Coupling.Orthogonal
                            || c instanceof Coupling.Simplex;
            assertEquals(known, c.pair(1, 3, 0.5).isPresent(), c.toString());
        }
        assertEquals(Math.exp(0.5), new Coupling.Independent().pair(1, 3, 0.5).orElseThrow());
    }

    /// `E exp((ωᵢ ± ωⱼ)·z)` in three dimensions: the mean of `sinh(R s)/(R s)` over two chi lengths
    /// by Simpson's rule, `R² = r₁² + r₂² + 2 c r₁ r₂`; of cosines, `sin` for `sinh`.
    @ParameterizedTest
    @ValueSource(doubles = {-4, -0.5, 0.3, 2})
    void pairsInThreeDimensionsAreIntegrals(double x) {
        assertEquals(integral(-0.5, x), new Coupling.Simplex().pair(1, 3, x).orElseThrow(), 1e-5);
        assertEquals(integral(0.5, x), new Coupling.Simplex().pair(-1, 3, x).orElseThrow(), 1e-5);
        assertEquals(integral(0, x), new Coupling.Orthogonal().pair(1, 3, x).orElseThrow(), 1e-5);
        assertEquals(integral(0.2, x), Series.atCosine(3, 0.2, x).orElseThrow(), 1e-5);
        assertEquals(integral(-1, x), Series.atCosine(3, -1, x).orElseThrow(), 1e-5);
    }

    /// Lengths to 12, where the densities are below `10⁻²⁹`; steps of 1/16, whose fourth power
    /// times a twelfth of fourth derivatives below 10 over 15 is below 10⁻⁶.
    private static double integral(double c, double x) {
        int n = 192;
        double h = 12.0 / n;
        double s = Math.sqrt(Math.abs(x));
        double sum = 0;
        for (int i = 1; i < n; i++) {
            for (int j = 1; j < n; j++) {
                double a = i * h;
                double b = j * h;
                double density = 2 / Math.PI * a * a * b * b * Math.exp(-(a * a + b * b) / 2);
                double r = s * Math.sqrt(Math.max(0, a * a + b * b + 2 * c * a * b));
                double mean = r < 1e-8 ? 1 : (x < 0 ? Math.sin(r) : Math.sinh(r)) / r;
                sum += (i % 2 == 1 ? 4 : 2) * (j % 2 == 1 ? 4 : 2) * density * mean;
            }
        }
        return sum * h * h / 9;
    }

    @Test
    void seriesSayNothingWhereTheyWouldCancel() {
        assertEquals(OptionalDouble.of(1), Series.atCosine(4, 0.3, 0));
        assertTrue(Series.atCosine(4, 0.3, 24).isPresent());
        assertTrue(Series.atCosine(4, 0.3, -24).isPresent());
        assertEquals(OptionalDouble.empty(), Series.atCosine(4, 0.3, 24.1));
        assertEquals(OptionalDouble.empty(), Series.atCosine(4, 0.3, -24.1));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5723649429247001",
        "1, 0",
        "1.5, -0.1207822376352452",
        "2, 0",
        "3.5, 1.2009736023470743",
        "7, 6.579251212010101"
    })
    void logGammaOfMultiplesOfOneHalf(double x, double expected) {
        assertEquals(expected, Series.logGamma(x), 1e-14);
    }

    /// Independent rows: means of products are products of means.
    @Test
    void pairsOfAGaussianLaw() {
        Gaussian law = Laws.full(2);
        PairLaw pairs = law.pairs(new Coupling.Independent()).orElseThrow();
        for (int head = 0; head < 2; head++) {
            double up = Math.exp(law.logMgf(head, Z).orElseThrow());
            double down = Math.exp(law.logMgf(head, -Z[0], -Z[1]).orElseThrow());
            assertEquals(up * up, pairs.exp(head, 1, Z).orElseThrow(), 1e-12 * up * up);
            assertEquals(up * down, pairs.exp(head, -1, Z).orElseThrow(), 1e-12 * up * down);
            double s2 = law.spread().variance(head, Z);
            double turn = law.meanAlong(head, Z);
            assertEquals(
                    Math.cos(2 * turn) * Math.exp(-s2), pairs.cos(head, 1, Z).orElseThrow(), 1e-14);
            assertEquals(Math.exp(-s2), pairs.cos(head, -1, Z).orElseThrow(), 1e-14);
        }
        assertEquals(0, pairs.dependent(8));
        assertEquals(8, law.pairs(new Coupling.Orthogonal()).orElseThrow().dependent(8));
        PairLaw unknown = law.pairs(new Coupling.Lattice()).orElseThrow();
        assertEquals(OptionalDouble.empty(), unknown.exp(0, 1, Z));
    }

    /// Both signs of the mean from one noise, against quadrature: the second half of the
    /// frequencies are the partners of the first.
    @Test
    void pairsOfBothSignsOfAMean() {
        GaussianPairs law = Laws.full(2).paired();
        PairLaw pairs = law.pairs(new Coupling.Independent()).orElseThrow();
        Noise noise = law.noise(new Coupling.GaussHermite(30), 1800, RandomStream.of(0));
        Frequencies f = law.frequencies(noise, DType.FLOAT64, Pass.evaluation());
        Array omega = f.dense().value();
        Array logWeights = f.logWeights().orElseThrow().value();
        assertEquals(2 * 1800, logWeights.size()); // the same for both heads
        for (int head = 0; head < 2; head++) {
            for (int sign : new int[] {-1, 1}) {
                double exp = 0;
                double cos = 0;
                for (int i = 0; i < 900; i++) {
                    double own = 0;
                    double partner = 0;
                    for (int l = 0; l < 2; l++) {
                        own += omega.get(head, i, l) * Z[l];
                        partner += omega.get(head, 900 + i, l) * Z[l];
                    }
                    double w = Math.exp(logWeights.at(i)); // of either order
                    exp += w * (Math.exp(own + sign * partner) + Math.exp(partner + sign * own));
                    cos += 2 * w * Math.cos(own + sign * partner);
                }
                // As in SpectralLawTest: rounding of 900 weighted numbers.
                assertEquals(exp, pairs.exp(head, sign, Z).orElseThrow(), 1e-11 * exp);
                assertEquals(cos, pairs.cos(head, sign, Z).orElseThrow(), 1e-11);
            }
        }
        assertEquals(8, pairs.dependent(8));
        assertTrue(law.pairs(new Coupling.Orthogonal()).isEmpty());
        assertThrows(
                IllegalArgumentException.class,
                () -> law.noise(new Coupling.Independent(), 7, RandomStream.of(0)));
    }

    /// Every coordinate of a lattice is the points `(k + shift)/m` in some order: each generator is
    /// coprime to m. `Φ` by its series.
    @ParameterizedTest
    @CsvSource({"12, 3", "30, 2", "64, 3", "1, 2", "210, 2"})
    void projectionsOfALatticeAreEvenlySpaced(int m, int d) {
        Array a = new Coupling.Lattice().draw(m, d, RandomStream.of(4)).normal();
        for (int l = 0; l < d; l++) {
            double[] u = new double[m];
            for (int i = 0; i < m; i++) {
                u[i] = cumulative(a.get(i, l));
            }
            Arrays.sort(u);
            assertTrue(u[0] >= 0 && u[0] < 1.0 / m);
            for (int i = 1; i < m; i++) {
                assertEquals(1.0 / m, u[i] - u[i - 1], 1e-12);
            }
        }
    }

    /// Of all generators the chosen one has the least `Σᵢ Πₗ (1 + 2π² B₂(frac(i zₗ/m))/(l + 1)²)`;
    /// the first two points show `zₗ/m`.
    @ParameterizedTest
    @CsvSource({"13, 2", "31, 3", "50, 3", "64, 4"})
    void theGeneratorOfALatticeIsTheBest(int m, int d) {
        Array a = new Coupling.Lattice().draw(m, d, RandomStream.of(4)).normal();
        double step = cumulative(a.get(1, 1)) - cumulative(a.get(0, 1));
        long found = Math.floorMod(Math.round(step * m), m);
        double least = Double.POSITIVE_INFINITY;
        for (int g = 1; g < m; g++) {
            BigInteger divisor = BigInteger.valueOf(g).gcd(BigInteger.valueOf(m));
            boolean coprime = divisor.equals(BigInteger.ONE);
            least = coprime ? Math.min(least, worstCase(g, m, d)) : least;
        }
        assertEquals(least, worstCase(found, m, d), 1e-9 * least);
    }

    private static double worstCase(long generator, int m, int d) {
        double sum = 0;
        for (int i = 0; i < m; i++) {
            double product = 1;
            long z = 1;
            for (int l = 0; l < d; l++) {
                double x = (i * z % m) / (double) m;
                double b2 = x * x - x + 1 / 6.0;
                product *= 1 + 2 * Math.PI * Math.PI * b2 / ((l + 1) * (l + 1));
                z = z * generator % m;
            }
            sum += product;
        }
        return sum;
    }

    private static double cumulative(double x) {
        double term = x;
        double sum = x;
        for (int n = 3; Math.abs(term) > 1e-20; n += 2) {
            term *= x * x / n;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
