package nonmercer.autodiff.op;

import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = cos x`, radians.
///
/// `x̄ = -sin x · ȳ`.
public record Cos() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.COS;
    }

    @Override
    public Tensor slope(Pullback p) {
        return p.in(0).sin().neg();
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Cos(), draw.normal(draw.shape(0, 3)));
    }
}
