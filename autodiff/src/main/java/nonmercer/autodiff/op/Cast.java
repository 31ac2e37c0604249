package nonmercer.autodiff.op;

import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// `y = x` in another element type: rounded to nearest, or exactly widened.
///
/// `x̄ = ȳ` in the element type of `x`; the steps of the rounding are not seen by the gradient.
public record Cast(DType to) implements Op {
    @Override
    public Shape shape(Shape... in) {
        return in[0];
    }

    @Override
    public DType dtype(DType in) {
        return to;
    }

    @Override
    public void forward(Forward f) {
        f.alias(f.in(0).cast(to));
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().cast(p.dtype())};
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Cast(DType.FLOAT64), draw.normal(draw.shape(0, 3)));
    }
}
