package nonmercer.experiment;

/// How much a model is trained on a generated task.
///
/// @param train the examples to train on
/// @param test the examples to report on; half as many choose the best epoch
/// @param epochs passes over the training examples
/// @param batchTokens the most tokens a step sees, if one sequence is no longer
/// @param peakRate the highest learning rate
public record Effort(int train, int test, int epochs, int batchTokens, double peakRate) {
    /// Refuses what trains nothing.
    public Effort {
        if (train < 1 || test < 2 || epochs < 1 || batchTokens < 1) {
            throw new IllegalArgumentException(
                    "training needs at least one example, two to test on, one epoch and one token a"
                            + " batch, got "
                            + train
                            + ", "
                            + test
                            + ", "
                            + epochs
                            + " and "
                            + batchTokens);
        }
        if (!(peakRate > 0) || Double.isInfinite(peakRate)) {
            throw new IllegalArgumentException(
                    "the learning rate must be positive and finite, got " + peakRate);
        }
    }
}
