package nonmercer.feature;

import java.util.Optional;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Logarithms;
import nonmercer.kernel.PositiveFeatureMap;
import nonmercer.kernel.Projected;

/// Positive random features with their frequencies, for one application.
record ReadyPositive(Ready ready) implements PositiveFeatureMap {
    @Override
    public int dimension(int d) {
        return ready.dimension(d);
    }

    @Override
    public Logarithms logQueries(Tensor q, Pass pass) {
        return ready.logarithms(ready.change().query(ready.scaled(q, pass)));
    }

    @Override
    public Logarithms logKeys(Tensor k, Pass pass) {
        return ready.logarithms(ready.change().key(ready.scaled(k, pass)));
    }

    @Override
    public Optional<Projected> projected(Tensor q, Tensor k, Pass pass) {
        return ready.projected(q, k, pass);
    }
}
