package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// `y = arccos x`, beyond ±1 that of ±1.
///
/// `x̄ = -ȳ/√(1 - x²)`, and 0 at ±1 and beyond.
public record Acos() implements Pointwise {
    @Override
    public Unary function() {
        return Unary.ACOS;
    }

    @Override
    public Tensor slope(Pullback p) {
        Tensor x = p.in(0);
        Tensor root = x.affine(-1, 1).mul(x.plus(1)).relu().sqrt();
        Tensor positive = Pointwise.constant(Unary.STEP, root); // 1 inside, 0 at ±1 and beyond
        return positive.neg().div(root.sub(positive.plus(-1)));
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    @Override
    public double distanceToKink(Array... in) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < in[0].size(); i++) {
            least = Math.min(least, Math.abs(1 - Math.abs(in[0].at(i))));
        }
        return least;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Acos(), draw.uniform(draw.shape(0, 3), -0.75, 0.75));
    }
}
