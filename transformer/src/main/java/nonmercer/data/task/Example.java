package nonmercer.data.task;

/// A sequence of tokens with what is asked of it: its class, or a token at some places.
public sealed interface Example permits Classified, Answered {
    /// The tokens, not to be written.
    int[] tokens();
}
