package nonmercer.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// A composition of which the tape keeps the inputs alone: its pullback computes it once more, on a
/// tape of its own, and lets that go. Time for memory (Chen et al. 2016).
///
/// @param function the composition, pure: the same inputs give the same result
/// @param result its shape
record Recomputed(Function<List<Tensor>, Tensor> function, Shape result) implements Op {
    @Override
    public Shape shape(Shape... in) {
        return result;
    }

    @Override
    public void forward(Forward f) {
        // Copies on the heap, so that what is computed from them is not kept by the step's memory.
        List<Tensor> in =
                IntStream.range(0, f.count()).mapToObj(i -> Tensor.of(f.in(i).copy())).toList();
        Elementwise.copy(function.apply(in).value(), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        if (p.recording()) {
            return p.ofDefinition(function);
        }
        @Nullable Tensor[] gradients = new @Nullable Tensor[p.count()];
        try (Tape tape = Tape.open()) {
            List<Tensor> in = new ArrayList<>();
            List<Tensor> wanted = new ArrayList<>();
            for (int i = 0; i < p.count(); i++) {
                Array x = p.in(i).value().copy();
                Tensor t = p.wants(i) ? tape.watch(x) : Tensor.of(x);
                in.add(t);
                if (p.wants(i)) {
                    wanted.add(t);
                }
            }
            Tensor g = Tensor.of(p.gradient().value().copy());
            List<Tensor> found = tape.gradients(function.apply(in).mul(g).sum(), wanted);
            for (int i = 0, w = 0; i < gradients.length; i++) {
                if (p.wants(i)) {
                    Array kept = p.fresh(p.shape(i));
                    Elementwise.copy(found.get(w++).value(), kept);
                    gradients[i] = Tensor.of(kept);
                }
            }
        }
        return gradients;
    }

    @Override
    public int keeps() {
        return ~OUTPUT;
    }
}
