package nonmercer.autodiff.op;

import nonmercer.array.Hadamard;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// `y = H x` along the innermost axis, of a power of two elements: the unnormalised Walsh–Hadamard
/// transform.
///
/// `x̄ = H ȳ`, as `H` is symmetric.
public record WalshHadamard() implements Op {
    @Override
    public Shape shape(Shape... in) {
        Hadamard.check(in[0]);
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Hadamard.transform(f.in(0), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().hadamard()};
    }

    static Specimen specimen(Draw draw) {
        return draw.of(
                new WalshHadamard(), draw.normal(draw.shape(0, 2).append(1 << draw.integer(0, 4))));
    }
}
