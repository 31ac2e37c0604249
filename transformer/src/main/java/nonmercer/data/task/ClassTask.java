package nonmercer.data.task;

/// A generated task that asks for the class of a sequence.
public non-sealed interface ClassTask extends GeneratedTask<Classified> {
    /// The number of classes: they are `0 … classes - 1`.
    int classes();
}
