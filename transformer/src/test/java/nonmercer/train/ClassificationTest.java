package nonmercer.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Schedule;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Kernels;
import nonmercer.layer.Tokens;
import nonmercer.model.Classifier;
import nonmercer.model.Design;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassificationTest {
    static Stream<Kernel> catalogue() {
        return Kernels.attended();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void everyKernelLearnsATaskOfOrder(Kernel kernel) {
        Classifier model = Examples.classifier(Design.standard().with(kernel).withDropout(0), 16);
        ParameterTree tree = ParameterTree.of(model);
        Classification task =
                new Classification(
                        model,
                        Examples.order("train", 400, 4),
                        Examples.order("validation", 60, 4),
                        200,
                        0);
        Recipe recipe = Recipe.of(20, Schedule.warmUpCosine(0.01, 20, 160, 0), 1);
        List<Epoch> epochs =
                new Trainer(tree, AdamW.of(tree, 0), recipe, Listener.silent()).train(task);
        double best = epochs.stream().mapToDouble(Epoch::score).max().orElseThrow();
        assertEquals(1, best, kernel.name());
        assertEquals(best, task.validate(), "the model stands at its best epoch");
    }

    @Test
    void aBatchIsItsSequencesAndItsLossTheirMean() {
        Classifier model = Examples.classifier(Design.standard(), 8);
        List<Classification.Example> train = new ArrayList<>(Examples.order("a", 5, 4));
        train.addAll(Examples.order("b", 4, 7));
        Classification task = new Classification(model, train, train, 14, 0.1);
        List<Classification.Batch> batches = task.epoch(RandomStream.of(3));
        int seen = 0;
        for (Classification.Batch batch : batches) {
            Tokens tokens = batch.tokens();
            assertTrue(tokens.batch() * tokens.length() <= 14);
            assertEquals(tokens.count(), task.tokens(batch));
            double expected = 0;
            for (int b = 0; b < tokens.batch(); b++) {
                int[] sequence =
                        Arrays.copyOfRange(
                                tokens.ids(),
                                b * tokens.length(),
                                b * tokens.length() + tokens.lengths()[b]);
                var match =
                        train.stream()
                                .filter(e -> Arrays.equals(e.tokens(), sequence))
                                .findFirst()
                                .orElseThrow();
                assertEquals(match.label(), batch.labels()[b]);
                expected +=
                        model.logits(Tokens.padded(List.of(sequence), 0), Pass.evaluation())
                                        .crossEntropy(new int[] {match.label()}, 0.1)
                                        .item()
                                / tokens.batch();
                seen++;
            }
            // float32: scores up to 4 that went through some 200 roundings.
            assertEquals(expected, task.loss(batch, Pass.evaluation()).item(), 1000 * 0x1p-24);
        }
        assertEquals(9, seen);
    }

    @Test
    void theScoreIsTheShareOfRightAnswers() {
        Classifier model = Examples.classifier(Design.standard(), 8);
        List<Classification.Example> validation = Examples.order("validation", 31, 5);
        int[] predicted =
                model.predict(
                        validation.stream().map(Classification.Example::tokens).toList(), 100);
        int right = 0;
        for (int i = 0; i < 31; i++) {
            right += predicted[i] == validation.get(i).label() ? 1 : 0;
        }
        assertTrue(right > 0 && right < 31, "an untrained model is sometimes right");
        assertEquals(
                right / 31.0, new Classification(model, validation, validation, 100, 0).validate());
    }

    @Test
    void theStreamDecidesTheOrderOfTheBatches() {
        Classifier model = Examples.classifier(Design.standard(), 8);
        List<Classification.Example> train = Examples.order("a", 40, 4);
        Classification task = new Classification(model, train, train, 16, 0);
        var first = task.epoch(RandomStream.of(1));
        var again = task.epoch(RandomStream.of(1));
        for (int i = 0; i < first.size(); i++) {
            assertEquals(first.get(i).tokens(), again.get(i).tokens());
            assertArrayEquals(first.get(i).labels(), again.get(i).labels());
        }
        var other = task.epoch(RandomStream.of(2));
        assertTrue(!first.getFirst().tokens().equals(other.getFirst().tokens()));
    }

    @Test
    void nothingToLearnFromOrToBeScoredOnIsRefused() {
        Classifier model = Examples.classifier(Design.standard(), 8);
        List<Classification.Example> some = Examples.order("a", 4, 4);
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Classification(model, some, List.of(), 16, 0));
        assertEquals(
                "training needs at least one sequence to train on and one to validate on, got 4 and 0",
                e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Classification(model, List.of(), some, 16, 0));
        var f =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Classification.Example(new int[0], 1));
        assertEquals("a sequence to classify needs at least one token", f.getMessage());
    }
}
