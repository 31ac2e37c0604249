package nonmercer.autodiff.op;

import nonmercer.array.Array;
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

/// `y = a` where the mask is not 0, else `b`; all three broadcast. What is not chosen leaves no
/// trace, be it NaN.
///
/// `ā = ȳ` where the mask is not 0, `b̄ = ȳ` where it is, summed over the axes that were repeated.
public record Where(Array mask) implements Op {
    @Override
    public Shape shape(Shape... in) {
        return Shape.broadcast(mask.shape(), Shape.broadcast(in[0], in[1]));
    }

    @Override
    public void forward(Forward f) {
        Array m = mask.dtype() == f.out().dtype() ? mask : mask.cast(f.out().dtype());
        Elementwise.select(m, f.in(0), f.in(1), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor g = p.gradient();
        Tensor zero = Tensor.of(Array.scalar(g.dtype(), 0));
        return new @Nullable Tensor[] {
            p.wants(0) ? Tensor.apply(this, g, zero).sumTo(p.shape(0)) : null,
            p.wants(1) ? Tensor.apply(this, zero, g).sumTo(p.shape(1)) : null
        };
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(0, 3);
        Array mask =
                Pointwise.constant(Unary.STEP, Tensor.of(draw.normal(draw.broadcastable(shape))))
                        .value();
        return draw.of(
                new Where(mask),
                draw.normal(draw.broadcastable(shape)),
                draw.normal(draw.broadcastable(shape)));
    }
}
