package nonmercer.layer;

import static nonmercer.kernel.Sample.assertWithin;
import static nonmercer.kernel.Sample.parameter;
import static nonmercer.kernel.Sample.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.Attention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Kernels;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MultiHeadAttentionTest {
    private static final Pass PASS = Pass.evaluation();

    static Stream<Kernel> catalogue() {
        return Kernels.attended();
    }

    private static Linear linear(String name, int in, int out) {
        return new Linear(
                parameter(name, 0.4, in, out), Optional.of(parameter(name + "/b", 0.4, out)));
    }

    /// Columns `from … to-1` of a projection, for one head alone.
    private static Tensor column(Linear linear, Tensor x, int from, int to) {
        Tensor w = Tensor.of(linear.weight().value()).slice(1, from, to);
        Tensor b = Tensor.of(linear.bias().orElseThrow().value()).slice(0, from, to);
        return x.matmul(w).add(b);
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void itIsEveryHeadByItself(Kernel kernel) {
        int heads = 3;
        int width = 2; // of a query in a head
        int e = 4; // of a value in a head
        Linear query = linear("q", 5, heads * width);
        Linear key = linear("k", 5, heads * width);
        Linear value = linear("v", 5, heads * e);
        Linear output = linear("o", heads * e, 5);
        Attention attention = Attention.of(kernel);
        Tensor x = tensor("x", 2, 3, 5); // asks
        Tensor y = tensor("y", 2, 4, 5); // answers
        Mask mask = Mask.lengths(4, 2);
        Tensor out =
                new MultiHeadAttention(query, key, value, output, heads, attention)
                        .apply(x, y, mask, new Positions.Absent(), PASS);

        List<Tensor> parts = new ArrayList<>();
        for (int h = 0; h < heads; h++) {
            Tensor q = column(query, x, h * width, (h + 1) * width).reshape(2, 1, 3, width);
            Tensor k = column(key, y, h * width, (h + 1) * width).reshape(2, 1, 4, width);
            Tensor v = column(value, y, h * e, (h + 1) * e).reshape(2, 1, 4, e);
            parts.add(attention.apply(q, k, v, mask, PASS).reshape(2, 3, e));
        }
        Tensor expected = output.apply(Tensor.concat(-1, parts), PASS);
        // The same sums, blocked differently at most: some 40 roundings, magnified by kernels of
        // slopes up to 10.
        assertWithin(400 * DType.FLOAT64.unitRoundoff(), expected.value(), out.value());
    }

    /// Heads 0 and 1 read head 0 of keys and values, heads 2 and 3 read head 1.
    @Test
    void headsOfQueriesShareHeadsOfKeys() {
        Linear query = linear("q", 5, 8);
        Linear key = linear("k", 5, 4);
        Linear value = linear("v", 5, 6);
        Linear output = linear("o", 12, 5);
        Attention attention = Attention.of(new ExpDot());
        Tensor x = tensor("x", 2, 3, 5);
        HeadCount heads = new HeadCount(4, 2);
        MultiHeadAttention layer =
                new MultiHeadAttention(query, key, value, output, heads, attention);
        List<Tensor> parts = new ArrayList<>();
        for (int h = 0; h < 4; h++) {
            int of = h / 2;
            Tensor q = column(query, x, 2 * h, 2 * h + 2).reshape(2, 1, 3, 2);
            Tensor k = column(key, x, 2 * of, 2 * of + 2).reshape(2, 1, 3, 2);
            Tensor v = column(value, x, 3 * of, 3 * of + 3).reshape(2, 1, 3, 3);
            parts.add(attention.apply(q, k, v, Mask.causal(), PASS).reshape(2, 3, 3));
        }
        Tensor expected = output.apply(Tensor.concat(-1, parts), PASS);
        Positions none = new Positions.Absent();
        // As above.
        assertWithin(
                400 * DType.FLOAT64.unitRoundoff(),
                expected.value(),
                layer.apply(x, x, Mask.causal(), none, PASS).value());
        MultiHeadAttention fresh =
                MultiHeadAttention.create(
                        RandomStream.of(1), 8, new HeadCount(4, 1), attention, DType.FLOAT32);
        assertEquals(Shape.of(8, 2), fresh.key().weight().shape());
        assertEquals(
                "4 heads of queries cannot share 3 heads of keys and values; choose a number that divides"
                        + " them",
                assertThrows(IllegalArgumentException.class, () -> new HeadCount(4, 3))
                        .getMessage());
    }

    @Test
    void projectGivesWhatTheKernelSees() {
        MultiHeadAttention layer =
                MultiHeadAttention.create(
                        RandomStream.of(1), 8, 2, Attention.of(new ExpDot()), DType.FLOAT64);
        Tensor x = tensor("x", 2, 3, 8);
        Tensor y = tensor("y", 2, 5, 8);
        MultiHeadAttention.Heads heads = layer.project(x, y, new Positions.Absent(), PASS);
        assertEquals(Shape.of(2, 2, 3, 4), heads.q().shape());
        assertEquals(Shape.of(2, 2, 5, 4), heads.k().shape());
        assertEquals(Shape.of(2, 2, 5, 4), heads.v().shape());
        Tensor q = layer.query().apply(x, PASS);
        assertEquals(
                q.value().get(1, 2, 6),
                heads.q().value().get(1, 1, 2, 2)); // coordinate 6 is the third of head 1
        // Positions turn queries and keys, never values.
        MultiHeadAttention.Heads turned = layer.project(x, y, new Positions.Rotary(10), PASS);
        assertEquals(heads.v().value(), turned.v().value());
        assertEquals(new Positions.Rotary(10).rotate(heads.k()).value(), turned.k().value());
        assertEquals(new Positions.Rotary(10).rotate(heads.q()).value(), turned.q().value());
    }

    @Test
    void aWidthTheHeadsDoNotDivideIsRefused() {
        Attention attention = Attention.of(new ExpDot());
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                MultiHeadAttention.create(
                                        RandomStream.of(1), 8, 3, attention, DType.FLOAT32));
        assertEquals(
                "a width of 8 cannot be shared by 3 heads; choose a number of heads that divides it",
                e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new MultiHeadAttention(
                                linear("q", 4, 4),
                                linear("k", 4, 4),
                                linear("v", 4, 3),
                                linear("o", 3, 4),
                                2,
                                attention));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        MultiHeadAttention.create(
                                RandomStream.of(1), 8, 0, attention, DType.FLOAT32));
    }
}
