package nonmercer.train;

/// Training met a NaN or an infinity: the message names the step and the first tensor that went
/// bad.
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DivergedException(String message) {
        super(message);
    }
}
