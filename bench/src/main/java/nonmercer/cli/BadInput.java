package nonmercer.cli;

/// What the user gave cannot be used: the message is the whole sentence he sees, and the exit code is 2.
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param sentence what was expected, what came, what to do
    public BadInput(String sentence) {
        super(sentence);
    }
}
