package nonmercer.autodiff.mutant;

import nonmercer.array.DType;
import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;
import org.jspecify.annotations.Nullable;

/// `eˣ` that is good to 20 bits.
public record CoarseExp() implements Op {
    @Override
    public Shape shape(Shape... in) {
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Elementwise.unary(Unary.EXP, f.in(0), f.out());
        if (f.out().dtype() == DType.FLOAT32) {
            Elementwise.affine(f.out(), 1 + 0x1p-18, 0, f.out());
        }
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().mul(p.out())};
    }

    @Override
    public int keeps() {
        return OUTPUT;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new CoarseExp(), draw.normal(draw.shape(1, 3)));
    }
}
