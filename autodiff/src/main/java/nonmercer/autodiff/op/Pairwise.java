package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.array.Memory;
import nonmercer.array.Shape;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;

/// An op of two inputs, broadcasting, that maps each pair of elements by itself.
interface Pairwise extends Op {
    /// The function of one pair.
    Binary function();

    @Override
    default Shape shape(Shape... in) {
        return Shape.broadcast(in[0], in[1]);
    }

    @Override
    default void forward(Forward f) {
        Elementwise.binary(function(), f.in(0), f.in(1), f.out());
    }

    /// `1` where the comparison holds, else 0: a constant of the gradient's shape.
    static Tensor where(Binary comparison, Pullback p) {
        Array mask = p.fresh(p.gradient().shape());
        Elementwise.binary(comparison, p.in(0).value(), p.in(1).value(), mask);
        return Tensor.of(mask);
    }

    /// How far `a` and `b` may move, each, before some pair is equal.
    default double distanceToTie(Array a, Array b) {
        Array difference = Memory.HEAP.fresh(a.dtype(), shape(a.shape(), b.shape()));
        Elementwise.binary(Binary.SUBTRACT, a, b, difference);
        return Pointwise.distanceToZero(difference) / 2;
    }
}
