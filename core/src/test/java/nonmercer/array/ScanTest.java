package nonmercer.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class ScanTest {
    private static Array normal(DType type, String name, int... extents) {
        Array a = Array.zeros(type, Shape.of(extents));
        RandomStream.of(1).at(name).fillNormal(a, 0, 1);
        return a;
    }

    /// By the recurrence in float64: a step rounds twice, and errors pass on with the decays, which
    /// are below 1 here.
    @Property(tries = 60)
    void bothScansAreTheirRecurrence(
            @ForAll DType type,
            @ForAll @IntRange(max = 3) int b,
            @ForAll @IntRange(min = 1, max = 7) int n,
            @ForAll @IntRange(max = 40) int w) {
        Array x = normal(type, "x", b, n, w);
        Array decay = Array.zeros(type, Shape.of(b, n));
        RandomStream.of(1).at("d").fillUniform(decay, 0, 1);
        Array before = Array.full(type, x.shape(), Double.NaN);
        Array after = Array.full(type, x.shape(), Double.NaN);
        Scan.before(x, decay, before);
        Scan.after(x, decay, after);
        for (int s = 0; s < b; s++) {
            for (int l = 0; l < w; l++) {
                double forth = 0;
                double back = 0;
                for (int i = 0; i < n; i++) {
                    int j = n - 1 - i;
                    forth = i == 0 ? 0 : decay.get(s, i) * forth + x.get(s, i - 1, l);
                    back = i == 0 ? 0 : decay.get(s, j) * back + x.get(s, j + 1, l);
                    assertEquals(forth, before.get(s, i, l), 40 * type.unitRoundoff() * n);
                    assertEquals(back, after.get(s, j, l), 40 * type.unitRoundoff() * n);
                }
            }
        }
    }

    /// Wide rows are cut among threads, also where the parts are not of one size: small integers,
    /// exactly, in both directions.
    @Property(tries = 12)
    void wideRowsAreWhole(@ForAll @IntRange(min = 8_000, max = 40_000) int w) {
        double[] v = new double[3 * w];
        for (int i = 0; i < v.length; i++) {
            v[i] = i % 11 - 5;
        }
        Array x = Array.of(Shape.of(1, 3, w), v);
        Array twice = Array.full(DType.FLOAT64, Shape.of(1, 3), 2);
        Array before = Array.full(DType.FLOAT64, x.shape(), Double.NaN);
        Array after = Array.full(DType.FLOAT64, x.shape(), Double.NaN);
        Scan.before(x, twice, before);
        Scan.after(x, twice, after);
        for (int l = 0; l < w; l++) {
            assertEquals(0, before.get(0, 0, l));
            assertEquals(v[l], before.get(0, 1, l));
            assertEquals(2 * v[l] + v[w + l], before.get(0, 2, l));
            assertEquals(0, after.get(0, 2, l));
            assertEquals(v[2 * w + l], after.get(0, 1, l));
            assertEquals(2 * v[2 * w + l] + v[w + l], after.get(0, 0, l));
        }
    }

    @Test
    void aStepByHand() {
        Array state = Array.of(Shape.of(1, 2, 2), 1.0, 2, 3, 4);
        Array out = Array.zeros(DType.FLOAT64, Shape.of(1, 2));
        Recurrence.step(
                state,
                Array.vector(0.5),
                Array.of(Shape.of(1, 2), 1.0, -1),
                Array.of(Shape.of(1, 2), 10.0, 20),
                Array.of(Shape.of(1, 2), 2.0, 1),
                out);
        assertArrayEquals(new double[] {10.5, 21, -8.5, -18}, state.toDoubles());
        assertArrayEquals(new double[] {12.5, 24}, out.toDoubles());
    }
}
