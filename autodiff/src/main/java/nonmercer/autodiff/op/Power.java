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

/// `y = xᵖ` for an integer `p`, by repeated squaring; `x⁰` is 1 everywhere.
///
/// `x̄ = p xᵖ⁻¹ · ȳ`.
public record Power(int p) implements Op {
    @Override
    public Shape shape(Shape... in) {
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Array out = f.out();
        Elementwise.fill(out, 1);
        Array power = f.in(0); // x^(2^i)
        for (int n = Math.abs(p); n > 0; n >>= 1) {
            if ((n & 1) == 1) {
                Elementwise.binary(Binary.MULTIPLY, out, power, out);
            }
            if (n > 1) {
                Array square = f.fresh(out.shape());
                Elementwise.unary(Unary.SQUARE, power, square);
                power = square;
            }
        }
        if (p < 0) {
            Elementwise.unary(Unary.RECIPROCAL, out, out);
        }
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback pull) {
        Tensor x = pull.in(0);
        return new @Nullable Tensor[] {p == 0 ? null : pull.gradient().mul(x.pow(p - 1)).scale(p)};
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    @Override
    public double distanceToKink(Array... in) {
        return p < 0 ? Pointwise.distanceToZero(in[0]) : Double.POSITIVE_INFINITY;
    }

    static Specimen specimen(Draw draw) {
        int p = draw.integer(-3, 6);
        Shape shape = draw.shape(0, 3);
        return draw.of(new Power(p), p < 0 ? draw.uniform(shape, 0.5, 2) : draw.normal(shape));
    }
}
