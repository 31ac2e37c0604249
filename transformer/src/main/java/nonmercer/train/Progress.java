package nonmercer.train;

/// Where a training stands after a step.
///
/// @param epoch from 1
/// @param epochs planned
/// @param step from 1, over the whole training
/// @param steps planned, over the whole training
/// @param loss of this step, in nats
/// @param tokensPerSecond since the training began, validation left out
/// @param secondsLeft at this speed
public record Progress(
        int epoch,
        int epochs,
        int step,
        int steps,
        double loss,
        double tokensPerSecond,
        double secondsLeft) {}
