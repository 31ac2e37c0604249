package nonmercer.autodiff;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Memory;
import nonmercer.array.Shape;
import org.jspecify.annotations.Nullable;

/// One run of an op: its inputs, its output, and what it leaves for its pullback.
public final class Forward {
    private final Array[] in;
    private final Memory memory;
    private final DType dtype;
    private final Shape shape;
    private @Nullable Array out;
    private List<Array> saved = List.of();

    Forward(Array[] in, Memory memory, DType dtype, Shape shape) {
        this.in = in;
        this.memory = memory;
        this.dtype = dtype;
        this.shape = shape;
    }

    /// The number of inputs.
    public int count() {
        return in.length;
    }

    /// An input, never to be written.
    public Array in(int i) {
        return in[i];
    }

    /// The output, of the shape the op's rule gave, to be written in full.
    public Array out() {
        Array o = out;
        if (o == null) {
            o = memory.fresh(dtype, shape);
            out = o;
        }
        return o;
    }

    /// Makes a view of an input the output: nothing is copied.
    public void alias(Array view) {
        if (!view.shape().equals(shape)) {
            throw new IllegalStateException(
                    "the view has shape " + view.shape() + ", the op's rule says " + shape);
        }
        out = view;
    }

    /// A further array in the output's element type, living as long as the output.
    public Array fresh(Shape shape) {
        return memory.fresh(dtype, shape);
    }

    /// Leaves an array for the pullback, read there by [Pullback#saved(int)] in the order of these
    /// calls.
    public void save(Array residual) {
        if (saved.isEmpty()) {
            saved = new ArrayList<>(2);
        }
        saved.add(residual);
    }

    List<Array> saved() {
        return saved;
    }
}
