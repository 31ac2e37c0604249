package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LpTest {
    private final double[] v = {0.3, -1.2, 0, 2.5, -0.01};

    @ParameterizedTest
    @ValueSource(doubles = {1.1, 4.0 / 3, 2, 3, 7})
    void normIsTheRootOfTheSumOfPowers(double p) {
        double sum = 0;
        for (double x : v) {
            sum += Math.pow(Math.abs(x), p);
        }
        // A dozen roundings.
        assertEquals(Math.pow(sum, 1 / p), new Lp(p).norm(v), 1e-14);
        assertEquals(0, new Lp(p).norm(new double[3]));
        // No power overflows or vanishes: (10²⁰⁰)² is no double.
        double[] large = {3e200, -3e200};
        assertEquals(3e200 * Math.pow(2, 1 / p), new Lp(p).norm(large), 1e187);
        double[] small = {3e-200, 3e-200};
        assertEquals(3e-200 * Math.pow(2, 1 / p), new Lp(p).norm(small), 1e-213);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.1, 4.0 / 3, 2, 3, 7})
    void dualityMapIsTheSlopeOfHalfTheSquaredNorm(double p) {
        Lp norm = new Lp(p);
        double[] j = norm.duality(v);
        double h = 1e-5;
        for (int n : new int[] {0, 1, 3}) {
            double[] up = v.clone();
            double[] down = v.clone();
            up[n] += h;
            down[n] -= h;
            double slope = (Math.pow(norm.norm(up), 2) - Math.pow(norm.norm(down), 2)) / (4 * h);
            assertEquals(slope, j[n], 1e-8); // h² times a third derivative below 50
        }
        assertEquals(0, j[2]);
        double size = norm.norm(v);
        assertEquals(size * size, Dense.dot(j, v), 1e-14 * size * size);
        assertEquals(size, norm.conjugate().norm(j), 1e-13);
        assertArrayEquals(v, norm.conjugate().duality(j), 1e-13);
        assertArrayEquals(new double[2], norm.duality(new double[2]));
    }

    @Test
    void mapsAreCopies() {
        assertNotSame(v, Lp.hilbert().duality(v));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.25, 2, 5})
    void conjugateExponentsAddUpToOne(double p) {
        Lp dual = new Lp(p).conjugate();
        assertEquals(1, 1 / p + 1 / dual.p(), 1e-15);
        assertEquals(p, dual.conjugate().p(), 1e-14);
    }

    @Test
    void theHilbertNormIsItsOwnConjugate() {
        assertEquals(new Lp(2), Lp.hilbert());
        assertEquals(Lp.hilbert(), Lp.hilbert().conjugate());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, -2, Double.POSITIVE_INFINITY, Double.NaN})
    void exponentsWithoutAStrictlyConvexNormAreRefused(double p) {
        var refused = assertThrows(IllegalArgumentException.class, () -> new Lp(p));
        assertEquals(
                "the norm needs an exponent 1 < p < ∞, got " + p + "; for p = 1 use SparseLearner",
                refused.getMessage());
    }
}
