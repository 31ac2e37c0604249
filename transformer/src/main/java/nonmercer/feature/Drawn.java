package nonmercer.feature;

import java.util.Optional;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;
import nonmercer.spectral.Noise;

/// Random features with their noise, of any sign.
record Drawn(RandomFeatures features, Noise noise, NoisePolicy policy, String name)
        implements FeatureMap {
    @Override
    public int dimension(int d) {
        return features.dimension();
    }

    @Override
    public Tensor queries(Tensor q, Pass pass) {
        return Ready.unfitted(features, noise, policy, name, q, pass).queries(q, pass);
    }

    @Override
    public Tensor keys(Tensor k, Pass pass) {
        return Ready.unfitted(features, noise, policy, name, k, pass).keys(k, pass);
    }

    @Override
    public FeatureMap fitted(Tensor q, Tensor k, Pass pass) {
        return Ready.fitted(features, noise, policy, name, q, k, pass);
    }

    @Override
    public boolean fitsData() {
        return features.fitsData();
    }

    @Override
    public Optional<String> normaliserRisk() {
        return features.normaliserRisk();
    }
}
