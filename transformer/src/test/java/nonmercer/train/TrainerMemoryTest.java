package nonmercer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.DType;
import nonmercer.array.Slab;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Schedule;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.model.Classifier;
import nonmercer.model.Design;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class TrainerMemoryTest {
    /// The bytes of the step's slab at the end of the loss of each batch.
    private static List<Long> bytes(int batches, int accumulate) {
        Classifier model =
                Examples.classifier(
                        Design.standard().with(new ExpDot(Coefficient.trained(0.5, DType.FLOAT32))),
                        8);
        ParameterTree tree = ParameterTree.of(model);
        List<Classification.Example> examples = Examples.order("train", 4 * batches, 6);
        Classification task = new Classification(model, examples, examples, 24, 0.1);
        List<Long> bytes = new ArrayList<>();
        Task<Classification.Batch> watched =
                new Task<>() {
                    @Override
                    public List<Classification.Batch> epoch(RandomStream random) {
                        return task.epoch(random);
                    }

                    @Override
                    public Tensor loss(Classification.Batch batch, Pass pass) {
                        Tensor loss = task.loss(batch, pass);
                        Slab slab = loss.value().slab();
                        bytes.add(slab == null ? -1 : slab.bytes());
                        return loss;
                    }

                    @Override
                    public int tokens(Classification.Batch batch) {
                        return task.tokens(batch);
                    }

                    @Override
                    public double validate() {
                        return task.validate();
                    }
                };
        Recipe recipe = new Recipe(2, Schedule.constant(0.01), 1, accumulate, 0, 1);
        new Trainer(tree, AdamW.of(tree, 0.01), recipe, Listener.silent()).train(watched);
        return bytes;
    }

    @Test
    void theSteadyStateAllocatesNoElementStorage() {
        List<Long> bytes = bytes(6, 1);
        assertEquals(12, bytes.size());
        assertTrue(bytes.get(1) > bytes.get(0), "the first step's pullbacks come after its loss");
        // The first step's gradients were small enough not to be clipped, which takes buffers, too.
        assertEquals(1, bytes.subList(2, 12).stream().distinct().count(), bytes::toString);
    }

    @Test
    void accumulationTakesNoMoreMemoryThanABatch() {
        List<Long> single = bytes(6, 1);
        List<Long> triple = bytes(6, 3);
        // The slab of a batch, that is: the sums have one of their own.
        assertTrue(triple.getLast() <= single.getLast(), triple + " against " + single);
        assertEquals(1, triple.subList(2, 12).stream().distinct().count(), triple::toString);
    }
}
