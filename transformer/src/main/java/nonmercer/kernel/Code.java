package nonmercer.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import nonmercer.fused.Program;
import nonmercer.fused.Program.Step;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Unary;
import org.jspecify.annotations.Nullable;

/// Straight-line code under construction. A step that was written before is not written again.
///
/// Registers `0 … arguments-1` are for the pairings; a node of the code is its register.
final class Code {
    private final int arguments;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Step, Integer> known = new HashMap<>();

    Code(int arguments) {
        this.arguments = arguments;
    }

    private int write(Step step) {
        return known.computeIfAbsent(
                step,
                s -> {
                    steps.add(s);
                    return arguments + steps.size() - 1;
                });
    }

    /// What wrote a register; null for an argument.
    private @Nullable Step step(int register) {
        return register < arguments ? null : steps.get(register - arguments);
    }

    int constant(double value) {
        return write(new Step.Constant(value));
    }

    int apply(Unary f, int x) {
        if (f == Unary.LOG && step(x) instanceof Step.Constant(double c)) {
            return constant(Math.log(c));
        }
        return write(new Step.Apply(f, x));
    }

    /// `scale·x + shift`, of constants and of such steps folded into one.
    int affine(int x, double scale, double shift) {
        return switch (step(x)) {
            case Step.Constant(double c) -> constant(scale * c + shift);
            case Step.Affine(int y, double a, double b) -> affine(y, scale * a, scale * b + shift);
            case null, default ->
                    scale == 0
                            ? constant(shift)
                            : scale == 1 && shift == 0
                                    ? x
                                    : write(new Step.Affine(x, scale, shift));
        };
    }

    int plus(int x, int y) {
        if (step(x) instanceof Step.Constant(double c)) {
            return affine(y, 1, c);
        }
        return step(y) instanceof Step.Constant(double c)
                ? affine(x, 1, c)
                : write(new Step.Combine(Binary.ADD, x, y));
    }

    int minus(int x, int y) {
        return plus(x, affine(y, -1, 0));
    }

    int times(int x, int y) {
        if (step(x) instanceof Step.Constant(double c)) {
            return affine(y, c, 0);
        }
        return step(y) instanceof Step.Constant(double c)
                ? affine(x, c, 0)
                : write(new Step.Combine(Binary.MULTIPLY, x, y));
    }

    int maximum(int x, int y) {
        if (step(x) instanceof Step.Constant(double c)) {
            return write(new Step.With(Binary.MAXIMUM, y, c));
        }
        return step(y) instanceof Step.Constant(double c)
                ? write(new Step.With(Binary.MAXIMUM, x, c))
                : write(new Step.Combine(Binary.MAXIMUM, x, y));
    }

    /// The expression at the pairing in register `s`, with these values of its coefficients.
    int of(Expression f, int s, ToDoubleFunction<Coefficient> value) {
        return switch (f) {
            case Expression.Variable() -> s;
            case Expression.Constant(double v) -> constant(v);
            case Expression.Symbol(Coefficient c) -> constant(value.applyAsDouble(c));
            case Expression.Plus(Expression a, Expression b) ->
                    plus(of(a, s, value), of(b, s, value));
            case Expression.Times(Expression a, Expression b) ->
                    times(of(a, s, value), of(b, s, value));
            case Expression.Exp(Expression a) -> apply(Unary.EXP, of(a, s, value));
            case Expression.Log(Expression a) -> apply(Unary.LOG, of(a, s, value));
            case Expression.Sqrt(Expression a) -> apply(Unary.SQRT, of(a, s, value));
            case Expression.Cos(Expression a) -> apply(Unary.COS, of(a, s, value));
            case Expression.Sin(Expression a) -> apply(Unary.SIN, of(a, s, value));
            case Expression.Acos(Expression a) -> apply(Unary.ACOS, of(a, s, value));
            case Expression.Tanh(Expression a) -> apply(Unary.TANH, of(a, s, value));
            case Expression.Relu(Expression a) -> apply(Unary.RELU, of(a, s, value));
            case Expression.Step(Expression a) -> apply(Unary.STEP, of(a, s, value));
            case Expression.Power(Expression a, int n) -> power(of(a, s, value), n);
        };
    }

    private int power(int x, int n) {
        if (n < 0) {
            return reciprocal(power(x, -n));
        }
        if (n == 1) {
            return x;
        }
        int half = power(x, n / 2);
        int square = apply(Unary.SQUARE, half);
        return n % 2 == 0 ? square : times(square, x);
    }

    /// `1/x`; the reciprocal of a root, the slope of one, is 0 at 0, as gradients take it.
    private int reciprocal(int x) {
        if (step(x) instanceof Step.Constant(double c)) {
            return constant(1 / c);
        }
        return apply(root(x) ? Unary.RECIPROCAL_OR_ZERO : Unary.RECIPROCAL, x);
    }

    private boolean root(int x) {
        return switch (step(x)) {
            case Step.Apply(Unary f, int y) -> f == Unary.SQRT;
            case Step.Affine(int y, double scale, double shift) -> shift == 0 && root(y);
            case null, default -> false;
        };
    }

    /// The steps that these registers need, as a program of the first `inputs` arguments; several
    /// results stand each in a register of its own that is no argument.
    Program program(int inputs, List<Integer> results) {
        Map<Integer, Integer> place = new HashMap<>();
        List<Step> kept = new ArrayList<>();
        List<Integer> at = new ArrayList<>();
        for (int r : results) {
            int p = place(r, inputs, place, kept);
            if (results.size() > 1 && (p < inputs || at.contains(p))) {
                kept.add(new Step.Affine(p, 1, 0));
                p = inputs + kept.size() - 1;
            }
            at.add(p);
        }
        return new Program(inputs, kept, at);
    }

    private int place(int register, int inputs, Map<Integer, Integer> place, List<Step> kept) {
        if (register < arguments) {
            return register;
        }
        Integer there = place.get(register);
        if (there != null) {
            return there;
        }
        Step moved =
                switch (steps.get(register - arguments)) {
                    case Step.Constant c -> c;
                    case Step.Apply(Unary f, int x) ->
                            new Step.Apply(f, place(x, inputs, place, kept));
                    case Step.Affine(int x, double a, double b) ->
                            new Step.Affine(place(x, inputs, place, kept), a, b);
                    case Step.With(Binary f, int x, double c) ->
                            new Step.With(f, place(x, inputs, place, kept), c);
                    case Step.Combine(Binary f, int x, int y) ->
                            new Step.Combine(
                                    f,
                                    place(x, inputs, place, kept),
                                    place(y, inputs, place, kept));
                };
        kept.add(moved);
        int p = inputs + kept.size() - 1;
        place.put(register, p);
        return p;
    }
}
