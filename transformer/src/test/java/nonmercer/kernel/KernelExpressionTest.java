package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import nonmercer.array.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelExpressionTest {
    private static final Coefficient ROOT = Coefficient.inverseRootDimension();

    /// A kernel of a user, outside of the catalogue.
    public record Own(Coefficient scale, int degree) implements Profile {
        /// Degree 2.
        public Own() {
            this(Coefficient.of(1), 2);
        }

        @Override
        public double at(double[] q, double[] k) {
            return Math.pow(scale.value(q.length) * Pairing.DOT.at(q, k), degree);
        }

        @Override
        public Pairing pairing() {
            return Pairing.DOT;
        }

        @Override
        public Expression profile(Expression s) {
            return s.times(scale).power(degree);
        }

        @Override
        public Traits traits() {
            return Traits.none();
        }
    }

    private static Kernel parse(String text) {
        return KernelExpression.parse(text);
    }

    @Test
    void aTextIsTheKernelItSays() {
        assertEquals(new Gauss(), parse("gauss"));
        assertEquals(new ExpIntersection(), parse(" Exp-Intersection "));
        assertEquals(new ExpDot(), parse("exp_dot()"));
        assertEquals(new Gauss(Coefficient.of(2)), parse("gauss(2)"));
        assertEquals(new Quadratic(ROOT, 0), parse("quadratic(offset = 0)"));
        assertEquals(new Quadratic(Coefficient.of(2), 3), parse("quadratic(2, 3)"));
        assertEquals(new Quadratic(Coefficient.of(2), 1), parse("quadratic(2)"));
        assertEquals(new Quadratic(ROOT, 0.25), parse("quadratic(1/sqrt(d), 1/4)"));
        assertEquals(new Gauss(ROOT), parse("gauss(scale=1/√d)"));
        assertEquals(
                new Gauss(Coefficient.of(2)).scaled(0.5).plus(new ExpDot()),
                parse("0.5*gauss(2) + expdot"));
        assertEquals(new Gauss().plus(new ExpDot()).scaled(3), parse("3*(gauss + expdot)"));
        assertEquals(new Gauss().scaled(0.25), parse("gauss/4"));
        assertEquals(new Gauss().power(3), parse("gauss^3"));
        assertEquals(new Gauss().power(-0.5), parse("gauss ^ -0.5"));
        assertEquals(new Constant(1).plus(new Gauss()), parse("1 + gauss"));
        assertEquals(new Gauss(), parse("0 + gauss"));
        assertEquals(new Matern(2), parse("matern(2)"));
        assertEquals(new Laplace(Laplace.Norm.ONE), parse("laplace(one)"));
        assertEquals(new Linear().normalised(), parse("normalised(linear)"));
        assertEquals(new Linear().exponential(), parse("exp(linear)"));
        assertEquals(new Distance().decay(2), parse("decay(distance, 2)"));
        assertEquals(new Gauss().coordinates(1, -2), parse("coordinates(gauss, 1, -2)"));
        assertEquals(new Gauss().tensor(new ExpDot(), 2), parse("tensor(gauss, expdot, 2)"));
        assertEquals(
                new Gauss().plus(new ExpDot().times(new Distance())),
                parse("gauss+expdot·distance"));
        assertEquals(new Gauss().lengthscale(2), parse("lengthscale(gauss, 2)"));
        assertEquals(
                new Gauss().times(new ExpDot()).lengthscale(0.5),
                parse("lengthscale(gauss*expdot, 1/2)"));
        assertEquals(List.of("gauss(2)", "quadratic(1, 2)", "expdot"), list());
    }

    private static List<String> list() {
        return KernelExpression.split("gauss(2), quadratic(1, 2) ,expdot");
    }

    @Test
    void aKernelOfOnesOwnGoesByItsQualifiedName() {
        String name = Own.class.getName();
        assertEquals(new Own(), parse(name));
        assertEquals(new Own(Coefficient.of(1), 3), parse(name + "(degree=3)"));
        assertEquals(
                new Own(Coefficient.of(0.5), 3).plus(new Gauss()),
                parse(name + "(0.5, 3) + gauss"));
        assertEquals(new Own(Coefficient.of(2), 4), again(new Own(Coefficient.of(2), 4)));
    }

    @Test
    void whatIsTrainedIsAKernelButNoText() {
        Gauss trained = assertInstanceOf(Gauss.class, parse("gauss(trained(0.5))"));
        assertEquals(0.5, trained.scale().value(7), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> KernelExpression.print(trained));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        KernelExpression.print(
                                new Gauss()
                                        .scaled(2)
                                        .plus(new Gauss(Coefficient.trained(1, DType.FLOAT32)))));
    }

    /// The caret stands below the character at fault; the message says what was expected there.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.5*gauss(2) +      | 14 | expected a kernel, a number or (, found the end",
                "gauss expdot        | 6  | expected +, *, ^ or the end, found 'e'",
                "0.5*gaus(2)         | 4  | there is no kernel named 'gaus'; did you mean Gauss?",
                "expdott             | 0  | did you mean ExpDot",
                "nothing             | 0  | there are ArcCosine, Cauchy",
                "(gauss + expdot     | 15 | expected ) for what opens at column 1, found the end",
                "gauss(2, 3)         | 9  | one argument too many; expected gauss(scale)",
                "gauss(-2)           | 6  | expected a positive number, 1/sqrt(d) or trained(1) for 'scale'",
                "gauss(width=2)      | 12 | no argument 'width'; expected gauss(scale)",
                "gauss(2, scale=3)   | 15 | 'scale' is given twice",
                "quadratic(offset=-1)| 17 | the offset of a quadratic kernel must be 0 or positive",
                "0*gauss             | 0  | coefficient must be positive and finite",
                "2 + 3               | 0  | expected a kernel, found only a number",
                "sigmoid^0.5         | 8  | the power 0.5 of a kernel needs one that is proved non-negative",
                "coordinates(gauss, 0.5, 1) | 0 | a number of coordinates is whole",
                "gauss^gauss         | 6  | expected a number as the exponent",
                "gauss/expdot        | 6  | expected a number other than 0 to divide by",
                "lengthscale(gauss)  | 17 | a further argument: lengthscale(k, length), found ')'",
                "lengthscale gauss   | 12 | expected ( as in lengthscale(k, length)",
                "gauss(2x)           | 7  | expected ) for what opens at column 6, found 'x'",
                "java.lang.String    | 0  | there is no kernel named 'java.lang.String'",
                "1e999*gauss         | 0  | within the range of a double",
            })
    void aMistakeIsShownWhereItIs(String text, int column, String sentence) {
        var e = assertThrows(IllegalArgumentException.class, () -> parse(text));
        String[] lines = String.valueOf(e.getMessage()).split("\n", -1);
        assertTrue(lines[0].contains(sentence), e.getMessage());
        assertEquals(3, lines.length, e.getMessage());
        assertEquals("  " + text, lines[1]);
        assertEquals("  " + " ".repeat(column) + "^", lines[2], e.getMessage());
    }

    @Test
    void deepNestingIsASentenceAndNoOverflow() {
        String deep = "(".repeat(100_000) + "gauss" + ")".repeat(100_000);
        var e = assertThrows(IllegalArgumentException.class, () -> parse(deep));
        assertTrue(String.valueOf(e.getMessage()).startsWith("expected fewer than 200"));
    }

    private static Kernel again(Kernel kernel) {
        return parse(KernelExpression.print(kernel));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void whatIsPrintedComesBack(@ForAll("compositions") Kernel kernel) {
        assertEquals(kernel, again(kernel), () -> KernelExpression.print(kernel));
    }

    /// Every specimen of the catalogue, and up to three operations of the algebra on them.
    @Provide
    Arbitrary<Kernel> compositions() {
        List<Kernel> leaves = new ArrayList<>();
        Catalogue.specimens().values().forEach(all -> all.forEach(s -> leaves.add(s.kernel())));
        leaves.removeIf(kernel -> !kernel.parameters().isEmpty());
        Arbitrary<Kernel> made = Arbitraries.of(leaves);
        for (int depth = 0; depth < 3; depth++) {
            Arbitrary<Kernel> inner = made;
            Arbitrary<Double> number = Arbitraries.doubles().between(0.01, 100).ofScale(6);
            made =
                    Arbitraries.oneOf(
                            inner,
                            Combinators.combine(inner, inner).as(Kernel::plus),
                            Combinators.combine(inner, inner).as(Kernel::times),
                            Combinators.combine(inner, number).as(Kernel::scaled),
                            Combinators.combine(inner, Arbitraries.of(2.0, 3.0)).as(Kernel::power),
                            Combinators.combine(inner, number).as(Kernel::decay),
                            inner.map(Kernel::exponential),
                            inner.map(Kernel::normalised),
                            inner.map(k -> k.coordinates(0, -1)),
                            Combinators.combine(inner, number).as(Kernel::lengthscale));
        }
        return made;
    }
}
