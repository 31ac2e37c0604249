package nonmercer.fused;

import nonmercer.random.RandomStream;

/// Dropout of weights after they were normalised: weight number `i` of all, in the order
/// `[sequences, heads, n, m]`, is dropped or divided by `1 − rate` as element `i` of the stream's
/// mask says.
///
/// The mask is computed again where it is read again, and equals the one [RandomStream#fillMask]
/// draws from a new stream.
///
/// @param stream its mask is read from the beginning, whatever was drawn
/// @param rate the probability that a weight is dropped, in `[0, 1)`
public record Coins(RandomStream stream, double rate) {
    /// Checks the rate.
    public Coins {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException(
                    "the rate of dropout is a probability in [0, 1), got " + rate);
        }
    }
}
