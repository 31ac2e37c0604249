package nonmercer.autodiff.op;

import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = tanh x`.
///
/// `x̄ = (1 - y²) · ȳ`.
public record Tanh() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.TANH;
    }

    @Override
    public Tensor slope(Pullback p) {
        return p.out().square().affine(-1, 1);
    }

    @Override
    public int keeps() {
        return OUTPUT;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Tanh(), draw.normal(draw.shape(0, 3)));
    }
}
