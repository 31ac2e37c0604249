package nonmercer.kernel;

import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import nonmercer.array.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a trait measures, and what is said of it with evidence.
class TraitTest {
    /// Eigenvalues of matrices with entries below 16, by a backward stable method: a few dozen
    /// roundings of numbers of that size.
    private static final double EIGENVALUE = 64 * 16 * DType.FLOAT64.unitRoundoff();

    /// Any function of two points.
    private record Made(ToDoubleBiFunction<double[], double[]> f) implements Profile {
        @Override
        public double at(double[] q, double[] k) {
            return f.applyAsDouble(q, k);
        }

        @Override
        public Pairing pairing() {
            return Pairing.DOT;
        }

        @Override
        public Expression profile(Expression s) {
            return s;
        }

        @Override
        public Traits traits() {
            return Traits.none();
        }
    }

    /// The kernel of the points 0, 1, … whose Gram matrix this is.
    private static Kernel of(double[]... gram) {
        return new Made((q, k) -> gram[(int) q[0]][(int) k[0]]);
    }

    private static double violation(Trait trait, Kernel kernel, double... points) {
        double[][] witness =
                Arrays.stream(points).mapToObj(p -> new double[] {p}).toArray(double[][]::new);
        return trait.violation(kernel, witness);
    }

    // --- what is measured ---

    @Test
    void symmetryIsViolatedByTheDifferenceOfTheTwoOrders() {
        Kernel kernel = new Made((q, k) -> 2 * q[0] - k[0]);
        assertEquals(6, violation(Trait.SYMMETRIC, kernel, 1, 3)); // -1 and 5
        assertEquals(0, violation(Trait.SYMMETRIC, new Linear(), 1, 3));
    }

    /// The symmetric part of `[[1, 5], [3, 1]]` has the eigenvalues `1 ± 4`.
    @Test
    void definitenessIsViolatedByTheLeastEigenvalueOfTheSymmetricPart() {
        Kernel indefinite = of(new double[] {1, 5}, new double[] {3, 1});
        assertEquals(3, violation(Trait.POSITIVE_DEFINITE, indefinite, 0, 1), EIGENVALUE);
        Kernel definite = of(new double[] {2, 1}, new double[] {1, 2});
        assertEquals(-1, violation(Trait.POSITIVE_DEFINITE, definite, 0, 1), EIGENVALUE);
    }

    /// `K = [uᵢ + uⱼ] + c I` is `c I` on the vectors whose sum is 0, whatever `u` is.
    @Test
    void conditionalDefinitenessLooksOnlyAtWeightsWithoutASum() {
        double[] u = {1, 5, -2};
        for (double c : new double[] {-2, 0, 3}) {
            Kernel kernel =
                    new Made((q, k) -> {
                        int i = (int) q[0];
                        int j = (int) k[0];
                        return u[i] + u[j] + (i == j ? c : 0);
                    });
            assertEquals(
                    Math.max(0, -c),
                    violation(Trait.CONDITIONALLY_POSITIVE_DEFINITE, kernel, 0, 1, 2),
                    EIGENVALUE);
            assertEquals(
                    Math.max(0, c),
                    violation(Trait.CONDITIONALLY_NEGATIVE_DEFINITE, kernel, 0, 1, 2),
                    EIGENVALUE);
        }
    }

    /// The last part of a witness is the power: `[[1, 4], [4, 4]]` with the power 1/2 is `[[1, 2],
    /// [2, 2]]`, with the eigenvalues `(3 ± √17)/2`.
    @Test
    void divisibilityIsViolatedByAPowerOfEachEntry() {
        Kernel kernel = of(new double[] {1, 4}, new double[] {4, 4});
        double expected = (Math.sqrt(17) - 3) / 2;
        assertEquals(
                expected, violation(Trait.INFINITELY_DIVISIBLE, kernel, 0, 1, 0.5), EIGENVALUE);
    }

