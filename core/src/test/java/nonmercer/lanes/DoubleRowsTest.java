// twin: float
package nonmercer.lanes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.Method;
import java.util.Arrays;
import jdk.incubator.vector.Vector;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The loops of attention in use against those that define them, to the bit, and what they must
/// leave alone. Runs at every vector width (see core/pom.xml).
final class DoubleRowsTest {
    private static final DoubleRows DEFINITION = DoubleRows.definition();
    private static final DoubleRows IN_USE = DoubleRows.chosen();
    private static final int STRIPE = DoubleLanes.STRIPE;

    /// A as it stands and turned, C from any start, from itself, and from equal numbers.
    @Property(tries = 400)
    void aProductOfBlocksIsItsDefinition(
            @ForAll @IntRange(min = 1, max = 21) int rows,
            @ForAll @IntRange(min = 1, max = 5) int stripes,
            @ForAll @IntRange(max = 20) int k,
            @ForAll @IntRange(max = 9) int gap,
            @ForAll @IntRange(max = 2) int start,
            @ForAll boolean turned,
            @ForAll boolean block,
            @ForAll long seed) {
        int columns = stripes * STRIPE;
        int stride = block ? Math.max(columns, DoubleRows.BLOCK) : columns + gap;
        int ar = turned ? 1 : k + gap;
        int ak = turned ? block ? DoubleRows.BLOCK : rows + gap : 1;
        double[] a =
                Samples.doubles(seed, gap + Math.max(rows * (k + gap), k * Math.max(ak, 1) + rows));
        double[] b = Samples.doubles(seed + 1, gap + k * stride);
        double[] c = Samples.doubles(seed + 2, gap + rows * stride);
        double[] s =
                start == 0
                        ? new double[gap + 2 * STRIPE]
                        : Samples.doubles(seed + 3, gap + rows * stride);
        if (start == 0) {
            Arrays.fill(s, 0.25);
        }
        int ss = start == 0 ? 0 : stride;
        double[] expected = c.clone();
        double[] from = start == 2 ? expected : s;
        DEFINITION.multiplyAdd(
                rows, columns, k, a, gap, ar, ak, b, gap, stride, from, gap, ss, expected, gap,
                stride);
        from = start == 2 ? c : s;
        IN_USE.multiplyAdd(
                rows, columns, k, a, gap, ar, ak, b, gap, stride, from, gap, ss, c, gap, stride);
        assertArrayEquals(expected, c);
    }

