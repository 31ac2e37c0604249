package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = max(x, 0)`.
///
/// `x̄ = ȳ` where `x > 0`, else 0.
public record Relu() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.RELU;
    }

    @Override
    public Tensor slope(Pullback p) {
        return Pointwise.constant(Unary.STEP, p.out()); // y > 0 just where x > 0
    }

    @Override
    public int keeps() {
        return OUTPUT;
    }

    @Override
    public double distanceToKink(Array... in) {
        return Pointwise.distanceToZero(in[0]);
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Relu(), draw.normal(draw.shape(0, 3)));
    }
}
