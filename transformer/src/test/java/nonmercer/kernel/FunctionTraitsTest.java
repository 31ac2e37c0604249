package nonmercer.kernel;

import static nonmercer.kernel.GrowthTest.power;
import static nonmercer.kernel.GrowthTest.powerOf;
import static nonmercer.kernel.GrowthTest.times;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import nonmercer.array.DType;
import org.junit.jupiter.api.Test;

/// What a function of a kernel keeps of what is known of the kernel, and why.
class FunctionTraitsTest {
    private static final Expression S = new Expression.Variable();
    private static final Expression T =
            Expression.constant(1).times(Coefficient.trained(0.7, DType.FLOAT64));
    private static final Expression NEVER = S.cos(); // of no kind
    private static final Expression FALL = S.negated().exp();
    private static final Expression INVERSE = S.plus(1).reciprocal();
    private static final Expression ZERO = Expression.constant(0);

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
