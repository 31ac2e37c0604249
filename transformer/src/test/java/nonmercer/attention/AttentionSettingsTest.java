package nonmercer.attention;

import static nonmercer.kernel.Sample.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Catalogue;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Kernels;
import nonmercer.kernel.Quadratic;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

/// Bias, dropout, denominators and masks, each by itself: what it does, is planned as and refuses.
class AttentionSettingsTest {
    private static final RandomStream DROPS = RandomStream.of(5).at("drops");

    @Test
    void aBiasIsAFactorOfTheWeight() {
        Tensor q = Tensor.of(normal("q", DType.FLOAT64, 1, 1, 1, 2));
        Tensor k = Tensor.of(normal("k", DType.FLOAT64, 1, 1, 2, 2));
        Tensor v = Tensor.of(Array.of(Shape.of(1, 1, 2, 1), 0.0, 1.0));
        for (Kernel kernel : Catalogue.kernels().values()) {
            Attention attention = attention(kernel);
            double plain = share(attention, q, k, v, Bias.none());
            double biased =
                    share(
                            attention,
                            q,
                            k,
                            v,
                            Bias.of(Tensor.of(Array.of(Shape.of(1, 2), 0.0, Math.log(3)))));
            // w₂/(w₁ + w₂) → 3w₂/(w₁ + 3w₂); a few dozen roundings of numbers of at most 1
            assertEquals(3 * plain / (1 + 2 * plain), biased, 1e-12, kernel.name());
        }
    }

    private static Attention attention(Kernel kernel) {
        return Attention.of(kernel, new Denominator.Signed(0));
    }

    private static double share(Attention a, Tensor q, Tensor k, Tensor v, Bias bias) {
        return a.apply(q, k, v, Mask.none(), bias, Pass.evaluation()).value().at(0);
    }

    @Test
    void linearBiasFallsWithTheDistanceFromTheLastKey() {
        // Constant queries: the weights are the bias alone.
        Tensor q = Tensor.of(Array.zeros(DType.FLOAT64, Shape.of(1, 2, 2, 1)));
        Tensor k = Tensor.of(Array.zeros(DType.FLOAT64, Shape.of(1, 2, 3, 1)));
        Array w =
                Attention.of(new ExpDot())
                        .weights(q, k, Mask.none(), Bias.linear(1, 2), Pass.evaluation())
                        .value();
        // Query 0 of 2 stands at key 1 of 3, query 1 at key 2.
        double[] e = {Math.exp(-1), 1, Math.exp(-1), Math.exp(-2), Math.exp(-1), 1};
        for (int h = 0; h < 2; h++) {
            for (int i = 0; i < 2; i++) {
                double sum = 0;
                for (int j = 0; j < 3; j++) {
                    sum += Math.pow(e[3 * i + j], h + 1);
                }
                for (int j = 0; j < 3; j++) {
                    assertEquals(
                            Math.pow(e[3 * i + j], h + 1) / sum, w.get(0, h, i, j), 16 * 0x1p-53);
                }
            }
        }
        assertEquals(Bias.linear(0.25, 0.0625, 0.015625, 0.00390625), Bias.alibi(4));
    }

    @Test
    void hiddenBlocksAreNotComputed() {
        // One block in 64 is seen; the plan counts it, and NaN elsewhere leaves no trace.
        boolean[][] pattern = new boolean[8][8];
        pattern[3][5] = true;
        Mask mask = Mask.blocks(64, pattern);
        Shape shape = Shape.of(1, 1, 512, 4);
        Attention attention = Attention.of(new ExpDot());
        Plan plan = attention.plan(shape, shape, shape, mask, Bias.none());
        assertEquals(64 * 64 * 16, plan.flops());
        Array k = normal("k", DType.FLOAT32, 1, 1, 512, 4);
        Array v = normal("v", DType.FLOAT32, 1, 1, 512, 4);
        Array holes = Array.of(k.shape(), k.toDoubles()).cast(DType.FLOAT32);
        Arrays.fill(holes.floats(), 0, 320 * 4, Float.NaN);
        Tensor q = Tensor.of(normal("q", DType.FLOAT32, 1, 1, 512, 4));
        Pass pass = Pass.evaluation();
        Tensor full = attention.apply(q, Tensor.of(k), Tensor.of(v), mask, pass);
        assertEquals(
                full.value(),
                attention.apply(q, Tensor.of(holes), Tensor.of(v), mask, pass).value());
        assertEquals(0, full.value().get(0, 0, 0, 0));
        assertNotEquals(0, full.value().get(0, 0, 200, 0));
    }

