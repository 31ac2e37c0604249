package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = 1/x`.
///
/// `x̄ = -y² · ȳ`.
public record Reciprocal() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.RECIPROCAL;
    }

    @Override
    public Tensor slope(Pullback p) {
        return p.out().square().neg();
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
        return draw.of(new Reciprocal(), draw.uniform(draw.shape(0, 3), 0.3, 3));
    }
}
