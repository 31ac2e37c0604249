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
        if (!broadcasts(to, in[0])) {
            throw new IllegalArgumentException("sumTo: " + to + " does not broadcast to " + in[0]);
        }
        return to;
    }

    /// Whether repeating axes of extent 1, and adding axes outside, makes one shape of the other.
    static boolean broadcasts(Shape from, Shape to) {
        int more = to.rank() - from.rank();
        boolean fits = more >= 0;
        for (int i = 0; fits && i < from.rank(); i++) {
            fits = from.dim(i) == 1 || from.dim(i) == to.dim(i + more);
        }
        return fits;
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
