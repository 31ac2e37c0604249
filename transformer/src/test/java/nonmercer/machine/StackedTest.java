package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.kernel.Gauss;
import nonmercer.linalg.Decompositions;
import org.junit.jupiter.api.Test;

/// The system of seven responses against its matrix, written out.
class StackedTest {
    private static final int[] ROW = {0, 1, 2, 2, 0, 1, 1};
    private static final int[] COLUMN = {1, 0, 1, 0, 1, 0, 1};

    private static Array drawn(SplittableRandom random, int rows, int columns) {
        double[] x = random.doubles((long) rows * columns, -1, 1).toArray();
        return Array.of(Shape.of(rows, columns), x);
    }

    private static List<DualNewton.Term> terms(double[] left, double[] right) {
        SpacePair pair = SpacePair.of(new Gauss());
        Trace x = pair.queries().at(Samples.points("x", 3, 2, 1));
        Trace y = pair.keys().at(Samples.points("y", 2, 2, 1));
        return List.of(
                new DualNewton.Term(x, 1, ROW, left), new DualNewton.Term(y, 1, COLUMN, right));
    }

    @Property(tries = 60)
    void theSystemIsSolved(
            @ForAll @DoubleRange(min = 0.1, max = 3) double orders, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] left = random.doubles(7, 0.5, 2).toArray();
        double[] right = random.doubles(7, -2, -0.5).toArray();
        Array l = drawn(random, 3, 4);
        Array m = drawn(random, 2, 1);
        double[] c = random.doubles(7, -orders, orders).map(e -> Math.pow(10, e)).toArray();
        double[] g = random.doubles(7, -1, 1).toArray();
        double[] system = new double[49];
        for (int o = 0; o < 7; o++) {
            for (int p = 0; p < 7; p++) {
                double first = 0;
                for (int k = 0; k < 4; k++) {
                    first += l.get(ROW[o], k) * l.get(ROW[p], k);
                }
                double second = m.get(COLUMN[o], 0) * m.get(COLUMN[p], 0);
                system[o * 7 + p] = left[o] * left[p] * first + right[o] * right[p] * second;
                system[o * 7 + p] += o == p ? c[o] : 0;
            }
        }
        Array minus = Array.vector(Dense.scaled(g, -1));
        double[] y = Decompositions.solve(Array.of(Shape.of(7, 7), system), minus).toDoubles();
        double[] inverse = Arrays.stream(c).map(v -> 1 / v).toArray();
        Stacked stacked = Stacked.of(terms(left, right), List.of(l, m), inverse);
        assertNotNull(stacked);
        Stacked.Answer found = stacked.solve(g);
        assertNotNull(found);
        // A condition of 10⁵, solutions of 10³ and less: a hundred roundings of each.
        assertArrayEquals(y, found.y(), 1e-6);
        double[] u = new double[5];
        for (int o = 0; o < 7; o++) {
            for (int k = 0; k < 4; k++) {
                u[k] -= left[o] * l.get(ROW[o], k) * y[o];
            }
            u[4] -= right[o] * m.get(COLUMN[o], 0) * y[o];
        }
        assertArrayEquals(Arrays.copyOf(u, 4), found.u().get(0), 1e-8);
        assertEquals(u[4], found.u().get(1)[0], 1e-8);
    }

    /// With C far below `K = l²` the step of one response is `u = g/l` to rounding, and `y` is tied
    /// to it: `-l y = u`.
    @Test
    void aLostSlopeIsTiedToItsStep() {
        Array l = Array.matrix(new double[] {2}, new double[] {0}, new double[] {0});
        SpacePair pair = SpacePair.of(new Gauss());
        Trace x = pair.queries().at(Samples.points("x", 3, 2, 1));
        var term = new DualNewton.Term(x, 1, new int[] {0}, new double[] {1});
        Stacked stacked = Stacked.of(List.of(term), List.of(l), new double[] {1e8});
        assertNotNull(stacked);
        double[] tied = stacked.tied(new double[] {7}, List.of(new double[] {3}));
        assertEquals(-1.5, tied[0], 1e-12);
    }

    @Test
    void nothingIsSolvedWithWhatIsNoNumber() {
        double[] ones = {1, 1, 1, 1, 1, 1, 1};
        Array l = Array.matrix(new double[] {Double.NaN}, new double[] {0}, new double[] {0});
        Array m = Array.matrix(new double[] {1}, new double[] {1});
        assertNull(Stacked.of(terms(ones, ones), List.of(l, m), ones));
    }
}
