package nonmercer.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.Test;

final class LayoutTest {
    /// Every element is where the definition says, for shapes with extents 0, 1 and more, at one
    /// and several threads.
    @Property(tries = 500)
    void permuteIsItsDefinition(
            @ForAll long seed, @ForAll @IntRange(max = 5) int rank, @ForAll DType type) {
        Random random = new Random(seed);
        Shape shape = shape(random, rank, rank < 3 ? 70 : 7);
        List<Integer> axes = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            axes.add(i);
        }
        Collections.shuffle(axes, random);
        int[] order = axes.stream().mapToInt(i -> i).toArray();
        Array x = numbered(shape, type);
        Array out = Array.full(type, shape.permute(order), Double.NaN);
        Layout.permute(x, order, out);
        int[] index = new int[rank];
        int[] from = new int[rank];
        for (int at = 0; at < out.size(); at++) {
            for (int a = rank - 1, rest = at; a >= 0; a--) {
                index[a] = rest % out.dim(a);
                rest /= out.dim(a);
                from[order[a]] = index[a];
            }
            assertEquals(x.get(from), out.at(at));
        }
        int[] inverse = new int[rank];
        for (int i = 0; i < rank; i++) {
            inverse[order[i]] = i;
        }
        Array back = Array.full(type, shape, Double.NaN);
        Layout.permute(out, inverse, back);
        assertEquals(x, back);
    }

    /// Sizes at which the work is split over threads.
    @Test
    void largePermutationsAreTheSameAtAnyNumberOfThreads() {
        int threads = Parallel.threads();
        try {
            for (int[] order :
                    new int[][] {{0, 2, 1, 3}, {0, 2, 3, 1}, {3, 2, 1, 0}, {2, 3, 0, 1}}) {
                Array x = numbered(Shape.of(3, 65, 17, 40), DType.FLOAT32);
                Array[] got = new Array[3];
                for (int t = 1; t <= 3; t++) {
                    Parallel.threads(t);
                    got[t - 1] = Array.full(DType.FLOAT32, x.shape().permute(order), Double.NaN);
                    Layout.permute(x, order, got[t - 1]);
                }
                assertEquals(got[0], got[1]);
                assertEquals(got[0], got[2]);
                assertEquals(x.get(2, 64, 3, 39), got[2].get(pick(order, 2, 64, 3, 39)));
            }
        } finally {
            Parallel.threads(threads);
        }
    }

    @Property(tries = 300)
    void slicesOfAConcatenationAreItsParts(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int rank, @ForAll DType type) {
        Random random = new Random(seed);
        Shape base = shape(random, rank, 6);
        int axis = random.nextInt(rank);
        Array[] parts = new Array[1 + random.nextInt(4)];
        int extent = 0;
        for (int i = 0; i < parts.length; i++) {
            Array part = numbered(base.with(axis, random.nextInt(4)), type);
            parts[i] = part;
            extent += part.dim(axis);
        }
        Array whole = Array.full(type, base.with(axis, extent), Double.NaN);
        Layout.concat(random.nextBoolean() ? axis : axis - rank, parts, whole);
        int from = 0;
        for (Array part : parts) {
            Array back = Array.full(type, part.shape(), Double.NaN);
            Layout.slice(whole, axis, from, back);
            assertEquals(part, back);
            from += part.dim(axis);
        }
    }

    @Test
    void concatenationGoesAlongItsAxis() {
        Array a = Array.matrix(new double[] {1, 2}, new double[] {3, 4});
        Array b = Array.matrix(new double[] {5}, new double[] {6});
        Array out = Array.zeros(DType.FLOAT64, Shape.of(2, 3));
        Layout.concat(1, new Array[] {a, b}, out);
        assertEquals(Array.matrix(new double[] {1, 2, 5}, new double[] {3, 4, 6}), out);
    }

    /// `⟨gather(t, i), g⟩ = ⟨t, scatterAdd(g, i)⟩`: exact, as all numbers are small integers.
    @Property(tries = 300)
    void scatterIsTheAdjointOfGather(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(max = 5) int width,
            @ForAll @IntRange(max = 20) int count,
            @ForAll DType type) {
        Random random = new Random(seed);
        Array table = integers(random, Shape.of(rows, width), type);
        int[] index = random.ints(count, 0, rows).toArray();
        Array g = integers(random, Shape.of(count, width), type);
        Array picked = Array.full(type, Shape.of(count, width), Double.NaN);
        Layout.gatherRows(table, index, picked);
        Array into = Array.zeros(type, table.shape());
        Layout.scatterAddRows(g, index, into);
        assertEquals(dot(picked, g), dot(table, into));
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < width; j++) {
                assertEquals(table.get(index[i], j), picked.get(i, j));
            }
        }
    }

    /// 2⁵³ + 1 + 1 is 2⁵³ summed from the left, and 2⁵³ + 2 in the other order.
    @Test
    void scatterAddsInTheOrderOfTheIndex() {
        Array into = Array.zeros(DType.FLOAT64, Shape.of(2, 1));
        Layout.scatterAddRows(
                Array.matrix(new double[][] {{0x1p53}, {1}, {1}}), new int[] {1, 1, 1}, into);
        assertEquals(0x1p53, into.get(1, 0));
        Array other = Array.zeros(DType.FLOAT64, Shape.of(2, 1));
        Layout.scatterAddRows(
                Array.matrix(new double[][] {{1}, {1}, {0x1p53}}), new int[] {1, 1, 1}, other);
        assertEquals(0x1p53 + 2, other.get(1, 0));
    }

    @Test
    void gatherTakesAnyLeadingAxes() {
        Array table = numbered(Shape.of(5, 2), DType.FLOAT32);
        Array out = Array.zeros(DType.FLOAT32, Shape.of(2, 2, 2));
        Layout.gatherRows(table, new int[] {4, 0, 0, 3}, out);
        assertEquals(Array.of(Shape.of(2, 2, 2), 8f, 9f, 0f, 1f, 0f, 1f, 6f, 7f), out);
    }

    @Test
    void whatDoesNotFitIsRefusedInASentence() {
        Array x = numbered(Shape.of(2, 3), DType.FLOAT64);
        Array wrong = Array.zeros(DType.FLOAT64, Shape.of(2, 3));
        refused(
                "permute: the result is float64[3, 2], out is float64[2, 3]",
                () -> Layout.permute(x, new int[] {1, 0}, wrong));
        refused(
                "permute: [0, 0] is not an order of the 2 axes of [2, 3]",
                () -> Layout.permute(x, new int[] {0, 0}, wrong));
        refused(
                "slice: entries 2 to 4 of axis 1 are outside shape [2, 3]",
                () -> Layout.slice(x, 1, 2, Array.zeros(DType.FLOAT64, Shape.of(2, 2))));
        refused(
                "slice: entries -1 to 1 of axis 1 are outside shape [2, 3]",
                () -> Layout.slice(x, 1, -1, Array.zeros(DType.FLOAT64, Shape.of(2, 2))));
        refused(
                "concat: parts may differ along axis 0 only, got [float64[2, 3], float64[2, 2]]",
                () ->
                        Layout.concat(
                                0,
                                new Array[] {x, Array.zeros(DType.FLOAT64, Shape.of(2, 2))},
                                wrong));
        refused(
                "gatherRows: index 2 is outside a table of 2 rows, shape [2, 3]",
                () -> Layout.gatherRows(x, new int[] {0, 2}, wrong));
        refused(
                "scatterAddRows: index -1 is outside a table of 2 rows, shape [2, 3]",
                () -> Layout.scatterAddRows(wrong, new int[] {0, -1}, x));
        refused(
                "gatherRows: 3 rows of a table float64[2, 3] do not fit float64[2, 3]",
                () -> Layout.gatherRows(x, new int[] {0, 1, 0}, wrong));
    }

    private static void refused(String sentence, Runnable call) {
        assertEquals(
                sentence, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    private static int[] pick(int[] order, int... index) {
        int[] out = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            out[i] = index[order[i]];
        }
        return out;
    }

    private static Shape shape(Random random, int rank, int most) {
        int[] e = new int[rank];
        for (int i = 0; i < rank; i++) {
            e[i] = random.nextInt(4) == 0 ? 1 : random.nextInt(most + 1);
        }
        return Shape.of(e);
    }

    private static Array numbered(Shape shape, DType type) {
        double[] x = new double[shape.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
        }
        return Array.of(shape, x).cast(type);
    }

    private static Array integers(Random random, Shape shape, DType type) {
        double[] x = new double[shape.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextInt(-50, 51);
        }
        return Array.of(shape, x).cast(type);
    }

    private static double dot(Array a, Array b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.at(i) * b.at(i);
        }
        return sum;
    }
}
