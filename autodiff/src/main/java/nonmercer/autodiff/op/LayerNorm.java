package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.LayerNorms;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// `y = x̂ · gain + bias` with `x̂ = (x - mean) / √(variance + ε)` along the innermost axis (Ba,
/// Kiros & Hinton 2016).
///
/// With `h = ȳ · gain` and `r = 1 / √(variance + ε)`: `x̄ = r (h - mean(h) - x̂ · mean(h x̂))`,
/// `gain‾ = Σ ȳ x̂`, `bias‾ = Σ ȳ`.
public record LayerNorm(double epsilon) implements Op {
    @Override
    public Shape shape(Shape... in) {
        Shape row = Shape.of(in[0].dim(-1));
        if (!in[1].equals(row) || !in[2].equals(row)) {
            throw new IllegalArgumentException(
                    "layerNorm: rows of "
                            + in[0]
                            + " need gain and bias "
                            + row
                            + ", got "
                            + in[1]
                            + " and "
                            + in[2]);
        }
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Array x = f.in(0);
        Shape rows = x.shape().without(-1);
        LayerNorms.Saved saved = new LayerNorms.Saved(f.fresh(rows), f.fresh(rows));
        LayerNorms.forward(x, f.in(1), f.in(2), epsilon, saved, f.out());
        f.save(saved.mean());
        f.save(saved.inverse());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return p.recording() ? composed(p) : fused(p);
    }

    private static @Nullable Tensor[] fused(Pullback p) {
        Tensor g = p.gradient();
        Array dx = p.fresh(g.shape());
        Array dgain = p.fresh(p.shape(1));
        Array dbias = p.fresh(p.shape(2));
        LayerNorms.Saved saved = new LayerNorms.Saved(p.saved(0), p.saved(1));
        Array x = p.in(0).value();
        LayerNorms.gradient(x, saved, p.in(1).value(), g.value(), dx, dgain, dbias);
        return new @Nullable Tensor[] {Tensor.of(dx), Tensor.of(dgain), Tensor.of(dbias)};
    }

    private @Nullable Tensor[] composed(Pullback p) {
        Tensor x = p.in(0);
        Tensor g = p.gradient();
        Shape one = x.shape().with(-1, 1);
        double n = x.dim(-1);
        Tensor centred = x.sub(x.sumTo(one).scale(1 / n));
        Tensor r = centred.square().sumTo(one).affine(1 / n, epsilon).sqrt().reciprocal();
        Tensor hat = centred.mul(r);
        Tensor h = g.mul(p.in(1));
        Tensor dx =
                h.sub(h.sumTo(one).scale(1 / n))
                        .sub(hat.mul(h.mul(hat).sumTo(one).scale(1 / n)))
                        .mul(r);
        return new @Nullable Tensor[] {dx, g.mul(hat).sumTo(p.shape(1)), g.sumTo(p.shape(2))};
    }

    @Override
    public int keeps() {
        return FIRST | SECOND;
    }

    static Specimen specimen(Draw draw) {
        Shape shape = draw.shape(1, 3);
        Shape row = Shape.of(shape.dim(-1));
        return draw.of(new LayerNorm(0.1), draw.normal(shape), draw.normal(row), draw.normal(row));
    }
}
