package nonmercer.kernel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;

/// A function of one number `s`, written once: from it come its value, its tensor form, its
/// derivative, its logarithm and its print.
///
/// The node types are sealed: a new primitive makes every switch here fail to compile until it is
/// taught. Simplification happens in the factory methods (`x + 0`, `1 · x`, `ln eˣ`), so a printed
/// expression is already tidy.
public sealed interface Expression {
    /// The variable `s`, the pairing.
    record Variable() implements Expression {}

    /// A number.
    record Constant(double value) implements Expression {}

    /// A kernel's positive coefficient.
    record Symbol(Coefficient coefficient) implements Expression {}

    /// `a + b`.
    record Plus(Expression a, Expression b) implements Expression {}

    /// `a · b`.
    record Times(Expression a, Expression b) implements Expression {}

    /// `eᵃ`.
    record Exp(Expression a) implements Expression {}

    /// `ln a`.
    record Log(Expression a) implements Expression {}

    /// `√a`.
    record Sqrt(Expression a) implements Expression {}

    /// `cos a`, radians.
    record Cos(Expression a) implements Expression {}

    /// `sin a`, radians.
    record Sin(Expression a) implements Expression {}

    /// `arccos a`, beyond ±1 that of ±1.
    record Acos(Expression a) implements Expression {}

    /// `tanh a`.
    record Tanh(Expression a) implements Expression {}

    /// `max(a, 0)`.
    record Relu(Expression a) implements Expression {}

    /// 1 where `a > 0`, else 0: the slope of [Relu].
    record Step(Expression a) implements Expression {}

    /// `aⁿ`, `n` an integer other than 0 and 1.
    record Power(Expression a, int n) implements Expression {}

    // --- writing one ---

    /// A number.
    static Expression constant(double value) {
        return new Constant(value);
    }

    /// `this + b`.
    default Expression plus(Expression b) {
        if (this instanceof Constant(double x) && b instanceof Constant(double y)) {
            return constant(x + y);
        }
        return isConstant(b, 0) ? this : isConstant(this, 0) ? b : new Plus(this, b);
    }

    /// `this + b`.
    default Expression plus(double b) {
        return plus(constant(b));
    }

    /// `this · b`.
    default Expression times(Expression b) {
        if (this instanceof Constant(double x) && b instanceof Constant(double y)) {
            return constant(x * y);
        }
        if (isConstant(this, 0) || isConstant(b, 0)) {
            return constant(0);
        }
        return isConstant(b, 1) ? this : isConstant(this, 1) ? b : new Times(this, b);
    }

    /// `this · b`.
    default Expression times(double b) {
        return times(constant(b));
    }

    /// `this · c`.
    default Expression times(Coefficient c) {
        return times(c instanceof Coefficient.Fixed(double v) ? constant(v) : new Symbol(c));
    }

    /// `-this`.
    default Expression negated() {
        return constant(-1).times(this);
    }

    /// `e^this`.
    default Expression exp() {
        return this instanceof Log(Expression a) ? a : new Exp(this);
    }

    /// `ln this`.
    default Expression log() {
        return this instanceof Exp(Expression a) ? a : new Log(this);
    }

    /// `√this`. Where it is 0 the derivative is infinite; gradients take it as 0.
    default Expression sqrt() {
        return new Sqrt(this);
    }

    /// `cos this`, radians.
    default Expression cos() {
        return new Cos(this);
    }

    /// `sin this`, radians.
    default Expression sin() {
        return new Sin(this);
    }

    /// `arccos this`, radians; of what rounding left beyond ±1, that of ±1, where its derivative is
    /// taken as 0.
    default Expression acos() {
        return new Acos(this);
    }

    /// `tanh this`.
    default Expression tanh() {
        return new Tanh(this);
    }

    /// `max(this, 0)`. At 0 its derivative is taken as 0.
    default Expression relu() {
        return new Relu(this);
    }

    /// `thisⁿ`.
    default Expression power(int n) {
        return n == 0
                ? constant(1)
                : n == 1
                        ? this
                        : this instanceof Power(Expression a, int m)
                                ? a.power(m * n)
                                : new Power(this, n);
    }

    /// `thisᵖ` for any real `p`, as `e^(p ln this)` unless `p` is a whole number or ½.
    default Expression power(double p) {
        return p == Math.rint(p) && Math.abs(p) < 1e6
                ? power((int) p)
                : p == 0.5 ? sqrt() : log().times(p).exp();
    }

    /// `1 / this`.
    default Expression reciprocal() {
        return power(-1);
    }

