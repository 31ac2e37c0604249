package nonmercer.autodiff.op;

import nonmercer.array.Reduce;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// `y = Σ x` along one axis, which disappears.
///
/// `x̄` is `ȳ`, repeated along the axis.
public record Sum(int axis) implements Op {
    @Override
    public Shape shape(Shape... in) {
        return in[0].without(axis);
    }

    @Override
    public void forward(Forward f) {
        Reduce.sum(f.in(0), axis, f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Shape x = p.shape(0);
        return new @Nullable Tensor[] {p.gradient().reshape(x.with(axis, 1)).broadcastTo(x)};
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(1, 3);
        return draw.of(new Sum(draw.integer(0, shape.rank())), draw.normal(shape));
    }
}
