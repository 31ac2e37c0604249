package nonmercer.autodiff.op;

import nonmercer.array.Rows;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// `y = ln Σⱼ exp(xⱼ)` along the innermost axis, which disappears; a row of -∞ gives -∞.
///
/// `x̄ = softmax(x) · ȳ`.
public record LogSumExp() implements Op {
    @Override
    public Shape shape(Shape... in) {
        return in[0].without(-1);
    }

    @Override
    public void forward(Forward f) {
        Rows.logSumExp(f.in(0), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor g = p.gradient();
        return new @Nullable Tensor[] {p.in(0).softmax().mul(g.reshape(g.shape().append(1)))};
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new LogSumExp(), draw.normal(draw.shape(1, 3)));
    }
}
