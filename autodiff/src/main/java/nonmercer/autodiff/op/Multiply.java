package nonmercer.autodiff.op;

import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import org.jspecify.annotations.Nullable;

/// `y = a · b`, elementwise, broadcasting.
///
/// `ā = b ȳ` and `b̄ = a ȳ`, summed over the axes that were repeated.
public record Multiply() implements Pairwise {
    @Override
    public Binary function() {
        return Binary.MULTIPLY;
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor g = p.gradient();
        return new @Nullable Tensor[] {
            p.wants(0) ? g.mul(p.in(1)).sumTo(p.shape(0)) : null,
            p.wants(1) ? g.mul(p.in(0)).sumTo(p.shape(1)) : null
        };
    }

    @Override
    public int keeps() {
        return FIRST | SECOND;
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(0, 3);
        return draw.of(new Multiply(), draw.normal(shape), draw.normal(draw.broadcastable(shape)));
    }
}
