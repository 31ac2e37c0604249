package nonmercer.data.task;

/// A predictor that reads nothing, or next to nothing, and what it reaches.
///
/// @param name what it does
/// @param accuracy the probability that it is right, exactly
public record Guess(String name, double accuracy) {}
