package nonmercer.autodiff.optim;

import java.util.Map;
import nonmercer.array.Array;
import nonmercer.autodiff.Gradients;
import nonmercer.autodiff.ParameterTree;

/// Adam (Kingma & Ba 2015, Algorithm 1): with `m ← β₁ m + (1 - β₁) g` and `v ← β₂ v + (1 - β₂) g²`,
/// step `t` is `p ← p - rate · m̂ / (√v̂ + ε)`, where `m̂ = m / (1 - β₁ᵗ)` and `v̂ = v / (1 -
/// β₂ᵗ)`.
public final class Adam implements Optimizer {
    private final AdamW rule;

    /// With these constants.
    public Adam(ParameterTree model, double beta1, double beta2, double epsilon) {
        this.rule = new AdamW(model, beta1, beta2, epsilon, 0, (name, p) -> false);
    }

    /// With the paper's constants: β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
    public static Adam of(ParameterTree model) {
        return new Adam(model, 0.9, 0.999, 1e-8);
    }

    @Override
    public void step(Gradients gradients, double rate) {
        rule.step(gradients, rate);
    }

    @Override
    public Map<String, Array> state() {
        return rule.state();
    }

    @Override
    public void restore(Map<String, Array> state) {
        rule.restore(state);
    }
}
