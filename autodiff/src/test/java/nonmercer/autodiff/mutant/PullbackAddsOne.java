package nonmercer.autodiff.mutant;

import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// The identity whose pullback adds 1.
public record PullbackAddsOne() implements Op {
    @Override
    public Shape shape(Shape... in) {
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Elementwise.copy(f.in(0), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().plus(1)};
    }

    @Override
    public int keeps() {
        return 0;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new PullbackAddsOne(), draw.normal(draw.shape(1, 3)));
    }
}