    @Property(tries = 400)
    void everyLoopIsItsDefinition(
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 5) int stripes,
            @ForAll @IntRange(max = 9) int gap,
            @ForAll boolean special,
            @ForAll boolean falling,
            @ForAll long seed) {
        int columns = stripes * STRIPE;
        int stride = columns + gap;
        double scale = falling ? -0.75 : 0.375;
        double[] s = numbers(seed, gap + rows * stride, special);
        double[] p = numbers(seed + 1, s.length, special);
        double[] row = numbers(seed + 2, gap + rows, special);
        double[] column = numbers(seed + 3, gap + columns, special);

        double[][] most = {row.clone(), row.clone()};
        DEFINITION.maxima(rows, columns, s, gap, stride, scale, most[0], gap);
        IN_USE.maxima(rows, columns, s, gap, stride, scale, most[1], gap);
        for (int i = 0; i < row.length; i++) {
            assertEquals(most[0][i] + 0.0, most[1][i] + 0.0); // the sign of a zero is not said
        }
        assertEquals(
                DEFINITION.exceed(rows, columns, s, gap, stride, scale, row, gap),
                IN_USE.exceed(rows, columns, s, gap, stride, scale, row, gap));

        double[][] e = {s.clone(), s.clone()};
        DEFINITION.exponentials(rows, columns, e[0], gap, stride, scale, row, gap);
        IN_USE.exponentials(rows, columns, e[1], gap, stride, scale, row, gap);
        assertArrayEquals(e[0], e[1]);

        double[][] added = {numbers(seed + 5, gap + rows * STRIPE, special), {}};
        added[1] = added[0].clone();
        double[][] w = {s.clone(), s.clone()};
        DEFINITION.addedExponentials(
                rows, columns, w[0], gap, stride, scale, row, gap, added[0], gap);
        IN_USE.addedExponentials(rows, columns, w[1], gap, stride, scale, row, gap, added[1], gap);
        assertArrayEquals(w[0], w[1]);
        assertArrayEquals(added[0], added[1]);

        w[0] = s.clone();
        w[1] = s.clone();
        DEFINITION.addedExponentials(
                rows, columns, p, w[0], gap, stride, scale, row, gap, added[0], gap);
        IN_USE.addedExponentials(
                rows, columns, p, w[1], gap, stride, scale, row, gap, added[1], gap);
        assertArrayEquals(w[0], w[1]);
        assertArrayEquals(added[0], added[1]);

        double[][] sums = {numbers(seed + 4, gap + rows * STRIPE, special), {}};
        sums[1] = sums[0].clone();
        DEFINITION.addUp(rows, columns, s, gap, stride, sums[0], gap);
        IN_USE.addUp(rows, columns, s, gap, stride, sums[1], gap);
        assertArrayEquals(sums[0], sums[1]);
        double[] folded = new double[rows];
        DoubleRows.fold(rows, sums[0], gap, new double[STRIPE * DoubleRows.BLOCK], folded, 0);
        for (int i = 0; i < rows; i++) {
            assertEquals(DoubleRows.folded(sums[1], gap + i * STRIPE), folded[i]);
        }

        double[][] g = {s.clone(), s.clone()};
        DEFINITION.centredProducts(rows, columns, p, gap, g[0], gap, stride, row, gap, scale);
        IN_USE.centredProducts(rows, columns, p, gap, g[1], gap, stride, row, gap, scale);
        assertArrayEquals(g[0], g[1]);
        DEFINITION.centre(rows, columns, g[0], gap, stride, row, gap);
        IN_USE.centre(rows, columns, g[1], gap, stride, row, gap);
        assertArrayEquals(g[0], g[1]);

        double[][] d = {s.clone(), s.clone()};
        assertEquals(
                DEFINITION.distances(
                        rows, columns, d[0], d[0], gap, stride, row, gap, column, gap, 0.01),
                IN_USE.distances(
                        rows, columns, d[1], d[1], gap, stride, row, gap, column, gap, 0.01));
        assertArrayEquals(d[0], d[1]);
    }

    /// The bits of `exp` where the result is normal, 0 below, so that hidden scores weigh nothing.
    @Property(tries = 300)
    void weightsAreExponentials(@ForAll long seed) {
        double[] x = Samples.doubles(seed, STRIPE);
        double[] y = x.clone();
        y[1] = Double.NEGATIVE_INFINITY;
        x[1] = Double.NEGATIVE_INFINITY;
        IN_USE.exponentials(1, STRIPE, y, 0, STRIPE, 1, new double[1], 0);
        for (int i = 0; i < STRIPE; i++) {
            double exp = Lanes.doubles().one(Unary.EXP, x[i]);
            assertEquals(exp < F64.MIN_NORMAL ? 0 : exp, y[i] < F64.MIN_NORMAL ? 0 : y[i]);
        }
        assertEquals(0, y[1]);
    }

    /// A method that the compiler does not inline where it is called gets its vectors on the heap.
    @Example
    void exponentialsHandNoVectorOn() {
        for (Method m : VectorDoubleDecays.class.getDeclaredMethods()) {
            assertFalse(Vector.class.isAssignableFrom(m.getReturnType()), m.getName());
            for (Class<?> parameter : m.getParameterTypes()) {
                assertFalse(Vector.class.isAssignableFrom(parameter), m.getName());
            }
        }
    }

    private static double[] numbers(long seed, int n, boolean special) {
        return special ? Samples.wildDoubles(seed, n) : Samples.doubles(seed, n);
    }
}
