package nonmercer.autodiff.op;

import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// `y = x`: the same elements in the same order under another shape. Nothing is copied.
///
/// `x̄ = ȳ` in the shape of `x`.
public record Reshape(Shape to) implements Op {
    @Override
    public Shape shape(Shape... in) {
        if (in[0].size() != to.size()) {
            throw new IllegalArgumentException(
                    "reshape: "
                            + in[0]
                            + " has "
                            + in[0].size()
                            + " elements, "
                            + to
                            + " has "
                            + to.size());
        }
        return to;
    }

    @Override
    public void forward(Forward f) {
        f.alias(f.in(0).reshape(to));
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().reshape(p.shape(0))};
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(0, 3);
        return draw.of(
                new Reshape(draw.pick(Shape.of(shape.size()), shape.append(1))),
                draw.normal(shape));
    }
}
