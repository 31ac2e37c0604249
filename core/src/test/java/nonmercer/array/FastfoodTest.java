package nonmercer.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import nonmercer.lanes.Binary;
import nonmercer.parallel.Parallel;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class FastfoodTest {
    private static Array normal(DType dtype, String name, int... extents) {
        Array a = Array.zeros(dtype, Shape.of(extents));
        RandomStream.of(7).at(name).fillNormal(a, 0, 1);
        return a;
    }

    private static int[] order(int n, int blocks) {
        int[] order = new int[n * blocks];
        for (int k = 0; k < blocks; k++) {
            int[] block = RandomStream.of(8).at(k).permutation(n);
            for (int i = 0; i < n; i++) {
                order[k * n + i] = k * n + block[i];
            }
        }
        return order;
    }

    /// `H₂ diag(5, 7) Π H₂ diag(1, −1) (2, 3)`, the two exchanged: `H₂ B x = (−1, 5)`, `G Π · =
    /// (25, −7)`, `H₂ · = (18, 32)`.
    @Test
    void twoByHand() {
        Array x = Array.matrix(new double[][] {{2, 3}});
        Array s = Array.matrix(new double[][] {{1, 10}});
        Array g = Array.matrix(new double[][] {{5, 7}});
        Array b = Array.matrix(new double[][] {{1, -1}});
        Array y = Array.zeros(DType.FLOAT64, Shape.of(1, 2));
        Fastfood.project(x, s, g, b, new int[] {1, 0}, y);
        assertArrayEquals(new double[] {18, 320}, y.toDoubles());
    }

    /// The bits of six operations one after the other, in both types, with rows for several tasks
    /// and a remainder; in one thread and in three. Of the transpose: `⟨V x, y⟩ = ⟨x, Vᵀ y⟩`.
    @Test
    void bitsAreThoseOfTheOperations() {
        int rows = 16 * 40 + 5;
        int n = 64;
        int blocks = 3;
        for (DType dtype : DType.values()) {
            Array s = normal(dtype, "s", blocks, n);
            Array g = normal(dtype, "g", blocks, n);
            Array b = normal(dtype, "b", blocks, n);
            for (int d : new int[] {n, 50}) {
                Array x = normal(dtype, "x", rows, d);
                Array y = normal(dtype, "y", rows, blocks * n);
                Array expected = stepByStep(x, s, g, b, order(n, blocks));
                Array first = null;
                int before = Parallel.threads();
                for (int threads : new int[] {1, 3}) {
                    Parallel.threads(threads);
                    Array out = Array.zeros(dtype, y.shape());
                    Array back = Array.zeros(dtype, x.shape());
                    Fastfood.project(x, s, g, b, order(n, blocks), out);
                    Fastfood.projectBack(y, s, g, b, order(n, blocks), back);
                    assertEquals(expected, out);
                    assertEquals(first == null ? back : first, back);
                    first = back;
                    // Of either sum of products each is rounded 2·6 + 3 times and then the sum: the
                    // norms of the factors bound the sum of their magnitudes, n·n·Σ|..| <= here.
                    double bound =
                            (15 + rows * blocks * n)
                                    * dtype.unitRoundoff()
                                    * magnitude(x, s, g, b, y, n);
                    assertEquals(Reduce.dot(out, y), Reduce.dot(x, back), bound);
                }
                Parallel.threads(before);
            }
        }
    }

    /// `Σ |s| |y| Σ |g| Σ |b| |x|` over rows and blocks, as largest numbers and their counts: above
    /// every sum of magnitudes that is rounded.
    private static double magnitude(Array x, Array s, Array g, Array b, Array y, int n) {
        return largest(x) * largest(s) * largest(g) * largest(b) * largest(y) * y.size() * n * n;
    }

    private static double largest(Array a) {
        double most = 0;
        for (double v : a.toDoubles()) {
            most = Math.max(most, Math.abs(v));
        }
        return most;
    }

    private static Array stepByStep(Array x, Array s, Array g, Array b, int[] order) {
        int blocks = s.dim(0);
        int n = s.dim(1);
        int rows = x.dim(0);
        Array padded = Array.zeros(x.dtype(), Shape.of(rows, 1, n));
        Layout.place(x.reshape(Shape.of(rows, 1, x.dim(1))), 2, 0, padded);
        Array a = Array.zeros(x.dtype(), Shape.of(rows, blocks, n));
        Array c = Array.zeros(x.dtype(), Shape.of(rows, blocks, n));
        Elementwise.binary(Binary.MULTIPLY, padded, b, a);
        Hadamard.transform(a, a);
        Shape all = Shape.of(rows, blocks * n);
        Layout.shuffle(a.reshape(all), order, c.reshape(all));
        Elementwise.binary(Binary.MULTIPLY, c, g, a);
        Hadamard.transform(a, a);
        Elementwise.binary(Binary.MULTIPLY, a, s, c);
        return c.reshape(all);
    }

    @Test
    void noRowsGiveNone() {
        Array s = Array.zeros(DType.FLOAT32, Shape.of(2, 8));
        Array y = Array.zeros(DType.FLOAT32, Shape.of(0, 16));
        Fastfood.project(Array.zeros(DType.FLOAT32, Shape.of(0, 5)), s, s, s, order(8, 2), y);
        assertEquals(0, y.size());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Array x = Array.zeros(DType.FLOAT32, Shape.of(3, 5));
        Array s = Array.zeros(DType.FLOAT32, Shape.of(1, 4));
        Array y = Array.zeros(DType.FLOAT32, Shape.of(3, 4));
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Fastfood.project(x, s, s, s, order(4, 1), y));
        assertEquals(
                "fastfood: expected rows of at most n elements, three diagonals [blocks, n] for a"
                        + " power of two n, and an order of blocks*n numbers, got [3, 5], [1, 4],"
                        + " [1, 4], [1, 4] and 4 numbers",
                e.getMessage());
        Array two = Array.zeros(DType.FLOAT32, Shape.of(2, 2));
        Array z = Array.zeros(DType.FLOAT32, Shape.of(3, 2));
        int[] across = {0, 2, 1, 3};
        e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Fastfood.project(z, two, two, two, across, y));
        assertEquals(
                "fastfood: expected a permutation within each block of 2 elements, got 2 as element"
                        + " 1",
                e.getMessage());
    }
}
