package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.linalg.MatMul;
import nonmercer.linalg.Transpose;
import org.jspecify.annotations.Nullable;

/// `y = x W + b` along the innermost axis: `x [.., in]`, `W [in, out]`, `b [out]`.
///
/// `x̄ = ȳ Wᵀ`, `W̄ = xᵀ ȳ` and `b̄ = Σ ȳ` over all rows. Every element is one chain of fused
/// multiply-adds that starts at `b`: a rounding less than a product and a sum, and no pass over
/// `y`. The axes outside make one tall matrix, so that the bits of a row do not depend on them.
public record Linear() implements Op {
    @Override
    public Shape shape(Shape... in) {
        Shape x = in[0];
        Shape w = in[1];
        if (x.rank() < 1
                || w.rank() != 2
                || x.dim(-1) != w.dim(0)
                || !in[2].equals(Shape.of(w.dim(1)))) {
            throw new IllegalArgumentException(
                    "linear: expected x [.., in], weights [in, out] and a bias [out], got "
                            + x
                            + ", "
                            + w
                            + " and "
                            + in[2]);
        }
        return x.with(-1, w.dim(1));
    }

    @Override
    public void forward(Forward f) {
        Array w = f.in(1);
        Array x = f.in(0).reshape(tall(f.in(0).shape()));
        Array y = f.out().reshape(tall(f.out().shape()));
        MatMul.multiplyAdd(x, Transpose.PLAIN, w, Transpose.PLAIN, f.in(2), y);
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor g = p.gradient().reshape(tall(p.gradient().shape()));
        return new @Nullable Tensor[] {
            p.wants(0) ? g.matmul(p.in(1), Transpose.TRANSPOSED).reshape(p.shape(0)) : null,
            p.wants(1) ? weights(p.in(0), g) : null,
            p.wants(2) ? g.sumTo(p.shape(2)) : null
        };
    }

    private static Tensor weights(Tensor x, Tensor g) {
        Op product = new nonmercer.autodiff.op.MatMul(Transpose.TRANSPOSED, Transpose.PLAIN);
        return Tensor.apply(product, x.reshape(tall(x.shape())), g);
    }

    /// All axes but the innermost as one.
    private static Shape tall(Shape shape) {
        int rows = 1;
        for (int axis = 0; axis < shape.rank() - 1; axis++) {
            rows *= shape.dim(axis);
        }
        return Shape.of(rows, shape.dim(-1));
    }

    @Override
    public int keeps() {
        return FIRST | SECOND;
    }

    static Specimen specimen(Draw draw) {
        Shape x = draw.shape(1, 4);
        int out = draw.extent();
        return draw.of(
                new Linear(),
                draw.normal(x),
                draw.normal(Shape.of(x.dim(-1), out)),
                draw.normal(Shape.of(out)));
    }
}
