package nonmercer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Schedule;
import nonmercer.data.Split;
import nonmercer.data.task.Answered;
import nonmercer.data.task.Copy;
import nonmercer.layer.Tokens;
import nonmercer.metric.Accuracy;
import nonmercer.model.Config;
import nonmercer.model.Design;
import nonmercer.model.LanguageModel;
import nonmercer.model.Sizes;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class AnsweringTest {
    private static final Copy TASK = new Copy(4, 2, 1);

    private static LanguageModel model(int width) {
        Config config =
                new Config(
                        new Sizes(TASK.vocabulary(), 8, width, 2, 2 * width, 1),
                        Design.standard().withDropout(0),
                        DType.FLOAT32);
        return LanguageModel.create(config, RandomStream.of(1));
    }

    @Test
    void itLearnsToCopy() {
        LanguageModel model = model(16);
        Split<Answered> data = TASK.split(12, 2, 2, RandomStream.of(1));
        ParameterTree tree = ParameterTree.of(model);
        Answering task = new Answering(model, data.train(), data.train(), 30);
        Recipe recipe = Recipe.of(60, Schedule.warmUpCosine(0.01, 12, 120, 0), 1);
        new Trainer(tree, AdamW.of(tree, 0), recipe, Listener.silent()).train(task);
        assertEquals(new Accuracy(24, 24), task.accuracy(data.train()));
        assertEquals(1, task.validate());
    }

    @Test
    void theLossIsTheMeanOverTheAnswersAskedAndPaddingIsNone() {
        LanguageModel model = model(8);
        List<Answered> examples =
                List.of(
                        new Answered(new int[] {1, 5, 2}, new int[] {-1, 1, 3}),
                        new Answered(new int[] {2, 5, 0, 0, 5}, new int[] {-1, -1, -1, -1, 0}));
        Answering task = new Answering(model, examples, examples, 100);
        Answering.Batch batch = task.epoch(RandomStream.of(1)).getFirst();
        assertEquals(8, task.tokens(batch));
        double sum = 0;
        int right = 0;
        for (Answered e : examples) {
            Array logits =
                    model.logits(Tokens.padded(List.of(e.tokens()), 0), Pass.evaluation()).value();
            for (int i = 0; i < e.tokens().length; i++) {
                if (e.answers()[i] >= 0) {
                    double total = 0;
                    boolean best = true;
                    for (int t = 0; t < TASK.vocabulary(); t++) {
                        total += Math.exp(logits.get(0, i, t));
                        best &= logits.get(0, i, t) <= logits.get(0, i, e.answers()[i]);
                    }
                    sum += Math.log(total) - logits.get(0, i, e.answers()[i]);
                    right += best ? 1 : 0;
                }
            }
        }
        // float32: scores up to 8 that went through some 200 roundings.
        assertEquals(sum / 3, task.loss(batch, Pass.evaluation()).item(), 2000 * 0x1p-24);
        assertEquals(new Accuracy(right, 3), task.accuracy(examples));
    }

    @Test
    void everySequenceIsInOneBatchOfLimitedSize() {
        List<Answered> examples = TASK.split(10, 1, 1, RandomStream.of(2)).train();
        int sequences = 0;
        for (Answering.Batch batch :
                new Answering(model(8), examples, examples, 16).epoch(RandomStream.of(1))) {
            assertTrue(batch.tokens().batch() * batch.tokens().length() <= 16);
            sequences += batch.tokens().batch();
        }
        assertEquals(10, sequences);
    }

    @Test
    void whatAsksNothingIsRefused() {
        List<Answered> examples = TASK.split(2, 1, 1, RandomStream.of(2)).train();
        assertThrows(
                IllegalArgumentException.class,
                () -> new Answering(model(8), examples, List.of(), 16));
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Answered(new int[] {1, 2}, new int[] {-1, -1}));
        assertEquals("the sequence asks nothing: every answer is -1", e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Answered(new int[] {1, 2}, new int[] {1}));
    }
}
