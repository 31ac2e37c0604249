package nonmercer.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import nonmercer.array.Shape;
import nonmercer.random.RandomStream;
import org.jspecify.annotations.Nullable;

/// One pass through a model: what a layer needs to know besides its input.
///
/// In training the parameters are recorded on the step's tape and dropout is drawn from the step's
/// random stream; in evaluation parameters are constants and nothing is dropped.
public final class Pass {
    private static final Pass EVALUATION =
            new Pass(p -> Tensor.of(p.value()), null, null, null, false);

    private final Function<Parameter, Tensor> values;
    private final @Nullable RandomStream random;
    private final @Nullable RandomStream step;
    private final @Nullable RandomStream epoch;
    private final boolean recomputing;
    private int draws;

    private Pass(
            Function<Parameter, Tensor> values,
            @Nullable RandomStream random,
            @Nullable RandomStream step,
            @Nullable RandomStream epoch,
            boolean recomputing) {
        this.values = values;
        this.random = random;
        this.step = step;
        this.epoch = epoch;
        this.recomputing = recomputing;
    }

    /// No tape, no dropout.
    public static Pass evaluation() {
        return EVALUATION;
    }

    /// Recorded on a tape, without dropout: for gradient checks.
    public static Pass recorded(Tape tape) {
        return new Pass(tape::use, null, null, null, false);
    }

    /// With these tensors in the place of the parameters, without dropout: a model as a function of
    /// its parameters.
    public static Pass substituting(Map<Parameter, Tensor> values) {
        return new Pass(in(values), null, null, null, false);
    }

    private static Function<Parameter, Tensor> in(Map<Parameter, Tensor> values) {
        return p -> {
            Tensor t = values.get(p);
            if (t == null) {
                throw new IllegalArgumentException(
                        "no tensor stands for a parameter of shape " + p.shape());
            }
            return t;
        };
    }

    /// This pass with these tensors in the place of the parameters and the same streams, without
    /// dropout: to compute a part of a model once more as it was computed.
    public Pass replacing(Map<Parameter, Tensor> tensors) {
        return new Pass(in(tensors), null, step, epoch, recomputing);
    }

    /// Recorded on a tape, with dropout drawn from this stream: the same stream gives the same
    /// masks.
    public static Pass training(Tape tape, RandomStream random) {
        return new Pass(tape::use, random, random, random, false);
    }

    /// The same, with a second stream that stays the same for all steps of an epoch.
    public static Pass training(Tape tape, RandomStream random, RandomStream epoch) {
        return new Pass(tape::use, random, random, epoch, false);
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

    // --- time for memory ---

    /// This pass, of which each [#part] keeps its inputs alone for the backward pass and is
    /// computed once more there: a model of n blocks then keeps n inputs and, at a time, one
    /// block's results, for a third more work (Chen et al. 2016). Results have the same bits, and
    /// so have gradients but of what several parts share, which are added in another order.
    public Pass recomputing() {
        return new Pass(values, random, step, epoch, true);
    }

    /// A part of a model whose result has the shape of its first input: `f` of the inputs, computed
    /// once more for its gradients if this pass is [#recomputing()].
    ///
    /// @param layer holds all parameters that `f` uses
    /// @param f pure: what it computes depends on the inputs, the parameters and the pass's streams
    public Tensor part(Object layer, List<Tensor> in, BiFunction<List<Tensor>, Pass, Tensor> f) {
        return recomputing ? recomputed(layer, in, in.getFirst().shape(), f) : f.apply(in, this);
    }

    /// `f` of the inputs, of which the tape keeps the inputs and the parameters alone: its
    /// gradients are those of `f` computed once more, with the same dropout, and let go.
    ///
    /// @param layer holds all parameters that `f` uses
    /// @param result the shape of the result
    /// @param f pure: what it computes depends on the inputs, the parameters and the pass's streams
    public Tensor recomputed(
            Object layer, List<Tensor> in, Shape result, BiFunction<List<Tensor>, Pass, Tensor> f) {
        List<Parameter> trained = List.copyOf(ParameterTree.found(layer).values());
        List<Tensor> all = new ArrayList<>(in);
        trained.forEach(p -> all.add(use(p)));
        if (all.stream().noneMatch(Tensor::recorded)) {
            return f.apply(in, this);
        }
        int first = draws;
        return Tensor.apply(
                new Recomputed(
                        x -> {
                            Map<Parameter, Tensor> tensors = new HashMap<>();
                            for (int i = 0; i < trained.size(); i++) {
                                tensors.put(trained.get(i), x.get(in.size() + i));
                            }
                            Pass again = new Pass(in(tensors), random, step, epoch, recomputing);
                            again.draws = first;
                            Tensor y = f.apply(x.subList(0, in.size()), again);
                            draws = Math.max(draws, again.draws);
                            return y;
                        },
                        result),
                all.toArray(new Tensor[0]));
    }
}
