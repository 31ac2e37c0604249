package nonmercer.attention;

import static nonmercer.kernel.Sample.assertWithin;
import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Kernels;
import nonmercer.random.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What attention does not depend on: the future, the padding, the order of the keys.
class AttentionSymmetryTest {
    private static final Pass PASS = Pass.evaluation();

    static Stream<Kernel> catalogue() {
        return Kernels.attended();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void theFutureDoesNotMoveABitOfThePast(Kernel kernel) {
        int n = 9;
        int known = 5;
        Attention attention = Attention.of(kernel);
        Array q = normal("q", DType.FLOAT32, 1, 2, n, 4);
        Array k = normal("k", DType.FLOAT32, 1, 2, n, 4);
        Array v = normal("v", DType.FLOAT32, 1, 2, n, 4);
        Tensor before =
                attention.apply(Tensor.of(q), Tensor.of(k), Tensor.of(v), Mask.causal(), PASS);
        Tensor after =
                attention.apply(
                        Tensor.of(replaced(q, known, 1)),
                        Tensor.of(replaced(k, known, 2)),
                        Tensor.of(replaced(v, known, 3)),
                        Mask.causal(),
                        PASS);
        assertEquals(before.slice(2, 0, known).value(), after.slice(2, 0, known).value());
        assertTrue(!before.value().equals(after.value()));
    }

    /// The same with other numbers from this place of the sequence on.
    private static Array replaced(Array x, int from, long seed) {
        Array other = Array.zeros(x.dtype(), x.shape());
        RandomStream.of(seed).fillNormal(other, 0, 3);
        Tensor mixed =
                Tensor.concat(
                        2,
                        List.of(
                                Tensor.of(x).slice(2, 0, from),
                                Tensor.of(other).slice(2, from, x.dim(2))));
        return mixed.value();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void whatStandsInThePaddingMovesNoBit(Kernel kernel) {
        Attention attention = Attention.of(kernel);
        Mask mask = Mask.lengths(4);
        Array q = normal("q", DType.FLOAT32, 1, 2, 6, 3);
        Array k = normal("k", DType.FLOAT32, 1, 2, 6, 3);
        Array v = normal("v", DType.FLOAT32, 1, 2, 6, 3);
        Array far = Array.full(DType.FLOAT32, Shape.of(1, 2, 2, 3), 1e30); // squares to infinity
        Array farKeys =
                Tensor.concat(2, List.of(Tensor.of(k).slice(2, 0, 4), Tensor.of(far))).value();
        Tensor before = attention.apply(Tensor.of(q), Tensor.of(k), Tensor.of(v), mask, PASS);
        Tensor after =
                attention.apply(
                        Tensor.of(q), Tensor.of(farKeys), Tensor.of(replaced(v, 4, 2)), mask, PASS);
        assertEquals(before.value(), after.value());
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void longerPaddingChangesNothing(Kernel kernel) {
        int length = 5;
        Attention attention = Attention.of(kernel);
        Tensor q = tensor("q", 1, 2, 3, 4);
        Tensor k = tensor("k", 1, 2, 20, 4);
        Tensor v = tensor("v", 1, 2, 20, 4);
        Tensor plain =
                attention.apply(q, k.slice(2, 0, length), v.slice(2, 0, length), Mask.none(), PASS);
        for (int m = length; m <= 20; m++) {
            Tensor padded =
                    attention.apply(
                            q, k.slice(2, 0, m), v.slice(2, 0, m), Mask.lengths(length), PASS);
            // The same weights in a longer sum, folded in another order: at most 2 · 5 roundings in
            // the row sum and
            // as many in the mean of values smaller than 4; the dot products may be blocked
            // differently, 4 roundings
            // of size 8.
            assertWithin(
                    4 * (20 + 2 * 32) * DType.FLOAT64.unitRoundoff(),
                    plain.value(),
                    padded.value());
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void theOrderOfTheKeysDoesNotMatterAndThatOfTheQueriesIsKept(Kernel kernel) {
        Attention attention = Attention.of(kernel);
        int[] keyOrder = RandomStream.of(1).permutation(7);
        int[] queryOrder = RandomStream.of(2).permutation(5);
        Tensor q = tensor("q", 1, 1, 5, 3);
        Tensor k = tensor("k", 1, 1, 7, 3);
        Tensor v = tensor("v", 1, 1, 7, 2);
        Tensor plain = attention.apply(q, k, v, Mask.none(), PASS);
        Tensor mixed =
                attention.apply(
                        ordered(q, queryOrder),
                        ordered(k, keyOrder),
                        ordered(v, keyOrder),
                        Mask.none(),
                        PASS);
        // As above, with sums of 7.
        assertWithin(
                4 * (28 + 2 * 32) * DType.FLOAT64.unitRoundoff(),
                ordered(plain, queryOrder).value(),
                mixed.value());
    }

    private static Tensor ordered(Tensor x, int[] order) {
        return x.reshape(x.dim(2), x.dim(3)).gather(order).reshape(x.shape());
    }
}
