package nonmercer.autodiff.optim;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import nonmercer.array.Array;
import nonmercer.array.Updates;
import nonmercer.autodiff.Gradients;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.lanes.AdamStep;

/// Adam with decoupled weight decay (Loshchilov & Hutter 2019, Algorithm 2): each step also takes
/// `rate · decay · p` from a parameter, outside of the moments.
public final class AdamW implements Optimizer {
    private final Slots slots;
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double decay;
    private final Set<Parameter> decayed = new LinkedHashSet<>();

    /// With these constants; only parameters for which `decays` holds are made to decay.
    public AdamW(
            ParameterTree model,
            double beta1,
            double beta2,
            double epsilon,
            double decay,
            BiPredicate<String, Parameter> decays) {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && decay >= 0)) {
            throw new IllegalArgumentException(
                    "expected β₁ and β₂ in [0, 1), ε > 0 and decay ≥ 0, got β₁ = "
                            + beta1
                            + ", β₂ = "
                            + beta2
                            + ", ε = "
                            + epsilon
                            + ", decay = "
                            + decay);
        }
        this.slots = new Slots(model, "moment1", "moment2");
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.decay = decay;
        model.forEach((name, p) -> {
            if (decays.test(name, p)) {
                decayed.add(p);
            }
        });
    }

    /// With β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸; biases and gains, that is parameters of fewer than two
    /// axes, do not decay.
    public static AdamW of(ParameterTree model, double decay) {
        return new AdamW(model, 0.9, 0.999, 1e-8, decay, (name, p) -> p.shape().rank() >= 2);
    }

    @Override
    public void step(Gradients gradients, double rate) {
        int t = slots.next();
        AdamStep plain = AdamStep.of(t, rate, beta1, beta2, epsilon, 0);
        AdamStep decaying = AdamStep.of(t, rate, beta1, beta2, epsilon, decay);
        for (Parameter p : slots.model().all()) {
            Array[] moments = slots.of(p);
            Updates.adam(
                    decayed.contains(p) ? decaying : plain,
                    p.value(),
                    gradients.of(p),
                    moments[0],
                    moments[1]);
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
