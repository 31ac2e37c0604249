package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each kind of expression: what it is, how it is written, and what stands in it.
class ExpressionStructureTest {
    private static final Expression S = new Expression.Variable();
    private static final Coefficient.Trained A =
            (Coefficient.Trained) Coefficient.trained(0.7, DType.FLOAT64);
    private static final Coefficient.Trained B =
            (Coefficient.Trained) Coefficient.trained(0.7, DType.FLOAT64);
    private static final Expression SYMBOL = new Expression.Symbol(A);
    private static final Expression OTHER = new Expression.Symbol(B);

    record Form(Expression f, String text, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
        @Override
        public String toString() {
            return text;
        }
    }

    /// Each function of `s`, with its formula and its derivative by hand.
    static Stream<Form> forms() {
        return Stream.of(
                new Form(S, "x", s -> s, s -> 1),
                new Form(S.plus(S.sin()), "x + sin(x)", s -> s + Math.sin(s), s -> 1 + Math.cos(s)),
                new Form(S.plus(2), "x + 2", s -> s + 2, s -> 1),
                new Form(Expression.constant(2).plus(S), "2 + x", s -> 2 + s, s -> 1),
                new Form(S.plus(-0.5), "x - 0.5", s -> s - 0.5, s -> 1),
                new Form(new Expression.Plus(S, Expression.constant(0)), "x + 0", s -> s, s -> 1),
                new Form(S.times(3), "x·3", s -> 3 * s, s -> 3),
                new Form(Expression.constant(3).times(S), "3·x", s -> 3 * s, s -> 3),
                new Form(
                        S.times(S.exp()),
                        "x·exp(x)",
                        s -> s * Math.exp(s),
                        s -> (1 + s) * Math.exp(s)),
                new Form(S.negated(), "-x", s -> -s, s -> -1),
                new Form(
                        S.exp().plus(S.negated()),
                        "exp(x) - x",
                        s -> Math.exp(s) - s,
                        s -> Math.exp(s) - 1),
                new Form(S.times(SYMBOL), "x·e^λ", s -> 0.7 * s, s -> 0.7),
                new Form(S.times(Coefficient.inverseRootDimension()), "x/√d", s -> s / 2, s -> 0.5),
                new Form(S.exp(), "exp(x)", Math::exp, Math::exp),
                new Form(S.log(), "ln(x)", Math::log, s -> 1 / s),
                new Form(S.sqrt(), "√(x)", Math::sqrt, s -> 0.5 / Math.sqrt(s)),
                new Form(S.cos(), "cos(x)", Math::cos, s -> -Math.sin(s)),
                new Form(S.sin(), "sin(x)", Math::sin, Math::cos),
                new Form(
                        S.acos(),
                        "arccos(x)",
                        s -> Math.acos(Math.clamp(s, -1, 1)),
                        s -> -1 / Math.sqrt(1 - s * s)),
                new Form(S.tanh(), "tanh(x)", Math::tanh, s -> 1 / Math.pow(Math.cosh(s), 2)),
                new Form(S.relu(), "max(x, 0)", s -> s > 0 ? s : 0, s -> s > 0 ? 1 : 0),
                new Form(new Expression.Step(S), "[x > 0]", s -> s > 0 ? 1 : 0, s -> 0),
                new Form(S.power(2), "(x)²", s -> s * s, s -> 2 * s),
                new Form(S.power(3), "(x)³", s -> s * s * s, s -> 3 * s * s),
                new Form(S.reciprocal(), "1/(x)", s -> 1 / s, s -> -1 / (s * s)),
                new Form(S.power(-2), "(x)⁻²", s -> 1 / (s * s), s -> -2 / (s * s * s)),
                new Form(
                        S.power(0.3),
                        "exp(ln(x)·0.3)",
                        s -> Math.pow(s, 0.3),
                        s -> 0.3 * Math.pow(s, -0.7)));
    }

    /// Values and slopes below 20 with at most ten roundings, and functions good to 8u.
    @ParameterizedTest
    @MethodSource("forms")
    void aFormIsItsFormula(Form form) {
        double tolerance = 20 * 40 * DType.FLOAT64.unitRoundoff();
        assertEquals(form.text(), form.f().print("x"));
        for (double s : new double[] {0.25, 0.5, 0.875}) {
            assertEquals(form.value().applyAsDouble(s), form.f().at(s, 4), tolerance);
            assertEquals(
                    form.slope().applyAsDouble(s), form.f().derivative().at(s, 4), 4 * tolerance);
            Array tensor = form.f().of(Tensor.vector(s, s), 4, Pass.evaluation()).value();
            assertEquals(Shape.of(2), tensor.shape());
            assertEquals(form.value().applyAsDouble(s), tensor.at(1), tolerance);
        }
    }

