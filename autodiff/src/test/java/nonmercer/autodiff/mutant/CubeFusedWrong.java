package nonmercer.autodiff.mutant;

import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Unary;
import org.jspecify.annotations.Nullable;

/// `x³` whose pullback over arrays has another factor than the one in ops.
public record CubeFusedWrong() implements Op {
    @Override
    public Shape shape(Shape... in) {
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Elementwise.unary(Unary.SQUARE, f.in(0), f.out());
        Elementwise.binary(Binary.MULTIPLY, f.in(0), f.out(), f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {
            p.gradient().mul(p.in(0).square()).scale(p.recording() ? 3 : 2.9)
        };
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new CubeFusedWrong(), draw.normal(draw.shape(1, 3)));
    }
}
