package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import nonmercer.array.DType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What kind of function an expression is.
class GrowthTest {
    private static final Expression S = new Expression.Variable();
    private static final Expression T =
            Expression.constant(1).times(Coefficient.trained(0.7, DType.FLOAT64));
    private static final Expression NEVER = S.cos(); // of no kind
    private static final Expression FALL = S.negated().exp();
    private static final Expression INVERSE = S.plus(1).reciprocal();
    private static final Expression ZERO = Expression.constant(0);

    // As they stand: the factories would leave a 0 out.

    static Expression times(Expression a, Expression b) {
        return new Expression.Times(a, b);
    }

    static Expression power(Expression a, int n) {
        return new Expression.Power(a, n);
    }

    static Expression powerOf(Expression a, double p) {
        return times(a.log(), Expression.constant(p)).exp();
    }

    record Case(Expression f, String kinds) {
        @Override
        public String toString() {
            return f.print("s") + " is " + kinds;
        }
    }

    private static Stream<Case> are(String kinds, Expression... all) {
        return Stream.of(all).map(f -> new Case(f, kinds));
    }

    static Stream<Case> kinds() {
        return Stream.of(
                        are(
                                "positive monotone bernstein decaying",
                                Expression.constant(2),
                                ZERO,
                                T,
                                Expression.constant(2).times(T),
                                T.times(3)),
                        are(
                                "",
                                Expression.constant(-1),
                                T.negated(),
                                S.negated(),
                                S.plus(-1),
                                Expression.constant(-1).plus(S),
                                S.power(-1),
                                S.plus(-1).power(-1),
                                power(new Expression.Plus(S, ZERO), -1),
                                S.plus(T).power(-1),
                                S.plus(0.5).log(),
                                S.power(2).plus(1).log(),
                                S.log(),
                                S.plus(T).log(),
                                NEVER,
                                NEVER.power(3),
                                NEVER.plus(S),
                                S.plus(NEVER),
                                NEVER.times(S),
                                S.times(NEVER),
                                NEVER.times(FALL),
                                FALL.times(NEVER),
                                NEVER.plus(FALL),
                                FALL.plus(NEVER),
                                S.relu().plus(NEVER),
                                NEVER.plus(S.relu()),
                                S.relu().times(NEVER),
                                NEVER.times(S.relu()),
                                S.times(-2),
                                S.tanh(),
                                INVERSE.plus(S)),
                        are(
                                "monotone bernstein",
                                S,
                                S.plus(1),
                                S.times(2),
                                Expression.constant(2).times(S),
                                T.times(S),
                                S.times(T).plus(S)),
                        are("monotone", S.times(S), S.power(3), S.times(S).times(2)),
                        are(
                                "positive monotone",
                                S.power(2),
                                S.exp(),
                                S.power(2).exp(),
                                times(ZERO, S).exp(),
                                times(S, ZERO).exp()),
                        are("monotone", S.exp().plus(S), S.exp().times(S)),
                        are(
                                "positive bernstein",
                                S.sqrt(),
                                S.plus(1).sqrt(),
                                S.sqrt().times(2),
                                Expression.constant(2).times(S.sqrt()),
                                powerOf(S, 0.7),
                                powerOf(S, 1),
                                powerOf(S.plus(1), 0.3)),
                        are("bernstein", S.plus(1).log(), S.sqrt().plus(2).log(), S.sqrt().plus(S)),
                        are(
                                "positive",
                                S.power(-2),
                                S.power(2).plus(1).power(-1),
                                NEVER.power(2),
                                S.relu(),
                                S.relu().power(3),
                                new Expression.Step(S),
                                S.relu().plus(S.exp()),
                                S.relu().times(S.exp()),
                                S.power(2).sqrt(),
                                S.sqrt().times(S.sqrt()),
                                S.sqrt().times(S.exp()),
                                powerOf(S, 1.5),
                                powerOf(S, 0),
                                powerOf(S, -0.5),
                                powerOf(S.power(2), 0.7),
                                S.power(2).negated().exp(),
                                S.plus(S.negated()).exp(),
                                S.negated().plus(S).exp(),
                                S.cos().negated().exp(),
                                times(ZERO, S.negated()).exp(),
                                times(S.negated(), ZERO).exp(),
                                power(S.plus(1), 0),
                                power(FALL, 0),
                                power(S, 0)),
                        are("decaying", INVERSE, S.plus(1).log().plus(1).power(-1)),
                        are(
                                "positive decaying",
                                FALL,
                                S.sqrt().plus(1).power(-3),
                                S.plus(1).power(-2),
                                S.times(-2).exp(),
                                S.sqrt().negated().exp(),
                                S.sqrt().times(-3).exp(),
                                S.negated().plus(S.sqrt().negated()).exp(),
                                Expression.constant(1).plus(S.negated()).exp(),
                                S.negated().plus(1).exp(),
                                T.times(S.negated()).exp(),
                                S.negated().times(T).exp(),
                                FALL.plus(S.plus(2).power(-2)),
                                FALL.times(S.plus(2).power(-2))),
                        are("decaying", FALL.plus(INVERSE).power(3), FALL.times(INVERSE)))
                .flatMap(s -> s);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyFunctionIsOfItsKinds(Case c) {
        Growth g = Growth.of(c.f());
        String kinds =
                (g.positive() ? "positive " : "")
                        + (g.monotone() ? "monotone " : "")
                        + (g.bernstein() ? "bernstein " : "")
                        + (g.decaying() ? "decaying " : "");
        assertEquals(c.kinds(), kinds.strip());
        assertEquals(c.f(), g.function());
    }

    /// Signs of derivatives, which define the kinds: all non-negative where a power series with
    /// non-negative coefficients converges, alternating from the first on (Bernstein) or from the
    /// function on (completely monotone). A derivative here is a sum of fewer than 100 terms below
    /// 10⁴, each rounded a few times.
    @ParameterizedTest
    @MethodSource("kinds")
    void theDerivativesHaveTheSignsThatAKindSays(Case c) {
        for (double s : new double[] {0.25, 1, 2.5}) {
            Expression f = c.f();
            for (int n = 0; n < 4; n++) {
                double value = f.at(s, 1);
                double alternating = n % 2 == 0 ? value : -value;
                double slack = -100 * 1e4 * 16 * DType.FLOAT64.unitRoundoff();
                assertTrue(!c.kinds().contains("monotone") || value >= slack, c::toString);
                assertTrue(!c.kinds().contains("decaying") || alternating >= slack, c::toString);
                boolean bernstein = n == 0 ? value >= slack : -alternating >= slack;
                assertTrue(!c.kinds().contains("bernstein") || bernstein, c::toString);
                f = f.derivative();
            }
            // Where a root or a logarithm is not a number, nothing is negative.
            assertTrue(!c.kinds().contains("positive") || !(c.f().at(-s, 1) < 0), c::toString);
        }
    }
}
