package nonmercer.kernel;

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
}
