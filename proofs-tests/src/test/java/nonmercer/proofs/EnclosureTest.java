package nonmercer.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Distance;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Quadratic;
import org.junit.jupiter.api.Test;

/// The bound holds for a computation in float32 written out here step by step, and is not so wide
/// that it says nothing.
class EnclosureTest {
    private static final double[] ORIGIN = {0, 0};

    private static double[] point(Random random, int d) {
        double[] x = new double[d];
        for (int l = 0; l < d; l++) {
            x[l] = (float) (4 * random.nextDouble() - 2);
        }
        return x;
    }

    private static float squaredDistance(double[] q, double[] k) {
        float sum = 0;
        for (int l = 0; l < q.length; l++) {
            float e = (float) q[l] - (float) k[l];
            sum += e * e;
        }
        return sum;
    }

    private static float dot(double[] q, double[] k) {
        float sum = 0;
        for (int l = 0; l < q.length; l++) {
            sum += (float) q[l] * (float) k[l];
        }
        return sum;
    }

    private static void check(Kernel kernel, double[] q, double[] k, float computed) {
        Enclosure e = Enclosure.of(kernel, q, k, Tolerance.Rounding.FLOAT);
        double exact = kernel.at(q, k);
        assertEquals(exact, e.value(), 1e-12 * Math.abs(exact));
        assertTrue(
                Math.abs(computed - exact) <= e.error(),
                () ->
                        kernel.name()
                                + ": off by "
                                + Math.abs(computed - exact)
                                + ", said at most "
                                + e.error());
        assertTrue(
                e.error() <= 1e-4 * Math.abs(exact) + 1e-5,
                () -> kernel.name() + ": " + e + " says nothing");
    }

    @Property(tries = 1000)
    void float32StaysWithinTheBound(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 8) int d) {
        double[] q = point(random, d);
        double[] k = point(random, d);
        float c = (float) (1 / Math.sqrt(d));
        check(new Gauss(), q, k, (float) Math.exp(-(c * squaredDistance(q, k))));
        check(new ExpDot(), q, k, (float) Math.exp(c * dot(q, k)));
        check(new Quadratic(), q, k, (c * dot(q, k) + 1) * (c * dot(q, k) + 1));
        check(new Distance(), q, k, (float) Math.sqrt(squaredDistance(q, k)) * c);
        check(
                new Gauss().plus(new ExpDot()),
                q,
                k,
                (float) Math.exp(-(c * squaredDistance(q, k))) + (float) Math.exp(c * dot(q, k)));
    }

    /// What float32 leaves of a kernel is far outside the bound for float64: the bound has teeth.
    @Property(tries = 200)
    void float32DoesNotStayWithinTheBoundOfFloat64(@ForAll Random random) {
        double[] q = point(random, 4);
        double[] k = point(random, 4);
        k[0] = (float) (q[0] + 0.3);
        Enclosure e =
                Enclosure.of(new Gauss(Coefficient.of(1.0 / 3)), q, k, Tolerance.Rounding.DOUBLE);
        float computed = (float) Math.exp(-(1 / 3f * squaredDistance(q, k)));
        assertTrue(Math.abs(computed - e.value()) > e.error() || computed == (float) e.value());
    }

    @Test
    void atARootOfZeroTheErrorIsTheRootOfTheError() {
        Enclosure same = Enclosure.of(new Distance(), ORIGIN, ORIGIN, Tolerance.Rounding.DOUBLE);
        assertEquals(0, same.value());
        assertTrue(same.error() < 1e-100, same.toString());
    }

    @Test
    void whereAValueMayBeZeroItsReciprocalMayBeAnything() {
        var f = new nonmercer.kernel.Expression.Variable().reciprocal();
        assertEquals(
                Double.POSITIVE_INFINITY,
                Enclosure.of(f, new Enclosure(1e-3, 2e-3), 1, Tolerance.Rounding.DOUBLE).error());
        assertTrue(
                Enclosure.of(f, new Enclosure(1, 1e-3), 1, Tolerance.Rounding.DOUBLE).error()
                        >= 1e-3);
    }
}
