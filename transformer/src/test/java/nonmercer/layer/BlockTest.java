package nonmercer.layer;

import static nonmercer.kernel.Sample.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.attention.Attention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Kernels;
import nonmercer.kernel.Sample;
import nonmercer.kernel.Warp;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Encoder and decoder blocks.
class BlockTest {
    private static final int D = 4;
    private static final RandomStream RANDOM = RandomStream.of(3);
    private static final Positions ABSENT = new Positions.Absent();
    private static final Pass PASS = Pass.evaluation();
    private static final Mask PADDING = Mask.lengths(3, 2);

    private static MultiHeadAttention attention(String name, Kernel kernel) {
        return MultiHeadAttention.create(
                RANDOM.at(name), D, 2, Attention.of(kernel), DType.FLOAT64);
    }

    private static EncoderBlock encoder(
            Kernel kernel, Placement placement, Norm.Kind norm, double dropout) {
        return new EncoderBlock(
                norm.create(D, DType.FLOAT64),
                attention("own", kernel),
                norm.create(D, DType.FLOAT64),
                FeedForward.create(RANDOM.at("ff"), D, 6, Activation.GELU, dropout, DType.FLOAT64),
                placement,
                dropout);
    }

    private static DecoderBlock decoder(Kernel kernel, Placement placement, Norm.Kind norm) {
        return new DecoderBlock(
                encoder(kernel, placement, norm, 0),
                new CrossAttention(norm.create(D, DType.FLOAT64), attention("cross", kernel)));
    }

    // --- written out ---

    @Test
    void aPreNormEncoderBlockNormalisesWhatItTransforms() {
        EncoderBlock b = encoder(new ExpDot(), Placement.PRE, Norm.Kind.LAYER, 0);
        Tensor x = tensor("x", 2, 3, D);
        Tensor z = b.attentionNorm().apply(x, PASS);
        Tensor y = x.add(b.attention().apply(z, z, PADDING, ABSENT, PASS));
        Tensor out = y.add(b.feedForward().apply(b.feedForwardNorm().apply(y, PASS), PASS));
        assertEquals(out.value(), b.apply(x, PADDING, ABSENT, PASS).value());
    }

    @Test
    void aPostNormEncoderBlockNormalisesTheSum() {
        EncoderBlock b = encoder(new ExpDot(), Placement.POST, Norm.Kind.RMS, 0);
        Tensor x = tensor("x", 2, 3, D);
        Tensor y =
                b.attentionNorm()
                        .apply(x.add(b.attention().apply(x, x, PADDING, ABSENT, PASS)), PASS);
        Tensor out = b.feedForwardNorm().apply(y.add(b.feedForward().apply(y, PASS)), PASS);
        assertEquals(out.value(), b.apply(x, PADDING, ABSENT, PASS).value());
    }

