package nonmercer.train;

/// What an epoch came to.
///
/// @param number from 1
/// @param loss the mean training loss
/// @param score on the validation data
/// @param best whether no earlier epoch scored as high
/// @param seconds of training, validation left out
/// @param tokensPerSecond in training
public record Epoch(
        int number,
        double loss,
        double score,
        boolean best,
        double seconds,
        double tokensPerSecond) {}
