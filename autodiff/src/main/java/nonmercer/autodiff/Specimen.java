package nonmercer.autodiff;

import java.util.List;
import nonmercer.array.Array;

/// One valid use of an op, for the laws every op must keep: the op and float64 inputs.
public record Specimen(Op op, List<Array> inputs) {
    /// Copies the list.
    public Specimen {
        inputs = List.copyOf(inputs);
    }
}
