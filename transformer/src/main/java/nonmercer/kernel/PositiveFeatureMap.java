package nonmercer.kernel;

import java.util.Optional;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// Features that are all positive, known by their logarithms: attention can shift them before it
/// takes exponentials, so that nothing overflows and no sum of weights is zero.
public interface PositiveFeatureMap extends FeatureMap {
    /// `ln φ`: `[…, n, d] → […, n, dimension(d)]`.
    Logarithms logQueries(Tensor q, Pass pass);

    /// `ln ψ`: `[…, m, d] → […, m, dimension(d)]`.
    Logarithms logKeys(Tensor k, Pass pass);

    /// The same features as projections, if they are: then attention projects, takes exponentials
    /// and sums in one pass over blocks of rows.
    default Optional<Projected> projected(Tensor q, Tensor k, Pass pass) {
        return Optional.empty();
    }

    @Override
    default Tensor queries(Tensor q, Pass pass) {
        return logQueries(q, pass).sum().exp();
    }

    @Override
    default Tensor keys(Tensor k, Pass pass) {
        return logKeys(k, pass).sum().exp();
    }

    @Override
    default PositiveFeatureMap fitted(Tensor q, Tensor k, Pass pass) {
        return this;
    }

    @Override
    default Optional<String> normaliserRisk() {
        return Optional.empty();
    }
}
