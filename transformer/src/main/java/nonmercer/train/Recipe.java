package nonmercer.train;

import nonmercer.autodiff.optim.Schedule;

/// How long and how a model is trained.
///
/// @param epochs passes over the data, at least 1
/// @param schedule the learning rate at each step
/// @param clip the largest global norm of the gradients; larger ones are scaled down to it
/// @param accumulate batches whose gradients are averaged before a step, at least 1
/// @param patience epochs without a better validation score after which training stops; 0 never
///   stops early
/// @param seed of the order of the batches and of dropout
/// @param recomputing whether each block of a model is computed once more for its gradients: less
///   memory, a third more work ([nonmercer.autodiff.Pass#recomputing()])
public record Recipe(
        int epochs,
        Schedule schedule,
        double clip,
        int accumulate,
        int patience,
        long seed,
        boolean recomputing) {
    /// Refuses what cannot work.
    public Recipe {
        if (epochs < 1 || accumulate < 1 || patience < 0) {
            throw new IllegalArgumentException(
                    "a recipe needs at least one epoch, one batch a step and a patience "
                            + "of 0 or more, got "
                            + epochs
                            + ", "
                            + accumulate
                            + " and "
                            + patience);
        }
        if (!(clip > 0)) {
            throw new IllegalArgumentException(
                    "the largest gradient norm must be positive, got " + clip);
        }
    }

    /// One that keeps what was computed for the gradients.
    public Recipe(
            int epochs, Schedule schedule, double clip, int accumulate, int patience, long seed) {
        this(epochs, schedule, clip, accumulate, patience, seed, false);
    }

    /// Epochs with a schedule; norm clipped at 1, a step a batch, no early stop.
    public static Recipe of(int epochs, Schedule schedule, long seed) {
        return new Recipe(epochs, schedule, 1, 1, 0, seed);
    }

    /// The same with early stopping.
    public Recipe patience(int epochs) {
        return new Recipe(this.epochs, schedule, clip, accumulate, epochs, seed, recomputing);
    }

    /// The same with each block computed once more for its gradients: for long sequences.
    public Recipe recompute() {
        return new Recipe(epochs, schedule, clip, accumulate, patience, seed, true);
    }
}
