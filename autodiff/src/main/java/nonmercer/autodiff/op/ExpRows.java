package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.Rows;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// `yᵢⱼ = exp(xᵢⱼ + hᵢ)`, `h` of extent 1 along the innermost axis: positive features, shifted.
///
/// `x̄ = ȳ y`, `h̄ᵢ = Σⱼ ȳᵢⱼ yᵢⱼ`, in one pass.
public record ExpRows() implements Op {
    @Override
    public Shape shape(Shape... in) {
        if (!in[1].equals(in[0].with(-1, 1))) {
            throw new IllegalArgumentException(
                    "expRows: rows of "
                            + in[0]
                            + " need shifts "
                            + in[0].with(-1, 1)
                            + ", got "
                            + in[1]);
        }
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Rows.expPlus(f.in(0), f.in(1), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor y = p.out();
        Tensor g = p.gradient();
        if (p.recording()) {
            Tensor dx = g.mul(y);
            return new @Nullable Tensor[] {dx, dx.sumTo(p.shape(1))};
        }
        Array dx = p.fresh(p.shape(0));
        Array dh = p.fresh(p.shape(1));
        Rows.expPlusGradient(y.value(), g.value(), dx, dh);
        return new @Nullable Tensor[] {Tensor.of(dx), Tensor.of(dh)};
    }

    @Override
    public int keeps() {
        return OUTPUT;
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(1, 3);
        return draw.of(new ExpRows(), draw.normal(shape), draw.normal(shape.with(-1, 1)));
    }
}
