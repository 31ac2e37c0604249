package nonmercer.autodiff.op;

import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = 1 / (1 + e⁻ˣ)`.
///
/// `x̄ = y (1 - y) · ȳ`.
public record Sigmoid() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.SIGMOID;
    }

    @Override
    public Tensor slope(Pullback p) {
        Tensor y = p.out();
        return y.sub(y.square());
    }

    @Override
    public int keeps() {
        return OUTPUT;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Sigmoid(), draw.normal(draw.shape(0, 3)));
    }
}
