package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.Reduce;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// `y = maxⱼ xⱼ` along the innermost axis, which disappears.
///
/// `x̄` is `ȳ` at the first of the largest elements, 0 elsewhere.
public record MaxRow() implements Op {
    @Override
    public Shape shape(Shape... in) {
        if (in[0].dim(-1) == 0) {
            throw new IllegalArgumentException("max: the rows of " + in[0] + " are empty");
        }
        return in[0].without(-1);
    }

    @Override
    public void forward(Forward f) {
        Reduce.max(f.in(0), -1, f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Shape shape = p.shape(0);
        int n = shape.dim(-1);
        int[] at = Reduce.argMax(p.in(0).value());
        for (int i = 0; i < at.length; i++) {
            at[i] += i * n;
        }
        Tensor flat =
                Tensor.apply(new ScatterAdd(shape.size(), at), p.gradient().reshape(at.length));
        return new @Nullable Tensor[] {flat.reshape(shape)};
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    @Override
    public double distanceToKink(Array... in) {
        int n = in[0].dim(-1);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < in[0].size(); i += n) {
            double first = Double.NEGATIVE_INFINITY;
            double second = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                double x = in[0].at(i + j);
                second = Math.max(second, Math.min(first, x));
                first = Math.max(first, x);
            }
            least = Math.min(least, (first - second) / 2);
        }
        return least;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new MaxRow(), draw.normal(draw.shape(1, 3)));
    }
}
