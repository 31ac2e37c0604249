package nonmercer.autodiff.op;

import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = x Φ(x)`, with the normal distribution function `Φ(x) = (1 + erf(x/√2))/2` (Hendrycks &
/// Gimpel 2016).
///
/// `x̄ = (Φ(x) + x φ(x)) · ȳ`, with the normal density `φ(x) = e^(-x²/2)/√(2π)`.
public record Gelu() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.GELU;
    }

    @Override
    public Tensor slope(Pullback p) {
        Tensor x = p.in(0);
        if (!p.recording()) {
            return Pointwise.constant(Unary.GELU_SLOPE, x);
        }
        Tensor cdf = x.scale(Math.sqrt(0.5)).erf().affine(0.5, 0.5);
        Tensor pdf = x.square().scale(-0.5).exp().scale(1 / Math.sqrt(2 * Math.PI));
        return cdf.add(x.mul(pdf));
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Gelu(), draw.normal(draw.shape(0, 3)));
    }
}
