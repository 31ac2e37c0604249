package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.autodiff.Parameter;
import nonmercer.linalg.Decompositions;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
    /// `q·k`, times a number.
    private record Dot(double factor) implements Profile {
        @Override
        public double at(double[] q, double[] k) {
            return factor * Pairing.DOT.at(q, k);
        }

        @Override
        public Pairing pairing() {
            return Pairing.DOT;
        }

        @Override
        public Expression profile(Expression s) {
            return s.times(factor);
        }

        @Override
        public Traits traits() {
            return Traits.none();
        }
    }

    private static double[][] points(long seed, int n, int d) {
        double[][] points = new double[n][d];
        RandomStream random = RandomStream.of(seed).at("points");
        for (double[] x : points) {
            for (int l = 0; l < d; l++) {
                x[l] = random.nextDouble(-1, 1);
            }
        }
        return points;
    }

    /// Random points fail a polynomial with probability 0; the least eigenvalue counted is above
    /// the tolerance by many powers of ten for so few features.
    @Property(tries = 60)
    void theRankIsTheNumberOfFeatures(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int d) {
        double[][] x = points(seed, 24, d);
        double[][] y = points(seed + 1, 20, d);
        Diagnostics linear = Diagnostics.of(new Dot(1), x, y);
        assertEquals(d, linear.rank());
        Diagnostics squares = Diagnostics.of(Quadratic.homogeneous(), x, y);
        assertEquals(d * (d + 1) / 2, squares.rank());
        assertEquals(squares.rankBound(d), squares.rank());
        Diagnostics all = Diagnostics.of(new Quadratic(), x, x);
        assertEquals((d + 1) * (d + 2) / 2, all.rank());
        assertEquals(20, linear.rankBound(d)); // nothing is proved of it
        var inertia = all.spectrum().orElseThrow().inertia();
        assertEquals(new Diagnostics.Spectrum.Inertia(all.rank(), 0, 24 - all.rank()), inertia);
    }

    /// Points so far apart that the Gram matrix is the identity to the last bit: exp(-c) is 0 for c
    /// above 746.
    @Test
    void theIdentityIsFlatAndSharp() {
        double[][] x = {{0}, {1}, {2}, {3}};
        Diagnostics d = Diagnostics.of(new Gauss(Coefficient.of(1000)), x);
        assertArrayEquals(new double[] {1, 1, 1, 1}, d.singularValues(), 4e-15);
        var s = d.spectrum().orElseThrow();
        assertEquals(new Diagnostics.Spectrum.Inertia(4, 0, 0), s.inertia());
        assertEquals(0, s.psdDefect());
        assertEquals(0, s.asymmetry());
        assertEquals(1, d.condition().orElseThrow(), 1e-14);
        assertEquals(4 / 1.5, d.effectiveDimension(0.5), 1e-14);
        var w = d.weights().orElseThrow();
        assertEquals(0, w.entropy());
        assertEquals(1, w.sharpness());
    }

    /// Rank one: the one singular value is n, every row weighs its m keys alike.
    @Test
    void theConstantIsOfRankOneAndBlunt() {
        double[][] x = {{0}, {0}, {0}};
        Diagnostics d = Diagnostics.of(new ExpDot(), x);
        assertEquals(1, d.rank());
        assertEquals(3, d.singularValues()[0], 1e-14);
        assertEquals(Math.log(3), d.weights().orElseThrow().entropy(), 1e-15);
        assertEquals(1 / 3.0, d.weights().orElseThrow().sharpness(), 1e-15);
        assertEquals(3 / (3 + 0.25), d.effectiveDimension(0.25), 1e-14);
    }

    /// exp(-xy) on {1, -1}: [[1/e, e], [e, 1/e]] has the eigenvalues 1/e ± e.
    @Test
    void theSpectrumOfTwoOppositePointsIsClosed() {
        Warp minus = new Warp.Linear(new Parameter(Array.matrix(new double[][] {{-1}})));
        Kernel k = new ExpDot(Coefficient.of(1)).warped(minus, new Warp.Identity());
        Diagnostics d = Diagnostics.of(k, new double[][] {{1}, {-1}});
        double low = Math.exp(-1) - Math.E;
        double high = Math.exp(-1) + Math.E;
        var s = d.spectrum().orElseThrow();
        assertArrayEquals(new double[] {low, high}, s.eigenvalues(), 1e-14);
        assertEquals(new Diagnostics.Spectrum.Inertia(1, 1, 0), s.inertia());
        assertEquals(-low / Math.hypot(low, high), s.psdDefect(), 1e-15);
        assertArrayEquals(new double[] {high, -low}, d.singularValues(), 1e-14);
        assertEquals(-high / low, d.condition().orElseThrow(), 1e-14);
    }

    /// One positive eigenvalue and n - 1 negative ones (Micchelli 1986).
    @Property(tries = 30)
    void distancesHaveOnePositiveEigenvalue(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int n) {
        Diagnostics d = Diagnostics.of(new Distance(), points(seed, n, 3));
        assertEquals(
                new Diagnostics.Spectrum.Inertia(1, n - 1, 0),
                d.spectrum().orElseThrow().inertia());
        assertTrue(d.spectrum().orElseThrow().psdDefect() > 0);
    }

    /// q·Rk with R a quarter turn is antisymmetric: the symmetric part is 0.
    @Test
    void aQuarterTurnIsAllAsymmetry() {
        Warp turn = new Warp.Linear(new Parameter(Array.matrix(new double[][] {{0, 1}, {-1, 0}})));
        Kernel k = new Dot(1).warped(new Warp.Identity(), turn);
        Diagnostics d = Diagnostics.of(k, points(1, 5, 2));
        assertEquals(1, d.spectrum().orElseThrow().asymmetry(), 1e-14);
        assertEquals(2, d.rank());
        assertTrue(d.weights().isEmpty()); // it takes negative values
    }

    /// For a positive semidefinite matrix the effective dimension is the trace of K (K + λI)⁻¹.
    @Property(tries = 30)
    void theEffectiveDimensionIsATrace(@ForAll long seed) {
        double[][] x = points(seed, 6, 2);
        Diagnostics d = Diagnostics.of(new Gauss(), x);
        double lambda = 0.1;
        double[][] ridged = new double[6][6];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                ridged[i][j] = d.gram()[i][j] + (i == j ? lambda : 0);
            }
        }
        Array solved = Decompositions.solve(Array.matrix(ridged), Array.matrix(d.gram()));
        double trace = 0;
        for (int i = 0; i < 6; i++) {
            trace += solved.get(i, i);
        }
        // The condition of K + λI is below 6/0.1 + 1: fewer than two digits of sixteen are lost.
        assertEquals(trace, d.effectiveDimension(lambda), 1e-12);
    }

    /// What is counted as 0: at most `n` roundings of the largest eigenvalue, or as many of the
    /// largest singular value for the longer side of the matrix.
    @Test
    void roundingIsNotCounted() {
        double zero = 3 * Math.ulp(1.0);
        var at = new Diagnostics.Spectrum(new double[] {-zero, zero, 1}, 0);
        assertEquals(new Diagnostics.Spectrum.Inertia(1, 0, 2), at.inertia());
        assertEquals(0, at.psdDefect());
        var within = new Diagnostics.Spectrum(new double[] {-zero / 2, zero / 2, 1}, 0);
        assertEquals(0, within.psdDefect());
        var beyond = new Diagnostics.Spectrum(new double[] {-2 * zero, 2 * zero, 1}, 0);
        assertEquals(new Diagnostics.Spectrum.Inertia(2, 1, 0), beyond.inertia());
        assertEquals(2 * zero, beyond.psdDefect(), zero * zero);
        Diagnostics two = Diagnostics.of(new Gauss(), points(1, 3, 2), points(2, 2, 2));
        double[] singular = {2, 2 * zero};
        Diagnostics one =
                new Diagnostics(two.kernel(), two.gram(), singular, two.spectrum(), two.weights());
        assertEquals(zero, one.tolerance());
        assertEquals(1, one.rank());
        assertEquals(2, two.rank());
    }

    @Test
    void ofZerosThereIsNothingToTell() {
        double[][] x = {{0, 0}, {0, 0}};
        Diagnostics d = Diagnostics.of(new Linear(), x);
        assertEquals(0, d.spectrum().orElseThrow().asymmetry());
        assertEquals(0, d.spectrum().orElseThrow().psdDefect());
        assertEquals(0, d.rank());
        assertTrue(d.condition().isEmpty());
        assertTrue(d.weights().isEmpty());
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Diagnostics.of(new Gauss(), x, new double[0][2]));
        assertEquals(
                "diagnostics need at least one query and one key, got 2 and 0", e.getMessage());
    }

    @Test
    void twoDomainsHaveSingularValuesOnly() {
        Diagnostics d = Diagnostics.of(new Gauss(), points(1, 5, 2), points(2, 3, 2));
        assertTrue(d.spectrum().isEmpty());
        assertEquals(3, d.singularValues().length);
        assertEquals(5 * Math.ulp(1.0), d.tolerance());
        assertEquals(5, d.weights().orElseThrow().entropies().length);
    }

    @Test
    void whatCannotBeDiagnosedIsASentence() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Diagnostics.of(new Gauss(), new double[0][2]));
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Diagnostics.of(new ExpDot(), new double[][] {{1}, {100}}));
        assertTrue(String.valueOf(e.getMessage()).contains("query 1 and key 1"), e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Diagnostics.of(new Gauss(), points(1, 2, 1)).effectiveDimension(0));
    }
}
