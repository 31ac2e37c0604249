package nonmercer.autodiff.optim;

import java.util.Map;
import nonmercer.array.Array;
import nonmercer.autodiff.Gradients;

/// A rule that moves the parameters of one model along their gradients.
///
/// ```java
/// Optimizer optimizer = AdamW.of(model, 0.01);
/// optimizer.step(Clipping.globalNorm(tape.gradients(loss, model), 1), schedule.rate(step));
/// ```
public interface Optimizer {
    /// Moves every parameter once; `rate` is the learning rate of this step.
    ///
    /// @throws IllegalArgumentException if the gradients belong to another model
    void step(Gradients gradients, double rate);

    /// Copies of all that a later step depends on, by name: `momentum.encoder.0.weight`, `steps`.
    Map<String, Array> state();

    /// Continues from a saved state.
    ///
    /// @throws IllegalArgumentException naming the first entry that is missing, left over, or of
    ///   another shape or type; nothing is written then
    void restore(Map<String, Array> state);
}
