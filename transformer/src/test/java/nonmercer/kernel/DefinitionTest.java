package nonmercer.kernel;

import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A kernel says twice what it is: by hand, and by its parts. Both say the same.
class DefinitionTest {
    private static final Pass PASS = Pass.evaluation();

    /// Those of the catalogue with all the parameters of its specimens, and some more.
    static Stream<Kernel> kernels() {
        Coefficient c = Coefficient.of(0.3);
        return Stream.concat(
                Catalogue.specimens().values().stream()
                        .flatMap(List::stream)
                        .map(Specimen::kernel)
                        .filter(k -> k.parameters().isEmpty())
                        .distinct(),
                Stream.of(
                        new Matern(0, c),
                        new Matern(1, c),
                        new Matern(2, c),
                        new Laplace(c, Laplace.Norm.ONE),
                        new Laplace(c, Laplace.Norm.TWO),
                        new Polynomial(1, c, 0),
                        new Polynomial(6, c, 0.7),
                        new Quadratic(c, 0.7),
                        new TaylorExp(0, c),
                        new TaylorExp(5, c),
                        new Sigmoid(c, -0.7),
                        new Rotated(Coefficient.of(1), c),
                        new Periodic(Coefficient.of(1.7), c),
                        new RationalQuadratic(Coefficient.of(1.7), c),
                        new Cosformer(Coefficient.of(1.7)),
                        new Gibbs(c),
                        new Signed(c)));
    }

    /// What the parts of a kernel give, in scalar code.
    private static double byParts(Kernel kernel, double[] q, double[] k) {
        return switch (kernel) {
            case Profile p ->
                    p.profile(new Expression.Variable()).at(p.pairing().at(q, k), q.length);
            case Composed c -> c.definition().at(q, k);
            default -> kernel.at(q, k);
        };
    }

