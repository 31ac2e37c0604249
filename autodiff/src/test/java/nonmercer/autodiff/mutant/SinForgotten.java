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

/// `sin x` whose recorded derivative is a constant: the first order is right, the second is not.
public record SinForgotten() implements Op {
    @Override
    public Shape shape(Shape... in) {
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Elementwise.unary(Unary.SIN, f.in(0), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().mul(p.in(0).detach().cos())};
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new SinForgotten(), draw.normal(draw.shape(1, 3)));
    }
}
