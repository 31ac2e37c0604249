package nonmercer.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// A function `f = r e^L` in two parts: `L` takes what can overflow, `r` what has no logarithm.
///
/// @param log `L`; 0 if there is none
/// @param factor `r`; 1 if there is none
record Parts(Optional<Expression> log, Optional<Expression> factor) {
    /// The exponentials among the factors of a profile go to `L`: all of it where the profile has a
    /// logarithm.
    static Parts of(Expression f) {
        Optional<Expression> whole = f.logarithm();
        if (whole.isPresent()) {
            return new Parts(whole, Optional.empty());
        }
        return switch (f) {
            case Expression.Times(Expression a, Expression b) -> of(a).times(a, of(b), b);
            case Expression.Power(Expression a, int n) when n > 1 && of(a).log.isPresent() -> {
                Parts p = of(a);
                yield new Parts(p.log.map(l -> l.times(n)), p.factor.map(r -> r.power(n)));
            }
            default -> new Parts(Optional.empty(), Optional.of(f));
        };
    }

    /// The coefficients in either part that are trained.
    List<Coefficient.Trained> trained() {
        return Stream.of(log, factor)
                .flatMap(Optional::stream)
                .flatMap(f -> f.trained().stream())
                .distinct()
                .toList();
    }

    /// `e^(−L) ∂(r e^L)/∂x = r ∂L/∂x + ∂r/∂x` at the register `s`, for a leaf `x`.
    int slope(Expression x, int s, Code code, ToDoubleFunction<Coefficient> values) {
        Expression r = factor.orElse(Expression.constant(1));
        Expression l = log.orElse(Expression.constant(0));
        return code.plus(
                code.times(code.of(r, s, values), code.of(l.derivative(x), s, values)),
                code.of(r.derivative(x), s, values));
    }

    private Parts times(Expression a, Parts other, Expression b) {
        if (constant(a)) {
            return new Parts(other.log, other.factor.map(a::times).or(() -> Optional.of(a)));
        }
        if (constant(b)) {
            return new Parts(log, factor.map(b::times).or(() -> Optional.of(b)));
        }
        return new Parts(
                log.map(l -> other.log.map(l::plus).orElse(l)).or(other::log),
                factor.map(r -> other.factor.map(r::times).orElse(r)).or(other::factor));
    }

    /// `f = c s` with `c` free of `s`: gives c. Then a part of s in two parts keeps both.
    static Optional<Expression> multiple(Expression f) {
        return switch (f) {
            case Expression.Times(Expression.Variable s, Expression c) when constant(c) ->
                    Optional.of(c);
            case Expression.Times(Expression c, Expression.Variable s) when constant(c) ->
                    Optional.of(c);
            default -> Optional.empty();
        };
    }

    private static boolean constant(Expression f) {
        return f.derivative() instanceof Expression.Constant(double slope) && slope == 0;
    }
}
