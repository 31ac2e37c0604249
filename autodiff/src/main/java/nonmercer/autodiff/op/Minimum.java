package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import org.jspecify.annotations.Nullable;

/// `y = min(a, b)`, elementwise, broadcasting.
///
/// `ā = ȳ` where `a ≤ b` and `b̄ = ȳ` elsewhere, summed over the axes that were repeated.
public record Minimum() implements Pairwise {
    @Override
    public Binary function() {
        return Binary.MINIMUM;
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor g = p.gradient();
        Tensor toFirst = g.mul(Pairwise.where(Binary.LESS_EQUAL, p));
        return new @Nullable Tensor[] {
            p.wants(0) ? toFirst.sumTo(p.shape(0)) : null,
            p.wants(1) ? g.sub(toFirst).sumTo(p.shape(1)) : null
        };
    }

    @Override
    public int keeps() {
        return FIRST | SECOND;
    }

    @Override
    public double distanceToKink(Array... in) {
        return distanceToTie(in[0], in[1]);
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(0, 3);
        return draw.of(new Minimum(), draw.normal(shape), draw.normal(draw.broadcastable(shape)));
    }
}
