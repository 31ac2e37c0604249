package nonmercer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Reduce;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Schedule;
import nonmercer.layer.Tokens;
import nonmercer.model.Config;
import nonmercer.model.Design;
import nonmercer.model.LanguageModel;
import nonmercer.model.Sizes;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class LanguageModellingTest {
    private static LanguageModel model(int width) {
        Config config =
                new Config(
                        new Sizes(8, 12, width, 2, 2 * width, 1),
                        Design.standard().withDropout(0),
                        DType.FLOAT32);
        return LanguageModel.create(config, RandomStream.of(1));
    }

    /// Two tokens, then again and again those two: what comes next stands two places before.
    private static List<int[]> echoes() {
        List<int[]> all = new ArrayList<>();
        for (int a = 1; a < 8; a++) {
            for (int b = 1; b < 8; b++) {
                int[] s = new int[4 + (a + b) % 3];
                for (int i = 0; i < s.length; i++) {
                    s[i] = i % 2 == 0 ? a : b;
                }
                all.add(s);
            }
        }
        return all;
    }

    @Test
    void itLearnsToLookBack() {
        LanguageModel model = model(16);
        ParameterTree tree = ParameterTree.of(model);
        List<int[]> all = echoes();
        LanguageModelling task = new LanguageModelling(model, all, all, 80, 0);
        Recipe recipe = Recipe.of(40, Schedule.warmUpCosine(0.01, 20, 160, 0), 1);
        List<Epoch> epochs =
                new Trainer(tree, AdamW.of(tree, 0), recipe, Listener.silent()).train(task);
        assertTrue(epochs.getLast().score() > epochs.getFirst().score());
        for (int[] s : all) {
            int[] best =
                    Reduce.argMax(
                            model.logits(Tokens.padded(List.of(s), 0), Pass.evaluation()).value());
            for (int i = 1; i + 1 < s.length; i++) {
                assertEquals(s[i + 1], best[i]);
            }
        }
    }

    @Test
    void theScoreIsTheMeanOverAllPredictedTokens() {
        LanguageModel model = model(8);
        List<int[]> all = echoes();
        double sum = 0;
        int count = 0;
        for (int[] s : all) {
            Array logits = model.logits(Tokens.padded(List.of(s), 0), Pass.evaluation()).value();
            for (int i = 0; i + 1 < s.length; i++) {
                double total = 0;
                for (int t = 0; t < 8; t++) {
                    total += Math.exp(logits.get(0, i, t));
                }
                sum += logits.get(0, i, s[i + 1]) - Math.log(total);
                count++;
            }
        }
        // float32: scores up to 8 that went through some 200 roundings.
        assertEquals(
                sum / count,
                new LanguageModelling(model, all, all, 40, 0.5).validate(),
                2000 * 0x1p-24);
    }

    @Test
    void everySequenceIsInOneBatch() {
        List<int[]> all = echoes();
        LanguageModelling task = new LanguageModelling(model(8), all, all, 40, 0);
        int sequences = 0;
        for (Tokens batch : task.epoch(RandomStream.of(1))) {
            assertTrue(batch.batch() * batch.length() <= 40);
            assertEquals(batch.count(), task.tokens(batch));
            sequences += batch.batch();
        }
        assertEquals(all.size(), sequences);
    }

    @Test
    void nothingToPredictIsRefused() {
        LanguageModel model = model(8);
        List<int[]> all = echoes();
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new LanguageModelling(model, all, List.of(new int[] {3}), 40, 0));
        assertEquals(
                "a sequence to model needs a token and one that follows, got 1", e.getMessage());
        var f =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new LanguageModelling(model, all, List.of(), 40, 0));
        assertEquals(
                "training needs at least one sequence to train on and one to validate on, got 49 and 0",
                f.getMessage());
    }
}