    private static Array step(Array x) {
        Array out = Array.zeros(x.dtype(), x.shape());
        Elementwise.unary(Unary.STEP, x, out);
        return out;
    }

    private static boolean isConstant(Expression e, double value) {
        return e instanceof Constant(double v) && v == value;
    }

    // --- reading one ---

    /// The value at `s`, for queries and keys of `d` coordinates, in float64.
    default double at(double s, int d) {
        return switch (this) {
            case Variable() -> s;
            case Constant(double v) -> v;
            case Symbol(Coefficient c) -> c.value(d);
            case Plus(Expression a, Expression b) -> a.at(s, d) + b.at(s, d);
            case Times(Expression a, Expression b) -> a.at(s, d) * b.at(s, d);
            case Exp(Expression a) -> Math.exp(a.at(s, d));
            case Log(Expression a) -> Math.log(a.at(s, d));
            case Sqrt(Expression a) -> Math.sqrt(a.at(s, d));
            case Cos(Expression a) -> Math.cos(a.at(s, d));
            case Sin(Expression a) -> Math.sin(a.at(s, d));
            case Acos(Expression a) -> Math.acos(Math.clamp(a.at(s, d), -1, 1));
            case Tanh(Expression a) -> Math.tanh(a.at(s, d));
            case Relu(Expression a) -> Math.max(a.at(s, d), 0);
            case Step(Expression a) -> a.at(s, d) > 0 ? 1 : 0;
            case Power(Expression a, int n) -> Math.pow(a.at(s, d), n);
        };
    }

    /// The value for every element of `s`, in tensor operations.
    default Tensor of(Tensor s, int d, Pass pass) {
        return switch (this) {
            case Variable() -> s;
            case Constant(double v) -> Tensor.of(Array.scalar(s.dtype(), v));
            case Symbol(Coefficient.Trained t) -> t.tensor(pass);
            case Symbol(Coefficient c) -> Tensor.of(Array.scalar(s.dtype(), c.value(d)));
            case Plus(Expression a, Constant(double v)) -> a.of(s, d, pass).plus(v);
            case Plus(Expression a, Expression b) -> a.of(s, d, pass).add(b.of(s, d, pass));
            case Times(Constant(double v), Expression b) -> b.of(s, d, pass).scale(v);
            case Times(Expression a, Constant(double v)) -> a.of(s, d, pass).scale(v);
            case Times(Expression a, Symbol(Coefficient.InverseRootDimension c)) ->
                    a.of(s, d, pass).scale(c.value(d));
            case Times(Expression a, Expression b) -> a.of(s, d, pass).mul(b.of(s, d, pass));
            case Exp(Expression a) -> a.of(s, d, pass).exp();
            case Log(Symbol(Coefficient.Trained t)) -> pass.use(t.log());
            case Log(Expression a) -> a.of(s, d, pass).log();
            case Sqrt(Expression a) -> a.of(s, d, pass).sqrt();
            case Cos(Expression a) -> a.of(s, d, pass).cos();
            case Sin(Expression a) -> a.of(s, d, pass).sin();
            case Acos(Expression a) -> a.of(s, d, pass).acos();
            case Tanh(Expression a) -> a.of(s, d, pass).tanh();
            case Relu(Expression a) -> a.of(s, d, pass).relu();
            case Step(Expression a) -> Tensor.of(step(a.of(s, d, pass).value()));
            case Power(Expression a, int n) ->
                    n == 2 ? a.of(s, d, pass).square() : a.of(s, d, pass).pow(n);
        };
    }

    /// The derivative with respect to `s`.
    default Expression derivative() {
        return derivative(new Variable());
    }

    /// The derivative with respect to a leaf: the variable, or a coefficient's [Symbol].
    default Expression derivative(Expression leaf) {
        return switch (this) {
            case Variable v -> constant(v.equals(leaf) ? 1 : 0);
            case Constant c -> constant(0);
            case Symbol c -> constant(c.equals(leaf) ? 1 : 0);
            case Plus(Expression a, Expression b) -> a.derivative(leaf).plus(b.derivative(leaf));
            case Times(Expression a, Expression b) ->
                    a.derivative(leaf).times(b).plus(a.times(b.derivative(leaf)));
            case Exp(Expression a) -> a.derivative(leaf).times(this);
            case Log(Expression a) -> a.derivative(leaf).times(a.reciprocal());
            case Sqrt(Expression a) -> a.derivative(leaf).times(times(2).reciprocal());
            case Cos(Expression a) -> a.derivative(leaf).times(a.sin()).negated();
            case Sin(Expression a) -> a.derivative(leaf).times(a.cos());
            case Acos(Expression a) ->
                    a.derivative(leaf)
                            .times(a.negated().plus(1).times(a.plus(1)).relu().sqrt().reciprocal())
                            .negated();
            case Tanh(Expression a) -> a.derivative(leaf).times(power(2).negated().plus(1));
            case Relu(Expression a) -> a.derivative(leaf).times(new Step(a));
            case Step(Expression a) -> constant(0);
            case Power(Expression a, int n) -> a.derivative(leaf).times(n).times(a.power(n - 1));
        };
    }