    @Test
    void theFeedForwardLayerIsTwoProjectionsAroundItsActivation() {
        FeedForward f = encoder(new ExpDot(), Placement.PRE, Norm.Kind.LAYER, 0).feedForward();
        Tensor x = tensor("x", 2, 3, D);
        assertEquals(
                f.out().apply(f.in().apply(x, PASS).gelu(), PASS).value(),
                f.apply(x, PASS).value());
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void aDecoderBlockAsksItselfThenTheMemory(Placement placement) {
        DecoderBlock b = decoder(new ExpDot(), placement, Norm.Kind.LAYER);
        EncoderBlock own = b.own();
        Tensor x = tensor("x", 2, 4, D);
        Tensor memory = tensor("memory", 2, 3, D);
        Mask mask = Mask.causal();
        Positions rotary = new Positions.Rotary(10);
        Tensor out = b.apply(x, memory, mask, PADDING, rotary, PASS);
        Tensor expected;
        if (placement == Placement.PRE) {
            Tensor z = own.attentionNorm().apply(x, PASS);
            Tensor y = x.add(own.attention().apply(z, z, mask, rotary, PASS));
            Tensor asks = b.cross().norm().apply(y, PASS);
            Tensor w = y.add(b.cross().attention().apply(asks, memory, PADDING, ABSENT, PASS));
            expected = w.add(own.feedForward().apply(own.feedForwardNorm().apply(w, PASS), PASS));
        } else {
            Tensor y =
                    own.attentionNorm()
                            .apply(x.add(own.attention().apply(x, x, mask, rotary, PASS)), PASS);
            Tensor w =
                    b.cross()
                            .norm()
                            .apply(
                                    y.add(
                                            b.cross()
                                                    .attention()
                                                    .apply(y, memory, PADDING, ABSENT, PASS)),
                                    PASS);
            expected = own.feedForwardNorm().apply(w.add(own.feedForward().apply(w, PASS)), PASS);
        }
        assertEquals(expected.value(), out.value());
    }

    // --- gradients ---

    static Stream<Arguments> designs() {
        Kernel trained =
                new ExpDot(Coefficient.trained(0.6, DType.FLOAT64))
                        .warped(new Warp.Ard(Sample.parameter("ard", 0.2, D / 2)));
        return Stream.concat(Kernels.differentiable(), Stream.of(trained))
                .flatMap(kernel ->
                        Stream.of(
                                Arguments.of(kernel, Placement.PRE, Norm.Kind.LAYER),
                                Arguments.of(kernel, Placement.POST, Norm.Kind.RMS)));
    }

    @ParameterizedTest
    @MethodSource("designs")
    void gradientsOfAnEncoderBlockAgreeWithDifferences(
            Kernel kernel, Placement placement, Norm.Kind norm) {
        EncoderBlock b = encoder(kernel, placement, norm, 0);
        Tensor x = tensor("x", 2, 3, D);
        ParameterTree model = ParameterTree.of(b);
        GradCheck.of(model, pass -> b.apply(x, PADDING, ABSENT, pass)).check().orThrow();
        GradCheck.of(in -> b.apply(in.getFirst(), PADDING, ABSENT, PASS))
                .at(x.value())
                .check()
                .orThrow();
        assertEveryParameterIsTrained(model, pass -> b.apply(x, PADDING, ABSENT, pass));
    }

    @ParameterizedTest
    @MethodSource("designs")
    void gradientsOfADecoderBlockAgreeWithDifferences(
            Kernel kernel, Placement placement, Norm.Kind norm) {
        DecoderBlock b = decoder(kernel, placement, norm);
        Tensor x = tensor("x", 2, 3, D);
        Tensor memory = tensor("memory", 2, 3, D);
        ParameterTree model = ParameterTree.of(b);
        GradCheck.of(model, pass -> b.apply(x, memory, Mask.causal(), PADDING, ABSENT, pass))
                .check()
                .orThrow();
        GradCheck.of(in -> b.apply(in.get(0), in.get(1), Mask.causal(), PADDING, ABSENT, PASS))
                .at(x.value(), memory.value())
                .check()
                .orThrow();
        assertEveryParameterIsTrained(
                model, pass -> b.apply(x, memory, Mask.causal(), PADDING, ABSENT, pass));
    }

    private static void assertEveryParameterIsTrained(
            ParameterTree model, Function<Pass, Tensor> f) {
        try (Tape tape = Tape.open()) {
            Tensor out = f.apply(Pass.recorded(tape));
            var gradients =
                    tape.gradients(
                            out.mul(Tensor.of(Sample.normal("w", DType.FLOAT64, 2, 3, D))).sum(),
                            model);
            model.forEach((name, p) -> {
                double most = 0;
                for (double g : gradients.of(p).toDoubles()) {
                    most = Math.max(most, Math.abs(g));
                }
                assertTrue(
                        most > 0, name); // rounding leaves something even where the derivative is 0
            });
        }
    }

    // --- dropout ---

    private static Array train(EncoderBlock b, Tensor x, RandomStream stream) {
        try (Tape tape = Tape.open()) {
            return b.apply(x, Mask.none(), ABSENT, Pass.training(tape, stream)).value();
        }
    }

    @Test
    void dropoutIsAFunctionOfTheStream() {
        EncoderBlock b = encoder(new ExpDot(), Placement.PRE, Norm.Kind.LAYER, 0.5);
        Tensor x = tensor("x", 2, 3, D);
        Array first = train(b, x, RandomStream.of(1).at("step/1"));
        assertEquals(first, train(b, x, RandomStream.of(1).at("step/1")));
        assertNotEquals(first, train(b, x, RandomStream.of(1).at("step/2")));
        assertNotEquals(first, train(b, x, RandomStream.of(2).at("step/1")));
    }

    @Test
    void evaluationDropsNothing() {
        EncoderBlock dropping = encoder(new ExpDot(), Placement.PRE, Norm.Kind.LAYER, 0.5);
        EncoderBlock plain = encoder(new ExpDot(), Placement.PRE, Norm.Kind.LAYER, 0);
        Tensor x = tensor("x", 2, 3, D);
        assertEquals(
                plain.apply(x, PADDING, ABSENT, PASS).value(),
                dropping.apply(x, PADDING, ABSENT, PASS).value());
    }

    @Test
    void aResidualIsDroppedWholeElementsAtATime() {
        // A block whose branches are dropped almost surely is the identity where they are.
        EncoderBlock b = encoder(new ExpDot(), Placement.PRE, Norm.Kind.LAYER, 0.999);
        Tensor x = tensor("x", 2, 3, D);
        Array y = train(b, x, RandomStream.of(1));
        int kept = 0;
        for (int i = 0; i < y.size(); i++) {
            kept += y.at(i) == x.value().at(i) ? 1 : 0;
        }
        assertTrue(kept >= y.size() - 2, kept + " of " + y.size()); // 48 chances in a thousand
    }
}
