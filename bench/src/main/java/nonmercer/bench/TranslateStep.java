package nonmercer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import nonmercer.train.Translation;
import org.jspecify.annotations.Nullable;

/// Training steps of the model that the command `translate` trains, on one batch of random tokens
/// of its size: loss, gradients, clipping, AdamW.
final class TranslateStep {
    private static final Sizes SIZES = new Sizes(3000, 96, 128, 4, 256, 2);
    private static final int PAIRS = 64;
    private static final int LONGEST = 24;
    private static final double RATE = 1e-4;

    private final Translation task;
    private final Translation.Batch batch;
    private final ParameterTree parameters;
    private final Optimizer optimizer;
    private final Slab slab = Slab.create();
    private final RandomStream random = RandomStream.of(1);
    private int step;

    TranslateStep() {
        EncoderDecoder model =
                EncoderDecoder.create(
                        Config.of(SIZES, Design.standard().withDropout(0.2)), random.at("weights"));
        List<Translation.Example> pairs = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            pairs.add(new Translation.Example(tokens("source", i), tokens("target", i)));
        }
        task = new Translation(model, pairs, pairs, PAIRS * LONGEST, 0.1);
        batch = task.epoch(random).getFirst();
        parameters = ParameterTree.of(model);
        optimizer = AdamW.of(parameters, 0.05);
    }

    /// As many as 24, and some fewer.
    private int[] tokens(String side, int pair) {
        return random.at(side + "/" + pair)
                .ints(LONGEST - pair % 8, 1, SIZES.vocabulary())
                .toArray();
    }

    static Map<String, Object> params() {
        return Suites.params(
                "pairs",
                PAIRS,
                "L",
                LONGEST,
                "d",
                SIZES.width(),
                "heads",
                SIZES.heads().queries(),
                "blocks",
                SIZES.blocks(),
                "vocabulary",
                SIZES.vocabulary(),
                "kernel",
                "ExpDot",
                "pass",
                "forward+backward");
    }

    /// One step.
    void run() {
        run(Engine.EAGER);
    }

    private void run(Engine engine) {
        optimise(gradients(engine));
    }

    private Gradients gradients(Engine engine) {
        step++;
        try (Tape tape = Tape.open(slab, engine)) {
            Tensor loss = task.loss(batch, Pass.training(tape, random.at("step/" + step)));
            if (!Double.isFinite(loss.item())) {
                throw new IllegalStateException("step " + step + ": the loss is " + loss.item());
            }
            return tape.gradients(loss, parameters);
        }
    }

    private void optimise(Gradients gradients) {
        optimizer.step(Clipping.globalNorm(gradients, 1), RATE);
        slab.reset();
    }

    /// One step.
    ///
    /// @return the nanoseconds in its operations, their pullbacks and the optimiser
    long nanosOfOperations() {
        Timed timed = new Timed();
        Gradients gradients = gradients(timed);
        long start = System.nanoTime();
        optimise(gradients);
        return timed.nanos + System.nanoTime() - start;
    }

    private static final class Timed implements Engine {
        private long nanos;

        @Override
        public void run(Op op, Forward f) {
            long start = System.nanoTime();
            op.forward(f);
            nanos += System.nanoTime() - start;
        }

        @Override
        public @Nullable Tensor[] pull(Op op, Pullback p) {
            long start = System.nanoTime();
            @Nullable Tensor[] result = op.pullback(p);
            nanos += System.nanoTime() - start;
            return result;
        }
    }
}
