package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import org.jspecify.annotations.Nullable;

/// `y = a / b`, elementwise, broadcasting.
///
/// `ā = ȳ / b` and `b̄ = -y ȳ / b`, summed over the axes that were repeated.
public record Divide() implements Pairwise {
    @Override
    public Binary function() {
        return Binary.DIVIDE;
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor q = p.gradient().div(p.in(1));
        return new @Nullable Tensor[] {
            p.wants(0) ? q.sumTo(p.shape(0)) : null,
            p.wants(1) ? q.mul(p.out()).sumTo(p.shape(1)).neg() : null
        };
    }

    @Override
    public int keeps() {
        return SECOND | OUTPUT;
    }

    @Override
    public double distanceToKink(Array... in) {
        return Pointwise.distanceToZero(in[1]);
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(0, 3);
        return draw.of(
                new Divide(), draw.normal(draw.broadcastable(shape)), draw.uniform(shape, 0.5, 2));
    }
}
