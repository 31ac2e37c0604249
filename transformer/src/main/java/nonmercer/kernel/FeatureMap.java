package nonmercer.kernel;

import java.util.Optional;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// Features of queries and keys whose dot product is a kernel: `k(q, k) = ⟨φ(q), ψ(k)⟩`.
public interface FeatureMap {
    /// The number of features for inputs of `d` coordinates.
    int dimension(int d);

    /// `φ`: `[…, n, d] → […, n, dimension(d)]`.
    Tensor queries(Tensor q, Pass pass);

    /// `ψ`: `[…, m, d] → […, m, dimension(d)]`.
    Tensor keys(Tensor k, Pass pass);

    /// This map made ready for one application to these queries and keys: what does not depend on
    /// the single row (frequencies, noise of this step, what is fitted to the data) is computed
    /// once, and recorded if the pass is.
    default FeatureMap fitted(Tensor q, Tensor k, Pass pass) {
        return this;
    }

    /// Whether the features of one row depend on the other rows, through [#fitted]. Such a map has
    /// no use where a row must not know of others.
    default boolean fitsData() {
        return false;
    }

    /// Why `Σⱼ ⟨φ(q), ψ(kⱼ)⟩`, by which attention divides, can vanish or change its sign; empty if
    /// it is positive.
    default Optional<String> normaliserRisk() {
        return Optional.of("nothing is known of the sign of its kernel");
    }
}
