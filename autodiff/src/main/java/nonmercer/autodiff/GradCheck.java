package nonmercer.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.random.RandomStream;
import org.jspecify.annotations.Nullable;

/// Compares the gradients of a function with finite differences, in float64: one number against one
/// number for a whole graph, along random directions.
///
/// First order: for `φ(x) = ⟨w, f(x)⟩` with a random `w`, the slope `⟨∇φ(x), v⟩` along a random `v`
/// against central differences of φ. Second order: for `ψ(x) = ⟨u, ∇φ(x)⟩`, the slope `⟨∇ψ(x), v⟩`,
/// with `∇ψ` from recorded gradients, against central differences of ψ computed with plain
/// gradients.
///
/// The differences `D(h) = (φ(x + hv) - φ(x - hv))/2h` at `h` and `h/2` give Richardson's `R = (4
/// D(h/2) - D(h))/3`. The tolerance has two parts, neither of them tuned:
///
/// - rounding: `3ε/h`, with `ε` the first-order bound on the rounding error of φ: each recorded
///   result `y` is off by at most `(8 + n) u |y|` (8 for the functions, which are good to 3 ulp,
///   `n` for the most terms one op sums) and reaches φ through its own gradient `ȳ`, so that `ε =
///   (8 + n) u Σ |ȳ| |y|` over all results and inputs; `3/h` is what Richardson's formula makes of
///   it;
/// - truncation: `|D(h) - D(h/2)|`, which is the term in `h²` that `R` removes, and more than the
///   term in `h⁴` it leaves, unless the two cancel. So where `R` is off by more than a quarter of
///   the tolerance, `h/2` and `h/4` decide, and the difference of the two `R`, which is that second
///   term, counts as well.
///
/// To that comes `(8 + n) u Σ |w|`: a slope that small is not told from 0, since it can be what is
/// left of numbers of size 1 that cancel.
///
/// Ops say how far their inputs are from a kink ([Op#distanceToKink]). The steps are made smaller
/// until no op's input crosses one; a case too near for that is [Outcome#INCONCLUSIVE], as is one
/// whose tolerance exceeds 1 % of what the slope, or φ itself, is the sum of. After a failure each
/// op of the graph is checked by itself, and the first that fails is named.
///
/// ```java
/// GradCheck.of(x -> x.get(0).matmul(x.get(1)).softmax()).at(a, b).order(2).check().orThrow();
/// ```
public final class GradCheck {
    private static final double FIRST_STEP = 0x1p-10;
    private static final double LAST_STEP = 0x1p-22;
    private static final double COARSEST = 0.01;
    private static final int DIRECTIONS = 2;

    private final Function<List<Tensor>, Tensor> function;
    private final @Nullable Op single;
    private final List<Array> inputs;
    private final int order;
    private final long seed;

    private GradCheck(
            Function<List<Tensor>, Tensor> function,
            @Nullable Op single,
            List<Array> inputs,
            int order,
            long seed) {
        this.function = function;
        this.single = single;
        this.inputs = inputs;
        this.order = order;
        this.seed = seed;
    }

    /// Whether the gradients agreed.
    public enum Outcome {
        /// Every comparison was within its tolerance.
        PASSED,
        /// A comparison was outside, or not a number.
        FAILED,
        /// Nothing can be said: a kink is too near, or the function too steep or too badly
        /// conditioned.
        INCONCLUSIVE
    }

    /// What came of a check.
    ///
    /// @param outcome whether the gradients agreed
    /// @param worstRatio the largest difference as a multiple of its tolerance
    /// @param report a sentence with both numbers of the worst comparison, or the reason why there
    ///   is none
    public record Result(Outcome outcome, double worstRatio, String report) {
        /// Whether every comparison was within its tolerance.
        public boolean passed() {
            return outcome == Outcome.PASSED;
        }

        /// Does nothing if the check passed.
        ///
        /// @throws AssertionError with the report if it failed or was inconclusive
        public void orThrow() {
            if (!passed()) {
                throw new AssertionError(report);
            }
        }
    }

    /// A check of this function of tensors, at inputs to be given by [#at(Array...)].
    public static GradCheck of(Function<List<Tensor>, Tensor> function) {
        return new GradCheck(function, null, List.of(), 1, 1);
    }

    /// A check of one op at the inputs of its specimen.
    public static GradCheck of(Specimen specimen) {
        Op op = specimen.op();
        return new GradCheck(
                x -> Tensor.apply(op, x.toArray(new Tensor[0])), op, specimen.inputs(), 1, 1);
    }

    /// A check of what a model computes as a function of all its parameters, at their values.
    public static GradCheck of(ParameterTree model, Function<Pass, Tensor> function) {
        List<Parameter> parameters = model.all();
        return of(
                        x -> {
                            Map<Parameter, Tensor> values = new HashMap<>();
                            for (int i = 0; i < x.size(); i++) {
                                values.put(parameters.get(i), x.get(i));
                            }
                            return function.apply(Pass.substituting(values));
                        })
                .at(parameters.stream().map(Parameter::value).toArray(Array[]::new));
    }

    /// This check at these inputs, widened to float64.
    public GradCheck at(Array... inputs) {
        List<Array> wide = Arrays.stream(inputs).map(x -> x.cast(DType.FLOAT64)).toList();
        return new GradCheck(function, single, wide, order, seed);
    }

    /// This check of first or second derivatives.
    public GradCheck order(int order) {
        if (order != 1 && order != 2) {
            throw new IllegalArgumentException(
                    "order: a gradient check has order 1 or 2, got " + order);
        }
        return new GradCheck(function, single, inputs, order, seed);
    }

    /// This check with other random directions.
    public GradCheck seed(long seed) {
        return new GradCheck(function, single, inputs, order, seed);
    }

