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

/// A table of `extent` rows in which row `r` is the sum of the `xᵢ` with `rowᵢ = r`, added in the
/// order of `i`.
///
/// `x̄ᵢ = ȳ[rowᵢ]`: this op and [Gather] are each other's adjoints.
public record ScatterAdd(int extent, Index rows) implements Op {
    /// The op with these row numbers, which are copied.
    public ScatterAdd(int extent, int... rows) {
        this(extent, Index.of(rows));
    }

    @Override
    public Shape shape(Shape... in) {
        if (in[0].dim(0) != rows.size()) {
            throw new IllegalArgumentException(
                    "scatterAdd: "
                            + in[0]
                            + " has "
                            + in[0].dim(0)
                            + " rows, the index has "
                            + rows.size());
        }
        return in[0].with(0, extent);
    }

    @Override
    public void forward(Forward f) {
        Elementwise.fill(f.out(), 0);
        Layout.scatterAddRows(f.in(0), rows.values(), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {Tensor.apply(new Gather(rows), p.gradient())};
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(1, 3);
        int extent = draw.extent();
        return draw.of(
                new ScatterAdd(extent, draw.indices(shape.dim(0), extent)), draw.normal(shape));
    }
}
