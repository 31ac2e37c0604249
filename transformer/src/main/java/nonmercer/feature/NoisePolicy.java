package nonmercer.feature;

/// When the noise of a random feature map is drawn. Queries and keys, forward and backward of one
/// pass always share one noise, and evaluation always uses the map's own.
public enum NoisePolicy {
    /// Once, with the map.
    FROZEN,
    /// Anew for each step of training, from the step's stream.
    PER_STEP,
    /// Anew for each epoch of training, from the epoch's stream.
    PER_EPOCH
}