    @Test
    void aStepIsZeroAtZeroAndAnAngleEndsAtOne() {
        Expression step = new Expression.Step(S);
        assertEquals(0, step.at(0, 1));
        assertEquals(0, step.at(-1, 1));
        assertEquals(
                Tensor.vector(0, 0, 1).value(),
                step.of(Tensor.vector(-1, 0, 1), 1, Pass.evaluation()).value());
        assertEquals(0, S.acos().at(1.5, 1));
        assertEquals(Math.PI, S.acos().at(-1.5, 1));
        assertEquals(0, S.relu().at(-1, 1));
    }

    @Test
    void powersAreWrittenInTheSimplestForm() {
        assertEquals(S.sqrt(), S.power(0.5));
        assertEquals(new Expression.Power(S, 999_999), S.power(999_999.0));
        assertInstanceOf(Expression.Exp.class, S.power(1e6));
        assertInstanceOf(Expression.Exp.class, S.power(-1e6));
        assertEquals(new Expression.Power(S, 6), S.power(2).power(3));
        assertEquals(S, S.power(-1).power(-1));
        assertEquals(new Expression.Power(S.sqrt(), 2), S.sqrt().power(2.0));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void anExpressionContainsItsParts(Form form) {
        Expression f = form.f();
        assertTrue(f.contains(f));
        assertTrue(f.contains(S));
        assertFalse(f.contains(OTHER));
        assertEquals(form.text().contains("λ"), f.contains(SYMBOL));
        assertFalse(f.contains(Expression.constant(17)));
    }

    @Test
    void aPartMayStandOnEitherSide() {
        Expression part = S.plus(1).log();
        assertTrue(part.plus(S).contains(part));
        assertTrue(S.plus(part).contains(part));
        assertTrue(part.times(S).contains(part));
        assertTrue(S.times(part).contains(part));
        assertFalse(S.times(S).contains(part));
        assertFalse(S.plus(S).contains(part));
        assertFalse(SYMBOL.contains(S));
        assertFalse(Expression.constant(1).contains(S));
        assertFalse(S.contains(Expression.constant(1)));
    }

    /// Only the leaves are replaced; what comes of it is simplified.
    @ParameterizedTest
    @MethodSource("forms")
    void leavesAreReplaced(Form form) {
        Expression f = form.f();
        assertEquals(simple(f), f.substitute(leaf -> leaf));
        Expression shifted = f.substitute(leaf -> leaf.equals(S) ? S.times(0.5).plus(0.25) : leaf);
        double expected = form.value().applyAsDouble(0.5);
        assertEquals(expected, shifted.at(0.5, 4), 800 * DType.FLOAT64.unitRoundoff());
        assertFalse(f.substitute(leaf -> leaf.equals(SYMBOL) ? OTHER : leaf).contains(SYMBOL));
    }

    private static Expression simple(Expression f) {
        return f instanceof Expression.Plus(Expression a, Expression.Constant(double v)) && v == 0
                ? a
                : f;
    }

    @Test
    void whatIsTrainedIsListedOnceInOrder() {
        Expression f = S.times(OTHER).plus(SYMBOL).exp().times(OTHER);
        assertEquals(List.of(B, A), f.trained());
        assertEquals(List.of(), S.times(Coefficient.inverseRootDimension()).plus(2).trained());
    }

    @Test
    void theDerivativeByASymbol() {
        Expression f = S.times(SYMBOL).plus(SYMBOL.power(2)).plus(OTHER);
        assertEquals(0.5 + 2 * 0.7, f.derivative(SYMBOL).at(0.5, 1), 1e-15);
        assertEquals(Expression.constant(1), f.derivative(OTHER));
        assertEquals(SYMBOL, f.derivative(S));
        assertEquals(Expression.constant(0), S.exp().derivative(SYMBOL));
    }

    @Test
    void logarithmsAreWrittenOut() {
        Expression log = S.cos();
        assertEquals(Optional.of(log), log.exp().logarithm());
        assertEquals(Optional.of(log.plus(S)), log.exp().times(S.exp()).logarithm());
        assertEquals(Optional.of(log.times(3)), log.exp().power(3).logarithm());
        assertEquals(Optional.of(log.times(0.5)), log.exp().sqrt().logarithm());
        assertEquals(Optional.of(new Expression.Log(SYMBOL)), SYMBOL.logarithm());
        assertEquals(
                Optional.of(Expression.constant(Math.log(3))), Expression.constant(3).logarithm());
        for (Expression without :
                List.of(
                        Expression.constant(0),
                        Expression.constant(-1),
                        S.exp().times(S),
                        S.times(S.exp()),
                        S.sqrt(),
                        S.power(2),
                        S.acos(),
                        S.tanh(),
                        S.relu(),
                        S.log(),
                        new Expression.Step(S))) {
            assertEquals(Optional.empty(), without.logarithm(), without.print("s"));
        }
    }

    @Test
    void wholeNumbersAreWrittenWithoutAPoint() {
        assertEquals("999999", Expression.constant(999_999).print("x"));
        assertEquals("1000000.0", Expression.constant(1e6).print("x"));
        assertEquals("-1000000.0", Expression.constant(-1e6).print("x"));
        assertEquals("0.5", Expression.constant(0.5).print("x"));
        assertEquals("(x + 1)·(x + 2)", S.plus(1).times(S.plus(2)).print("x"));
        assertEquals("(x + 1)/√d", S.plus(1).times(Coefficient.inverseRootDimension()).print("x"));
        assertEquals("exp(x) - (x + 1)", S.exp().plus(S.plus(1).negated()).print("x"));
        assertEquals("x + 2·x", S.plus(Expression.constant(2).times(S)).print("x"));
    }

    // --- logarithms and factors ---

    @Test
    void aProductIsTakenApartIntoALogarithmAndAFactor() {
        Expression f = S.plus(1);
        assertEquals(parts(S, null), Parts.of(S.exp()));
        assertEquals(parts(null, f), Parts.of(f));
        assertEquals(parts(S, f), Parts.of(S.exp().times(f)));
        assertEquals(parts(S, f), Parts.of(f.times(S.exp())));
        assertEquals(parts(S.plus(S.cos()), f), Parts.of(S.exp().times(f).times(S.cos().exp())));
        assertEquals(parts(S, f.times(S)), Parts.of(f.times(S.exp()).times(S)));
        assertEquals(parts(S.times(2), f.power(2)), Parts.of(S.exp().times(f).power(2)));
        assertEquals(parts(null, f.power(2)), Parts.of(f.power(2)));
        Expression once = new Expression.Power(S.exp().times(f), 1); // as no factory leaves it
        assertEquals(parts(null, once), Parts.of(once));
        Expression inverse = S.exp().times(f).power(-1);
        assertEquals(parts(null, inverse), Parts.of(inverse));
    }

    /// A constant may be negative: it belongs to the factor, on whichever side it stands.
    @Test
    void aConstantBelongsToTheFactor() {
        Expression c = Expression.constant(-2);
        Expression f = S.plus(1);
        assertEquals(parts(S, c), Parts.of(c.times(S.exp())));
        assertEquals(parts(S, c), Parts.of(S.exp().times(c)));
        assertEquals(parts(null, c.times(f)), Parts.of(c.times(f)));
        assertEquals(parts(S, c.times(f)), Parts.of(c.times(f.times(S.exp()))));
        assertEquals(parts(S, c.times(f)), Parts.of(f.times(S.exp()).times(c)));
        assertEquals(parts(S, f.times(S)), Parts.of(S.exp().times(f).times(S)));
    }

    @Test
    void aMultipleIsAConstantTimesTheVariable() {
        Expression two = Expression.constant(2);
        assertEquals(Optional.of(two), Parts.multiple(S.times(2)));
        assertEquals(Optional.of(two), Parts.multiple(two.times(S)));
        assertEquals(Optional.of(SYMBOL), Parts.multiple(S.times(SYMBOL)));
        for (Expression other :
                List.of(S, S.plus(2), S.times(S), S.exp().times(2), S.times(S.exp()))) {
            assertEquals(Optional.empty(), Parts.multiple(other), other.print("s"));
        }
        assertEquals(List.of(A, B), Parts.of(S.times(A).exp().times(S.times(B).plus(1))).trained());
    }

    private static Parts parts(
            @org.jspecify.annotations.Nullable Expression log,
            @org.jspecify.annotations.Nullable Expression factor) {
        return new Parts(Optional.ofNullable(log), Optional.ofNullable(factor));
    }
}
