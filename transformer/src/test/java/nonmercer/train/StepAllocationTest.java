package nonmercer.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Slab;
import nonmercer.autodiff.Engine;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Gradients;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Clipping;
import nonmercer.autodiff.optim.Optimizer;
import nonmercer.model.Config;
import nonmercer.model.Design;
import nonmercer.model.EncoderDecoder;
import nonmercer.model.Sizes;
import nonmercer.random.RandomStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A training step in the steady state puts its bookkeeping on the heap, and neither numbers nor
/// vectors.
class StepAllocationTest {
    private static final ThreadMXBean COUNTER = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final int PAIRS = 32;
    private static final int LENGTH = 23; // a remainder after whole vectors of 16, 8 and 4

    /// What one run of an op or a pullback may leave: a few dozen records, handles, shapes and
    /// nodes of 16 to 80 bytes each, for the ops that a pullback is made of and the tasks handed to
    /// threads. A vector on the heap is 64 bytes or more, and a loop that leaves any leaves one for
    /// each of its hundreds of rows.
    private static final long BYTES_A_RUN = 3072;

    private static final Sizes SIZES = new Sizes(300, LENGTH, 32, 4, 64, 1);

    private final RandomStream random = RandomStream.of(1);
    private final Slab slab = Slab.create();
    private final EncoderDecoder model =
            EncoderDecoder.create(
                    Config.of(SIZES, Design.standard().withDropout(0.2)), random.at("weights"));
    private final ParameterTree parameters = ParameterTree.of(model);
    private final Optimizer optimizer = AdamW.of(parameters, 0.01);
    private int step;

    /// Counts the runs of ops and of pullbacks.
    private static final class Counting implements Engine {
        private int runs;

        @Override
        public void run(Op op, Forward f) {
            runs++;
            op.forward(f);
        }

        @Override
        public @Nullable Tensor[] pull(Op op, Pullback p) {
            runs++;
            return op.pullback(p);
        }
    }

    @Test
    void stepLeavesNoMoreThanItsBookkeeping() {
        Translation task = task();
        Translation.Batch batch = task.epoch(random).getFirst();
        Counting counting = new Counting();
        step(task, batch, counting);
        long most = BYTES_A_RUN * counting.runs;
        long begin = System.nanoTime();
        long bytes = Long.MAX_VALUE;
        int calm = 0;
        while (calm < 3 && System.nanoTime() - begin < PATIENCE_NANOS) { // until all is compiled
            long before = COUNTER.getTotalThreadAllocatedBytes();
            step(task, batch, Engine.EAGER);
            bytes = COUNTER.getTotalThreadAllocatedBytes() - before;
            calm = bytes <= most ? calm + 1 : 0;
        }
        assertTrue(
                calm == 3,
                "a step of "
                        + counting.runs
                        + " operations left "
                        + bytes
                        + " bytes on the heap, expected at most "
                        + most);
    }

    private Translation task() {
        List<Translation.Example> pairs = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            pairs.add(new Translation.Example(tokens("source/" + i), tokens("target/" + i)));
        }
        return new Translation(model, pairs, pairs, PAIRS * LENGTH, 0.1);
    }

    private int[] tokens(String name) {
        return random.at(name).ints(LENGTH, 1, SIZES.vocabulary()).toArray();
    }

    private void step(Translation task, Translation.Batch batch, Engine engine) {
        step++;
        try (Tape tape = Tape.open(slab, engine)) {
            Tensor loss = task.loss(batch, Pass.training(tape, random.at("step/" + step)));
            Gradients gradients = tape.gradients(loss, parameters);
            optimizer.step(Clipping.globalNorm(gradients, 1), 1e-4);
        }
        slab.reset();
    }
}
