package nonmercer.autodiff.mutant;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// The identity that leaves its last element unwritten.
public record SumLeavesLastUnwritten() implements Op {
    @Override
    public Shape shape(Shape... in) {
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Array out = f.out();
        for (int i = 0; i + 1 < out.size(); i++) {
            out.doubles()[i] = f.in(0).at(i);
        }
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient()};
    }

    @Override
    public int keeps() {
        return 0;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new SumLeavesLastUnwritten(), draw.normal(draw.shape(1, 3)));
    }
}
