package nonmercer.autodiff.op;

import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = x/2 · (1 + tanh(u))` with `u = √(2/π) (x + 0.044715 x³)`: GELU as GPT-2 has it.
///
/// `x̄ = ((1 + t)/2 + x/2 · (1 - t²) · u') · ȳ` with `t = tanh(u)`, `u' = √(2/π) (1 + 0.134145
/// x²)`.
public record GeluTanh() implements Pointwise {
    private static final double C = Math.sqrt(2 / Math.PI);

    @Override
    public Unary function() {
        return Unary.GELU_TANH;
    }

    @Override
    public Tensor slope(Pullback p) {
        Tensor x = p.in(0);
        if (!p.recording()) {
            return Pointwise.constant(Unary.GELU_TANH_SLOPE, x);
        }
        Tensor square = x.square();
        Tensor t = x.mul(square.affine(0.044715 * C, C)).tanh();
        Tensor slope = square.affine(3 * 0.044715 * C, C);
        return t.affine(0.5, 0.5).add(x.scale(0.5).mul(t.square().affine(-1, 1)).mul(slope));
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new GeluTanh(), draw.normal(draw.shape(0, 3)));
    }
}
