package nonmercer.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import nonmercer.fused.Weight;
import nonmercer.lanes.Unary;

/// A weight `r e^L` with its derivatives `e^(−L) ∂w/∂x`, each a register of a [Code].
///
/// @param log `L`; [#NONE] stands for 0
/// @param factor `r`; [#NONE] stands for 1
/// @param pairings the derivative with respect to each pairing, by its place
/// @param coefficients the derivative with respect to each trained coefficient
record Value(
        int log,
        int factor,
        Map<Integer, Integer> pairings,
        Map<Coefficient.Trained, Integer> coefficients) {
    static final int NONE = -1;

    static Value of(int log, int factor) {
        return new Value(log, factor, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /// The registers of the weight's parts.
    List<Integer> parts() {
        return switch (weight()) {
            case LOGARITHM -> List.of(log);
            case VALUE -> List.of(factor);
            case SCALED -> List.of(log, factor);
        };
    }

    Weight weight() {
        return factor == NONE ? Weight.LOGARITHM : log == NONE ? Weight.VALUE : Weight.SCALED;
    }

    /// The register of `r`.
    int factor(Code code) {
        return factor == NONE ? code.constant(1) : factor;
    }

    /// Adds the derivatives of another value, times a register.
    private Value through(Code code, Value other, int slope) {
        other.pairings.forEach((p, d) -> pairings.merge(p, code.times(slope, d), code::plus));
        other.coefficients.forEach(
                (c, d) -> coefficients.merge(c, code.times(slope, d), code::plus));
        return this;
    }

    /// `w₁ + w₂`.
    Value plus(Value b, Code code) {
        if (log == NONE && b.log == NONE) {
            int one = code.constant(1);
            return of(NONE, code.plus(factor, b.factor))
                    .through(code, this, one)
                    .through(code, b, one);
        }
        if (factor == NONE && b.factor == NONE) {
            // ln(eᵃ + eᵇ) = a + softplus(b − a), with the slopes σ(a − b) and σ(b − a)
            int difference = code.minus(b.log, log);
            int slope = code.apply(Unary.SIGMOID, difference);
            return of(code.plus(log, code.apply(Unary.SOFTPLUS, difference)), NONE)
                    .through(code, this, code.affine(slope, -1, 1))
                    .through(code, b, slope);
        }
        // r₁ e^(L₁−S) + r₂ e^(L₂−S) with S = max(L₁, L₂), which cancels and has no slope
        int first = log == NONE ? code.constant(0) : log;
        int second = b.log == NONE ? code.constant(0) : b.log;
        int s = code.maximum(first, second);
        int x = code.apply(Unary.EXP, code.minus(first, s));
        int y = code.apply(Unary.EXP, code.minus(second, s));
        return of(s, code.plus(code.times(x, factor(code)), code.times(y, b.factor(code))))
                .through(code, this, x)
                .through(code, b, y);
    }

    /// `w₁ w₂`.
    Value times(Value b, Code code) {
        int l = log == NONE ? b.log : b.log == NONE ? log : code.plus(log, b.log);
        int r =
                factor == NONE
                        ? b.factor
                        : b.factor == NONE ? factor : code.times(factor, b.factor);
        return of(l, r).through(code, this, b.factor(code)).through(code, b, factor(code));
    }

    /// `f` of a value that has no `L`.
    Value applied(Parts f, Code code, ToDoubleFunction<Coefficient> values) {
        int s = factor;
        Value value =
                of(
                        f.log().map(g -> code.of(g, s, values)).orElse(NONE),
                        f.factor().map(g -> code.of(g, s, values)).orElse(NONE));
        value.through(code, this, f.slope(new Expression.Variable(), s, code, values));
        for (Coefficient.Trained c : f.trained()) {
            int slope = f.slope(new Expression.Symbol(c), s, code, values);
            value.coefficients.merge(c, slope, code::plus);
        }
        return value;
    }

    /// The logarithm as a value of its own.
    Value asValue() {
        return new Value(NONE, log, pairings, coefficients);
    }

    /// A value that is read as the logarithm of another.
    Value asLogarithm() {
        return new Value(factor, NONE, pairings, coefficients);
    }
}