    @Test
    void stationarityIsViolatedByAShiftOfBothPoints() {
        Kernel dot = new Linear();
        assertEquals(50, violation(Trait.STATIONARY, dot, 2, 3, 5)); // 7·8 - 2·3
        assertEquals(4, violation(Trait.STATIONARY, dot, 2, 3, -1)); // 1·2 - 2·3
        double[][] plane = {{1, 2}, {3, 4}, {1, -1}};
        assertEquals(0, Trait.STATIONARY.violation(dot, plane)); // 2·4 + 1·3 - 11
        assertEquals(0, Trait.STATIONARY.violation(new SquaredDistance(), plane));
    }

    @Test
    void aNegativeValueIsItsOwnViolation() {
        assertEquals(3, violation(Trait.NON_NEGATIVE, new Linear(), 1, -3));
        assertEquals(-3, violation(Trait.NON_NEGATIVE, new Linear(), -1, -3));
    }

    // --- evidence ---

    static Stream<Kernel> kernels() {
        return Stream.concat(
                Catalogue.specimens().values().stream()
                        .flatMap(List::stream)
                        .map(Specimen::kernel)
                        .distinct(),
                Stream.of(
                        new Quadratic(Coefficient.of(3), 0.25),
                        new Polynomial(1, Coefficient.of(0.25), 2),
                        new Polynomial(5, Coefficient.of(7), 0.5),
                        new TaylorExp(0),
                        new TaylorExp(5, Coefficient.of(0.3)),
                        new Sigmoid(Coefficient.of(4), 0.5),
                        new Sigmoid(Coefficient.of(1), 3),
                        new Rotated(Coefficient.of(1), Coefficient.of(2)),
                        new Rotated(Coefficient.of(4), Coefficient.of(0.2)),
                        new Rotated(Coefficient.of(2 * Math.PI), Coefficient.of(1)),
                        new Signed(Coefficient.of(0.1)),
                        new Distance().scaled(3)));
    }

    /// A counter-example is one: far beyond what rounding could do to it.
    @ParameterizedTest
    @MethodSource("kernels")
    void everyWitnessViolates(Kernel kernel) {
        for (Trait trait : Trait.values()) {
            if (kernel.traits().of(trait)
                    instanceof Evidence.Refuted(double[][] w, String reason)) {
                assertTrue(trait.violation(kernel, w) > 1e-4, trait + ": " + reason);
            }
        }
    }

    /// Six points in three coordinates. A value is off by fewer than 1000 roundings (`exp` of
    /// arguments below 100), an eigenvalue by at most that for each of the six entries of a row.
    @ParameterizedTest
    @MethodSource("kernels")
    void whatIsProvedIsNotViolated(Kernel kernel) {
        double[][] x = new double[6][];
        double[] shift = {0.5, -1, 2};
        double most = 1;
        for (int i = 0; i < x.length; i++) {
            x[i] = row(normal("x", DType.FLOAT64, 6, 3), i);
            for (int j = 0; j <= i; j++) {
                most = Math.max(most, Math.abs(kernel.at(x[i], x[j])));
                most = Math.max(most, Math.abs(kernel.at(x[j], x[i])));
            }
        }
        double tolerance = 6 * 1000 * DType.FLOAT64.unitRoundoff() * most;
        for (Trait trait : Trait.values()) {
            if (!kernel.traits().proved(trait)) {
                continue;
            }
            double[][] witness =
                    switch (trait) {
                        case SYMMETRIC, NON_NEGATIVE -> new double[][] {x[0], x[1]};
                        case STATIONARY -> new double[][] {x[0], x[1], shift};
                        case POSITIVE_DEFINITE,
                                CONDITIONALLY_POSITIVE_DEFINITE,
                                CONDITIONALLY_NEGATIVE_DEFINITE ->
                                x;
                        case INFINITELY_DIVISIBLE -> {
                            double[][] w = Arrays.copyOf(x, 7);
                            w[6] = new double[] {0.3};
                            yield w;
                        }
                    };
            assertTrue(trait.violation(kernel, witness) <= tolerance, kernel.name() + " " + trait);
        }
    }

