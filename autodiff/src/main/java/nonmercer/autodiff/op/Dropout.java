package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import nonmercer.random.RandomStream;
import org.jspecify.annotations.Nullable;

/// `y = m · x / (1 - rate)`, with a mask `m` of independent 0 (probability `rate`) and 1
/// (Srivastava et al. 2014).
///
/// The mask is a function of the key and the shape alone; the key itself is never drawn from. `x̄ =
/// m · ȳ / (1 - rate)`, with the mask kept: to read it again costs less than to draw it again.
public record Dropout(double rate, RandomStream key) implements Op {
    /// Checks the rate.
    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException(
                    "dropout: the rate is a probability in [0, 1), got " + rate);
        }
    }

    @Override
    public Shape shape(Shape... in) {
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Array mask = f.fresh(f.in(0).shape());
        key.at("mask").fillMask(mask, 1 - rate, 1 / (1 - rate));
        Elementwise.binary(Binary.MULTIPLY, f.in(0), mask, f.out());
        f.save(mask);
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        return new @Nullable Tensor[] {p.gradient().mul(Tensor.of(p.saved(0)))};
    }

    static Specimen specimen(Draw draw) {
        RandomStream key = RandomStream.of(draw.integer(0, 1000));
        return draw.of(new Dropout(draw.number(0, 0.9), key), draw.normal(draw.shape(0, 3)));
    }
}
