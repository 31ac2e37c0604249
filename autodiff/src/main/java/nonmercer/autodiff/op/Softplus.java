package nonmercer.autodiff.op;

import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = ln(1 + eˣ)`.
///
/// `x̄ = sigmoid(x) · ȳ`.
public record Softplus() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.SOFTPLUS;
    }

    @Override
    public Tensor slope(Pullback p) {
        return p.in(0).sigmoid();
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Softplus(), draw.normal(draw.shape(0, 3)));
    }
}
