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

/// The elements in reverse order, with a pullback that does not reverse them back.
public record ReverseNotUndone() implements Op {
    @Override
    public Shape shape(Shape... in) {
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Array x = f.in(0);
        for (int i = 0; i < x.size(); i++) {
            f.out().doubles()[i] = x.at(x.size() - 1 - i);
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
        return draw.of(new ReverseNotUndone(), draw.normal(draw.shape(1, 3)));
    }
}
