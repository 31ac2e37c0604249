package nonmercer.model;

import static nonmercer.model.Models.PASS;
import static nonmercer.model.Models.tokens;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import nonmercer.layer.HeadCount;
import nonmercer.layer.Positions;
import nonmercer.layer.Tokens;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageModelTest {
    static Stream<Kernel> catalogue() {
        return Kernels.attended();
    }

    private static LanguageModel model(Design design) {
        return LanguageModel.create(Models.config(design), RandomStream.of(2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2})
    void theLossIsTheMeanOverAllTokensThatHaveOneBefore(double smoothing) {
        LanguageModel model = model(Models.DESIGN);
        Tokens batch = tokens(new int[] {1, 2, 3, 4}, new int[] {6, 5}, new int[] {3});
        Array logits = model.logits(batch, PASS).value();
        assertEquals(Shape.of(3, 4, 7), logits.shape());
        double sum =
                Models.crossEntropy(logits, 0, 2, smoothing)
                        + Models.crossEntropy(logits, 1, 3, smoothing)
                        + Models.crossEntropy(logits, 2, 4, smoothing)
                        + Models.crossEntropy(logits, 4, 5, smoothing);
        // Rows of seven scores up to 10: less than 50 roundings of size 20 in each of four.
        assertEquals(
                sum / 4,
                model.loss(batch, smoothing, PASS).item(),
                1000 * DType.FLOAT64.unitRoundoff());
    }

    @Test
    void theScoresAreDotProductsWithTheEmbeddings() {
        LanguageModel model = model(Models.DESIGN);
        Tokens batch = tokens(new int[] {1, 2, 3});
        Tensor x = model.stack().apply(batch, Mask.causal(), PASS);
        assertEquals(
                model.stack().embedding().logits(x, PASS).value(),
                model.logits(batch, PASS).value());
    }

    @Test
    void theScoresAtSomePlacesAreThoseOfAll() {
        LanguageModel model = model(Models.DESIGN);
        Tokens batch = tokens(new int[] {1, 2, 3}, new int[] {4, 5});
        Array all = model.logits(batch, PASS).value();
        int[] places = {2, 0, 4};
        Array some = model.logits(batch, places, PASS).value();
        assertEquals(Shape.of(3, 7), some.shape());
        for (int i = 0; i < places.length; i++) {
            for (int t = 0; t < 7; t++) {
                // A product of fewer rows sums in the same order.
                assertEquals(all.get(places[i] / 3, places[i] % 3, t), some.get(i, t));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void theFutureDoesNotMoveABitOfThePast(Kernel kernel) {
        for (Positions.Kind positions : Positions.Kind.values()) {
            LanguageModel model = model(Models.DESIGN.with(kernel).with(positions));
            Tensor before = model.logits(tokens(new int[] {1, 2, 3, 4, 5, 6, 1, 2}), PASS);
            Tensor after = model.logits(tokens(new int[] {1, 2, 3, 4, 5, 2, 3, 3}), PASS);
            assertEquals(before.slice(1, 0, 5).value(), after.slice(1, 0, 5).value());
            assertNotEquals(before.slice(1, 5, 6).value(), after.slice(1, 5, 6).value());
        }
    }

    /// Prompts at once, then token by token, in the order of a beam that is reordered on the way.
    @ParameterizedTest
    @MethodSource("catalogue")
    void tokensReadIntoAStateGetTheBitsOfTheFullPass(Kernel kernel) {
        int[][] texts = {{1, 2, 3, 4, 5, 6, 1, 2}, {3, 3, 1, 6, 2, 2, 5, 4}};
        for (Positions.Kind positions : Positions.Kind.values()) {
            Config config =
                    new Config(
                            new Sizes(7, 12, 8, new HeadCount(4, 2), 12, 2),
                            Models.DESIGN.with(kernel).with(positions),
                            DType.FLOAT32);
            LanguageModel model = LanguageModel.create(config, RandomStream.of(2));
            Tensor full = model.logits(tokens(texts[1], texts[0]), PASS);
            DecoderState state = model.start();
            Tokens prompt = tokens(Arrays.copyOf(texts[0], 3), Arrays.copyOf(texts[1], 3));
            Tensor first = model.read(prompt, state, PASS);
            state.pick(1, 0);
            List<Tensor> all = new ArrayList<>(List.of(picked(first, 1, 0)));
            for (int t = 3; t < 8; t++) {
                Tokens next = tokens(new int[] {texts[1][t]}, new int[] {texts[0][t]});
                all.add(model.read(next, state, PASS));
            }
            assertEquals(8, state.read());
            assertEquals(
                    full.value(),
                    Tensor.concat(1, all).value(),
                    kernel.name() + " with positions " + positions);
        }
    }

    private static Tensor picked(Tensor x, int... rows) {
        return x.reshape(x.dim(0), x.dim(1) * x.dim(2))
                .gather(rows)
                .reshape(rows.length, x.dim(1), x.dim(2));
    }

    @Test
    void aStateReadsNoPaddingAndNoMoreThanTheModelTakes() {
        LanguageModel model = model(Models.DESIGN);
        assertEquals(
                "what is read into a state must have no padding; sequences of Tokens[2 x 2] are shorter"
                        + " than the batch",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        model.read(
                                                tokens(new int[] {1, 2}, new int[] {3}),
                                                model.start(),
                                                PASS))
                        .getMessage());
        DecoderState state = model.start();
        model.read(tokens(new int[12]), state, PASS);
        assertThrows(
                IllegalArgumentException.class, () -> model.read(tokens(new int[1]), state, PASS));
    }

    @Test
    void whatStandsInThePaddingDoesNotMatter() {
        LanguageModel model = model(Models.DESIGN);
        Tokens zeros = new Tokens(new int[] {1, 2, 3, 4, 5, 6, 0, 0}, 2, 4, new int[] {4, 2});
        Tokens others = new Tokens(new int[] {1, 2, 3, 4, 5, 6, 3, 1}, 2, 4, new int[] {4, 2});
        assertEquals(model.loss(zeros, 0.1, PASS).value(), model.loss(others, 0.1, PASS).value());
    }

    @Test
    void sequencesOfOneTokenHaveNothingToPredict() {
        assertEquals(
                0, model(Models.DESIGN).loss(tokens(new int[] {3}, new int[] {4}), 0, PASS).item());
    }

    @Test
    void gradientsOfAWholeModelAgreeWithDifferences() {
        Design design = Models.DESIGN.with(Positions.Kind.ROTARY);
        LanguageModel model =
                LanguageModel.create(
                        new Config(new Sizes(7, 4, 4, 2, 4, 1), design, DType.FLOAT64),
                        RandomStream.of(1));
        Tokens batch = tokens(new int[] {1, 2, 3}, new int[] {6, 5});
        GradCheck.of(ParameterTree.of(model), pass -> model.loss(batch, 0.1, pass))
                .check()
                .orThrow();
    }
}
