package nonmercer.attention;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.op.MatMul;
import nonmercer.linalg.Transpose;
import org.jspecify.annotations.Nullable;

/// `T = (I + N)⁻¹` for the part `N` of each matrix `[…, c, c]` strictly below the diagonal, by
/// substitution: `tᵢ = eᵢ − Σ_{j < i} nᵢⱼ tⱼ`.
///
/// The pullback is `N̄ = −Tᵀ T̄ Tᵀ` below the diagonal.
record UnitLowerInverse() implements Op {
    @Override
    public Shape shape(Shape... in) {
        if (in[0].rank() < 2 || in[0].dim(-1) != in[0].dim(-2)) {
            throw new IllegalArgumentException(
                    "an inverse takes square matrices [..., c, c], got " + in[0]);
        }
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Array n = f.in(0);
        int c = n.dim(-1);
        double[] t = new double[c * c];
        for (int at = 0; at < n.size(); at += c * c) {
            for (int i = 0; i < c; i++) {
                for (int l = 0; l < c; l++) {
                    double sum = i == l ? 1 : 0;
                    for (int j = l; j < i; j++) {
                        sum -= n.at(at + i * c + j) * t[j * c + l];
                    }
                    t[i * c + l] = l > i ? 0 : sum;
                }
            }
            for (int i = 0; i < c * c; i++) {
                if (f.out().dtype() == DType.FLOAT32) {
                    f.out().floats()[at + i] = (float) t[i];
                } else {
                    f.out().doubles()[at + i] = t[i];
                }
            }
        }
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor t = p.out();
        Tensor left =
                Tensor.apply(new MatMul(Transpose.TRANSPOSED, Transpose.PLAIN), t, p.gradient());
        Tensor all = left.matmul(t, Transpose.TRANSPOSED).neg();
        return new @Nullable Tensor[] {all.mul(below(t.dim(-1), t.dtype(), 1))};
    }

    /// Ones on and below the diagonal that is this far below the main one.
    static Tensor below(int c, DType dtype, int diagonal) {
        double[] a = new double[c * c];
        for (int i = 0; i < c; i++) {
            for (int j = 0; j <= i - diagonal; j++) {
                a[i * c + j] = 1;
            }
        }
        return Tensor.of(Array.of(Shape.of(c, c), a).cast(dtype));
    }

    @Override
    public int keeps() {
        return OUTPUT;
    }
}
