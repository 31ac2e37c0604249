package nonmercer.experiment;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.array.Slab;
import nonmercer.attention.Attention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Engine;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.FeatureName;
import nonmercer.feature.Features;
import nonmercer.kernel.ExpDot;
import nonmercer.random.RandomStream;

/// Time and memory of the forward and backward pass of an attention of 8 heads of 64 coordinates in
/// float32, against the number of tokens.
///
/// @param name of the attention
/// @param attention what is measured
/// @param longest the most tokens that it is measured with
record AttentionCost(String name, Attention attention, int longest) {
    private static final int HEADS = 8;
    private static final int WIDTH = 64;
    private static final int FEATURES = 128;
    private static final int WARM = 2;
    private static final int CALLS = 5;

    /// Exact attention, with a matrix of all pairs and without one, and that through features.
    static List<AttentionCost> all() {
        List<AttentionCost> all = new ArrayList<>();
        all.add(new AttentionCost("exact, fused", Attention.of(new ExpDot()), 8192));
        all.add(new AttentionCost("exact, all pairs", Attention.unfused(new ExpDot()), 2048));
        List<FeatureName> names = new ArrayList<>(List.of(FeatureName.FAVOR_PLUS));
        names.addAll(LearnVariant.learned());
        for (FeatureName name : names) {
            all.add(
                    new AttentionCost(
                            name.text() + ", " + FEATURES,
                            Attention.of(new ExpDot())
                                    .linear(new Features.Named(name, FEATURES).seeded(1))
                                    .drawn(HEADS, WIDTH, DType.FLOAT32, "measured"),
                            16_384));
        }
        return all;
    }

    /// The median of five calls after two more, and the bytes that their slab holds: what a
    /// training step needs for both passes.
    LearnLine.Cost at(int length) {
        Array[] in = new Array[4];
        RandomStream random = RandomStream.of(1);
        for (int i = 0; i < in.length; i++) {
            in[i] = Array.zeros(DType.FLOAT32, Shape.of(1, HEADS, length, WIDTH));
            random.at(i).fillNormal(in[i], 0, i < 2 ? 0.5 : 1);
        }
        Slab slab = Slab.create();
        List<Double> seconds = new ArrayList<>();
        for (int call = 0; call < WARM + CALLS; call++) {
            long start = System.nanoTime();
            passes(slab, in);
            if (call >= WARM) {
                seconds.add((System.nanoTime() - start) * 1e-9);
            }
        }
        seconds.sort(null);
        return new LearnLine.Cost(name, length, seconds.get(CALLS / 2), slab.bytes());
    }

    private void passes(Slab slab, Array... in) {
        try (Tape tape = Tape.open(slab, Engine.EAGER)) {
            Tensor q = tape.watch(in[0]);
            Tensor k = tape.watch(in[1]);
            Tensor v = tape.watch(in[2]);
            Tensor out = attention.apply(q, k, v, Mask.none(), Pass.recorded(tape));
            tape.gradients(out, in[3], List.of(q, k, v));
        }
        slab.reset();
    }
}
