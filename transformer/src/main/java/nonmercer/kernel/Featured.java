package nonmercer.kernel;

import java.util.Optional;

/// A kernel with an explicit finite feature map: exact in linear time.
public non-sealed interface Featured extends Kernel {
    /// The map.
    FeatureMap features();

    @Override
    default Optional<FeatureMap> featureMap() {
        return Optional.of(features());
    }
}
