package nonmercer.autodiff.op;

import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = x²`.
///
/// `x̄ = 2x · ȳ`.
public record Square() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.SQUARE;
    }

    @Override
    public Tensor slope(Pullback p) {
        return p.in(0).scale(2);
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Square(), draw.normal(draw.shape(0, 3)));
    }
}
