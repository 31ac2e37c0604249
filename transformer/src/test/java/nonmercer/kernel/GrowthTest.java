package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import nonmercer.array.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What kind of function an expression is, and what a function of a kernel keeps of it.
class GrowthTest {
    private static final Expression S = new Expression.Variable();
    private static final Expression T =
            Expression.constant(1).times(Coefficient.trained(0.7, DType.FLOAT64));
    private static final Expression NEVER = S.cos(); // of no kind
    private static final Expression FALL = S.negated().exp();
    private static final Expression INVERSE = S.plus(1).reciprocal();
    private static final Expression ZERO = Expression.constant(0);

    // As they stand: the factories would leave a 0 out.

    private static Expression times(Expression a, Expression b) {
        return new Expression.Times(a, b);
    }

    private static Expression power(Expression a, int n) {
        return new Expression.Power(a, n);
    }

    private static Expression powerOf(Expression a, double p) {
        return times(a.log(), Expression.constant(p)).exp();
    }

    private record Case(Expression f, String kinds) {
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

    // --- what a function of a kernel keeps ---

    private static Set<Trait> kept(Expression f, Trait... known) {
        Traits of = Traits.none();
        for (Trait trait : known) {
            of = of.proved(trait, "why");
        }
        Traits all = Growth.of(f).traits(of, Traits.none());
        EnumSet<Trait> proved = EnumSet.noneOf(Trait.class);
        for (Trait trait : Trait.values()) {
            if (all.proved(trait)) {
                proved.add(trait);
            }
        }
        return proved;
    }

    private static final Set<Trait> NOTHING = Set.of();
    private static final Set<Trait> POSITIVE = Set.of(Trait.NON_NEGATIVE);
    private static final Set<Trait> DEFINITE =
            Set.of(Trait.POSITIVE_DEFINITE, Trait.CONDITIONALLY_POSITIVE_DEFINITE);
    private static final Set<Trait> BOTH =
            Set.of(
                    Trait.POSITIVE_DEFINITE,
                    Trait.CONDITIONALLY_POSITIVE_DEFINITE,
                    Trait.NON_NEGATIVE);
    private static final Set<Trait> DIVISIBLE =
            Set.of(
                    Trait.POSITIVE_DEFINITE,
                    Trait.CONDITIONALLY_POSITIVE_DEFINITE,
                    Trait.NON_NEGATIVE,
                    Trait.INFINITELY_DIVISIBLE);

    @Test
    void aFunctionOfANonNegativeNumber() {
        for (Expression f : List.of(S, S.plus(1).log(), INVERSE)) {
            assertEquals(POSITIVE, kept(f, Trait.NON_NEGATIVE), f.print("s"));
            assertEquals(NOTHING, kept(f), f.print("s"));
        }
        assertEquals(NOTHING, kept(NEVER, Trait.NON_NEGATIVE));
        assertEquals(POSITIVE, kept(S.exp()));
    }

    @Test
    void aPowerSeriesOfAPositiveDefiniteKernel() {
        assertEquals(DEFINITE, kept(S.power(3).plus(1), Trait.POSITIVE_DEFINITE));
        assertEquals(NOTHING, kept(NEVER, Trait.POSITIVE_DEFINITE));
        assertEquals(POSITIVE, kept(FALL, Trait.POSITIVE_DEFINITE));
        assertEquals(NOTHING, kept(S.plus(1), Trait.CONDITIONALLY_POSITIVE_DEFINITE));
    }

    @Test
    void anExponentialOfAConditionallyPositiveDefiniteKernel() {
        for (Expression rising :
                List.of(
                        S,
                        S.times(2).plus(1),
                        Expression.constant(1).plus(S.times(2)),
                        S.times(T),
                        T.times(S),
                        Expression.constant(2).times(T).times(S),
                        S.times(-2).times(T.negated()))) {
            assertEquals(
                    DIVISIBLE,
                    kept(rising.exp(), Trait.CONDITIONALLY_POSITIVE_DEFINITE),
                    rising.print("s"));
        }
        for (Expression other :
                List.of(
                        S.negated(),
                        S.power(2),
                        S.plus(S),
                        NEVER.times(2),
                        Expression.constant(2).times(NEVER),
                        T,
                        times(times(T, ZERO), S),
                        times(S, ZERO))) {
            assertEquals(
                    POSITIVE,
                    kept(other.exp(), Trait.CONDITIONALLY_POSITIVE_DEFINITE),
                    other.print("s"));
        }
    }

