package nonmercer.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.Test;

final class ReduceTest {
    /// Of whole numbers sums are exact in any order, so the definition need not know the order.
    @Property(tries = 300)
    void alongAnyAxisAsDefined(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int rank, @ForAll DType type) {
        Random random = new Random(seed);
        Shape shape = Numbers.shape(random, rank, rank < 3 ? 70 : 9);
        int axis = random.nextInt(-rank, rank);
        Array x = Numbers.whole(type, shape, seed);
        Shape reduced = shape.without(axis);
        Array sum = Array.full(type, reduced, Double.NaN);
        Array max = Array.full(type, reduced, Double.NaN);
        Array min = Array.full(type, reduced, Double.NaN);
        Reduce.sum(x, axis, sum);
        Reduce.max(x, axis, max);
        Reduce.min(x, axis, min);
        int count = shape.dim(axis);
        int inner = shape.inner(axis);
        for (int i = 0; i < reduced.size(); i++) {
            double s = 0;
            double most = Double.NEGATIVE_INFINITY;
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < count; k++) {
                double v = x.at((i / inner * count + k) * inner + i % inner);
                s += v;
                most = Math.max(most, v);
                least = Math.min(least, v);
            }
            assertEquals(s, sum.at(i));
            assertEquals(most, max.at(i));
            assertEquals(least, min.at(i));
        }
    }

    @Property(tries = 400)
    void sumToIsTheAdjointOfBroadcasting(
            @ForAll long seed, @ForAll @IntRange(max = 5) int rank, @ForAll DType type) {
        Random random = new Random(seed);
        Shape shape = Numbers.shape(random, rank, 6);
        Array x = Numbers.whole(type, shape, seed);
        Shape to = Numbers.narrowed(shape, random);
        Array out = Array.full(type, to, Double.NaN);
        Reduce.sumTo(x, out);
        Array expected = Array.zeros(DType.FLOAT64, to);
        for (int i = 0; i < x.size(); i++) {
            int[] index = Numbers.index(shape, i);
            int at = 0;
            for (int a = 0; a < to.rank(); a++) {
                at = at * to.dim(a) + (to.dim(a) == 1 ? 0 : index[index.length - to.rank() + a]);
            }
            expected.doubles()[at] += x.at(i);
        }
        assertArrayEquals(expected.toDoubles(), out.toDoubles(), () -> shape + " to " + to);
    }

    /// |error| ≤ n·u·Σ|x| for any order of a sum of n numbers.
    @Property(tries = 50)
    void sumsErrAsLittleAsAnyOrderMay(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 70_000) int n) {
        Array x = Numbers.gaussian(DType.FLOAT32, Shape.of(n), seed);
        double exact = 0;
        double size = 0;
        for (int i = 0; i < n; i++) {
            exact += x.at(i);
            size += Math.abs(x.at(i));
        }
        assertEquals(exact, Reduce.sumAll(x), n * DType.FLOAT32.unitRoundoff() * size);
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += x.at(i) * x.at(i);
        }
        assertEquals(squares, Reduce.dot(x, x), n * DType.FLOAT32.unitRoundoff() * squares);
    }

    @Test
    void bitsDoNotDependOnThreads() {
        int before = Parallel.threads();
        Array x = Numbers.gaussian(DType.FLOAT32, Shape.of(257, 1031), 1);
        try {
            Parallel.threads(1);
            double all = Reduce.sumAll(x);
            Array columns = Array.zeros(DType.FLOAT32, Shape.of(1031));
            Reduce.sum(x, 0, columns);
            for (int threads : new int[] {2, 3, 8}) {
                Parallel.threads(threads);
                assertEquals(all, Reduce.sumAll(x));
                Array again = Array.zeros(DType.FLOAT32, Shape.of(1031));
                Reduce.sum(x, 0, again);
                assertEquals(columns, again);
            }
        } finally {
            Parallel.threads(before);
        }
    }

    /// In an array of 2²⁰ bytes the first block has 48 bytes, the others 32,768 elements.
    @Test
    void theBlocksOfALongArrayBeginWhereACacheLineDoes() {
        for (DType type : DType.values()) {
            for (int n : new int[] {(1 << 20) / type.bytes(), (1 << 20) / type.bytes() + 77}) {
                Array x = Numbers.gaussian(type, Shape.of(n), 5);
                Array y = Numbers.gaussian(type, Shape.of(n), 6);
                double sum = 0;
                double dot = 0;
                int to;
                for (int from = 0; from < n; from = to) {
                    to = Math.min(n, from == 0 ? 48 / type.bytes() : from + 32_768);
                    sum += Reduce.sumAll(part(x, from, to));
                    dot += Reduce.dot(part(x, from, to), part(y, from, to));
                }
                assertEquals(sum, Reduce.sumAll(x));
                assertEquals(dot, Reduce.dot(x, y));
                Array one = Array.zeros(type, Shape.SCALAR);
                Reduce.sumTo(x, one);
                assertEquals(type == DType.FLOAT64 ? sum : (float) sum, one.at(0));
            }
        }
    }

    private static Array part(Array x, int from, int to) {
        double[] values = new double[to - from];
        for (int i = from; i < to; i++) {
            values[i - from] = x.at(i);
        }
        return Array.of(Shape.of(to - from), values).cast(x.dtype());
    }

    @Test
    void argMaxTakesTheFirst() {
        Array x =
                Array.matrix(
                        new double[] {1, 5, 5},
                        new double[] {2, Double.NaN, 9},
                        new double[] {-0.0, 0.0, -1});
        assertArrayEquals(new int[] {1, 1, 0}, Reduce.argMax(x));
        assertThrows(
                IllegalArgumentException.class,
                () -> Reduce.argMax(Array.zeros(DType.FLOAT32, Shape.of(3, 0))));
    }

    @Test
    void firstNonFiniteFindsInfinityAndNaN() {
        assertEquals(-1, Reduce.firstNonFinite(Array.vector(1, 2, Double.MAX_VALUE)));
        assertEquals(
                2, Reduce.firstNonFinite(Array.vector(1, 2, Double.NEGATIVE_INFINITY, Double.NaN)));
        assertEquals(0, Reduce.firstNonFinite(Array.of(Shape.of(2), Float.NaN, 1f)));
    }

    @Test
    void maxOfNaNIsNaN() {
        Array x = Array.matrix(new double[] {1, Double.NaN, 3}, new double[] {1, 2, 3});
        Array out = Array.zeros(DType.FLOAT64, Shape.of(2));
        Reduce.max(x, 1, out);
        assertArrayEquals(new double[] {Double.NaN, 3}, out.toDoubles());
        Reduce.min(x, -1, out);
        assertArrayEquals(new double[] {Double.NaN, 1}, out.toDoubles());
    }

    @Test
    void misfitsAreRefusedInASentence() {
        Array x = Array.zeros(DType.FLOAT64, Shape.of(2, 3));
        assertEquals(
                "sum: expected an output of shape [2], got [3]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Reduce.sum(x, 1, Array.zeros(DType.FLOAT64, Shape.of(3))))
                        .getMessage());
        assertEquals(
                "sumTo: an output of shape [3, 1] does not broadcast to [2, 3]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Reduce.sumTo(x, Array.zeros(DType.FLOAT64, Shape.of(3, 1))))
                        .getMessage());
    }
}
