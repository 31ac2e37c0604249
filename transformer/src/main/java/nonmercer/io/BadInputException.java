package nonmercer.io;

/// Input from outside (a file, a runtime image) cannot be used; the message is one sentence that
/// names the place.
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// With the sentence the user will read.
    public BadInputException(String message) {
        super(message);
    }

    /// With the sentence the user will read, and what lies beneath it.
    public BadInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
