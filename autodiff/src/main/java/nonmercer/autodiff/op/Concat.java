package nonmercer.autodiff.op;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.array.Layout;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// The inputs one after the other along an axis.
///
/// `x̄ᵢ` is the part of `ȳ` where `xᵢ` stands.
public record Concat(int axis) implements Op {
    @Override
    public Shape shape(Shape... in) {
        int extent = 0;
        for (Shape part : in) {
            if (part.rank() != in[0].rank() || !part.with(axis, 0).equals(in[0].with(axis, 0))) {
                throw new IllegalArgumentException(
                        "concat: " + part + " and " + in[0] + " differ in more than axis " + axis);
            }
            extent += part.dim(axis);
        }
        return in[0].with(axis, extent);
    }

    @Override
    public void forward(Forward f) {
        Array[] parts = new Array[f.count()];
        Arrays.setAll(parts, f::in);
        Layout.concat(axis, parts, f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        @Nullable Tensor[] parts = new @Nullable Tensor[p.count()];
        int from = 0;
        for (int i = 0; i < parts.length; i++) {
            int to = from + p.shape(i).dim(axis);
            parts[i] = p.wants(i) ? p.gradient().slice(axis, from, to) : null;
            from = to;
        }
        return parts;
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(1, 3);
        int axis = draw.integer(0, shape.rank());
        Array[] parts = new Array[draw.extent()];
        Arrays.setAll(parts, i -> draw.normal(shape.with(axis, draw.extent())));
        return draw.of(new Concat(axis), parts);
    }
}
