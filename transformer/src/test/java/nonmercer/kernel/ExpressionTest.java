package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    private static final double U = DType.FLOAT64.unitRoundoff();
    private static final Expression S = new Expression.Variable();
    private static final Coefficient TRAINED = Coefficient.trained(0.7, DType.FLOAT64);

    /// Expressions that are positive and smooth for positive `s`.
    @Provide
    Arbitrary<Expression> positive() {
        return positive(3);
    }

    private static Arbitrary<Expression> positive(int depth) {
        Arbitrary<Expression> leaf =
                Arbitraries.oneOf(
                        Arbitraries.just(S),
                        Arbitraries.doubles().between(0.25, 3).ofScale(2).map(Expression::constant),
                        coefficients().map(c -> Expression.constant(1).times(c)),
                        coefficients().map(S::times));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Expression> below = positive(depth - 1);
        return Arbitraries.oneOf(
                leaf,
                Combinators.combine(below, below).as(Expression::plus),
                Combinators.combine(below, below).as(Expression::times),
                below.map(e -> e.negated().exp()),
                below.map(Expression::sqrt),
                below.map(e -> e.plus(1).log()),
                below.map(e -> e.negated().exp().times(6).cos().plus(2)),
                below.map(e -> e.negated().exp().times(6).sin().plus(2)),
                below.map(e -> e.tanh().plus(0.5)),
                below.map(e -> e.negated().exp().times(0.9).acos()),
                below.map(Expression::relu),
                below.map(e -> e.power(0.7)),
                Combinators.combine(below, Arbitraries.of(-2, -1, 2, 3)).as(Expression::power));
    }

    /// Products of exponentials, powers and positive constants.
    @Provide
    Arbitrary<Expression> exponentials() {
        return exponentials(2);
    }

    private static Arbitrary<Expression> exponentials(int depth) {
        Arbitrary<Expression> leaf =
                Arbitraries.oneOf(
                        positive(1).map(e -> e.negated().exp()),
                        Arbitraries.doubles().between(0.25, 3).ofScale(2).map(Expression::constant),
                        coefficients().map(c -> Expression.constant(1).times(c)));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Expression> below = exponentials(depth - 1);
        return Arbitraries.oneOf(
                leaf,
                Combinators.combine(below, below).as(Expression::times),
                below.map(Expression::sqrt),
                Combinators.combine(below, Arbitraries.of(-1, 2, 3)).as(Expression::power));
    }

    private static Arbitrary<Coefficient> coefficients() {
        return Arbitraries.of(Coefficient.of(1.5), Coefficient.inverseRootDimension(), TRAINED);
    }

    private static boolean moderate(double x) {
        return Math.abs(x) < 1e12;
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theTensorFormIsTheValue(
            @ForAll("positive") Expression e,
            @ForAll @DoubleRange(min = 0.2, max = 3) double s,
            @ForAll @IntRange(min = 1, max = 9) int d) {
        Rounded expected = Rounded.of(e, new Rounded(s, 0), d, U);
        Assume.that(moderate(expected.value()));
        // Each of the two sides is within the bound of the exact value.
        assertEquals(e.at(s, d), tensor(e, s, d).value().at(0), 2 * expected.error());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theDerivativeIsTheSlopeOfTheValue(
            @ForAll("positive") Expression e,
            @ForAll @DoubleRange(min = 0.3, max = 3) double s,
            @ForAll @IntRange(min = 1, max = 9) int d) {
        double h = 0x1p-10;
        Rounded f = Rounded.of(e, new Rounded(s + h, 0), d, U);
        Rounded slope = Rounded.of(e.derivative(), new Rounded(s, 0), d, U);
        Assume.that(moderate(f.value()) && moderate(slope.value()));
        double whole = (e.at(s + h, d) - e.at(s - h, d)) / (2 * h);
        double half = (e.at(s + h / 2, d) - e.at(s - h / 2, d)) / h;
        // As in GradCheck: Richardson's formula makes 3ε/h of a rounding error ε; the truncation it
        // leaves is less than
        // the truncation it removes. The value may be larger at s - h: it is bounded by that at s +
        // h by a factor of 4.
        double epsilon = Math.max(f.error(), Rounded.of(e, new Rounded(s - h, 0), d, U).error());
        double tolerance = 3 * epsilon / h + Math.abs(whole - half) + slope.error();
        assertEquals((4 * half - whole) / 3, e.derivative().at(s, d), tolerance);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theDerivativeIsTheGradientOfTheTensorForm(
            @ForAll("positive") Expression e,
            @ForAll @DoubleRange(min = 0.2, max = 3) double s,
            @ForAll @IntRange(min = 1, max = 9) int d) {
        Rounded slope = Rounded.of(e.derivative(), new Rounded(s, 0), d, U);
        Assume.that(moderate(e.at(s, d)) && moderate(slope.value()));
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(Array.vector(s));
            // The variable itself is added, so that a constant expression, too, has a gradient.
            Tensor y = e.of(x, d, Pass.recorded(tape)).add(x).sum();
            double gradient = tape.gradient(y, x).value().at(0) - 1;
            // The tape multiplies the same factors in another order, each with at most one rounding
            // more.
            assertEquals(
                    e.derivative().at(s, d),
                    gradient,
                    4 * slope.error() + 2 * U * (1 + Math.abs(gradient)));
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theLogarithmIsThatOfTheValue(
            @ForAll("exponentials") Expression e,
            @ForAll @DoubleRange(min = 0.2, max = 3) double s,
            @ForAll @IntRange(min = 1, max = 9) int d) {
        Expression log = e.logarithm().orElseThrow();
        Rounded value = Rounded.of(e, new Rounded(s, 0), d, U);
        Assume.that(value.value() > 1e-250 && value.value() < 1e250);
        Rounded direct = Rounded.of(log, new Rounded(s, 0), d, U);
        double tolerance = 2 * direct.error() + value.log(U).error();
        assertEquals(Math.log(e.at(s, d)), log.at(s, d), tolerance);
        assertEquals(log.at(s, d), tensor(log, s, d).value().at(0), 2 * direct.error());
    }

    @Test
    void aSumAPolynomialAndANegativeNumberHaveNoLogarithmOfTheirOwn() {
        assertEquals(Optional.empty(), S.logarithm());
        assertEquals(Optional.empty(), S.exp().plus(1).logarithm());
        assertEquals(Optional.empty(), S.plus(1).power(2).logarithm());
        assertEquals(Optional.empty(), S.exp().negated().logarithm());
        assertEquals(Optional.empty(), S.exp().times(S).logarithm());
        assertEquals(Optional.empty(), S.cos().logarithm());
        assertEquals(Optional.empty(), S.sin().logarithm());
    }

    @Test
    void theLogarithmStaysFiniteWhereTheValueDoesNot() {
        Expression e = S.exp().power(3).times(2);
        assertEquals(Double.POSITIVE_INFINITY, e.at(1000, 1));
        assertEquals(3000 + Math.log(2), e.logarithm().orElseThrow().at(1000, 1), 3000 * U);
    }

    @Test
    void theLogarithmOfANegativeNumberIsNotANumber() {
        assertTrue(Double.isNaN(S.log().at(-1, 1)));
        assertTrue(Double.isNaN(tensor(S.log(), -1, 1).value().at(0)));
    }

    @Test
    void factoriesSimplify() {
        Expression e = S.plus(2);
        assertEquals(e, e.plus(0));
        assertEquals(e, Expression.constant(0).plus(e));
        assertEquals(e, e.times(1));
        assertEquals(e, Expression.constant(1).times(e));
        assertEquals(Expression.constant(0), e.times(0));
        assertEquals(Expression.constant(0), Expression.constant(0).times(e));
        assertEquals(Expression.constant(5), Expression.constant(2).plus(3));
        assertEquals(Expression.constant(6), Expression.constant(2).times(3));
        assertEquals(e, e.exp().log());
        assertEquals(e, e.log().exp());
        assertEquals(e, e.power(1));
        assertEquals(Expression.constant(1), e.power(0));
        assertEquals(e.times(3), e.times(Coefficient.of(3)));
        assertEquals(S, S.times(Coefficient.of(1)));
        assertEquals(Expression.constant(0), Expression.constant(4).derivative());
        assertEquals(Expression.constant(2), S.times(2).derivative());
    }

    @Test
    void aFormulaReadsLikeAFormula() {
        assertEquals("x", S.print("x"));
        assertEquals("exp(x/√d)", S.times(Coefficient.inverseRootDimension()).exp().print("x"));
        assertEquals("exp(-x·0.125)", S.times(Coefficient.of(0.125)).negated().exp().print("x"));
        assertEquals("exp(x·e^λ)", S.times(TRAINED).exp().print("x"));
        assertEquals("1/(x + 1)", S.plus(1).reciprocal().print("x"));
        assertEquals("(x - 1)⁻²", S.plus(-1).power(-2).print("x"));
        assertEquals("(x·3 + 1)¹²", S.times(3).plus(1).power(12).print("x"));
        assertEquals("(x + 1)·√(x)", S.plus(1).times(S.sqrt()).print("x"));
        assertEquals("cos(x + 1)·sin(x)", S.plus(1).cos().times(S.sin()).print("x"));
        assertEquals("ln(x + 0.5)", S.plus(0.5).log().print("x"));
        assertEquals("-(x + 1)", S.plus(1).negated().print("x"));
        assertEquals("x - x", S.plus(S.negated()).print("x"));
    }

    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    void gradientsOfFirstAndSecondOrderAgreeWithDifferences(
            @ForAll("positive") Expression e, @ForAll @IntRange(min = 1, max = 5) int d) {
        GradCheck.Result r =
                GradCheck.of(x -> e.of(x.getFirst(), d, Pass.evaluation()).mul(x.getFirst()))
                        .at(Array.vector(0.5, 1.25, 2))
                        .order(2)
                        .check();
        // A steep power is not for differences; that it is never wrong is what counts.
        assertTrue(r.outcome() != GradCheck.Outcome.FAILED, r.report());
    }

    private static Tensor tensor(Expression e, double s, int d) {
        return e.of(Tensor.vector(s), d, Pass.evaluation());
    }
}
