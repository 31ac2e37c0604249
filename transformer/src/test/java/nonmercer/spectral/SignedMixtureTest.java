package nonmercer.spectral;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class SignedMixtureTest {
    private static SignedMixture law(int d) {
        return SignedMixture.of(d, new double[] {1.2, -0.2}, new double[] {1, 0.6});
    }

    @Test
    void closedFormsAreThoseOfTheParts() {
        SignedMixture law = law(2);
        double square = 0.3 * 0.3 + 0.8 * 0.8;
        assertEquals(
                1.2 * Math.exp(-square / 2) - 0.2 * Math.exp(-0.3 * square),
                law.characteristic(0, 0.3, -0.8).orElseThrow(),
                1e-15);
        assertEquals(
                Math.log(1.2 * Math.exp(square / 2) - 0.2 * Math.exp(0.3 * square)),
                law.logMgf(0, 0.3, -0.8).orElseThrow(),
                1e-15);
        assertEquals(1.08, law.secondMoments(0).orElseThrow()[1][1], 1e-15);
        assertEquals(0, law.secondMoments(0).orElseThrow()[1][0]);
        assertEquals("ω ~ 1.2 N(0, 1.0 I) − 0.2 N(0, 0.6 I)", law.formula());
    }

    @Test
    void weightsAreDividedByTheirSumAndEqualVariancesAreOne() {
        double[] weights = {0.4, 2, -0.4};
        SignedMixture law = SignedMixture.of(1, weights, new double[] {1, 1, 0.6});
        assertEquals(law(1), law);
        double[] cancelling = {1.2, -0.2, 0.5, -0.5};
        assertEquals(law(1), SignedMixture.of(1, cancelling, new double[] {1, 0.6, 0.8, 0.8}));
    }

    /// The decision against the least of the density on a fine grid, where that is not within 1e-3
    /// of zero, of its largest term.
    @Test
    void aLawIsRefusedWhereItsDensityIsNegative() {
        Random r = new Random(3);
        int refused = 0;
        int decided = 0;
        for (int n = 0; n < 2000; n++) {
            int d = 1 + r.nextInt(3);
            double[] w = new double[2 + r.nextInt(3)];
            double[] s = w.clone();
            double sum = 0;
            for (int c = 0; c < w.length; c++) {
                w[c] = r.nextGaussian() + 0.6;
                s[c] = Math.exp(r.nextGaussian());
                sum += w[c];
            }
            double least = sum <= 0 ? -1 : least(d, w, s);
            if (Math.abs(least) > 1e-3) {
                boolean taken = taken(d, w, s);
                assertEquals(least > 0, taken);
                refused += taken ? 0 : 1;
                decided++;
            }
        }
        assertTrue(refused > 500 && decided - refused > 300, refused + " of " + decided);
    }

    /// The least of the density over its widest component's exponential, relative to the largest
    /// weight there.
    private static double least(int d, double[] w, double[] s) {
        double widest = 0;
        for (double v : s) {
            widest = Math.max(widest, v);
        }
        double size = 0;
        for (int c = 0; c < w.length; c++) {
            size = Math.max(size, Math.abs(w[c]) * Math.pow(s[c] / widest, -d / 2.0));
        }
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= 4000; i++) {
            double u = 1e6 * Math.pow(i / 4000.0, 8);
            double f = 0;
            for (int c = 0; c < w.length; c++) {
                double a = w[c] * Math.pow(s[c] / widest, -d / 2.0);
                f += a * Math.exp(-(0.5 / s[c] - 0.5 / widest) * u);
            }
            least = Math.min(least, f);
        }
        return least / size;
    }

    private static boolean taken(int d, double[] w, double[] s) {
        try {
            return SignedMixture.of(d, w, s).dimension() == d;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    @Test
    void theSameStreamDrawsTheSame() {
        Coupling independent = new Coupling.Independent();
        SignedMixture law = law(3);
        Noise noise = law.noise(independent, 5, RandomStream.of(2));
        assertEquals(5, noise.count());
        Frequencies f = law.frequencies(noise, DType.FLOAT64, Pass.evaluation());
        Noise again = law.noise(independent, 7, RandomStream.of(2));
        Frequencies g = law.frequencies(again, DType.FLOAT64, Pass.evaluation());
        for (int i = 0; i < 5; i++) {
            for (int l = 0; l < 3; l++) {
                assertEquals(f.dense().value().get(0, i, l), g.dense().value().get(0, i, l));
            }
        }
    }

    @Test
    void whatCannotWorkIsRefused() {
        assertSays("nowhere negative", new double[] {-0.2, 1.2}, new double[] {1, 0.6});
        assertSays("positive sum", new double[] {1, -1}, new double[] {1, 0.6});
        assertSays("as many weights", new double[] {1}, new double[] {1, 0.6});
        assertSays("positive variances", new double[] {1, 1}, new double[] {1, -1});
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> law(2).noise(new Coupling.Orthogonal(), 4, RandomStream.of(1)));
        assertTrue(String.valueOf(e.getMessage()).contains("by rejection"));
    }

    private static void assertSays(String words, double[] weights, double[] variances) {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> SignedMixture.of(1, weights, variances));
        assertTrue(String.valueOf(e.getMessage()).contains(words));
    }
}
