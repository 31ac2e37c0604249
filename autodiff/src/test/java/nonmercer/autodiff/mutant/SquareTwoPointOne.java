package nonmercer.autodiff.mutant;

import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;
import org.jspecify.annotations.Nullable;

/// `x²` with a planted 2.1 for 2.0 in the derivative.
public record SquareTwoPointOne() implements Op {
    @Override
    public Shape shape(Shape... in) {
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Elementwise.unary(Unary.SQUARE, f.in(0), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().mul(p.in(0)).scale(2.1)};
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new SquareTwoPointOne(), draw.normal(draw.shape(1, 3)));
    }
}
