package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The grammar of kernel expressions at its edges: numbers among kernels, arguments of every type,
/// and the words of an error.
class KernelSyntaxTest {
    private static Kernel parse(String text) {
        return KernelExpression.parse(text);
    }

    /// A record that a reader of expressions has to open by reflection.
    private record Private(double factor, long seed) implements Profile {
        @Override
        public double at(double[] q, double[] k) {
            return factor;
        }

        @Override
        public Pairing pairing() {
            return Pairing.DOT;
        }

        @Override
        public Expression profile(Expression s) {
            return Expression.constant(factor);
        }

        @Override
        public Traits traits() {
            return Traits.none();
        }
    }

    /// Its constructor without arguments is nobody else's business.
    public record Hidden(Coefficient scale) implements Profile {
        Hidden() {
            this(Coefficient.of(7));
        }

        @Override
        public double at(double[] q, double[] k) {
            return scale.value(q.length);
        }

        @Override
        public Pairing pairing() {
            return Pairing.DOT;
        }

        @Override
        public Expression profile(Expression s) {
            return Expression.constant(1).times(scale);
        }

        @Override
        public Traits traits() {
            return Traits.none();
        }
    }

    /// A class without named components.
    public static final class Opaque implements Featured {
        private final int copies;

        /// With so many copies of the coordinates.
        public Opaque(int copies) {
            this.copies = copies;
        }

        @Override
        public double at(double[] q, double[] k) {
            return copies * Pairing.DOT.at(q, k);
        }

        @Override
        public FeatureMap features() {
            return new Linear(Coefficient.of(copies)).featureMap().orElseThrow();
        }

        @Override
        public String formula() {
            return copies + " q·k";
        }

        @Override
        public Traits traits() {
            return Traits.none();
        }
    }

    private static String message(String text) {
        var e = assertThrows(IllegalArgumentException.class, () -> parse(text));
        return String.valueOf(e.getMessage()).lines().findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(2 + 3)*gauss      | 5",
                "2*3*gauss          | 6",
                "2*gauss*3          | 6",
                "6/2*gauss          | 3",
                "gauss*6/2          | 3",
                "2^3*gauss          | 8",
                "2^-1*gauss         | 0.5",
                "(1 + 2*3)^2*gauss  | 49",
                ".5e1*gauss         | 5",
                "2.*gauss           | 2",
                "1e-1*gauss         | 0.1",
                "2 · gauss          | 2",
            })
    void numbersAreCalculatedBeforeTheyMultiply(String text, double factor) {
        assertEquals(new Gauss().scaled(factor), parse(text));
    }

    @Test
    void aNumberAddedIsAConstantKernel() {
        assertEquals(new Gauss().plus(new Constant(2)), parse("gauss + 2"));
        assertEquals(new Constant(5).plus(new Gauss()), parse("2 + 3 + gauss"));
        assertEquals(new Constant(3).exponential(), parse("exp(3)"));
    }

    @Test
    void aLongSumIsNotDeepAndParenthesesMayBeTwoHundred() {
        for (String one : List.of("1", "(1)", "exp(0)")) {
            Kernel sum = parse(String.join(" + ", Collections.nCopies(250, one)) + " + gauss");
            double[] x = {1};
            assertEquals(251, sum.at(x, x), one);
        }
        assertEquals(new Gauss(), parse("(".repeat(199) + "gauss" + ")".repeat(199)));
        assertTrue(
                message("(".repeat(200) + "gauss" + ")".repeat(200))
                        .startsWith("expected fewer than 200"));
    }

    @Test
    void argumentsAreOfTheTypesOfTheConstructor() {
        String name = Private.class.getName();
        assertEquals(new Private(0.5, 3), parse(name + "(0.5, 3)"));
        assertEquals(new Private(2, -7), parse(name + "(seed=-7, factor=2)"));
        assertEquals(name + "(factor=0.5, seed=3)", KernelExpression.print(new Private(0.5, 3)));
        assertEquals("expected a long for 'seed'", message(name + "(1, 0.5)"));
        assertEquals("expected a number for 'factor'", message(name + "(one, 3)"));
        assertEquals(
                "Private needs all its arguments: private(factor, seed)", message(name + "(1)"));
        String hidden = Hidden.class.getName();
        assertEquals(new Hidden(Coefficient.of(2)), parse(hidden + "(scale=2)"));
        assertEquals("Hidden needs all its arguments: hidden(scale)", message(hidden));
        String opaque = Opaque.class.getName();
        double[] x = {1, 2};
        assertEquals(15, parse(opaque + "(3)").at(x, x));
        assertEquals("Opaque takes no arguments by name: opaque()", message(opaque + "(copies=3)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gauss(0)               | expected a positive number, 1/sqrt(d) or trained(1) for 'scale'",
                "gauss(one)             | expected a positive number, 1/sqrt(d) or trained(1) for 'scale'",
                "gauss(trained(0))      | a kernel's coefficient must be positive and finite, got 0.0",
                "laplace(norm=3)        | expected ONE or TWO for 'norm'",
                "laplace(norm=three)    | expected ONE or TWO for 'norm'",
                "quadratic(offset=one)  | expected a number for 'offset'",
                "matern(p=0.5)          | expected an integer for 'p'",
                "matern(p=2147483648)   | expected an integer for 'p'",
                "matern(p=2147483647)   | the smoothness p + 1/2 of a Matérn kernel is 1/2, 3/2 or 5/2 here, got p = 2147483647",
                "relu(1)                | that is one argument too many; expected relu()",
                "constant(-1)           | a constant kernel is 0 or positive and finite, got -1.0",
                "gauss/0                | expected a number other than 0 to divide by",
                "tensor(gauss, relu)    | expected a comma and a further argument: tensor(k1, k2, split), found ')'",
                "power(gauss, x)        | expected a number, found 'x'",
                "gauss(1/x)             | expected a number, found 'x'",
                "coordinates(gauss, 2147483648, 0) | a number of coordinates is whole, got 2.147483648E9",
            })
    void whatIsExpectedIsSaid(String text, String sentence) {
        assertEquals(sentence, message(text));
    }

    @Test
    void theLargestIndexIsAnIndex() {
        assertEquals(
                new Gauss().coordinates(0, Integer.MAX_VALUE),
                parse("coordinates(gauss, 0, 2147483647)"));
    }

    /// By at most two letters, or by its beginning; the nearest first.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gasus                  | did you mean Gauss?",
                "gauzz                  | did you mean Gauss?",
                "poly                   | did you mean Polynomial?",
                "polynomial_in_2d       | did you mean Polynomial?",
                "expd                   | did you mean exp(k) or ExpDot?",
                "lenghtscale(gauss, 2)  | did you mean lengthscale(k, length)?",
            })
    void aNameThatIsNearIsProposed(String text, String advice) {
        assertTrue(message(text).endsWith("'; " + advice), () -> message(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ga", "dott", "cauchzzz"})
    void whatIsFarFromAllNamesGetsAllOfThem(String text) {
        assertEquals(
                "there is no kernel named '"
                        + text
                        + "'; there are "
                        + String.join(", ", Catalogue.kernels().keySet()),
                message(text));
    }

    @Test
    void listsAreSplitAtTheCommasBetweenExpressions() {
        assertEquals(
                List.of("a(b, c(d, e))", "f", ""), KernelExpression.split(" a(b, c(d, e)) ,f, "));
        assertEquals(List.of("a", "b)", "c"), KernelExpression.split("a,b),c"));
        assertEquals(List.of(""), KernelExpression.split(""));
    }
}
