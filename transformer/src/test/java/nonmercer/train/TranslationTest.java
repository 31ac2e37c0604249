package nonmercer.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Schedule;
import nonmercer.layer.Tokens;
import nonmercer.model.Decoding;
import nonmercer.model.Design;
import nonmercer.model.EncoderDecoder;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class TranslationTest {
    @Test
    void itLearnsToWriteBackwards() {
        EncoderDecoder model = Examples.translator(Design.standard().withDropout(0), 16);
        ParameterTree tree = ParameterTree.of(model);
        List<Translation.Example> all = Examples.reversed();
        Translation task = new Translation(model, all, all, 40, 0);
        Recipe recipe = Recipe.of(40, Schedule.warmUpCosine(0.01, 20, 120, 0), 1);
        List<Epoch> epochs =
                new Trainer(tree, AdamW.of(tree, 0), recipe, Listener.silent()).train(task);
        assertEquals(1, epochs.stream().mapToDouble(Epoch::score).max().orElseThrow());
        // and it writes what it has learned, without being told the tokens before
        for (Decoding how : List.of(Decoding.greedy(7), Decoding.beam(3, 7))) {
            List<int[]> sources = all.stream().map(Translation.Example::source).toList();
            List<int[]> written = how.decode(model, Tokens.padded(sources, 0), 1, 2);
            for (int i = 0; i < written.size(); i++) {
                int[] target = all.get(i).target();
                assertArrayEquals(Arrays.copyOfRange(target, 1, target.length - 1), written.get(i));
            }
        }
    }

    @Test
    void tokenAccuracyCountsEveryTargetTokenAfterTheFirst() {
        EncoderDecoder model = Examples.translator(Design.standard(), 8);
        List<Translation.Example> examples = Examples.reversed();
        int right = 0;
        int all = 0;
        for (Translation.Example e : examples) {
            Tokens source = Tokens.padded(List.of(e.source()), 0);
            Tokens target = Tokens.padded(List.of(e.target()), 0);
            Pass pass = Pass.evaluation();
            Array logits =
                    model.logits(
                                    model.decode(model.memory(source, pass), source, target, pass),
                                    pass)
                            .value();
            for (int i = 0; i + 1 < e.target().length; i++) {
                int best = 0;
                for (int t = 1; t < 7; t++) {
                    best = logits.get(0, i, t) > logits.get(0, i, best) ? t : best;
                }
                right += best == e.target()[i + 1] ? 1 : 0;
                all++;
            }
        }
        assertTrue(right > 0 && right < all, "an untrained model is sometimes right");
        assertEquals(right / (double) all, Translation.tokenAccuracy(model, examples, 30));
        assertEquals(
                right / (double) all, new Translation(model, examples, examples, 30, 0).validate());
    }

    @Test
    void batchesHoldNoMoreThanTheirTokensOnEitherSide() {
        EncoderDecoder model = Examples.translator(Design.standard(), 8);
        List<Translation.Example> examples = Examples.reversed();
        Translation task = new Translation(model, examples, examples, 30, 0);
        int pairs = 0;
        for (Translation.Batch batch : task.epoch(RandomStream.of(1))) {
            assertTrue(batch.source().batch() * batch.source().length() <= 30);
            assertTrue(batch.target().batch() * batch.target().length() <= 30);
            assertEquals(batch.source().batch(), batch.target().batch());
            assertEquals(batch.source().count() + batch.target().count(), task.tokens(batch));
            pairs += batch.source().batch();
        }
        assertEquals(20, pairs);
    }

    @Test
    void aPairWithNothingToReadOrWriteIsRefused() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Translation.Example(new int[0], new int[] {1, 2}));
        assertEquals(
                "a pair needs a source token and, after the start mark, a target token; got 0 and 2 tokens",
                e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Translation.Example(new int[1], new int[] {1}));
        EncoderDecoder model = Examples.translator(Design.standard(), 8);
        List<Translation.Example> some = Examples.reversed();
        var f =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Translation(model, some, List.of(), 30, 0));
        assertEquals(
                "training needs at least one pair to train on and one to validate on, got 20 and 0",
                f.getMessage());
    }
}
