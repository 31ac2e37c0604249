package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.array.Memory;
import nonmercer.array.Shape;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;
import org.jspecify.annotations.Nullable;

/// An op of one input that maps each element by itself: the function and its slope are all that is
/// particular to it.
///
/// `x̄ = f'(x) · ȳ`.
interface Pointwise extends Op {
    /// `f`.
    Unary function();

    /// `f'(x)`, elementwise.
    Tensor slope(Pullback p);

    @Override
    default Shape shape(Shape... in) {
        return in[0];
    }

    @Override
    default void forward(Forward f) {
        Elementwise.unary(function(), f.in(0), f.out());
    }

    @Override
    default @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().mul(slope(p))};
    }

    /// `f(x)` as a constant, for a function whose derivative is 0 wherever it has one.
    static Tensor constant(Unary f, Tensor x) {
        Array out = Memory.of(x.value()).fresh(x.dtype(), x.shape());
        Elementwise.unary(f, x.value(), out);
        return Tensor.of(out);
    }

    /// The smallest `|x|`: how far the nearest element is from a kink or a pole at 0.
    static double distanceToZero(Array x) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < x.size(); i++) {
            least = Math.min(least, Math.abs(x.at(i)));
        }
        return least;
    }
}
