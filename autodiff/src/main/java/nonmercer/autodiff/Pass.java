package nonmercer.autodiff;

import nonmercer.random.RandomStream;
import org.jspecify.annotations.Nullable;

/// One pass through a model: what a layer needs to know besides its input.
///
/// In training the parameters are recorded on the step's tape and dropout is drawn from the step's random stream; in
/// evaluation parameters are constants and nothing is dropped.
public final class Pass {
    private static final Pass EVALUATION = new Pass(null, null);

    private final @Nullable Tape tape;
    private final @Nullable RandomStream random;
    private int draws;

    private Pass(@Nullable Tape tape, @Nullable RandomStream random) {
        this.tape = tape;
        this.random = random;
    }

    /// No tape, no dropout.
    public static Pass evaluation() {
        return EVALUATION;
    }

    /// Recorded on a tape, without dropout: for gradient checks.
    public static Pass recorded(Tape tape) {
        return new Pass(tape, null);
    }

    /// Recorded on a tape, with dropout drawn from this stream: the same stream gives the same masks.
    public static Pass training(Tape tape, RandomStream random) {
        return new Pass(tape, random);
    }

    /// The parameter's current value, recorded if this pass is.
    public Tensor use(Parameter parameter) {
        return tape == null ? Tensor.of(parameter.value()) : tape.use(parameter);
    }

    /// `x` with each element zeroed with probability `rate` and the others divided by `1 - rate`, in training; else
    /// `x`.
    public Tensor dropout(Tensor x, double rate) {
        if (random == null || rate == 0) {
            return x;
        }
        return x.dropout(rate, random.at(draws++));
    }
}
