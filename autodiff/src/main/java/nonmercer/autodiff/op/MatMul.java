package nonmercer.autodiff.op;

import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.linalg.Transpose;
import org.jspecify.annotations.Nullable;

/// `y = op(a) op(b)` over the two innermost axes, with `op` the identity or the transpose; axes
/// outside broadcast.
///
/// For `y = a b`: `ā = ȳ bᵀ`, `b̄ = aᵀ ȳ`, summed over the axes that were repeated. Nothing is
/// transposed in memory.
public record MatMul(Transpose a, Transpose b) implements Op {
    @Override
    public Shape shape(Shape... in) {
        return nonmercer.linalg.MatMul.shape(in[0], a, in[1], b);
    }

    @Override
    public void forward(Forward f) {
        nonmercer.linalg.MatMul.multiply(f.in(0), a, f.in(1), b, f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor g = p.gradient();
        Tensor da = null;
        Tensor db = null;
        if (p.wants(0)) {
            Tensor y = p.in(1);
            da =
                    a == Transpose.PLAIN
                            ? Tensor.apply(new MatMul(Transpose.PLAIN, b.flip()), g, y)
                            : Tensor.apply(new MatMul(b, Transpose.TRANSPOSED), y, g);
            da = da.sumTo(p.shape(0));
        }
        if (p.wants(1)) {
            Tensor x = p.in(0);
            db =
                    b == Transpose.PLAIN
                            ? Tensor.apply(new MatMul(a.flip(), Transpose.PLAIN), x, g)
                            : Tensor.apply(new MatMul(Transpose.TRANSPOSED, a), g, x);
            db = db.sumTo(p.shape(1));
        }
        return new @Nullable Tensor[] {da, db};
    }

    @Override
    public int keeps() {
        return FIRST | SECOND;
    }

    static Specimen specimen(Draw draw) {
        Shape outer = draw.shape(0, 2);
        int m = draw.extent();
        int k = draw.extent();
        int n = draw.extent();
        Transpose ta = draw.pick(Transpose.values());
        Transpose tb = draw.pick(Transpose.values());
        Shape left = ta == Transpose.PLAIN ? outer.append(m, k) : outer.append(k, m);
        Shape outer2 = draw.broadcastable(outer);
        Shape right = tb == Transpose.PLAIN ? outer2.append(k, n) : outer2.append(n, k);
        return draw.of(new MatMul(ta, tb), draw.normal(left), draw.normal(right));
    }
}
