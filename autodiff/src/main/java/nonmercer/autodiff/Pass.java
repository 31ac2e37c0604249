package nonmercer.autodiff;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import nonmercer.random.RandomStream;
import org.jspecify.annotations.Nullable;

/// One pass through a model: what a layer needs to know besides its input.
///
/// In training the parameters are recorded on the step's tape and dropout is drawn from the step's
/// random stream; in evaluation parameters are constants and nothing is dropped.
public final class Pass {
    private static final Pass EVALUATION = new Pass(p -> Tensor.of(p.value()), null, null, null);

    private final Function<Parameter, Tensor> values;
    private final @Nullable RandomStream random;
    private final @Nullable RandomStream step;
    private final @Nullable RandomStream epoch;
    private int draws;

    private Pass(
            Function<Parameter, Tensor> values,
            @Nullable RandomStream random,
            @Nullable RandomStream step,
            @Nullable RandomStream epoch) {
        this.values = values;
        this.random = random;
        this.step = step;
        this.epoch = epoch;
    }

    /// No tape, no dropout.
    public static Pass evaluation() {
        return EVALUATION;
    }

    /// Recorded on a tape, without dropout: for gradient checks.
    public static Pass recorded(Tape tape) {
        return new Pass(tape::use, null, null, null);
    }

    /// With these tensors in the place of the parameters, without dropout: a model as a function of
    /// its parameters.
    public static Pass substituting(Map<Parameter, Tensor> values) {
        return new Pass(
                p -> {
                    Tensor t = values.get(p);
                    if (t == null) {
                        throw new IllegalArgumentException(
                                "no tensor stands for a parameter of shape " + p.shape());
                    }
                    return t;
                },
                null,
                null,
                null);
    }

    /// This pass with these tensors in the place of the parameters and the same streams, without
    /// dropout: to compute a part of a model once more as it was computed.
    public Pass replacing(Map<Parameter, Tensor> tensors) {
        return new Pass(substituting(tensors).values, null, step, epoch);
    }

    /// Recorded on a tape, with dropout drawn from this stream: the same stream gives the same
    /// masks.
    public static Pass training(Tape tape, RandomStream random) {
        return new Pass(tape::use, random, random, random);
    }

    /// The same, with a second stream that stays the same for all steps of an epoch.
    public static Pass training(Tape tape, RandomStream random, RandomStream epoch) {
        return new Pass(tape::use, random, random, epoch);
    }

    /// The stream of this step, for noise that is drawn anew each step; empty outside training.
    /// Take what is below it, [RandomStream#at(String)].
    public Optional<RandomStream> step() {
        return Optional.ofNullable(step);
    }

    /// The stream of this epoch, for noise that is drawn anew each epoch; empty outside training.
    public Optional<RandomStream> epoch() {
        return Optional.ofNullable(epoch);
    }

    /// The parameter's current value, recorded if this pass is.
    public Tensor use(Parameter parameter) {
        return values.apply(parameter);
    }

    /// The stream of this pass's next dropout, in training; empty where nothing is dropped.
    public Optional<RandomStream> draw() {
        return random == null ? Optional.empty() : Optional.of(random.at(draws++));
    }

    /// `x` with each element zeroed with probability `rate` and the others divided by `1 - rate`,
    /// in training; else `x`.
    public Tensor dropout(Tensor x, double rate) {
        return rate == 0 ? x : draw().map(key -> x.dropout(rate, key)).orElse(x);
    }
}
