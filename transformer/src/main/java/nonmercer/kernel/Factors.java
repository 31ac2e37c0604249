package nonmercer.kernel;

import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.autodiff.Tensor;

/// Values `r e^L` of a kernel for all pairs, in parts that do not overflow: exponentials are in
/// `L`, what has no logarithm in `r`.
///
/// @param log `L […, n, m]`; 0 if there is none
/// @param factor `r […, n, m]`, of any sign; 1 if there is none
public record Factors(Optional<Tensor> log, Optional<Tensor> factor) {
    /// The logarithm alone.
    static Factors ofLog(Tensor log) {
        return new Factors(Optional.of(log), Optional.empty());
    }

    /// The value alone.
    public static Factors ofValue(Tensor value) {
        return new Factors(Optional.empty(), Optional.of(value));
    }

    private Tensor logOrZero() {
        return log.orElseGet(() -> constant(factor.orElseThrow(), 0));
    }

    private Tensor factorOrOne() {
        return factor.orElseGet(() -> constant(log.orElseThrow(), 1));
    }

    private static Tensor constant(Tensor like, double value) {
        return Tensor.of(Array.scalar(like.dtype(), value));
    }

    Factors times(Factors o) {
        return new Factors(
                log.map(a -> o.log.map(a::add).orElse(a)).or(o::log),
                factor.map(a -> o.factor.map(a::mul).orElse(a)).or(o::factor));
    }

    /// `r₁ e^L₁ + r₂ e^L₂ = (r₁ e^(L₁−S) + r₂ e^(L₂−S)) e^S` with `S = max(L₁, L₂)`, which does not
    /// change the sum and is not differentiated.
    Factors plus(Factors o) {
        if (log.isEmpty() && o.log.isEmpty()) {
            return ofValue(factorOrOne().add(o.factorOrOne()));
        }
        Tensor a = logOrZero();
        Tensor b = o.logOrZero();
        Tensor s = a.detach().maximum(b.detach());
        Tensor r = a.sub(s).exp().mul(factorOrOne()).add(b.sub(s).exp().mul(o.factorOrOne()));
        return new Factors(Optional.of(s), Optional.of(r));
    }
}