    /// Runs the check.
    public Result check() {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("a gradient check needs inputs: say at(…)");
        }
        Result worst = new Result(Outcome.PASSED, 0, "");
        for (int i = 0; i < DIRECTIONS; i++) {
            Result r = along(RandomStream.of(seed).at(i));
            if (!r.passed()) {
                return r.outcome() == Outcome.FAILED ? located(r) : r;
            }
            worst = r.worstRatio() >= worst.worstRatio() ? r : worst;
        }
        return worst;
    }

    private Result along(RandomGenerator random) {
        List<Array> v = directions(random);
        List<Array> u = order == 1 ? List.of() : directions(random);
        Probe base = Probe.at(function, inputs, null, u, true, random);
        double slope = 0;
        double parts = 0;
        for (int i = 0; i < v.size(); i++) {
            for (int j = 0; j < v.get(i).size(); j++) {
                double part = base.gradient(i).at(j) * v.get(i).at(j);
                slope += part;
                parts += Math.abs(part);
            }
        }
        double size = Math.max(parts, base.scale());
        Optional<String> crossing = Optional.empty();
        for (double h = FIRST_STEP; h >= LAST_STEP; h /= 4) {
            Probe[] at = new Probe[4];
            crossing = Optional.empty();
            for (int i = 0; i < 4 && crossing.isEmpty(); i++) {
                at[i] = probe(v, u, STEPS[i] * h, base, random);
                crossing = base.crossing(at[i]);
            }
            if (crossing.isPresent()) {
                continue;
            }
            double whole = (at[0].value() - at[1].value()) / (2 * h);
            double half = (at[2].value() - at[3].value()) / h;
            double difference = (4 * half - whole) / 3;
            double tolerance =
                    3 * base.rounding(at[0], at[1]) / h + Math.abs(whole - half) + base.smallest();
            if (tolerance > COARSEST * size
                    && size > 0
                    && h / 4 >= LAST_STEP
                    && Math.abs(whole - half) > tolerance / 2) {
                continue; // truncation: a smaller step says more
            }
            if (Math.abs(slope - difference) <= tolerance / 4) {
                return verdict(slope, difference, tolerance, size, h);
            }
            double[] narrow = new double[2];
            for (int i = 0; i < 2; i++) {
                narrow[i] = probe(v, u, STEPS[i] * h / 4, base, random).value();
            }
            double quarter = 2 * (narrow[0] - narrow[1]) / h;
            double finer = (4 * quarter - half) / 3;
            double wider =
                    6 * base.rounding(at[0], at[1]) / h
                            + Math.abs(half - quarter)
                            + Math.abs(difference - finer)
                            + base.smallest();
            return verdict(slope, finer, wider, size, h / 2);
        }
        return new Result(
                Outcome.INCONCLUSIVE,
                Double.NaN,
                subject()
                        + " cannot be checked here: "
                        + crossing.orElse("no step is small enough"));
    }

    /// A step along v, with the weights of another probe.
    private Probe probe(
            List<Array> v, List<Array> u, double step, Probe base, RandomGenerator random) {
        return Probe.at(function, moved(v, step), base.weights(), u, false, random);
    }

    private static final double[] STEPS = {1, -1, 0.5, -0.5};

    private Result verdict(
            double slope, double difference, double tolerance, double size, double h) {
        double error = Math.abs(slope - difference);
        double ratio = error == 0 ? 0 : error / tolerance;
        String numbers =
                String.format(
                        Locale.ROOT,
                        "%s: the gradients give %.12g along a random direction, differences %.12g,"
                                + " off by %.2g times the tolerance %.2g (step %.2g)",
                        subject(),
                        slope,
                        difference,
                        ratio,
                        tolerance,
                        h);
        if (!(ratio <= 1)) {
            return new Result(Outcome.FAILED, ratio, numbers);
        }
        return tolerance > COARSEST * size && size > 0
                ? new Result(
                        Outcome.INCONCLUSIVE,
                        ratio,
                        numbers + "; that tolerance is too wide to say anything")
                : new Result(Outcome.PASSED, ratio, numbers);
    }

    /// The failure, with the first op of the graph that fails by itself.
    private Result located(Result failure) {
        if (single != null) {
            return failure;
        }
        for (Specimen step :
                Probe.at(function, inputs, null, List.of(), true, RandomStream.of(seed)).steps()) {
            Result r = GradCheck.of(step).order(order).seed(seed).check();
            if (r.outcome() == Outcome.FAILED) {
                return new Result(
                        Outcome.FAILED,
                        failure.worstRatio(),
                        failure.report()
                                + ". The first operation that fails by itself is "
                                + r.report());
            }
        }
        return failure;
    }

    private String subject() {
        List<Shape> shapes = inputs.stream().map(Array::shape).toList();
        String what = single == null ? "a function" : single.toString();
        return "order " + order + " gradient of " + what + " of " + shapes;
    }

    private List<Array> moved(List<Array> v, double by) {
        List<Array> moved = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            double[] x = inputs.get(i).toDoubles();
            for (int j = 0; j < x.length; j++) {
                x[j] += by * v.get(i).at(j);
            }
            moved.add(Array.of(inputs.get(i).shape(), x));
        }
        return moved;
    }

    private List<Array> directions(RandomGenerator random) {
        return inputs.stream().map(x -> direction(x.shape(), random)).toList();
    }

    /// Numbers of absolute value in `[1/2, 1)`: no coordinate is left out, none moves more than the
    /// step.
    static Array direction(Shape shape, RandomGenerator random) {
        double[] v = new double[shape.size()];
        for (int i = 0; i < v.length; i++) {
            v[i] = random.nextDouble(0.5, 1) * (random.nextBoolean() ? 1 : -1);
        }
        return Array.of(shape, v);
    }
}
