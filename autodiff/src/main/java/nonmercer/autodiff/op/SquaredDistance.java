package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.array.Reduce;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Pairing;
import nonmercer.lanes.Unary;
import nonmercer.linalg.Transpose;
import org.jspecify.annotations.Nullable;

/// `y_ij = ‖q_i - k_j‖²` over the innermost axis: `[…, m, d] × […, n, d] → […, m, n]`; the axes
/// outside must be equal.
///
/// Up to [#BY_DIFFERENCES] coordinates the differences are squared and added: relative error `(d +
/// 2) u`. Beyond, it is `‖q_i‖² + ‖k_j‖² - 2 q_i·k_j`, one matrix product, cut off at 0: absolute
/// error `(d + 4) u (‖q_i‖ + ‖k_j‖)²`, so that points much closer to each other than to the origin
/// lose digits.
///
/// `q̄_i = 2 Σ_j ȳ_ij (q_i - k_j)`, `k̄_j = 2 Σ_i ȳ_ij (k_j - q_i)`, both by matrix products.
public record SquaredDistance() implements Paired {
    /// The most coordinates for which the distance is computed from differences.
    public static final int BY_DIFFERENCES = 8;

    @Override
    public Pairing pairing() {
        return Pairing.SQUARED_DISTANCE;
    }

    @Override
    public void forward(Forward f) {
        Array q = f.in(0);
        Array k = f.in(1);
        if (q.dim(-1) <= BY_DIFFERENCES) {
            Paired.super.forward(f);
            return;
        }
        Array out = f.out();
        nonmercer.linalg.MatMul.multiply(q, Transpose.PLAIN, k, Transpose.TRANSPOSED, out);
        Elementwise.affine(out, -2, 0, out);
        Shape outer = q.shape().first(q.shape().rank() - 2);
        Elementwise.binary(Binary.ADD, out, squares(f, q).reshape(outer.append(q.dim(-2), 1)), out);
        Elementwise.binary(Binary.ADD, out, squares(f, k).reshape(outer.append(1, k.dim(-2))), out);
        Elementwise.unary(Unary.RELU, out, out);
    }

    /// `‖x_i‖²`, without the innermost axis.
    private static Array squares(Forward f, Array x) {
        Array square = f.fresh(x.shape());
        Elementwise.unary(Unary.SQUARE, x, square);
        Array sum = f.fresh(x.shape().without(-1));
        Reduce.sum(square, -1, sum);
        return sum;
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor q = p.in(0);
        Tensor k = p.in(1);
        Tensor g = p.gradient();
        Tensor dq = null;
        Tensor dk = null;
        if (p.wants(0)) {
            Tensor row = g.sumTo(g.shape().with(-1, 1)); // [.., m, 1]
            dq = row.mul(q).sub(g.matmul(k)).scale(2);
        }
        if (p.wants(1)) {
            Tensor column = g.sum(-2).reshape(k.shape().with(-1, 1)); // [.., n, 1]
            Tensor mixed = Tensor.apply(new MatMul(Transpose.TRANSPOSED, Transpose.PLAIN), g, q);
            dk = column.mul(k).sub(mixed).scale(2);
        }
        return new @Nullable Tensor[] {dq, dk};
    }

    @Override
    public Tensor slope(Tensor q, Tensor k) {
        return q.sub(k).scale(2);
    }

    static Specimen specimen(Draw draw) {
        return Paired.specimen(new SquaredDistance(), draw, draw.pick(1, 2, 3, 5, 9, 12));
    }
}
