package nonmercer.autodiff;

import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.array.Shape;

/// A trained array: the one mutable thing in a model. Its storage stays the same object; optimisers
/// write to it.
///
/// Two parameters are the same only if they are the same object. A parameter gets its name from the
/// place it has in a model: see [ParameterTree].
public final class Parameter {
    private final Array value;

    /// A parameter that starts at a copy of these values.
    public Parameter(Array initial) {
        this.value = initial.copy();
    }

    /// The current values. The array is overwritten by the next update: copy it to keep it.
    public Array value() {
        return value;
    }

    /// The extents of the values.
    public Shape shape() {
        return value.shape();
    }

    /// Overwrites the values.
    ///
    /// @throws IllegalArgumentException if the shape or the element type differs
    public void assign(Array values) {
        if (!values.shape().equals(value.shape()) || values.dtype() != value.dtype()) {
            throw new IllegalArgumentException(
                    "assign: the parameter is "
                            + value.dtype()
                            + " "
                            + value.shape()
                            + ", the values are "
                            + values.dtype()
                            + " "
                            + values.shape());
        }
        Elementwise.copy(values, value);
    }
}
