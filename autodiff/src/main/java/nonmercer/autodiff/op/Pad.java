package nonmercer.autodiff.op;

import nonmercer.array.Elementwise;
import nonmercer.array.Layout;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// `x` as the elements from `from` on along an axis of `extent` elements, the others 0.
///
/// `x̄` is that part of `ȳ`: this op and [Slice] are each other's adjoints.
public record Pad(int axis, int from, int extent) implements Op {
    @Override
    public Shape shape(Shape... in) {
        if (from < 0 || from + in[0].dim(axis) > extent) {
            throw new IllegalArgumentException(
                    "pad: "
                            + in[0]
                            + " does not fit into "
                            + extent
                            + " elements along axis "
                            + axis
                            + " from "
                            + from
                            + " on");
        }
        return in[0].with(axis, extent);
    }

    @Override
    public void forward(Forward f) {
        Elementwise.fill(f.out(), 0);
        Layout.place(f.in(0), axis, from, f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().slice(axis, from, from + p.shape(0).dim(axis))};
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(1, 3);
        int axis = draw.integer(0, shape.rank());
        int from = draw.integer(0, 3);
        return draw.of(
                new Pad(axis, from, from + shape.dim(axis) + draw.integer(0, 3)),
                draw.normal(shape));
    }
}
