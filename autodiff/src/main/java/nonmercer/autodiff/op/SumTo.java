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

/// `y = Σ x` over the axes that broadcasting from `to` to the shape of `x` would repeat.
///
/// `x̄` is `ȳ`, repeated: this op and [BroadcastTo] are each other's adjoints.
public record SumTo(Shape to) implements Op {
    @Override
    public Shape shape(Shape... in) {
        if (!Shape.broadcast(to, in[0]).equals(in[0])) {
            throw new IllegalArgumentException("sumTo: " + to + " does not broadcast to " + in[0]);
        }
        return to;
    }

    @Override
    public void forward(Forward f) {
        Reduce.sumTo(f.in(0), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().broadcastTo(p.shape(0))};
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(0, 3);
        return draw.of(new SumTo(draw.broadcastable(shape)), draw.normal(shape));
    }
}
