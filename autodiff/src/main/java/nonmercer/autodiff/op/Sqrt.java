package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = √x`.
///
/// `x̄ = ȳ / 2y`; the gradient at 0, which does not exist, is taken as 0.
public record Sqrt() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.SQRT;
    }

    @Override
    public Tensor slope(Pullback p) {
        Tensor y = p.out();
        Tensor positive = Pointwise.constant(Unary.STEP, y); // 1 where y > 0, 0 where y = 0
        return positive.scale(0.5).div(y.sub(positive.plus(-1)));
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
        return draw.of(new Sqrt(), draw.uniform(draw.shape(0, 3), 0.3, 3));
    }
}
