package nonmercer.autodiff.mutant;

import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import org.jspecify.annotations.Nullable;

/// `a + b`, broadcasting, that forgets to sum over the repeated axes.
public record AddWithoutSum() implements Op {
    @Override
    public Shape shape(Shape... in) {
        return Shape.broadcast(in[0], in[1]);
    }

    @Override
    public void forward(Forward f) {
        Elementwise.binary(Binary.ADD, f.in(0), f.in(1), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor g = p.gradient();
        return new @Nullable Tensor[] {g, g};
    }

    @Override
    public int keeps() {
        return 0;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(
                new AddWithoutSum(), draw.normal(Shape.of(3, 2)), draw.normal(Shape.of(1, 2)));
    }
}
