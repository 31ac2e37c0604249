package nonmercer.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import nonmercer.fused.Program;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Unary;

/// A number and how far its computation with unit roundoff `u` may be off, to first order (Higham
/// 2002, section 3.3): what a [Program] does to it, step by step.
///
/// A function is good to 8u; a constant of the program was rounded a few times, 4u, or was the
/// exponential of a rounded logarithm of a size below 1.
record RunningError(double value, double error) {
    private static final double FUNCTION = 8;
    private static final double CONSTANT = 6;

    /// The registers of the results.
    static List<RunningError> run(Program program, List<RunningError> arguments, double u) {
        List<RunningError> r = new ArrayList<>(arguments);
        for (Program.Step step : program.steps()) {
            r.add(
                    switch (step) {
                        case Program.Step.Apply(Unary f, int x) -> r.get(x).apply(f, u);
                        case Program.Step.Affine(int x, double a, double b) ->
                                r.get(x).times(constant(a, u), u).plus(constant(b, u), u);
                        case Program.Step.Constant(double c) -> constant(c, u);
                        case Program.Step.With(var f, int x, double c) ->
                                r.get(x).combine(f, constant(c, u), u);
                        case Program.Step.Combine(var f, int x, int y) ->
                                r.get(x).combine(f, r.get(y), u);
                    });
        }
        return program.results().stream().map(r::get).toList();
    }

    private static RunningError constant(double c, double u) {
        return new RunningError(c, CONSTANT * u * Math.abs(c));
    }

    private RunningError combine(Binary f, RunningError y, double u) {
        return switch (f) {
            case ADD -> plus(y, u);
            case SUBTRACT -> plus(new RunningError(-y.value, y.error), u);
            case MULTIPLY -> times(y, u);
            case DIVIDE -> times(y.moved(x -> 1 / x, u), u);
            case MAXIMUM -> new RunningError(Math.max(value, y.value), Math.max(error, y.error));
            default -> throw new IllegalArgumentException(f + " has no bound in this test");
        };
    }

    private RunningError plus(RunningError y, double u) {
        double sum = value + y.value;
        return new RunningError(sum, error + y.error + u * Math.abs(sum));
    }

    private RunningError times(RunningError y, double u) {
        double product = value * y.value;
        double from = Math.abs(value) * y.error + Math.abs(y.value) * error + error * y.error;
        return new RunningError(product, from + u * Math.abs(product) + tiny(u));
    }

    private RunningError apply(Unary f, double u) {
        return switch (f) {
            case EXP -> moved(Math::exp, u);
            case LOG -> moved(Math::log, u);
            case SQRT -> moved(x -> Math.sqrt(Math.max(0, x)), u);
            case SQUARE -> moved(x -> x * x, u);
            case RECIPROCAL ->
                    Math.abs(value) > error
                            ? moved(x -> 1 / x, u)
                            : new RunningError(1 / value, Double.POSITIVE_INFINITY);
            case RECIPROCAL_OR_ZERO ->
                    Math.abs(value) > error
                            ? moved(x -> 1 / x, u)
                            : new RunningError(0, error == 0 ? 0 : Double.POSITIVE_INFINITY);
            case SIGMOID -> moved(x -> 1 / (1 + Math.exp(-x)), u);
            case SOFTPLUS -> moved(x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), u);
            case TANH -> moved(Math::tanh, u);
            case RELU -> moved(x -> Math.max(x, 0), u);
            case SIN -> new RunningError(Math.sin(value), error + FUNCTION * u);
            case COS -> new RunningError(Math.cos(value), error + FUNCTION * u);
            case STEP ->
                    new RunningError(
                            value > 0 ? 1 : 0,
                            Math.abs(value) > error ? 0 : Double.POSITIVE_INFINITY);
            default -> throw new IllegalArgumentException(f + " has no bound in this test");
        };
    }

    /// A monotone or convex function: it moves most at an end of the interval.
    private RunningError moved(DoubleUnaryOperator f, double u) {
        double y = f.applyAsDouble(value);
        double off =
                Math.max(
                        Math.abs(f.applyAsDouble(value + error) - y),
                        Math.abs(f.applyAsDouble(value - error) - y));
        return new RunningError(y, off + FUNCTION * u * Math.abs(y) + tiny(u));
    }

    /// What underflow loses.
    private static double tiny(double u) {
        return u > 0x1p-30 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    }
}
