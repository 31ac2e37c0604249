package nonmercer.autodiff;

import java.util.HashMap;
import java.util.Map;
import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.array.Memory;
import nonmercer.array.Reduce;

/// The gradient of a loss with respect to every parameter of a model.
///
/// The arrays live as long as the tape's memory: [#copy()] them to keep them past the step.
public final class Gradients {
    private final ParameterTree model;
    private final Map<Parameter, Array> arrays;

    Gradients(ParameterTree model, Map<Parameter, Array> arrays) {
        this.model = model;
        this.arrays = arrays;
    }

    /// The gradient with respect to one parameter, in its shape.
    public Array of(Parameter p) {
        Array g = arrays.get(p);
        if (g == null) {
            throw new IllegalArgumentException(
                    "a parameter of shape " + p.shape() + " does not belong to this model");
        }
        return g;
    }

    /// The model these gradients belong to.
    public ParameterTree model() {
        return model;
    }

    /// `√Σ‖g‖²` over all parameters: the global norm.
    public double norm() {
        double sum = 0;
        for (Parameter p : model.byName().values()) {
            sum += Reduce.dot(of(p), of(p));
        }
        return Math.sqrt(sum);
    }

    /// These gradients times a number, in new arrays of the same memory.
    public Gradients scaled(double factor) {
        return scaled(factor, Memory.of(arrays.values().toArray(new Array[0])));
    }

    /// These gradients times a number, in new arrays of this memory: where the sum over several
    /// batches starts.
    public Gradients scaled(double factor, Memory memory) {
        Map<Parameter, Array> result = new HashMap<>();
        arrays.forEach((p, g) -> {
            Array out = memory.fresh(g.dtype(), g.shape());
            Elementwise.affine(g, factor, 0, out);
            result.put(p, out);
        });
        return new Gradients(model, result);
    }

    /// Adds a multiple of other gradients of the same model to these, in place: for sums that
    /// [#scaled(double, Memory)] started.
    public void add(double factor, Gradients other) {
        arrays.forEach((p, g) -> Elementwise.addScaled(factor, other.of(p), g));
    }

    /// The sum of these gradients and others of the same model.
    public Gradients plus(Gradients other) {
        Gradients sum = scaled(1);
        sum.add(1, other);
        return sum;
    }

    /// A copy on the heap, valid for ever.
    public Gradients copy() {
        Map<Parameter, Array> result = new HashMap<>();
        arrays.forEach((p, g) -> result.put(p, g.copy()));
        return new Gradients(model, result);
    }
}
