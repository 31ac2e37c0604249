package nonmercer.autodiff.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Reduce;
import nonmercer.array.Shape;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

/// What the laws cannot say: edges, ties, masks, messages.
class OpExamplesTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    private static Tensor matrix(double[]... rows) {
        return Tensor.of(Array.matrix(rows));
    }

    private static double[] row(double... values) {
        return values;
    }

    /// `∂⟨w, op(x)⟩/∂x`.
    private static Array gradient(Op op, Array w, Array x) {
        try (Tape tape = Tape.open()) {
            Tensor in = tape.watch(x);
            return tape.gradient(Tensor.apply(op, in).mul(Tensor.of(w)).sum(), in).value();
        }
    }

    @Test
    void aRowThatSeesNothingTakesNothingAndGivesNoGradient() {
        Array x = Array.matrix(row(0, 0), row(-INF, -INF));
        Array w = Array.matrix(row(1, 2), row(3, 4));
        assertEquals(Array.matrix(row(0.5, 0.5), row(0, 0)), Tensor.of(x).softmax().value());
        assertEquals(Array.matrix(row(-0.25, 0.25), row(0, 0)), gradient(new Softmax(), w, x));
        assertEquals(-INF, Tensor.of(x).logSumExp().value().at(1));
        assertEquals(
                Array.matrix(row(0.5, 0.5), row(0, 0)),
                gradient(new LogSumExp(), Array.vector(1, 1), x));
    }

    @Test
    void aRowWithSumZeroNormalizesToZeros() {
        Array x = Array.matrix(row(1, 3), row(0, 0));
        assertEquals(
                Array.matrix(row(0.25, 0.75), row(0, 0)), Tensor.of(x).normalizeRows().value());
        Array g = gradient(new NormalizeRows(), Array.matrix(row(1, 2), row(3, 4)), x);
        assertEquals(Array.matrix(row(-0.1875, 0.0625), row(0, 0)), g);
    }

    @Test
    void theRootAtZeroHasGradientZero() {
        assertEquals(
                Array.vector(0, 0.25),
                gradient(new Sqrt(), Array.vector(1, 1), Array.vector(0, 4)));
    }

    /// Norms and product of points far from the origin round apart, so that their difference is
    /// negative for some of them.
    @Test
    void squaredDistancesAreNotNegative() {
        Array x = Array.zeros(DType.FLOAT32, Shape.of(64, SquaredDistance.BY_DIFFERENCES + 9));
        RandomStream.of(1).fillUniform(x, 1000, 1001);
        Array distances = Tensor.apply(new SquaredDistance(), Tensor.of(x), Tensor.of(x)).value();
        for (int i = 0; i < distances.size(); i++) {
            assertTrue(distances.at(i) >= 0, "" + distances.at(i));
        }
    }

    @Test
    void atATieTheGradientGoesToTheFirst() {
        try (Tape tape = Tape.open()) {
            Tensor a = tape.watch(Array.vector(1, 2));
            Tensor b = tape.watch(Array.vector(1, 3));
            List<Tensor> most = tape.gradients(a.maximum(b).sum(), List.of(a, b));
            List<Tensor> least = tape.gradients(a.minimum(b).sum(), List.of(a, b));
            assertEquals(Array.vector(1, 0), most.get(0).value());
            assertEquals(Array.vector(0, 1), most.get(1).value());
            assertEquals(Array.vector(1, 1), least.get(0).value());
            assertEquals(Array.vector(0, 0), least.get(1).value());
        }
        assertEquals(
                Array.matrix(row(0, 5, 0)),
                gradient(new MaxRow(), Array.vector(5), Array.matrix(row(1, 2, 2))));
    }

    @Test
    void aPairingSharesTheGradientAtATie() {
        Array q = Array.matrix(row(1, 2));
        Array k = Array.matrix(row(1, 5));
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(q);
            Tensor y = tape.watch(k);
            Tensor s = Tensor.apply(new SumOfMinima(), x, y);
            assertEquals(3, s.item());
            List<Tensor> g = tape.gradients(s.sum(), List.of(x, y));
            assertEquals(Array.matrix(row(0.5, 1)), g.get(0).value());
            assertEquals(Array.matrix(row(0.5, 0)), g.get(1).value());
            assertEquals(4 - 1, Tensor.apply(new L1Distance(), x, y).item());
        }
    }

    /// Both ways of the squared distance against the differences, added up in float64; the bounds
    /// are those of its doc.
    @Test
    void theSquaredDistanceIsAsAccurateAsItSays() {
        for (int d :
                new int[] {
                    1, SquaredDistance.BY_DIFFERENCES, SquaredDistance.BY_DIFFERENCES + 1, 40
                }) {
            for (DType type : DType.values()) {
                Array q = Array.zeros(type, Shape.of(2, 7, d));
                Array k = Array.zeros(type, Shape.of(2, 5, d));
                RandomStream.of(d).at("q").fillNormal(q, 1, 1);
                RandomStream.of(d).at("k").fillNormal(k, 1, 1);
                Array y = Tensor.apply(new SquaredDistance(), Tensor.of(q), Tensor.of(k)).value();
                for (int b = 0; b < 2; b++) {
                    for (int i = 0; i < 7; i++) {
                        for (int j = 0; j < 5; j++) {
                            double exact = 0;
                            double norms = 0;
                            double qq = 0;
                            double kk = 0;
                            for (int l = 0; l < d; l++) {
                                double a = q.get(b, i, l);
                                double c = k.get(b, j, l);
                                exact += (a - c) * (a - c);
                                qq += a * a;
                                kk += c * c;
                            }
                            norms = Math.sqrt(qq) + Math.sqrt(kk);
                            double bound =
                                    d <= SquaredDistance.BY_DIFFERENCES
                                            ? (d + 2) * type.unitRoundoff() * exact
                                            : (d + 4) * type.unitRoundoff() * norms * norms;
                            // The reference is itself off by (d + 2) roundings of float64.
                            bound += (d + 2) * DType.FLOAT64.unitRoundoff() * exact;
                            assertEquals(exact, y.get(b, i, j), bound, "d = " + d + ", " + type);
                        }
                    }
                }
            }
        }
    }

    @Test
    void equalPointsHaveDistanceExactlyZeroWhenFewCoordinatesAreSubtracted() {
        Tensor q = matrix(row(0.1, 0.2, 0.3));
        assertEquals(0, Tensor.apply(new SquaredDistance(), q, q).item());
    }

    @Test
    void theGradientOfAnEmbeddingAddsUpRepeatedRows() {
        Array table = Array.matrix(row(1, 2), row(3, 4), row(5, 6));
        assertEquals(
                Array.matrix(row(5, 6), row(1, 2), row(5, 6)),
                Tensor.of(table).gather(2, 0, 2).value());
        Array g =
                gradient(
                        new Gather(2, 0, 2),
                        Array.matrix(row(1, 1), row(10, 10), row(100, 100)),
                        table);
        assertEquals(Array.matrix(row(10, 10), row(0, 0), row(101, 101)), g);
    }

    @Test
    void aCastGoesBackInTheGradient() {
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(Array.vector(1.0 / 3, 2));
            Tensor y = x.cast(DType.FLOAT32);
            assertEquals((float) (1.0 / 3), y.value().at(0));
            Tensor g = tape.gradient(y.square().sum(), x);
            assertEquals(DType.FLOAT64, g.dtype());
            assertEquals(2 * (double) (float) (1.0 / 3), g.value().at(0));
        }
    }

    @Test
    void whatIsNotChosenLeavesNoTrace() {
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(Array.vector(-1, 4));
            Tensor y =
                    Tensor.apply(
                            new Where(Array.vector(0, 1)),
                            x.sqrt(),
                            Tensor.vector(7)); // √-1 is not chosen
            assertEquals(Array.vector(7, 2), y.value());
            assertEquals(0.25, tape.gradient(y.sum(), x).value().at(1));
        }
    }

    /// A causal mask: row i sees columns 0 … i; a row that sees nothing gets zeros and hands on no
    /// gradient.
    @Test
    void aMaskedSoftmaxSeesWhatTheMaskShows() {
        Array mask = Array.matrix(row(1, 0, 0), row(1, 1, 0), row(0, 0, 0));
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(Array.matrix(row(5, 7, 9), row(2, 2, 9), row(1, 2, 3)));
            Tensor y = x.where(mask, -INF).softmax();
            assertEquals(Array.matrix(row(1, 0, 0), row(0.5, 0.5, 0), row(0, 0, 0)), y.value());
            Tensor w = matrix(row(1, 2, 3), row(4, 6, 5), row(7, 8, 9));
            assertEquals(
                    Array.matrix(row(0, 0, 0), row(-0.5, 0.5, 0), row(0, 0, 0)),
                    tape.gradient(y.mul(w).sum(), x).value());
        }
    }

    @Test
    void aTallProductIsTheBatchedOne() {
        Array x = Array.zeros(DType.FLOAT64, Shape.of(2, 3, 4));
        Array w = Array.zeros(DType.FLOAT64, Shape.of(5, 4));
        RandomStream.of(1).at("x").fillNormal(x, 0, 1);
        RandomStream.of(1).at("w").fillNormal(w, 0, 1);
        Tensor batched =
                Tensor.apply(
                        new MatMul(Transpose.PLAIN, Transpose.TRANSPOSED),
                        Tensor.of(x),
                        Tensor.of(w));
        assertEquals(
                batched.value(), Tensor.of(x).matmul(Tensor.of(w), Transpose.TRANSPOSED).value());
        GradCheck.of(t -> t.get(0).matmul(t.get(1), Transpose.TRANSPOSED))
                .at(x, w)
                .order(2)
                .check()
                .orThrow();
    }

    @Test
    void splittingAndConcatenatingGivesTheSame() {
        Tensor x = matrix(row(1, 2, 3, 4), row(5, 6, 7, 8));
        Tensor[] parts = x.split(1, 1, 0, 3);
        assertEquals(
                List.of(Shape.of(2, 1), Shape.of(2, 0), Shape.of(2, 3)),
                List.of(parts[0].shape(), parts[1].shape(), parts[2].shape()));
        assertEquals(x.value(), Tensor.concat(1, List.of(parts)).value());
        assertEquals(
                "split: [1, 2] do not add up to the 4 along axis 1 of [2, 4]",
                assertThrows(IllegalArgumentException.class, () -> x.split(1, 1, 2)).getMessage());
    }

    @Test
    void opsOfEqualPartsAreEqualAndKeepTheirOwnCopy() {
        int[] rows = {1, 2};
        Gather gather = new Gather(rows);
        rows[0] = 7;
        assertEquals(new Gather(1, 2), gather);
        assertEquals("Gather[rows=[1, 2]]", gather.toString());
        gather.rows().toArray()[0] = 9;
        assertEquals(new Gather(1, 2).hashCode(), gather.hashCode());
        assertNotEquals(new Gather(2, 1), gather);
        assertEquals(new Permute(1, 0), new Permute(Index.of(1, 0)));
    }

    @Test
    void shapesThatDoNotFitAreSentences() {
        Tensor x = matrix(row(1, 2, 3), row(4, 5, 6));
        refused("reshape: [2, 3] has 6 elements, [4] has 4", () -> x.reshape(4));
        refused(
                "slice: [2, 5) is not a range of axis 1 of [2, 3], which has 3 elements",
                () -> x.slice(1, 2, 5));
        refused("sumTo: [2] does not broadcast to [2, 3]", () -> x.sumTo(Shape.of(2)));
        refused(
                "broadcastTo: [2, 3] does not broadcast to [3, 3]",
                () -> x.broadcastTo(Shape.of(3, 3)));
        refused(
                "concat: [2] and [2, 3] differ in more than axis 0",
                () -> Tensor.concat(0, List.of(x, Tensor.vector(1, 2))));
        refused(
                "SumOfMinima: expected queries […, m, d] and keys […, n, d] with the same outer axes and d, got [2, 3]"
                        + " and [2]",
                () -> Tensor.apply(new SumOfMinima(), x, Tensor.vector(1, 2)));
    }

    private static void refused(String message, Runnable what) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, what::run).getMessage());
    }

    /// The norms of the gradients of a sum over 10⁶ float32 elements stay exact: each is 1.
    @Test
    void theGradientOfALongSumIsOne() {
        Array x = Array.full(DType.FLOAT32, Shape.of(1000, 1000), 0.5);
        Array g = gradient(new SumTo(Shape.SCALAR), Array.scalar(DType.FLOAT32, 1), x);
        assertEquals(1_000_000, Reduce.sumAll(g));
    }
}