    @Test
    void aDecayOfAConditionallyNegativeDefiniteKernel() {
        Trait negative = Trait.CONDITIONALLY_NEGATIVE_DEFINITE;
        for (Expression falling :
                List.of(
                        S.negated(),
                        Expression.constant(1).plus(S.negated()),
                        S.times(T.negated()),
                        T.negated().times(S))) {
            assertEquals(DIVISIBLE, kept(falling.exp(), negative), falling.print("s"));
        }
        assertEquals(POSITIVE, kept(S.exp(), negative));
        assertEquals(POSITIVE, kept(S.sqrt().negated().exp(), negative));
        assertEquals(NOTHING, kept(S.plus(1), negative));
        assertEquals(NOTHING, kept(INVERSE, negative));
    }

    @Test
    void aFunctionOfADistance() {
        Trait[] distance = {Trait.CONDITIONALLY_NEGATIVE_DEFINITE, Trait.NON_NEGATIVE};
        assertEquals(DIVISIBLE, kept(S.sqrt().negated().exp(), distance));
        assertEquals(BOTH, kept(INVERSE, distance));
        assertEquals(BOTH, kept(FALL.plus(S.times(-2).exp()), distance));
        assertEquals(Set.of(distance), kept(S.sqrt(), distance));
        assertEquals(Set.of(distance), kept(S.plus(1).log(), distance));
        assertEquals(POSITIVE, kept(S.power(2), distance));
        assertEquals(POSITIVE, kept(S.power(2).negated().exp(), distance));
        // Non-negative alone is not enough.
        assertEquals(POSITIVE, kept(S.sqrt().negated().exp(), Trait.NON_NEGATIVE));
        assertEquals(POSITIVE, kept(S.sqrt(), Trait.NON_NEGATIVE));
    }

    @Test
    void aPowerOfAnInfinitelyDivisibleKernel() {
        for (Expression f : List.of(S.power(3), powerOf(S, 0.3), S.sqrt())) {
            assertEquals(DIVISIBLE, kept(f, Trait.INFINITELY_DIVISIBLE), f.print("s"));
            assertTrue(!kept(f, Trait.NON_NEGATIVE).contains(Trait.INFINITELY_DIVISIBLE));
        }
        assertEquals(BOTH, kept(S.plus(1), Trait.INFINITELY_DIVISIBLE));
        assertEquals(BOTH, kept(S.plus(1).power(3), Trait.INFINITELY_DIVISIBLE));
        for (Expression f :
                List.of(
                        S.plus(1).sqrt(),
                        powerOf(S, -0.5),
                        powerOf(S, 0),
                        powerOf(S.plus(1), 0.3),
                        S.log().times(T).exp(),
                        power(S, 0))) {
            assertEquals(POSITIVE, kept(f, Trait.INFINITELY_DIVISIBLE), f.print("s"));
        }
    }

    private static String evidence(Expression f, Trait shown, Trait... known) {
        Traits of = Traits.none();
        for (Trait trait : known) {
            of = of.proved(trait, "why");
        }
        return Growth.of(f).traits(of, Traits.none()).of(shown).toString();
    }

    @Test
    void theReasonIsGivenWithItsSource() {
        Trait positive = Trait.CONDITIONALLY_POSITIVE_DEFINITE;
        Trait negative = Trait.CONDITIONALLY_NEGATIVE_DEFINITE;
        Trait definite = Trait.POSITIVE_DEFINITE;
        Trait divisible = Trait.INFINITELY_DIVISIBLE;
        assertEquals(
                "yes: the function takes no negative values",
                evidence(S.exp(), Trait.NON_NEGATIVE));
        assertEquals(
                "yes: the function of a non-negative number is none: why",
                evidence(S, Trait.NON_NEGATIVE, Trait.NON_NEGATIVE));
        assertEquals(
                "yes: power series with non-negative coefficients, Schur 1911 (why)",
                evidence(S.power(2), definite, definite));
        assertEquals(
                "yes: (eᵏ)ʳ = e^(rk), Schoenberg 1938", evidence(S.exp(), divisible, positive));
        assertEquals(
                "yes: (e^(-tψ))ʳ = e^(-rtψ), Schoenberg 1938", evidence(FALL, divisible, negative));
        assertEquals(
                "yes: completely monotone function of a conditionally negative definite kernel,"
                        + " Schoenberg 1938 (why)",
                evidence(INVERSE, definite, negative, Trait.NON_NEGATIVE));
        assertEquals(
                "yes: Bernstein function of a conditionally negative definite kernel, Berg,"
                        + " Christensen & Ressel 1984, 3.2 (why)",
                evidence(S.sqrt(), negative, negative, Trait.NON_NEGATIVE));
        assertEquals("yes: (kᵖ)ʳ = k^(pr)", evidence(S.sqrt(), divisible, divisible));
        assertEquals(
                "yes: a power of an infinitely divisible kernel (why)",
                evidence(S.sqrt(), definite, divisible));
    }
}
