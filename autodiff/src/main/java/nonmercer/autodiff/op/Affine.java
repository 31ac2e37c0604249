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

/// `y = scale · x + shift`.
///
/// `x̄ = scale · ȳ`.
public record Affine(double scale, double shift) implements Op {
    @Override
    public Shape shape(Shape... in) {
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Elementwise.affine(f.in(0), scale, shift, f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().scale(scale)};
    }

    static Specimen specimen(Draw draw) {
        return draw.of(
                new Affine(draw.number(-2, 2), draw.number(-2, 2)), draw.normal(draw.shape(0, 3)));
    }
}
