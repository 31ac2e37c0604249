package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.Rows;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// `yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)` along the innermost axis; a row of -∞ gives zeros.
///
/// `x̄ᵢ = yᵢ (ȳᵢ - Σⱼ yⱼ ȳⱼ)`.
public record Softmax() implements Op {
    @Override
    public Shape shape(Shape... in) {
        in[0].axis(-1);
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Rows.softmax(f.in(0), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor y = p.out();
        Tensor g = p.gradient();
        if (p.recording()) {
            Tensor dot = y.mul(g).sumTo(y.shape().with(-1, 1));
            return new @Nullable Tensor[] {y.mul(g.sub(dot))};
        }
        Array out = p.fresh(y.shape());
        Rows.softmaxGradient(y.value(), g.value(), out);
        return new @Nullable Tensor[] {Tensor.of(out)};
    }

    @Override
    public int keeps() {
        return OUTPUT;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Softmax(), draw.normal(draw.shape(1, 3)));
    }
}