    /// The expression with each of its leaves replaced: what a function of a function is.
    default Expression substitute(UnaryOperator<Expression> leaf) {
        return switch (this) {
            case Variable v -> leaf.apply(v);
            case Constant c -> leaf.apply(c);
            case Symbol c -> leaf.apply(c);
            case Plus(Expression a, Expression b) -> a.substitute(leaf).plus(b.substitute(leaf));
            case Times(Expression a, Expression b) -> a.substitute(leaf).times(b.substitute(leaf));
            case Exp(Expression a) -> a.substitute(leaf).exp();
            case Log(Expression a) -> a.substitute(leaf).log();
            case Sqrt(Expression a) -> a.substitute(leaf).sqrt();
            case Cos(Expression a) -> a.substitute(leaf).cos();
            case Sin(Expression a) -> a.substitute(leaf).sin();
            case Acos(Expression a) -> a.substitute(leaf).acos();
            case Tanh(Expression a) -> a.substitute(leaf).tanh();
            case Relu(Expression a) -> a.substitute(leaf).relu();
            case Step(Expression a) -> new Step(a.substitute(leaf));
            case Power(Expression a, int n) -> a.substitute(leaf).power(n);
        };
    }

    /// Whether this, or a part of it, is that expression.
    default boolean contains(Expression part) {
        return equals(part)
                || switch (this) {
                    case Variable v -> false;
                    case Constant c -> false;
                    case Symbol c -> false;
                    case Plus(Expression a, Expression b) -> a.contains(part) || b.contains(part);
                    case Times(Expression a, Expression b) -> a.contains(part) || b.contains(part);
                    case Exp(Expression a) -> a.contains(part);
                    case Log(Expression a) -> a.contains(part);
                    case Sqrt(Expression a) -> a.contains(part);
                    case Cos(Expression a) -> a.contains(part);
                    case Sin(Expression a) -> a.contains(part);
                    case Acos(Expression a) -> a.contains(part);
                    case Tanh(Expression a) -> a.contains(part);
                    case Relu(Expression a) -> a.contains(part);
                    case Step(Expression a) -> a.contains(part);
                    case Power(Expression a, int n) -> a.contains(part);
                };
    }

    /// The coefficients in it that are trained, each once, in the order of the formula.
    default List<Coefficient.Trained> trained() {
        Set<Coefficient.Trained> found = new LinkedHashSet<>();
        substitute(leaf -> {
            if (leaf instanceof Symbol(Coefficient.Trained c)) {
                found.add(c);
            }
            return leaf;
        });
        return List.copyOf(found);
    }

    /// The natural logarithm of this expression, if it is one that stays finite in more cases than
    /// the expression itself: for products of exponentials, powers and positive coefficients. Empty
    /// for a sum.
    default Optional<Expression> logarithm() {
        return switch (this) {
            case Exp(Expression a) -> Optional.of(a);
            case Symbol c -> Optional.of(new Log(c));
            case Constant(double v) ->
                    v > 0 ? Optional.of(constant(Math.log(v))) : Optional.empty();
            case Times(Expression a, Expression b) ->
                    a.logarithm().flatMap(x -> b.logarithm().map(x::plus));
            case Power(Expression a, int n) -> a.logarithm().map(x -> x.times(n));
            case Sqrt(Expression a) -> a.logarithm().map(x -> x.times(0.5));
            case Variable v -> Optional.empty();
            case Plus p -> Optional.empty();
            case Log l -> Optional.empty();
            case Cos c -> Optional.empty();
            case Sin c -> Optional.empty();
            case Acos a -> Optional.empty();
            case Tanh t -> Optional.empty();
            case Relu r -> Optional.empty();
            case Step t -> Optional.empty();
        };
    }

    /// The expression as a formula with `s` written as the given symbol.
    default String print(String s) {
        return Printed.of(this, s);
    }
}
