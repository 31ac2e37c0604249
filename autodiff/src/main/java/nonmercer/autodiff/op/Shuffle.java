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

/// `yⱼ = x_(order j)` along the innermost axis, `order` a permutation.
///
/// `x̄` is `ȳ` with its elements back in their places.
public record Shuffle(Index order) implements Op {
    /// The op with this order, which is copied.
    public Shuffle(int... order) {
        this(Index.of(order));
    }

    @Override
    public Shape shape(Shape... in) {
        if (in[0].dim(-1) != order.size()) {
            throw new IllegalArgumentException(
                    "shuffle: an order of " + order.size() + " numbers for rows of " + in[0]);
        }
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Layout.shuffle(f.in(0), order.values(), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().shuffle(inverse(order))};
    }

    /// The order that undoes this one.
    static int[] inverse(Index order) {
        int[] inverse = new int[order.size()];
        for (int i = 0; i < inverse.length; i++) {
            inverse[order.values()[i]] = i;
        }
        return inverse;
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(1, 3);
        return draw.of(new Shuffle(draw.permutation(shape.dim(-1))), draw.normal(shape));
    }
}
