package nonmercer.autodiff.op;

import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// `y = x`, with axes of extent 1 repeated and axes added outside, up to the shape `to`.
///
/// `x̄ = Σ ȳ` over the repeated axes: this op and [SumTo] are each other's adjoints.
public record BroadcastTo(Shape to) implements Op {
    @Override
    public Shape shape(Shape... in) {
        if (!SumTo.broadcasts(in[0], to)) {
            throw new IllegalArgumentException(
                    "broadcastTo: " + in[0] + " does not broadcast to " + to);
        }
        return to;
    }

    @Override
    public void forward(Forward f) {
        Elementwise.copy(f.in(0), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().sumTo(p.shape(0))};
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(0, 3);
        return draw.of(new BroadcastTo(shape), draw.normal(draw.broadcastable(shape)));
    }
}
