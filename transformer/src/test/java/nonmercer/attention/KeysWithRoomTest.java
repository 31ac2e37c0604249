package nonmercer.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Layout;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Kernels;
import nonmercer.kernel.Sample;
import org.junit.jupiter.api.Test;

/// Keys and values with room for more behind them: the bits of those keys and values alone.
class KeysWithRoomTest {
    private static final Pass PASS = Pass.evaluation();

    @Provide
    Arbitrary<Kernel> kernels() {
        return Arbitraries.of(Kernels.attended().toList());
    }

    /// Numbers no operation may read stand in the room.
    private static Array roomy(Array x, int room) {
        Array wide = Array.full(x.dtype(), x.shape().with(2, x.dim(2) + room), Double.NaN);
        Layout.place(x, 2, 0, wide);
        return wide;
    }

    private static List<Mask> masks(int n, int m) {
        boolean[][] table = new boolean[n][m];
        for (int i = 0; i < n * m; i++) {
            table[i / m][i % m] = i % 3 != 1;
        }
        return List.of(
                Mask.none(),
                Mask.causal(),
                Mask.window(5),
                Mask.window(70),
                Mask.lengths(m, m / 2),
                Mask.causal().and(Mask.lengths(m / 2, m)),
                Mask.table(table));
    }

    /// Widths with and without whole vectors in a row; keys of a part of a block and of two.
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void roomIsNotRead(
            @ForAll("kernels") Kernel kernel,
            @ForAll DType type,
            @ForAll @IntRange(min = 1, max = 3) int n,
            @ForAll @IntRange(min = 3, max = 130) int m,
            @ForAll @IntRange(max = 70) int room,
            @ForAll boolean wide,
            @ForAll boolean shared) {
        int d = wide ? 16 : 3;
        int heads = shared ? 2 : 1;
        Tensor q = Tensor.of(Sample.normal("q", type, 2, 2, n, d));
        Array k = Sample.normal("k", type, 2, 2 / heads, m, d);
        Array v = Sample.normal("v", type, 2, 2 / heads, m, wide ? 32 : 5);
        Tensor keys = Tensor.of(roomy(k, room));
        Tensor values = Tensor.of(roomy(v, room));
        for (Attention attention : List.of(Attention.of(kernel), Attention.unfused(kernel))) {
            for (Mask mask : masks(n, m)) {
                assertEquals(
                        attention.apply(q, Tensor.of(k), Tensor.of(v), mask, PASS).value(),
                        attention.apply(q, keys, values, mask.ofFirst(m), PASS).value(),
                        attention.label() + " " + mask);
            }
        }
    }

    @Test
    void aBiasIsOneOfTheKeysThatAreThere() {
        Tensor q = Sample.tensor("q", 1, 2, 2, 8);
        Array k = Sample.normal("k", DType.FLOAT64, 1, 2, 66, 8);
        Bias bias = Bias.of(Sample.tensor("b", 1, 2, 2, 66));
        for (Attention attention :
                List.of(Attention.of(new ExpDot()), Attention.unfused(new ExpDot()))) {
            Tensor alone = Tensor.of(k);
            Tensor roomy = Tensor.of(roomy(k, 30));
            Mask mask = Mask.causal();
            assertEquals(
                    attention.apply(q, alone, alone, mask, bias, PASS).value(),
                    attention.apply(q, roomy, roomy, mask.ofFirst(66), bias, PASS).value());
        }
    }

    /// What is recorded has gradients, zeros in the room, whichever operand it is.
    @Test
    void gradientsAreThoseOfTheKeysThatAreThere() {
        Array q = Sample.normal("q", DType.FLOAT64, 1, 1, 3, 8);
        Array k = Sample.normal("k", DType.FLOAT64, 1, 1, 66, 8);
        for (Kernel kernel : List.of(new ExpDot(), new Gauss())) {
            List<List<Array>> all = new ArrayList<>();
            for (int room : new int[] {0, 30}) {
                try (Tape tape = Tape.open()) {
                    Tensor x = tape.watch(q);
                    Tensor y = tape.watch(roomy(k, room));
                    Tensor out =
                            Attention.of(kernel)
                                    .apply(x, y, y, Mask.causal().ofFirst(66), Pass.recorded(tape));
                    List<Tensor> g = tape.gradients(out.square().sum(), List.of(x, y));
                    Tensor rest = g.get(1).slice(2, 66, 66 + room);
                    assertEquals(Array.zeros(DType.FLOAT64, rest.shape()), rest.value());
                    all.add(
                            List.of(
                                    out.value().copy(),
                                    g.get(0).value().copy(),
                                    g.get(1).slice(2, 0, 66).value().copy()));
                }
            }
            assertEquals(all.get(0), all.get(1));
        }
    }

    @Test
    void thereAreNoMoreKeysThanRoom() {
        Tensor x = Sample.tensor("x", 1, 1, 2, 8);
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                Attention.of(new ExpDot())
                                        .apply(x, x, x, Mask.none().ofFirst(3), PASS));
        assertEquals("the mask speaks of 3 keys, there are 2", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Mask.none().ofFirst(-1));
        assertEquals(
                Mask.causal().and(Mask.window(3)).ofFirst(2),
                Mask.causal().ofFirst(2).and(Mask.window(3)));
        assertEquals(
                Mask.window(3).and(Mask.causal()).ofFirst(2),
                Mask.window(3).and(Mask.causal().ofFirst(2)));
        assertEquals(
                Shape.of(2, 2),
                Mask.causal().ofFirst(1).table(x.reshape(1, 2, 2, 4).slice(3, 0, 2)).shape());
    }

    @Test
    void weightsAndPlansAreThoseOfTheFirstKeys() {
        int m = 5;
        Tensor q = Tensor.of(Sample.normal("q", DType.FLOAT64, 1, 2, 3, 4));
        Array keys = Sample.normal("k", DType.FLOAT64, 1, 2, m, 4);
        Tensor k = Tensor.of(keys);
        Tensor room = Tensor.of(roomy(keys, 4));
        Bias bias = Bias.alibi(2);
        for (Attention attention :
                List.of(
                        Attention.of(new ExpDot()),
                        Attention.of(new Gauss()).with(new Evaluation.AllPairs()))) {
            Mask causal = Mask.causal();
            assertEquals(
                    attention.weights(q, k, causal, bias, PASS).value(),
                    attention.weights(q, room, causal.ofFirst(m), bias, PASS).value());
            assertEquals(
                    attention.plan(q.shape(), k.shape(), k.shape(), causal, bias).toString(),
                    attention
                            .plan(q.shape(), room.shape(), room.shape(), causal.ofFirst(m), bias)
                            .toString());
        }
    }

    @Test
    void theFewestFirstKeysDecideInEitherOrder() {
        Mask three = Mask.causal().ofFirst(3);
        Mask five = Mask.window(2).ofFirst(5);
        Mask both = Mask.causal().and(Mask.window(2)).ofFirst(3);
        assertEquals(both, three.and(five));
        assertEquals(Mask.window(2).and(Mask.causal()).ofFirst(3), five.and(three));
        assertEquals(three, Mask.causal().ofFirst(5).ofFirst(3));
        three.and(five).check(1, 2, 8);
    }
}
