package nonmercer.model;

import static nonmercer.model.Models.PASS;
import static nonmercer.model.Models.tokens;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.attention.Attention;
import nonmercer.attention.Evaluation;
import nonmercer.attention.Landmarks;
import nonmercer.autodiff.Gradients;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.feature.FeatureExpression;
import nonmercer.feature.FeatureName;
import nonmercer.feature.Features;
import nonmercer.io.Json;
import nonmercer.io.RecordJson;
import nonmercer.kernel.ExpDot;
import nonmercer.layer.Positions;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Models whose attention goes through features.
class LinearTimeModelTest {
    private static final int VOCABULARY = 7;

    private static Design design(String features) {
        Features.Named named = FeatureExpression.parse(features, 12);
        return Design.standard()
                .with(Attention.of(named.kernel().orElse(new ExpDot())).linear(named))
                .with(Positions.Kind.ROTARY)
                .withDropout(0);
    }

    private static Config config(String features, DType dtype) {
        return new Config(new Sizes(VOCABULARY, 90, 8, 2, 8, 2), design(features), dtype);
    }

    private static LanguageModel model(String features) {
        return LanguageModel.create(config(features, DType.FLOAT64), RandomStream.of(3));
    }

    /// Read token by token with a state of constant size: the rows of the whole sequence.
    @ParameterizedTest
    @EnumSource(FeatureName.class)
    void streamingEqualsTheFullPass(FeatureName name) {
        LanguageModel model = model(name.text());
        int[] ids = RandomStream.of(1).ints(70, 0, VOCABULARY).toArray();
        Array full = model.logits(tokens(ids), PASS).value();
        DecoderState state = model.start();
        long numbers = 0;
        int at = 0;
        for (int step : new int[] {3, 1, 1, 60, 5}) {
            Array part =
                    model.read(tokens(Arrays.copyOfRange(ids, at, at + step)), state, PASS).value();
            for (int i = 0; i < part.size(); i++) {
                // Sums of 70 keys in another order through two blocks: 2¹⁰ roundings of logits of
                // size 1; waves cancel to 1/100 at most.
                assertEquals(full.at(at * VOCABULARY + i), part.at(i), 1e-9, name.text());
            }
            at += step;
            assertTrue(numbers == 0 || numbers == state.own(0).numbers(), "the state is constant");
            numbers = state.own(0).numbers();
        }
    }

    /// A beam takes up what another sequence has read.
    @Test
    void statesArePicked() {
        LanguageModel model = model("favor+");
        DecoderState state = model.start();
        model.read(tokens(new int[] {1, 2, 3}, new int[] {4, 5, 6}), state, PASS);
        state.pick(1, 1, 0);
        Array next =
                model.read(tokens(new int[] {1}, new int[] {2}, new int[] {1}), state, PASS)
                        .value();
        for (int[] c : new int[][] {{0, 4, 5, 6, 1}, {1, 4, 5, 6, 2}, {2, 1, 2, 3, 1}}) {
            Array full = model.logits(tokens(Arrays.copyOfRange(c, 1, 5)), PASS).value();
            for (int i = 0; i < VOCABULARY; i++) {
                assertEquals(full.at(3 * VOCABULARY + i), next.at(c[0] * VOCABULARY + i), 1e-12);
            }
        }
    }

    /// A saved configuration draws the noise again that its model had: the same bits.
    @ParameterizedTest
    @ValueSource(strings = {"gmm-prf", "gmm-rks(fixed)", "favor++(noise=step)", "elu+1"})
    void aSavedConfigurationDrawsTheSameFeatures(String features) {
        LanguageModel model =
                LanguageModel.create(config(features, DType.FLOAT32), RandomStream.of(5));
        Json written = RecordJson.write(model.stack().config(), Config.class);
        Config read = RecordJson.read(written, Config.class);
        LanguageModel again = LanguageModel.create(read, RandomStream.of(0));
        ParameterTree.of(again).restore(ParameterTree.of(model).snapshot());
        int[] ids = {1, 5, 2, 2, 6};
        assertEquals(
                model.logits(tokens(ids), PASS).value(), again.logits(tokens(ids), PASS).value());
        LanguageModel other =
                LanguageModel.create(config(features, DType.FLOAT32), RandomStream.of(6));
        ParameterTree.of(other).restore(ParameterTree.of(model).snapshot());
        boolean same =
                model.logits(tokens(ids), PASS)
                        .value()
                        .equals(other.logits(tokens(ids), PASS).value());
        assertEquals(features.equals("elu+1"), same, "another model has other noise");
    }

    /// Spectra of every block are parameters of the model, and each gets a gradient.
    @Test
    void spectraAreTrained() {
        LanguageModel model = model("gmm-prf(noise=step)");
        ParameterTree tree = ParameterTree.of(model);
        List<Map.Entry<String, Parameter>> spectra =
                tree.byName().entrySet().stream()
                        .filter(e -> e.getKey().contains("features"))
                        .toList();
        assertEquals(4, spectra.size(), tree.byName().keySet().toString());
        try (Tape tape = Tape.open()) {
            Pass pass = Pass.training(tape, RandomStream.of(9));
            Gradients g = tape.gradients(model.loss(tokens(new int[] {1, 2, 3, 4}), 0, pass), tree);
            for (Map.Entry<String, Parameter> e : spectra) {
                double size = 0;
                for (double x : g.of(e.getValue()).toDoubles()) {
                    size += Math.abs(x);
                }
                assertTrue(size > 0, e.getKey());
            }
        }
    }

    /// Noise of a step differs from step to step and not between two passes of one; evaluation has
    /// its own for ever.
    @Test
    void noiseFollowsItsPolicy() {
        LanguageModel model = model("favor+(noise=step)");
        int[] ids = {1, 2, 3, 4};
        assertEquals(training(model, ids, 1), training(model, ids, 1));
        assertTrue(!training(model, ids, 1).equals(training(model, ids, 2)));
        assertEquals(
                model.logits(tokens(ids), PASS).value(), model.logits(tokens(ids), PASS).value());
        LanguageModel frozen = model("favor+");
        assertEquals(training(frozen, ids, 1), training(frozen, ids, 2));
    }

    private static Array training(LanguageModel model, int[] ids, int step) {
        try (Tape tape = Tape.open()) {
            return model.logits(tokens(ids), Pass.training(tape, RandomStream.of(step)))
                    .value()
                    .copy();
        }
    }

    @Test
    void everyModelHasIt() {
        Config config = config("gmm-prf", DType.FLOAT64);
        int[] ids = {1, 2, 3};
        EncoderDecoder translator = EncoderDecoder.create(config, RandomStream.of(1));
        int[] written =
                Decoding.beam(2, 5).decode(translator, tokens(ids, new int[] {4}), 1, 2).getFirst();
        assertTrue(written.length <= 5);
        Classifier classifier = Classifier.create(config, 3, RandomStream.of(1));
        assertArrayEquals(
                classifier.predict(List.of(ids), 100), classifier.predict(List.of(ids), 100));
        Design landmarks =
                config.design()
                        .with(
                                Attention.of(new ExpDot())
                                        .with(new Evaluation.Nystrom(4, Landmarks.SEGMENT_MEANS)));
        for (Design design : List.of(config.design(), landmarks)) {
            var e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> Config.of(config.sizes(), design.with(Positions.Kind.ALIBI)));
            assertTrue(String.valueOf(e.getMessage()).contains("linear biases"), e.getMessage());
        }
    }
}
