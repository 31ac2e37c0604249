package nonmercer.autodiff.op;

import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = sin x`, radians.
///
/// `x̄ = cos x · ȳ`.
public record Sin() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.SIN;
    }

    @Override
    public Tensor slope(Pullback p) {
        return p.in(0).cos();
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Sin(), draw.normal(draw.shape(0, 3)));
    }
}
