package nonmercer.autodiff.op;

import nonmercer.array.Layout;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// The elements `from` (inclusive) to `to` (exclusive) along an axis.
///
/// `x̄` is `ȳ` between zeros: this op and [Pad] are each other's adjoints.
public record Slice(int axis, int from, int to) implements Op {
    @Override
    public Shape shape(Shape... in) {
        int extent = in[0].dim(axis);
        if (from < 0 || from > to || to > extent) {
            throw new IllegalArgumentException(
                    "slice: ["
                            + from
                            + ", "
                            + to
                            + ") is not a range of axis "
                            + axis
                            + " of "
                            + in[0]
                            + ", which has "
                            + extent
                            + " elements");
        }
        return in[0].with(axis, to - from);
    }

    @Override
    public void forward(Forward f) {
        Layout.slice(f.in(0), axis, from, f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor x = Tensor.apply(new Pad(axis, from, p.shape(0).dim(axis)), p.gradient());
        return new @Nullable Tensor[] {x};
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(1, 3);
        int axis = draw.integer(0, shape.rank());
        int from = draw.integer(0, shape.dim(axis));
        int to = draw.integer(from + 1, shape.dim(axis) + 1);
        return draw.of(new Slice(axis, from, to), draw.normal(shape));
    }
}
