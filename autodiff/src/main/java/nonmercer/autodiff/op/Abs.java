package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = |x|`.
///
/// `x̄ = sign(x) · ȳ`, 0 at 0.
public record Abs() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.ABS;
    }

    @Override
    public Tensor slope(Pullback p) {
        return Pointwise.constant(Unary.SIGN, p.in(0));
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    @Override
    public double distanceToKink(Array... in) {
        return Pointwise.distanceToZero(in[0]);
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Abs(), draw.normal(draw.shape(0, 3)));
    }
}
