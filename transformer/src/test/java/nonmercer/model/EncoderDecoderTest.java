package nonmercer.model;

import static nonmercer.model.Models.PASS;
import static nonmercer.model.Models.tokens;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.Mask;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Kernels;
import nonmercer.layer.Placement;
import nonmercer.layer.Tokens;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderDecoderTest {
    private static final Tokens SOURCE = tokens(new int[] {1, 2, 3, 4}, new int[] {5, 6});
    private static final Tokens TARGET = tokens(new int[] {1, 3, 5}, new int[] {1, 6, 4});

    static Stream<Kernel> catalogue() {
        return Kernels.attended();
    }

    private static EncoderDecoder model(Design design) {
        return EncoderDecoder.create(Models.config(design), RandomStream.of(3));
    }

    private static Tensor logits(EncoderDecoder model, Tokens source, Tokens target) {
        return model.logits(model.decode(model.memory(source, PASS), source, target, PASS), PASS);
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void aDecoderIsItsParts(Placement placement) {
        EncoderDecoder model = model(Models.DESIGN.with(placement));
        Encoder encoder = model.encoder();
        Tensor memory = encoder.apply(SOURCE, PASS);
        Tensor x = encoder.positions().embed(encoder.embedding().apply(TARGET, PASS), PASS);
        for (var block : model.decoder()) {
            x =
                    block.apply(
                            x,
                            memory,
                            Mask.causal(),
                            Mask.lengths(4, 2),
                            encoder.positions(),
                            PASS);
        }
        assertEquals(placement == Placement.PRE, model.last().isPresent());
        Tensor expected = model.last().isPresent() ? model.last().get().apply(x, PASS) : x;
        assertEquals(expected.value(), model.decode(memory, SOURCE, TARGET, PASS).value());
        assertEquals(
                encoder.embedding().logits(expected, PASS).value(),
                logits(model, SOURCE, TARGET).value());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2})
    void theLossIsTheMeanOverTheTargetTokensAfterTheFirst(double smoothing) {
        EncoderDecoder model = model(Models.DESIGN);
        Tokens target = tokens(new int[] {1, 3, 5, 2}, new int[] {1, 6});
        Array logits = logits(model, SOURCE, target).value();
        assertEquals(Shape.of(2, 4, 7), logits.shape());
        double sum =
                Models.crossEntropy(logits, 0, 3, smoothing)
                        + Models.crossEntropy(logits, 1, 5, smoothing)
                        + Models.crossEntropy(logits, 2, 2, smoothing)
                        + Models.crossEntropy(logits, 4, 6, smoothing);
        // As for a language model.
        assertEquals(
                sum / 4,
                model.loss(SOURCE, target, smoothing, PASS).item(),
                1000 * DType.FLOAT64.unitRoundoff());
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void aTargetSeesItsPastAndTheWholeSource(Kernel kernel) {
        EncoderDecoder model = model(Models.DESIGN.with(kernel));
        Tokens source = tokens(new int[] {1, 2, 3, 4});
        Tensor before = logits(model, source, tokens(new int[] {1, 3, 5, 6}));
        Tensor after = logits(model, source, tokens(new int[] {1, 3, 2, 2}));
        assertEquals(before.slice(1, 0, 2).value(), after.slice(1, 0, 2).value());
        assertNotEquals(before.slice(1, 2, 3).value(), after.slice(1, 2, 3).value());
        Tensor otherSource =
                logits(model, tokens(new int[] {1, 2, 3, 5}), tokens(new int[] {1, 3, 5, 6}));
        assertNotEquals(before.slice(1, 0, 1).value(), otherSource.slice(1, 0, 1).value());
    }

    @Test
    void thePaddingOfSourceAndTargetDoesNotMatter() {
        EncoderDecoder model = model(Models.DESIGN);
        Tensor alone = logits(model, tokens(new int[] {5, 6}), tokens(new int[] {1, 6}));
        Tensor padded =
                logits(
                                model,
                                tokens(new int[] {1, 2, 3, 4, 5, 6}, new int[] {5, 6}),
                                tokens(new int[] {1, 3, 5, 2}, new int[] {1, 6}))
                        .slice(0, 1, 2)
                        .slice(1, 0, 2);
        // As for a classifier: longer sums and other blocks, magnified by four blocks.
        assertTrue(Models.most(alone, padded) <= 1e5 * DType.FLOAT64.unitRoundoff());
    }

    @Test
    void sequencesLongerThanTheLimitAreRefused() {
        EncoderDecoder model = model(Models.DESIGN);
        Tensor memory = model.memory(SOURCE, PASS);
        assertThrows(IllegalArgumentException.class, () -> model.memory(tokens(new int[13]), PASS));
        assertThrows(
                IllegalArgumentException.class,
                () -> model.decode(memory, SOURCE, tokens(new int[13], new int[13]), PASS));
    }

    @Test
    void gradientsOfAWholeModelAgreeWithDifferences() {
        EncoderDecoder model =
                EncoderDecoder.create(
                        new Config(new Sizes(7, 4, 4, 2, 4, 1), Models.DESIGN, DType.FLOAT64),
                        RandomStream.of(1));
        GradCheck.of(ParameterTree.of(model), pass -> model.loss(SOURCE, TARGET, 0.1, pass))
                .check()
                .orThrow();
    }

    /// Sources of different lengths, so that the memory has padding.
    @Test
    void tokensReadIntoAStateGetTheBitsOfTheFullPass() {
        EncoderDecoder model =
                EncoderDecoder.create(
                        new Config(Models.SIZES, Models.DESIGN, DType.FLOAT32), RandomStream.of(3));
        Tokens source = Models.tokens(new int[] {1, 2, 3, 4}, new int[] {5, 6});
        int[][] target = {{1, 2, 3, 4, 5}, {6, 5, 4, 3, 2}};
        Tensor memory = model.memory(source, Models.PASS);
        Tensor full = model.decode(memory, source, Models.tokens(target), Models.PASS);
        DecoderState state = model.start(memory, source, Models.PASS);
        for (int t = 0; t < 5; t++) {
            Tokens next = Models.tokens(new int[] {target[0][t]}, new int[] {target[1][t]});
            assertEquals(
                    full.slice(1, t, t + 1).value(),
                    model.read(next, state, Models.PASS).value(),
                    "token " + t);
        }
    }
}