    @Test
    void droppedWeightsAreAShareOfAllAndTheRestWeighMore() {
        int n = 64;
        int m = 1000;
        Tensor q = Tensor.of(Array.zeros(DType.FLOAT64, Shape.of(1, 1, n, 1)));
        Tensor k = Tensor.of(Array.zeros(DType.FLOAT64, Shape.of(1, 1, m, 1)));
        Tensor v = Tensor.of(Array.full(DType.FLOAT64, Shape.of(1, 1, m, 1), 1));
        try (Tape tape = Tape.open()) {
            Array out =
                    Attention.of(new ExpDot())
                            .withDropout(0.25)
                            .apply(q, k, v, Mask.none(), Pass.training(tape, DROPS))
                            .value();
            double mean = Arrays.stream(out.toDoubles()).average().orElseThrow();
            // 64,000 coins: a standard error of √(0.25·0.75/64000)/0.75 = 0.0023, five of them; the
            // seed is fixed, a fresh one would fail in 6 of 10⁷ runs.
            assertEquals(1, mean, 5 * 0.0023);
            assertNotEquals(1, out.at(0));
        }
        assertEquals(
                1,
                Attention.of(new ExpDot())
                        .withDropout(0.25)
                        .apply(q, k, v, Mask.none(), Pass.evaluation())
                        .value()
                        .at(0),
                m * 0x1p-53);
    }

    @Test
    void denominatorsSayWhatIsDividedBy() {
        // Weights 3 and −1, then 1 and −1, of values 1 and 10; results of a few roundings.
        Tensor q = Tensor.of(Array.of(Shape.of(1, 1, 1, 2), 1.0, 1.0));
        Tensor far = Tensor.of(Array.of(Shape.of(1, 1, 2, 2), 3.0, 0, 0, -1));
        Tensor level = Tensor.of(Array.of(Shape.of(1, 1, 2, 2), 1.0, 0, 0, -1));
        Tensor v = Tensor.of(Array.of(Shape.of(1, 1, 2, 1), 1.0, 10));
        assertEquals((3 - 10) / 2.0, signed(new Denominator.Signed(0.1), q, far, v), 1e-14);
        assertEquals((3 - 10) / 4.0, signed(new Denominator.Absolute(), q, far, v), 1e-14);
        assertEquals(3 - 10, signed(new Denominator.None(), q, far, v), 1e-14);
        assertEquals((3 - 10) / (0.75 * 4), signed(new Denominator.Signed(0.75), q, far, v), 1e-14);
        assertEquals(
                (1 - 10) / (0.125 * 2), signed(new Denominator.Signed(0.125), q, level, v), 1e-14);
        assertEquals(0, signed(new Denominator.Signed(0), q, level, v), 1e-14); // a sum of 0
        assertEquals((1 - 10) / 2.0, signed(new Denominator.Absolute(), q, level, v), 1e-14);
        assertEquals(
                "a guard is a share of the sum of the sizes, in [0, 1], got 2.0",
                assertThrows(IllegalArgumentException.class, () -> new Denominator.Signed(2))
                        .getMessage());
    }

    private static double signed(Denominator d, Tensor q, Tensor k, Tensor v) {
        Attention fused = Attention.of(new Kernels.Plain(), d);
        Pass pass = Pass.evaluation();
        double out = fused.apply(q, k, v, Mask.none(), pass).value().at(0);
        Attention unfused = fused.with(new Evaluation.AllPairs());
        assertEquals(
                unfused.apply(q, k, v, Mask.none(), pass).value().at(0), out, 1e-14, d.toString());
        return out;
    }

    /// Scores that rise from block to block: sums, sizes and means move with a row's shift. The sum
    /// of weights of one sign is that of their sizes. A weight is off by the roundings of its
    /// logarithm, at most 50 and of a few steps, and a sum by those of 200 terms: 500u = 6e-14 of
    /// the largest value.
    @Test
    void whatWasSummedMovesWithTheShift() {
        int m = 200;
        double[] rising = new double[m];
        Arrays.setAll(rising, j -> 0.25 * j);
        Tensor k = Tensor.of(Array.of(Shape.of(1, 1, m, 1), rising));
        Tensor q = Tensor.of(Array.of(Shape.of(1, 1, 2, 1), 1.0, -1));
        Tensor v = Tensor.of(normal("v", DType.FLOAT64, 1, 1, m, 3));
        double bound = 6e-14 * Arrays.stream(v.value().toDoubles()).map(Math::abs).max().orElse(0);
        Kernel dot = new ExpDot();
        Kernel level = new Quadratic();
        for (Kernel kernel : List.of(dot.times(level), dot.plus(level), new Gauss().plus(dot))) {
            for (Denominator d : List.of(new Denominator.Absolute(), new Denominator.Signed(0.5))) {
                Attention fused = Attention.of(kernel, d);
                Array expected =
                        fused.with(new Evaluation.AllPairs())
                                .apply(q, k, v, Mask.none(), Pass.evaluation())
                                .value();
                Array actual = fused.apply(q, k, v, Mask.none(), Pass.evaluation()).value();
                for (int i = 0; i < actual.size(); i++) {
                    assertEquals(expected.at(i), actual.at(i), bound, kernel.name() + d);
                }
            }
        }
    }