    /// Arguments of `exp` below 30 with 100 roundings, whose values are then off by so many times
    /// 30 of themselves; the angles of points in one line cost half the digits.
    @ParameterizedTest
    @MethodSource("kernels")
    void theValueByHandIsThatOfTheParts(Kernel kernel) {
        for (int d = 1; d <= 5; d++) {
            Array x = normal("x", DType.FLOAT64, 4, d);
            Array gram = Gram.of(kernel, Tensor.of(x), Tensor.of(x), PASS).value();
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    double expected = kernel.at(row(x, i), row(x, j));
                    double size = Math.max(1, Math.abs(expected));
                    double tolerance = 3000 * DType.FLOAT64.unitRoundoff() * size;
                    if (kernel instanceof ArcCosine && (d == 1 || i == j)) {
                        tolerance = Math.sqrt(tolerance) * size;
                    }
                    // A distance of 0 from squares of size 10 is known to half the digits.
                    double apart = i == j ? Math.sqrt(tolerance) * size : tolerance;
                    assertEquals(expected, byParts(kernel, row(x, i), row(x, j)), tolerance);
                    assertEquals(expected, gram.get(i, j), apart, kernel + " " + d);
                }
            }
        }
    }

    /// An argument of `exp` has four roundings, `exp` itself is within 1 ulp, and so is the
    /// expected value.
    @Test
    void everySpecimenHasItsExactValue() {
        for (List<Specimen> specimens : Catalogue.specimens().values()) {
            for (Specimen s : specimens) {
                double relative = 4 * Math.max(1, Math.abs(Math.log(Math.abs(s.value()))));
                double tolerance = s.value() == 0 ? 0 : relative * Math.ulp(s.value());
                double value = s.kernel().at(s.query(), s.key());
                assertEquals(s.value(), value, tolerance, s.toString());
            }
        }
    }

    /// Only the definition is given; the rest is that of the definition.
    private record Twice() implements Composed {
        @Override
        public double at(double[] q, double[] k) {
            return 2 * Pairing.DOT.at(q, k);
        }

        @Override
        public Kernel definition() {
            return new Linear().scaled(2);
        }
    }

    @Test
    void aComposedKernelIsKnownByItsDefinition() {
        Kernel twice = new Twice();
        assertEquals("2·q·k", twice.formula());
        assertEquals("Twice", twice.name());
        assertEquals("", twice.about());
        assertEquals("", twice.source());
        assertTrue(twice.traits().proved(Trait.POSITIVE_DEFINITE));
        assertInstanceOf(Evidence.Refuted.class, twice.traits().of(Trait.NON_NEGATIVE));
        assertEquals(3, twice.featureMap().orElseThrow().dimension(3));
        assertEquals(List.of(new Linear().scaled(2)), twice.operands());
    }

    // --- witnesses that follow a scale ---

    private static void assertViolation(
            double expected, Trait trait, Function<Coefficient, Kernel> family) {
        for (double c : new double[] {0.2, 1, 7}) {
            Kernel kernel = family.apply(Coefficient.of(c));
            var refuted = assertInstanceOf(Evidence.Refuted.class, kernel.traits().of(trait));
            // Numbers of size 30 and below with a few dozen roundings.
            assertEquals(expected, trait.violation(kernel, refuted.witness()), 1e-12);
        }
    }

    /// A witness is made so that the kernel's scale drops out: what it violates is known exactly.
    @Test
    void aWitnessViolatesByTheSameOfEveryScale() {
        assertViolation(1, Trait.NON_NEGATIVE, c -> new Polynomial(3, c, 0.5));
        assertViolation(1, Trait.NON_NEGATIVE, c -> new Polynomial(1, c, 2));
        assertViolation(Math.tanh(1), Trait.NON_NEGATIVE, c -> new Sigmoid(c, 0));
        assertViolation(Math.tanh(1), Trait.NON_NEGATIVE, c -> new Sigmoid(c, 2));
        assertViolation(Math.tanh(2), Trait.NON_NEGATIVE, c -> new Sigmoid(c, -1));
        assertViolation(Math.tanh(1), Trait.STATIONARY, c -> new Sigmoid(c, 0));
        assertViolation(Math.tanh(1), Trait.POSITIVE_DEFINITE, c -> new Sigmoid(c, -1));
        // T₁(-2) and T₃(-4) = 1 - 4 + 8 - 64/6
        assertViolation(1, Trait.NON_NEGATIVE, c -> new TaylorExp(1, c));
        assertViolation(64 / 6.0 - 5, Trait.NON_NEGATIVE, c -> new TaylorExp(3, c));
    }

    /// `exp(±c r² sin θ)` with `c r² = 1`; and eigenvalues of 2 × 2 matrices.
    @Test
    void turnsAndSignsViolateByExponentials() {
        for (double theta : new double[] {1, Math.PI / 2, 4}) {
            Coefficient angle = Coefficient.of(theta);
            double sine = Math.abs(Math.sin(theta));
            assertViolation(2 * Math.sinh(sine), Trait.SYMMETRIC, c -> new Rotated(angle, c));
            double a = 2 / (sine - Math.cos(theta));
            if (a > 0 && a < 20) {
                assertViolation(
                        Math.cosh(a * sine) - Math.exp(a * Math.cos(theta)),
                        Trait.POSITIVE_DEFINITE,
                        c -> new Rotated(angle, c));
            }
        }
    }

    /// `[[e^(-1), e], [e, e^(-1)]]`.
    @Test
    void oppositePointsOfASignedForm() {
        for (Coefficient c : List.of(Coefficient.of(0.2), Coefficient.inverseRootDimension())) {
            Kernel kernel = new Signed(c);
            var refuted = (Evidence.Refuted) kernel.traits().of(Trait.POSITIVE_DEFINITE);
            double violation = Trait.POSITIVE_DEFINITE.violation(kernel, refuted.witness());
            assertEquals(Math.E - Math.exp(-1), violation, 1e-14);
        }
    }

    /// Of a large scale, where the argument of tanh is 0.25, 0.75, 1.5, …: the determinant of the
    /// three points is negative.
    @Test
    void tanhBendsWhereverItIsScaled() {
        for (double b : new double[] {0, 0.5, 3}) {
            double first = Double.NaN;
            for (double c : new double[] {0.1, 1, 9}) {
                Kernel kernel = new Sigmoid(Coefficient.of(c), b);
                var refuted = (Evidence.Refuted) kernel.traits().of(Trait.POSITIVE_DEFINITE);
                double violation = Trait.POSITIVE_DEFINITE.violation(kernel, refuted.witness());
                first = Double.isNaN(first) ? violation : first;
                assertEquals(first, violation, 1e-14);
            }
        }
    }
}
