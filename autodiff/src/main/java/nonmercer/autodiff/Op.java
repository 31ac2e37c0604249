package nonmercer.autodiff;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import org.jspecify.annotations.Nullable;

/// A differentiable function of arrays: its shape rule, its value, and its pullback.
///
/// An op is a record in a file of its own; its parameters (an axis, an index list) are the record's
/// components. For `y = f(x₀, …)` and a gradient `ȳ = ∂L/∂y` the pullback gives `x̄ᵢ = (∂y/∂xᵢ)ᵀ
/// ȳ`. A pullback is written in tensor operations, so that it can itself be recorded and
/// differentiated again; an op with a faster pullback over arrays uses it when
/// [Pullback#recording()] is false.
///
/// For the catalogue an op also has a method `static Specimen specimen(Draw draw)`: one random,
/// valid use of it. Every law (gradients of first and second order, shapes, both element types) is
/// then tested over generated specimens.
public interface Op {
    /// Bit of [#keeps()]: the pullback reads input 0.
    int FIRST = 1;

    /// Bit of [#keeps()]: the pullback reads input 1.
    int SECOND = 1 << 1;

    /// Bit of [#keeps()]: the pullback reads input 2.
    int THIRD = 1 << 2;

    /// Bit of [#keeps()]: the pullback reads input 29 and all inputs after it.
    int LATER = 1 << 29;

    /// Bit of [#keeps()]: the pullback reads the output.
    int OUTPUT = 1 << 30;

    /// The shape of the result.
    ///
    /// @throws IllegalArgumentException with a sentence when the inputs do not fit
    Shape shape(Shape... in);

    /// The element type of the result, given the one of all inputs.
    default DType dtype(DType in) {
        return in;
    }

    /// Writes the result.
    void forward(Forward f);

    /// The gradient with respect to each input; null where [Pullback#wants(int)] is false or the
    /// derivative is zero.
    @Nullable Tensor[] pullback(Pullback p);

    /// What the pullback reads, as bits. Reading anything else is an error, so that the tape can
    /// let it go.
    default int keeps() {
        return 0;
    }

    /// The distance, in the largest coordinate, from these inputs to the nearest point where the
    /// function is not differentiable; infinite for a smooth function. Gradient checks step less
    /// far than this.
    default double distanceToKink(Array... in) {
        return Double.POSITIVE_INFINITY;
    }

    /// The bit of an input in [#keeps()].
    static int bit(int input) {
        return 1 << Math.min(input, 29);
    }

    /// The name in messages: the record's name.
    default String name() {
        return getClass().getSimpleName();
    }
}