    @ParameterizedTest
    @EnumSource(Trait.class)
    void silenceIsUnknown(Trait trait) {
        assertEquals(Evidence.UNKNOWN, Traits.none().of(trait));
        assertEquals(trait.name().toLowerCase(java.util.Locale.ROOT), plain(trait.words()));
        assertEquals(FeatureDimension.UNKNOWN, Traits.none().features());
    }

    private static String plain(String words) {
        return words.replaceAll("[- ]", "_");
    }

    @Test
    void aProofImpliesOthersAndSaysSo() {
        Traits t = Traits.none().proved(Trait.INFINITELY_DIVISIBLE, "Lévy");
        assertEquals("yes: Lévy", t.of(Trait.INFINITELY_DIVISIBLE).toString());
        for (Trait trait :
                List.of(
                        Trait.POSITIVE_DEFINITE,
                        Trait.CONDITIONALLY_POSITIVE_DEFINITE,
                        Trait.NON_NEGATIVE)) {
            assertEquals("yes: infinitely divisible (Lévy)", t.of(trait).toString());
        }
        assertEquals(4, t.known().size());
        assertEquals(
                Map.of(
                        Trait.POSITIVE_DEFINITE, new Evidence.Proved("Mercer"),
                        Trait.CONDITIONALLY_POSITIVE_DEFINITE,
                                new Evidence.Proved("positive definite (Mercer)")),
                Traits.none().proved(Trait.POSITIVE_DEFINITE, "Mercer").known());
        assertEquals(1, Traits.none().proved(Trait.SYMMETRIC, "it is").known().size());
    }

    @Test
    void whatIsKnownIsNotOverruledByAnImplication() {
        Traits t =
                Traits.none()
                        .refuted(
                                Trait.NON_NEGATIVE,
                                "k(1, 2) = -1",
                                new double[] {1},
                                new double[] {2})
                        .proved(Trait.INFINITELY_DIVISIBLE, "a slip");
        assertEquals(
                "no: k(1, 2) = -1, witness [[1.0], [2.0]]", t.of(Trait.NON_NEGATIVE).toString());
    }

    @Test
    void ofTwoStatementsTheOtherOneCounts() {
        Traits a =
                Traits.none()
                        .proved(Trait.SYMMETRIC, "a")
                        .proved(Trait.STATIONARY, "a")
                        .features(new FeatureDimension.Infinite("a"));
        Traits both = a.and(Traits.none().proved(Trait.SYMMETRIC, "b"));
        assertEquals("yes: b", both.of(Trait.SYMMETRIC).toString());
        assertEquals("yes: a", both.of(Trait.STATIONARY).toString());
        assertEquals("infinite", both.features().toString());
        assertEquals("unknown", Evidence.UNKNOWN.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aProofHasASource(String source) {
        var e = assertThrows(IllegalArgumentException.class, () -> new Evidence.Proved(source));
        assertEquals("a proof needs a source or a reason", e.getMessage());
    }

    /// Where nothing is refuted although other parameters are: an angle without a sine is
    /// symmetric, a small one may be definite, and so may a tanh far out.
    @Test
    void someParametersLeaveATraitOpen() {
        Kernel straight = new Rotated(Coefficient.of(2 * Math.PI), Coefficient.of(1));
        assertEquals(Evidence.UNKNOWN, straight.traits().of(Trait.SYMMETRIC));
        Kernel little = new Rotated(Coefficient.of(0.5), Coefficient.of(1));
        assertEquals(Evidence.UNKNOWN, little.traits().of(Trait.POSITIVE_DEFINITE));
        Kernel far = new Sigmoid(Coefficient.of(1), 3.5);
        assertEquals(Evidence.UNKNOWN, far.traits().of(Trait.POSITIVE_DEFINITE));
        assertEquals(Evidence.UNKNOWN, new TaylorExp(0).traits().of(Trait.STATIONARY));
        assertTrue(
                new Sigmoid(Coefficient.of(1), 3).traits().of(Trait.POSITIVE_DEFINITE)
                        instanceof Evidence.Refuted);
        assertTrue(new TaylorExp(1).traits().of(Trait.STATIONARY) instanceof Evidence.Refuted);
    }
}
