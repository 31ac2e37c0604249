package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.array.Rows;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import org.jspecify.annotations.Nullable;

/// `y = x̂ · gain` with `x̂ = x / √(mean(x²) + ε)` along the innermost axis (Zhang & Sennrich
/// 2019).
///
/// With `h = ȳ · gain` and `r = 1 / √(mean(x²) + ε)`: `x̄ = r (h - x̂ · mean(h x̂))`, `gain‾ = Σ ȳ
/// x̂`.
public record RmsNorm(double epsilon) implements Op {
    @Override
    public Shape shape(Shape... in) {
        Shape row = Shape.of(in[0].dim(-1));
        if (!in[1].equals(row)) {
            throw new IllegalArgumentException(
                    "rmsNorm: rows of " + in[0] + " need a gain " + row + ", got " + in[1]);
        }
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Array x = f.in(0);
        Array hat = f.fresh(x.shape());
        Array inverse = f.fresh(x.shape().without(-1));
        Rows.rmsNorm(x, epsilon, hat, inverse);
        Elementwise.binary(Binary.MULTIPLY, hat, f.in(1), f.out());
        f.save(hat);
        f.save(inverse);
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return p.recording() ? composed(p) : fused(p);
    }

    private static @Nullable Tensor[] fused(Pullback p) {
        Tensor g = p.gradient();
        Array hat = p.saved(0);
        Tensor dx = null;
        if (p.wants(0)) {
            Array h = p.fresh(g.shape());
            Elementwise.binary(Binary.MULTIPLY, g.value(), p.in(1).value(), h);
            Rows.rmsNormGradient(hat, h, p.saved(1), h);
            dx = Tensor.of(h);
        }
        return new @Nullable Tensor[] {
            dx, p.wants(1) ? g.mul(Tensor.of(hat)).sumTo(p.shape(1)) : null
        };
    }

    private @Nullable Tensor[] composed(Pullback p) {
        Tensor x = p.in(0);
        Tensor g = p.gradient();
        Shape one = x.shape().with(-1, 1);
        double n = x.dim(-1);
        Tensor r = x.square().sumTo(one).affine(1 / n, epsilon).sqrt().reciprocal();
        Tensor hat = x.mul(r);
        Tensor h = g.mul(p.in(1));
        Tensor dx = h.sub(hat.mul(h.mul(hat).sumTo(one).scale(1 / n))).mul(r);
        return new @Nullable Tensor[] {dx, g.mul(hat).sumTo(p.shape(1))};
    }

    @Override
    public int keeps() {
        return FIRST | SECOND;
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(1, 3);
        return draw.of(new RmsNorm(0.1), draw.normal(shape), draw.normal(Shape.of(shape.dim(-1))));
    }
}
