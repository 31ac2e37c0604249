package nonmercer.autodiff.op;

import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = erf x = 2/√π ∫₀ˣ e^(-t²) dt`.
///
/// `x̄ = 2/√π e^(-x²) · ȳ`.
public record Erf() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.ERF;
    }

    @Override
    public Tensor slope(Pullback p) {
        return p.in(0).square().neg().exp().scale(2 / Math.sqrt(Math.PI));
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Erf(), draw.normal(draw.shape(0, 3)));
    }
}
