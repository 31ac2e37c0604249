package nonmercer.autodiff.optim;

import java.util.Map;
import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.array.Updates;
import nonmercer.autodiff.Gradients;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;

/// Gradient descent with momentum: `v ← μ v + g`, `p ← p - rate · v`; with Nesterov's look-ahead
/// (Sutskever et al. 2013) `p ← p - rate · (g + μ v)`. Without momentum `p ← p - rate · g`.
public final class Sgd implements Optimizer {
    private final Slots slots;
    private final double momentum;
    private final boolean nesterov;

    private Sgd(ParameterTree model, double momentum, boolean nesterov) {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum is expected in [0, 1), got " + momentum);
        }
        this.slots = momentum == 0 ? new Slots(model) : new Slots(model, "momentum");
        this.momentum = momentum;
        this.nesterov = nesterov;
    }

    /// Plain gradient descent.
    public static Sgd of(ParameterTree model) {
        return new Sgd(model, 0, false);
    }

    /// With momentum.
    public static Sgd momentum(ParameterTree model, double momentum) {
        return new Sgd(model, momentum, false);
    }

    /// With momentum and Nesterov's look-ahead.
    public static Sgd nesterov(ParameterTree model, double momentum) {
        return new Sgd(model, momentum, true);
    }

    @Override
    public void step(Gradients gradients, double rate) {
        slots.next();
        for (Parameter p : slots.model().all()) {
            Array g = gradients.of(p);
            if (momentum == 0) {
                Elementwise.addScaled(-rate, g, p.value());
            } else if (nesterov) {
                Updates.momentum(rate * momentum, momentum, 0, p.value(), g, slots.of(p)[0]);
                Elementwise.addScaled(-rate, g, p.value());
            } else {
                Updates.momentum(rate, momentum, 0, p.value(), g, slots.of(p)[0]);
            }
        }
    }

    @Override
    public Map<String, Array> state() {
        return slots.state();
    }

    @Override
    public void restore(Map<String, Array> state) {
        slots.restore(state);
    }
}
