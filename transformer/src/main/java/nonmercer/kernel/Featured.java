package nonmercer.kernel;

/// A kernel with an explicit finite feature map: exact in linear time.
public non-sealed interface Featured extends Kernel {
    /// The map.
    FeatureMap features();
}
