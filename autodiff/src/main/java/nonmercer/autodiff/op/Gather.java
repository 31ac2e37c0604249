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

/// Rows of a table `[rows, …]` by number: `yᵢ = x[rowᵢ]`, `[rows.size(), …]`. An embedding.
///
/// `x̄` adds `ȳᵢ` to row `rowᵢ`: this op and [ScatterAdd] are each other's adjoints.
public record Gather(Index rows) implements Op {
    /// The op with these row numbers, which are copied.
    public Gather(int... rows) {
        this(Index.of(rows));
    }

    @Override
    public Shape shape(Shape... in) {
        return in[0].with(0, rows.size());
    }

    @Override
    public void forward(Forward f) {
        Layout.gatherRows(f.in(0), rows.values(), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {
            Tensor.apply(new ScatterAdd(p.shape(0).dim(0), rows), p.gradient())
        };
    }

    static Specimen specimen(Draw draw) {
        Shape table = draw.shape(1, 3);
        return draw.of(
                new Gather(draw.indices(draw.integer(0, 6), table.dim(0))), draw.normal(table));
    }
}
