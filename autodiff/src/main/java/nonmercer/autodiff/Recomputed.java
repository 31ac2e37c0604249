package nonmercer.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.array.Slab;
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
        List<Tensor> in = IntStream.range(0, f.count()).mapToObj(i -> Tensor.of(f.in(i))).toList();
        Slab slab = f.out().slab(); // the result is lent before the mark
        int mark = slab == null ? 0 : slab.mark();
        Elementwise.copy(function.apply(in).value(), f.out());
        if (slab != null) {
            slab.takeBackUnheld(mark);
        }
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        if (p.recording()) {
            return p.ofDefinition(function);
        }
        @Nullable Tensor[] gradients = new @Nullable Tensor[p.count()];
        try (Tape tape = Tape.open(p.tape().memory(), p.tape().engine())) {
            List<Tensor> in = new ArrayList<>();
            List<Node> wanted = new ArrayList<>();
            for (int i = 0; i < p.count(); i++) {
                Tensor x = p.in(i);
                Tensor t = p.wants(i) ? tape.watch(x.value()) : x;
                in.add(t);
                if (t.node() != null) {
                    wanted.add(t.node());
                }
            }
            Tensor y = function.apply(in);
            if (y.node() == null) {
                return gradients; // depends on nothing that is wanted
            }
            @Nullable Tensor[] found = tape.backward(y, p.gradient(), wanted, false);
            for (int i = 0; i < gradients.length; i++) {
                Node node = in.get(i).node();
                Tensor g = node == null ? null : Tape.at(found, node);
                if (g != null) {
                    gradients[i] = g;
                    Slab.handOver(g.value());
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
