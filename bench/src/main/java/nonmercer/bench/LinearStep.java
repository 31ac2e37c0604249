package nonmercer.bench;

import nonmercer.array.Slab;
import nonmercer.attention.Attention;
import nonmercer.autodiff.Engine;
import nonmercer.autodiff.Gradients;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Clipping;
import nonmercer.autodiff.optim.Optimizer;
import nonmercer.feature.FeatureName;
import nonmercer.feature.Features;
import nonmercer.kernel.ExpDot;
import nonmercer.layer.Tokens;
import nonmercer.model.Classifier;
import nonmercer.model.Config;
import nonmercer.model.Design;
import nonmercer.model.Sizes;
import nonmercer.parallel.Parallel;
import nonmercer.random.RandomStream;

/// Training steps of a classifier of one long sequence of random tokens: loss, gradients, clipping,
/// AdamW.
final class LinearStep {
    private static final int CLASSES = 10;
    private static final double RATE = 1e-4;

    private final Classifier model;
    private final Tokens tokens;
    private final ParameterTree parameters;
    private final Optimizer optimizer;
    private final Slab slab = Slab.create();
    private final boolean recomputing;

    LinearStep(Sizes sizes, Attention attention) {
        this(sizes, attention, false);
    }

    /// @param recomputing whether each block is computed once more in the backward pass
    private LinearStep(Sizes sizes, Attention attention, boolean recomputing) {
        this.recomputing = recomputing;
        RandomStream random = RandomStream.of(1);
        Design design = Design.standard().with(attention).withDropout(0);
        model = Classifier.create(Config.of(sizes, design), CLASSES, random.at("weights"));
        int n = sizes.longest();
        int[] ids = random.at("tokens").ints(n, 1, sizes.vocabulary()).toArray();
        tokens = new Tokens(ids, 1, n, new int[] {n});
        parameters = ParameterTree.of(model);
        optimizer = AdamW.of(parameters, 0.05);
    }

    /// FAVOR+ with so many features, for ever the same.
    static Attention favor(int features) {
        return Attention.of(new ExpDot())
                .linear(new Features.Named(FeatureName.FAVOR_PLUS, features));
    }

    /// One step.
    void run() {
        run(slab);
    }

    /// One step with no buffer of an earlier one: what it allocates is what a step needs.
    void alone() {
        run(Slab.create());
    }

    private void run(Slab slab) {
        Gradients gradients;
        try (Tape tape = Tape.open(slab, Engine.EAGER)) {
            Pass pass = Pass.recorded(tape);
            Tensor logits = model.logits(tokens, recomputing ? pass.recomputing() : pass);
            gradients = tape.gradients(logits.crossEntropy(new int[] {3}, 0), parameters);
        }
        optimizer.step(Clipping.globalNorm(gradients, 1), RATE);
        slab.reset();
    }

    /// What the other JVM runs: the number of threads, then that of the tokens. Blocks are computed
    /// once more in the backward pass.
    public static void main(String[] arguments) {
        Parallel.threads(Integer.parseInt(arguments[0]));
        int n = Integer.parseInt(arguments[1]);
        new LinearStep(new Sizes(256, n, 128, 2, 512, 2), favor(128), true).run();
    }
}