    /// Logits of ±400 in float32 in one term or factor, beside one without a logarithm.
    @Test
    void whatIsExponentialDoesNotOverflowBesideWhatIsNot() {
        Tensor q = Tensor.of(Array.of(Shape.of(1, 1, 2, 1), 20, -20).cast(DType.FLOAT32));
        Tensor k = Tensor.of(Array.of(Shape.of(1, 1, 2, 1), 20, 40).cast(DType.FLOAT32));
        Tensor v = Tensor.of(Array.of(Shape.of(1, 1, 2, 1), 1, 2).cast(DType.FLOAT32));
        Kernel dot = new ExpDot();
        Kernel level = new Quadratic(Coefficient.of(1e-6), 1);
        for (Kernel kernel :
                List.of(dot.times(level), dot.plus(level), dot.plus(level).scaled(3))) {
            Attention fused = Attention.of(kernel);
            for (Attention a : List.of(fused, fused.with(new Evaluation.AllPairs()))) {
                Array out = a.apply(q, k, v, Mask.none(), Pass.evaluation()).value();
                // The larger logit by e⁴⁰⁰; of the second query's sum only the level term is left.
                assertEquals(2, out.at(0), 1e-6, kernel.name());
                boolean sum = kernel.formula().contains("+ ");
                double second = out.at(1);
                assertTrue(second >= 1 && second < (sum ? 1.6 : 1 + 1e-6), kernel.name() + second);
            }
        }
    }

    @Test
    void aPlanSaysWhatIsApplied() {
        Shape q = Shape.of(2, 8, 128, 16);
        Shape k = Shape.of(2, 2, 128, 16);
        Plan plan =
                Attention.of(new Kernels.Plain(), new Denominator.Signed(0.01))
                        .withDropout(0.1)
                        .plan(q, k, k, Mask.causal(), Bias.alibi(8));
        assertEquals(
                List.of(
                        "mask Causal[]",
                        "weights times e^bias",
                        "8 heads of queries read 2 of keys in place",
                        "in training a share 0.1 of the weights is dropped",
                        "denominator Signed[guard=0.01]"),
                plan.applies());
        assertEquals(3 * 64 * 64 * 16L * (2 * 16 + 2 * 16), plan.flops()); // 3 of 4 tiles
        assertEquals(4L * 3 * 2 * 8 * 128, plan.bytes());
        assertTrue(plan.toString().contains("; mask Causal[]; weights times e^bias; 8 heads"));
    }

    @Test
    void whatDoesNotFitIsRefusedInASentence() {
        Tensor q = Tensor.of(normal("q", DType.FLOAT64, 1, 3, 4, 2));
        Tensor k = Tensor.of(normal("k", DType.FLOAT64, 1, 2, 5, 2));
        Attention attention = Attention.of(new ExpDot());
        assertRefused(
                "attention: the batches of queries [1, 3, 4, 2] and keys [1, 2, 5, 2] must be one, and"
                        + " the heads of the queries a multiple of those of the keys",
                () -> attention.apply(q, k, k, Mask.none(), Pass.evaluation()));
        Tensor one = Tensor.of(normal("k", DType.FLOAT64, 1, 1, 5, 2));
        assertRefused(
                "a bias of shape [1, 1, 4, 4] does not fit attention with scores [1, 3, 4, 5]",
                () ->
                        attention.apply(
                                q,
                                one,
                                one,
                                Mask.none(),
                                Bias.of(Tensor.of(normal("b", DType.FLOAT64, 4, 4))),
                                Pass.evaluation()));
        assertRefused(
                "a bias of shape [1, 2, 8] does not fit attention with scores [1, 3, 4, 5], which needs"
                        + " [1, 3, 8]",
                () ->
                        attention.apply(
                                q, one, one, Mask.none(), Bias.linear(1, 2), Pass.evaluation()));
        assertRefused(
                "the mask is a table of 4 x 4, needed is one of 4 x 5",
                () ->
                        attention.apply(
                                q,
                                one,
                                one,
                                Mask.table(FusedSettingsTest.pattern(4, 4, 2)),
                                Pass.evaluation()));
        assertRefused(
                "the dropout of the weights must be in [0, 1), got 1.0",
                () -> attention.withDropout(1));
    }

    private static void assertRefused(String sentence, Runnable use) {
        assertEquals(sentence, assertThrows(IllegalArgumentException.class, use::run).getMessage());
    }
}
