package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Unary;
import org.jspecify.annotations.Nullable;

/// `yᵢ = xᵢ / s` with `s = Σⱼ xⱼ` along the innermost axis; a row with `s = 0` gives zeros.
///
/// `x̄ᵢ = (ȳᵢ - Σⱼ yⱼ ȳⱼ) / s`, and 0 in a row with `s = 0`.
public record NormalizeRows() implements Op {
    @Override
    public Shape shape(Shape... in) {
        in[0].axis(-1);
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Tensor x = Tensor.of(f.in(0));
        Elementwise.binary(Binary.MULTIPLY, x.value(), inverseOfSum(x).value(), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor g = p.gradient();
        Tensor dot = p.out().mul(g).sumTo(g.shape().with(-1, 1));
        return new @Nullable Tensor[] {g.sub(dot).mul(inverseOfSum(p.in(0)))};
    }

    /// `1/s`, and 0 where `s = 0`; the innermost extent is 1.
    private static Tensor inverseOfSum(Tensor x) {
        Tensor s = x.sumTo(x.shape().with(-1, 1));
        Tensor nonzero = Pointwise.constant(Unary.ABS, Pointwise.constant(Unary.SIGN, s));
        return nonzero.div(s.sub(nonzero.plus(-1)));
    }

    @Override
    public int keeps() {
        return FIRST | OUTPUT;
    }

    @Override
    public double distanceToKink(Array... in) {
        Tensor x = Tensor.of(in[0]);
        return Pointwise.distanceToZero(x.sum(-1).value()) / x.dim(-1);
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new NormalizeRows(), draw.uniform(draw.shape(1, 3), 0.2, 2));
    }
}
