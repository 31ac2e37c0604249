package nonmercer.feature;

import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Logarithms;
import nonmercer.kernel.PositiveFeatureMap;
import nonmercer.spectral.Noise;

/// Random features with their noise, all positive.
record DrawnPositive(RandomFeatures features, Noise noise, NoisePolicy policy, String name)
        implements PositiveFeatureMap {
    @Override
    public int dimension(int d) {
        return features.dimension();
    }

    @Override
    public Logarithms logQueries(Tensor q, Pass pass) {
        return new ReadyPositive(Ready.unfitted(features, noise, policy, name, q, pass))
                .logQueries(q, pass);
    }

    @Override
    public Logarithms logKeys(Tensor k, Pass pass) {
        return new ReadyPositive(Ready.unfitted(features, noise, policy, name, k, pass))
                .logKeys(k, pass);
    }

    @Override
    public PositiveFeatureMap fitted(Tensor q, Tensor k, Pass pass) {
        return new ReadyPositive(Ready.fitted(features, noise, policy, name, q, k, pass));
    }

    @Override
    public boolean fitsData() {
        return features.fitsData();
    }
}
