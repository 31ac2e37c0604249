package nonmercer.experiment;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.Attention;
import nonmercer.attention.Mask;
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
    private static final int CALLS = 3;

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

    /// The median of three calls after one more, and the bytes that the tape holds between the
    /// passes.
    LearnLine.Cost at(int length) {
        Tensor[] in = new Tensor[3];
        RandomStream random = RandomStream.of(1);
        for (int i = 0; i < in.length; i++) {
            Array a = Array.zeros(DType.FLOAT32, Shape.of(1, HEADS, length, WIDTH));
            random.at(i).fillNormal(a, 0, i < 2 ? 0.5 : 1);
            in[i] = Tensor.of(a);
        }
        List<Double> seconds = new ArrayList<>();
        for (int call = 0; call <= CALLS; call++) {
            long start = System.nanoTime();
            passes(in, false);
            if (call > 0) {
                seconds.add((System.nanoTime() - start) * 1e-9);
            }
        }
        seconds.sort(null);
        return new LearnLine.Cost(name, length, seconds.get(CALLS / 2), passes(in, true));
    }

    /// Both passes; the heap that the first one left, if asked for.
    private long passes(Tensor[] in, boolean weigh) {
        long before = weigh ? used() : 0;
        try (Tape tape = Tape.open()) {
            Tensor q = tape.watch(in[0].value());
            Tensor k = tape.watch(in[1].value());
            Tensor v = tape.watch(in[2].value());
            Tensor out = attention.apply(q, k, v, Mask.none(), Pass.recorded(tape));
            long kept = weigh ? used() - before : 0;
            tape.gradients(out.sum(), List.of(q, k, v));
            return kept;
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
