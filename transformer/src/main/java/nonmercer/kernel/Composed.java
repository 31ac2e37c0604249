package nonmercer.kernel;

import java.util.Optional;

/// A kernel that is made by the algebra and has a name: `Periodic` is `Gauss` after a map to
/// circles.
///
/// Writing `at` by hand, the traits and the definition is all; `at` must not be the definition's.
public non-sealed interface Composed extends Kernel {
    /// The same kernel in terms of others.
    Kernel definition();

    /// What the algebra derives. Knowing more is what a name is for.
    @Override
    default Traits traits() {
        return definition().traits();
    }

    @Override
    default String formula() {
        return definition().formula();
    }

    @Override
    default Optional<FeatureMap> featureMap() {
        return definition().featureMap();
    }
}
