package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import org.jspecify.annotations.Nullable;

/// `y = max(a, b)`, elementwise, broadcasting.
///
/// `ā = ȳ` where `a ≥ b` and `b̄ = ȳ` elsewhere, summed over the axes that were repeated.
public record Maximum() implements Pairwise {
    @Override
    public Binary function() {
        return Binary.MAXIMUM;
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor g = p.gradient();
        Tensor toFirst = g.mul(Pairwise.where(Binary.GREATER_EQUAL, p));
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
        return draw.of(new Maximum(), draw.normal(shape), draw.normal(draw.broadcastable(shape)));
    }
}
