package nonmercer.linalg;

import static nonmercer.linalg.Transpose.PLAIN;
import static nonmercer.linalg.Transpose.TRANSPOSED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Reduce;
import nonmercer.array.Shape;
import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.Test;

final class MatMulTest {
    /// A product of random matrices, drawn from a seed.
    record Case(int m, int n, int k, Transpose ta, Transpose tb, DType type, long seed) {
        Array a(int... lead) {
            return random(
                    Shape.of(lead).append(ta == PLAIN ? m : k, ta == PLAIN ? k : m), type, seed);
        }

        Array b(int... lead) {
            return random(
                    Shape.of(lead).append(tb == PLAIN ? k : n, tb == PLAIN ? n : k),
                    type,
                    seed + 1);
        }

        Array out(int... lead) {
            return Array.full(type, Shape.of(lead).append(m, n), Double.NaN);
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Integer> extent =
                Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.integers().between(0, 70)),
                        Tuple.of(1, Arbitraries.of(127, 128, 129)));
        return Combinators.combine(
                        extent,
                        extent,
                        extent,
                        Arbitraries.of(Transpose.class),
                        Arbitraries.of(Transpose.class),
                        Arbitraries.of(DType.class),
                        Arbitraries.longs())
                .as(Case::new);
    }

    /// The chain of fused multiply-adds that defines an element, to the bit.
    @Property(tries = 600)
    void everyElementIsItsChain(@ForAll("cases") Case c) {
        Array a = c.a();
        Array b = c.b();
        Array out = c.out();
        MatMul.multiply(a, c.ta, b, c.tb, out);
        assertEquals(chains(a, c.ta, b, c.tb, Array.zeros(c.type, out.shape())), out);

        Array into = random(out.shape(), c.type, c.seed + 2);
        Array expected = chains(a, c.ta, b, c.tb, into);
        MatMul.multiplyAdd(a, c.ta, b, c.tb, into, out);
        assertEquals(expected, out);
        MatMul.multiplyAdd(a, c.ta, b, c.tb, into);
        assertEquals(expected, into);

        Array bias = random(Shape.of(c.n), c.type, c.seed + 3);
        double[] rows = new double[c.m * c.n];
        Arrays.setAll(rows, i -> bias.at(i % c.n));
        Array start = Array.of(out.shape(), rows).cast(c.type);
        MatMul.multiplyAdd(a, c.ta, b, c.tb, bias, out);
        assertEquals(chains(a, c.ta, b, c.tb, start), out);
    }

    /// From a depth of 512 on, a matrix times a vector is the dot products of its rows, each that
    /// of the first 48 bytes plus that of the others, added to its start; below, and with more than
    /// one column, an element is its chain.
    @Property(tries = 60)
    void aMatrixTimesALongVectorIsTheDotProductsOfItsRows(
            @ForAll @IntRange(min = 1, max = 300) int m,
            @ForAll @IntRange(min = 500, max = 530) int k,
            @ForAll DType type,
            @ForAll Transpose orientation,
            @ForAll long seed) {
        Array a = random(Shape.of(m, k), type, seed);
        Array x = random(orientation == PLAIN ? Shape.of(k, 1) : Shape.of(1, k), type, seed + 1);
        Array start = random(Shape.of(m, 1), type, seed + 2);
        Array out = Array.zeros(type, start.shape());
        MatMul.multiplyAdd(a, PLAIN, x, orientation, start, out);
        Array turned = Array.zeros(type, Shape.of(1, m));
        MatMul.multiplyAdd(
                x, orientation.flip(), a, TRANSPOSED, start.reshape(Shape.of(1, m)), turned);
        Array chains = chains(a, PLAIN, x, orientation, start);
        for (int i = 0; i < m; i++) {
            int head = 48 / type.bytes();
            double first = Reduce.dot(part(a, i * k, head), part(x, 0, head));
            double others = Reduce.dot(part(a, i * k + head, k - head), part(x, head, k - head));
            double dot = type == DType.FLOAT64 ? first + others : (float) (first + others);
            double sum = start.at(i) + dot;
            double expected = k < 512 ? chains.at(i) : type == DType.FLOAT64 ? sum : (float) sum;
            assertEquals(expected, out.at(i));
            assertEquals(expected, turned.at(i));
        }
        Array two = random(Shape.of(k, 2), type, seed + 3);
        Array both = Array.zeros(type, Shape.of(m, 2));
        MatMul.multiply(a, PLAIN, two, PLAIN, both);
        assertEquals(chains(a, PLAIN, two, PLAIN, Array.zeros(type, both.shape())), both);
    }

    private static Array part(Array a, int from, int n) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> a.at(from + i));
        return Array.of(Shape.of(n), values).cast(a.dtype());
    }

    /// `|computed − exact| ≤ γₖ Σ|aₚ||bₚ|`, γₖ = k·u/(1 − k·u) (Higham, Accuracy and Stability,
    /// §3.1). The exact value is a compensated dot product in float64 (Ogita, Rump & Oishi 2005,
    /// Dot2), itself within `u₆₄|exact| + γₖ²Σ|aₚ||bₚ|`; the last line of the bound pays for that
    /// and for rounding Σ|aₚ||bₚ|.
    @Property(tries = 300)
    void everyElementIsWithinItsBound(@ForAll("cases") Case c) {
        Array a = c.a();
        Array b = c.b();
        Array out = c.out();
        MatMul.multiply(a, c.ta, b, c.tb, out);
        double u = c.type.unitRoundoff();
        double gamma = c.k * u / (1 - c.k * u);
        for (int i = 0; i < c.m; i++) {
            for (int j = 0; j < c.n; j++) {
                double sum = 0;
                double error = 0;
                double size = 0;
                for (int p = 0; p < c.k; p++) {
                    double x = element(a, c.ta, i, p);
                    double y = element(b, c.tb, p, j);
                    double product = x * y;
                    double next = sum + product;
                    double part = next - sum;
                    error += Math.fma(x, y, -product) + (sum - (next - part)) + (product - part);
                    sum = next;
                    size += Math.abs(product);
                }
                assertEquals(
                        sum + error,
                        out.get(i, j),
                        gamma * size + 4 * 0x1p-53 * size + Double.MIN_NORMAL);
            }
        }
    }

    /// Leading axes broadcast: each product is the product of its own two matrices.
    @Property(tries = 200)
    void batchesBroadcast(
            @ForAll long seed, @ForAll Transpose ta, @ForAll Transpose tb, @ForAll DType type) {
        Random random = new Random(seed);
        Case c =
                new Case(
                        random.nextInt(9),
                        random.nextInt(40),
                        random.nextInt(9),
                        ta,
                        tb,
                        type,
                        seed);
        int[] lead = new int[random.nextInt(4)];
        for (int i = 0; i < lead.length; i++) {
            lead[i] = random.nextInt(4);
        }
        Array a = c.a(stretched(random, lead));
        Array b = c.b(stretched(random, lead));
        Shape batch =
                Shape.broadcast(
                        a.shape().first(a.shape().rank() - 2),
                        b.shape().first(b.shape().rank() - 2));
        Array out = c.out(batch.extents());
        MatMul.multiply(a, ta, b, tb, out);
        assertEquals(out.shape(), MatMul.shape(a.shape(), ta, b.shape(), tb));
        for (int i = 0; i < batch.size(); i++) {
            Array expected =
                    chains(
                            matrix(a, batch, i),
                            ta,
                            matrix(b, batch, i),
                            tb,
                            Array.zeros(type, Shape.of(c.m, c.n)));
            assertEquals(expected, matrix(out, batch, i));
        }
    }

    /// Sizes at which the work is cut into tasks by rows, by columns, by both and by product.
    @Test
    void theBitsAreTheSameAtAnyNumberOfThreads() {
        int threads = Parallel.threads();
        try {
            for (DType type : DType.values()) {
                for (int[] s :
                        new int[][] {
                            {1, 700, 90, 200},
                            {1, 40, 900, 300},
                            {1, 300, 600, 70},
                            {1, 530, 523, 40},
                            {1, 3000, 1, 700},
                            {1, 1200, 270, 530},
                            {13, 60, 65, 33}
                        }) {
                    for (Transpose tb : Transpose.values()) {
                        for (Transpose ta : Transpose.values()) {
                            Case c = new Case(s[1], s[2], s[3], ta, tb, type, 5);
                            Array a = c.a(s[0]);
                            Array b = c.b(s[0]);
                            Parallel.threads(1);
                            Array one = c.out(s[0]);
                            MatMul.multiply(a, ta, b, tb, one);
                            for (int t = 2; t <= 3; t++) {
                                Parallel.threads(t);
                                Array more = c.out(s[0]);
                                MatMul.multiply(a, ta, b, tb, more);
                                assertEquals(one, more);
                            }
                        }
                    }
                }
            }
        } finally {
            Parallel.threads(threads);
        }
    }

    @Test
    void theFirstCallAndTheTwentyThousandthGiveTheSameBits() {
        for (DType type : DType.values()) {
            for (Transpose tb : Transpose.values()) {
                Case c = new Case(11, 37, 9, PLAIN, tb, type, 77);
                Array a = c.a();
                Array b = c.b();
                Array cold = c.out();
                MatMul.multiply(a, c.ta, b, c.tb, cold);
                Array hot = c.out();
                for (int i = 0; i < 20_000; i++) {
                    MatMul.multiply(a, c.ta, b, c.tb, hot);
                }
                assertEquals(cold, hot);
            }
        }
    }

    /// A NaN in row i of a makes row i of the result NaN and nothing else; ∞·0 is NaN, ∞·x is ±∞.
    @Property(tries = 200)
    void whatIsNotFiniteStaysInItsRowAndColumn(@ForAll("cases") Case c, @ForAll boolean infinite) {
        if (c.m == 0 || c.n == 0 || c.k == 0) {
            return;
        }
        Random random = new Random(c.seed);
        int i = random.nextInt(c.m);
        int p = random.nextInt(c.k);
        double[] values = c.a().toDoubles();
        values[c.ta == PLAIN ? i * c.k + p : p * c.m + i] =
                infinite ? Double.POSITIVE_INFINITY : Double.NaN;
        Array a = Array.of(c.a().shape(), values).cast(c.type);
        Array b = c.b();
        Array out = c.out();
        MatMul.multiply(a, c.ta, b, c.tb, out);
        assertEquals(chains(a, c.ta, b, c.tb, Array.zeros(c.type, out.shape())), out);
        for (int r = 0; r < c.m; r++) {
            for (int j = 0; j < c.n; j++) {
                assertEquals(r == i, !Double.isFinite(out.get(r, j)));
            }
        }
    }

    @Test
    void nothingSummedIsZero() {
        for (DType type : DType.values()) {
            Array out = Array.full(type, Shape.of(3, 5), Double.NaN);
            MatMul.multiply(
                    Array.zeros(type, Shape.of(3, 0)),
                    PLAIN,
                    Array.zeros(type, Shape.of(0, 5)),
                    PLAIN,
                    out);
            assertEquals(Array.zeros(type, Shape.of(3, 5)), out);
        }
    }

    @Test
    void aProductOfSmallMatrices() {
        Array a = Array.matrix(new double[] {1, 2, 3}, new double[] {4, 5, 6});
        Array out = Array.zeros(DType.FLOAT64, Shape.of(2, 2));
        MatMul.multiply(a, PLAIN, a, TRANSPOSED, out);
        assertEquals(Array.matrix(new double[] {14, 32}, new double[] {32, 77}), out);
    }

    @Test
    void whatDoesNotFitIsRefusedInASentence() {
        Array a = Array.zeros(DType.FLOAT32, Shape.of(8, 64));
        Array b = Array.zeros(DType.FLOAT32, Shape.of(32, 64));
        Array out = Array.zeros(DType.FLOAT32, Shape.of(8, 32));
        refused(
                "matmul: inner dimensions differ: [8, 64] x [32, 64]; did you mean TRANSPOSED?",
                () -> MatMul.multiply(a, PLAIN, b, PLAIN, out));
        refused(
                "matmul: inner dimensions differ: [64, 8] x [64, 32]; did you mean TRANSPOSED for the first?",
                () -> MatMul.shape(Shape.of(64, 8), PLAIN, Shape.of(64, 32), PLAIN));
        refused(
                "matmul: inner dimensions differ: [8, 64] x [64, 32] TRANSPOSED; did you mean PLAIN?",
                () -> MatMul.shape(Shape.of(8, 64), PLAIN, Shape.of(64, 32), TRANSPOSED));
        refused(
                "matmul: inner dimensions differ: [8, 64] x [3, 5]",
                () -> MatMul.shape(Shape.of(8, 64), PLAIN, Shape.of(3, 5), PLAIN));
        refused(
                "matmul: expected two matrices [..., rows, columns], got [64] and [64, 2]",
                () -> MatMul.shape(Shape.of(64), PLAIN, Shape.of(64, 2), PLAIN));
        refused(
                "matmul: leading axes do not broadcast: [2, 8, 64] x [3, 64, 1]",
                () -> MatMul.shape(Shape.of(2, 8, 64), PLAIN, Shape.of(3, 64, 1), PLAIN));
        refused(
                "matmul: [8, 64] x [32, 64] TRANSPOSED gives [8, 32], out is [8, 64]",
                () -> MatMul.multiply(a, PLAIN, b, TRANSPOSED, a));
        refused(
                "matmul: expected a start of shape [32] or [8, 32] and type float32, got [8] and float32",
                () ->
                        MatMul.multiplyAdd(
                                a,
                                PLAIN,
                                b,
                                TRANSPOSED,
                                Array.zeros(DType.FLOAT32, Shape.of(8)),
                                out));
        refused(
                "matmul: expected one type, got float32 x float64 -> float32; use cast",
                () -> MatMul.multiply(a, PLAIN, b.cast(DType.FLOAT64), TRANSPOSED, out));
    }

    @Test
    void aBiasIsTheStartOfEveryProductOfABatch() {
        for (DType type : DType.values()) {
            Case c = new Case(5, 37, 9, PLAIN, PLAIN, type, 3);
            Array a = c.a(4);
            Array b = c.b(4);
            Array bias = random(Shape.of(c.n), type, 4);
            Array start = Array.zeros(type, c.out(4).shape());
            double[] rows = new double[start.shape().size()];
            Arrays.setAll(rows, i -> bias.at(i % c.n));
            start = Array.of(start.shape(), rows).cast(type);
            Array expected = c.out(4);
            MatMul.multiplyAdd(a, PLAIN, b, PLAIN, start, expected);
            Array out = c.out(4);
            MatMul.multiplyAdd(a, PLAIN, b, PLAIN, bias, out);
            assertEquals(expected, out);
            for (int i = 0; i < 4; i++) {
                assertEquals(
                        chains(
                                matrix(a, Shape.of(4), i),
                                PLAIN,
                                matrix(b, Shape.of(4), i),
                                PLAIN,
                                matrix(start, Shape.of(4), i)),
                        matrix(out, Shape.of(4), i));
            }
        }
    }

    private static void refused(String sentence, Runnable call) {
        assertEquals(
                sentence, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    /// A trailing part of the axes, some of them 1.
    private static int[] stretched(Random random, int[] lead) {
        int[] s = Arrays.copyOfRange(lead, random.nextInt(lead.length + 1), lead.length);
        for (int i = 0; i < s.length; i++) {
            s[i] = random.nextInt(3) == 0 ? 1 : s[i];
        }
        return s;
    }

    /// Matrix `i` of a batch that may have to be stretched.
    private static Array matrix(Array x, Shape batch, int i) {
        int at = 0;
        for (int axis = 0, rest = i, step = 1; axis < batch.rank(); axis++) {
            int index = rest % batch.dim(-1 - axis);
            rest /= batch.dim(-1 - axis);
            if (axis < x.shape().rank() - 2) {
                int extent = x.dim(-3 - axis);
                at += extent == 1 ? 0 : index * step;
                step *= extent;
            }
        }
        int size = x.dim(-2) * x.dim(-1);
        double[] values = Arrays.copyOfRange(x.toDoubles(), at * size, (at + 1) * size);
        return Array.of(Shape.of(x.dim(-2), x.dim(-1)), values).cast(x.dtype());
    }

    private static double element(Array x, Transpose t, int row, int column) {
        return t == PLAIN ? x.at(row * x.dim(1) + column) : x.at(column * x.dim(1) + row);
    }

    /// The definition: three loops and a fused multiply-add.
    static Array chains(Array a, Transpose ta, Array b, Transpose tb, Array start) {
        int m = start.dim(0);
        int n = start.dim(1);
        int k = ta == PLAIN ? a.dim(1) : a.dim(0);
        double[] out = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double c = start.at(i * n + j);
                for (int p = 0; p < k; p++) {
                    double x = element(a, ta, i, p);
                    double y = element(b, tb, p, j);
                    c =
                            a.dtype() == DType.FLOAT64
                                    ? Math.fma(x, y, c)
                                    : Math.fma((float) x, (float) y, (float) c);
                }
                out[i * n + j] = c;
            }
        }
        return Array.of(start.shape(), out).cast(a.dtype());
    }

    static Array random(Shape shape, DType type, long seed) {
        Random random = new Random(seed);
        double[] x = new double[shape.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextGaussian();
        }
        return Array.of(shape, x).cast(type);
    }
}
