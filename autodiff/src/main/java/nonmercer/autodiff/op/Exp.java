package nonmercer.autodiff.op;

import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = eˣ`.
///
/// `x̄ = y · ȳ`.
public record Exp() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.EXP;
    }

    @Override
    public Tensor slope(Pullback p) {
        return p.out();
    }

    @Override
    public int keeps() {
        return OUTPUT;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Exp(), draw.normal(draw.shape(0, 3)));
    }
}
