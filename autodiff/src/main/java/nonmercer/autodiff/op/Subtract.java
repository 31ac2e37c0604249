package nonmercer.autodiff.op;

import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import org.jspecify.annotations.Nullable;

/// `y = a - b`, broadcasting.
///
/// `ā = ȳ` and `b̄ = -ȳ`, summed over the axes that were repeated.
public record Subtract() implements Pairwise {
    @Override
    public Binary function() {
        return Binary.SUBTRACT;
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor g = p.gradient();
        return new @Nullable Tensor[] {
            p.wants(0) ? g.sumTo(p.shape(0)) : null, p.wants(1) ? g.sumTo(p.shape(1)).neg() : null
        };
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(0, 3);
        return draw.of(new Subtract(), draw.normal(draw.broadcastable(shape)), draw.normal(shape));
    }
}
