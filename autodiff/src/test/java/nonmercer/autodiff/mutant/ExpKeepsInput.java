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

/// `eˣ` that keeps its input and never reads it.
public record ExpKeepsInput() implements Op {
    @Override
    public Shape shape(Shape... in) {
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Elementwise.unary(Unary.EXP, f.in(0), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().mul(p.out())};
    }

    @Override
    public int keeps() {
        return FIRST | OUTPUT;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new ExpKeepsInput(), draw.normal(draw.shape(1, 3)));
    }
}
