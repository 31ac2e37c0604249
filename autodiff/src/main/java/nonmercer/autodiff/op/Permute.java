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

/// The axes in another order: axis `i` of `y` is axis `order[i]` of `x`.
///
/// `x̄` is `ȳ` with the axes back in their places.
public record Permute(Index order) implements Op {
    /// The op with this order, which is copied.
    public Permute(int... order) {
        this(Index.of(order));
    }

    @Override
    public Shape shape(Shape... in) {
        return in[0].permute(order.values());
    }

    @Override
    public void forward(Forward f) {
        Layout.permute(f.in(0), order.values(), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        int[] inverse = new int[order.size()];
        for (int i = 0; i < inverse.length; i++) {
            inverse[order.values()[i]] = i;
        }
        return new @Nullable Tensor[] {p.gradient().permute(inverse)};
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(0, 4);
        return draw.of(new Permute(draw.permutation(shape.rank())), draw.normal(shape));
    }
}
