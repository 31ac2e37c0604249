package nonmercer.attention;

import java.util.Optional;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;

/// Features taken at the caller's risk.
record Unguarded(FeatureMap features) implements FeatureMap {
    @Override
    public int dimension(int d) {
        return features.dimension(d);
    }

    @Override
    public Tensor queries(Tensor q, Pass pass) {
        return features.queries(q, pass);
    }

    @Override
    public Tensor keys(Tensor k, Pass pass) {
        return features.keys(k, pass);
    }

    @Override
    public FeatureMap fitted(Tensor q, Tensor k, Pass pass) {
        return features.fitted(q, k, pass);
    }

    @Override
    public boolean fitsData() {
        return features.fitsData();
    }

    @Override
    public Optional<String> normaliserRisk() {
        return Optional.empty();
    }
}
