package nonmercer.attention;

import java.util.List;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.spectral.Numbers;

/// `Σ_c π_c A_c(q, k, v)`, `π = softmax(logits)`: a mixture of *attentions*, each normalised by
/// itself.
///
/// Not the attention of the mixture of kernels ([nonmercer.spectral.Mixture]), which normalises
/// their sum: a component whose kernel is everywhere small counts for little there, and for `π_c`
/// here. The two agree for each query for which all components have the same normaliser. The
/// released code of Chowdhury et al. 2022 computes this one.
///
/// @param logits `[1, components]`
public record MixedAttention(List<LinearAttention> components, Numbers logits) {
    /// Copies the list; refuses another number of logits.
    public MixedAttention {
        components = List.copyOf(components);
        if (components.isEmpty()
                || logits.value().shape().rank() != 2
                || logits.value().dim(0) != 1
                || logits.value().dim(1) != components.size()) {
            throw new IllegalArgumentException(
                    "a mixture of attentions takes logits [1, components], got "
                            + components.size()
                            + " components and logits "
                            + logits.value().shape());
        }
    }

    /// The mixed means, as [LinearAttention#apply].
    public Tensor apply(Tensor q, Tensor k, Tensor v, Mask mask, Pass pass) {
        Tensor weights = logits.of(q.dtype(), pass).softmax(); // [1, components]
        Tensor sum = null;
        for (int c = 0; c < components.size(); c++) {
            Tensor part =
                    components.get(c).apply(q, k, v, mask, pass).mul(weights.slice(1, c, c + 1));
            sum = sum == null ? part : sum.add(part);
        }
        if (sum == null) {
            throw new IllegalStateException("a mixture has at least one component");
        }
        return sum;
    }
}
