package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = ln x`.
///
/// `x̄ = ȳ / x`.
public record Log() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.LOG;
    }

    @Override
    public Tensor slope(Pullback p) {
        return p.in(0).reciprocal();
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
        return draw.of(new Log(), draw.uniform(draw.shape(0, 3), 0.3, 3));
    }
}
