package nonmercer.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.attention.Attention;
import nonmercer.attention.Denominator;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Expression;
import nonmercer.kernel.FeatureDimension;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Quadratic;
import nonmercer.kernel.Specimen;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Traits;
import nonmercer.lanes.Unary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A reader's own kernels, right and wrong.
class LawsTest {
    /// The laws, by number, that a kernel breaks.
    private static Set<String> broken(Laws laws) {
        return laws.findings().stream()
                .filter(f -> !f.holds())
                .map(f -> f.claim().id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// `1/(1 + ‖q - k‖²)`: the kernel of the documentation.
    record Cauchy() implements Profile {
        @Override
        public double at(double[] q, double[] k) {
            return 1 / (1 + Pairing.SQUARED_DISTANCE.at(q, k));
        }

        @Override
        public Pairing pairing() {
            return Pairing.SQUARED_DISTANCE;
        }

        @Override
        public Expression profile(Expression s) {
            return s.plus(1).reciprocal();
        }

        @Override
        public Traits traits() {
            return Traits.none()
                    .proved(Trait.SYMMETRIC, "a function of the distance")
                    .proved(Trait.STATIONARY, "a function of q - k")
                    .proved(Trait.NON_NEGATIVE, "a quotient of positive numbers")
                    .proved(Trait.POSITIVE_DEFINITE, "a mixture of Gauss kernels: Schoenberg 1938")
                    .features(new FeatureDimension.Infinite("strictly positive definite"));
        }
    }

    @Test
    void anAttentionKeepsTheLawsThatItsDenominatorAllows() {
        Laws.of(Attention.unfused(new Cauchy())).assertHold();
        Set<String> broken = broken(Laws.of(Attention.of(new Cauchy(), new Denominator.None())));
        // Rows sum to one, the definition, shifted values, the hull.
        assertTrue(broken.containsAll(Set.of("A1", "A8", "A11", "A12")), broken.toString());
        // The future and the order of keys do not matter all the same.
        assertTrue(!broken.contains("A2") && !broken.contains("A10"), broken.toString());
    }

    @Test
    void aRightKernelKeepsEveryLawThatApplies() {
        Laws laws =
                Laws.of(new Cauchy())
                        .specimens(
                                Specimen.of(
                                        new Cauchy(), 1, new double[] {1, 2}, new double[] {1, 2}),
                                Specimen.of(
                                        new Cauchy(),
                                        0.5,
                                        new double[] {1, 2},
                                        new double[] {1, 3}),
                                Specimen.of(
                                        new Cauchy(),
                                        1.0 / 26,
                                        new double[] {3},
                                        new double[] {-2}));
        laws.assertHold();
        Set<String> applied =
                laws.findings().stream().map(f -> f.claim().id()).collect(Collectors.toSet());
        assertTrue(
                applied.containsAll(
                        Set.of(
                                "K1", "K2", "K3", "K4", "K6", "K7", "K8", "K9", "K10", "K11", "K14",
                                "A1", "A2", "A9")),
                applied.toString());
        assertEquals(Set.of(), broken(laws.seed(20260101)));
    }

    @Test
    void aWrongSpecimenIsFound() {
        assertEquals(
                Set.of("K1"),
                broken(
                        Laws.of(new Cauchy())
                                .specimens(
                                        Specimen.of(
                                                new Cauchy(),
                                                0.25,
                                                new double[] {1, 2},
                                                new double[] {1, 3}))));
    }

    /// A profile of a pairing, which may claim what it likes.
    record Claims(String name, Pairing pairing, UnaryOperator<Expression> f, Traits traits)
            implements Profile {
        @Override
        public double at(double[] q, double[] k) {
            return f.apply(new Expression.Variable()).at(pairing.at(q, k), q.length);
        }

        @Override
        public Expression profile(Expression s) {
            return f.apply(s);
        }
    }

    private static final Traits DEFINITE = Traits.none().proved(Trait.POSITIVE_DEFINITE, "claimed");

    /// GPflow #1328: a cosine of a difference is positive definite on the line, a cosine of a norm
    /// is not in the plane.
    @Test
    void theCosineOfANormIsNotPositiveDefinite() {
        Claims cosine =
                new Claims("CosineOfNorm", Pairing.SQUARED_DISTANCE, s -> s.sqrt().cos(), DEFINITE);
        assertEquals(Set.of("K9"), broken(Laws.of(cosine)));
        assertEquals(Set.of(), broken(Laws.of(cosine).widths(1, 1)));
    }

    /// gpytorch #835.
    @Test
    void aPeriodicFunctionOfANormIsNotPositiveDefinite() {
        Claims periodic =
                new Claims(
                        "PeriodicOfNorm",
                        Pairing.SQUARED_DISTANCE,
                        s -> s.sqrt().times(Math.PI / 3).sin().power(2).times(-2).exp(),
                        DEFINITE);
        assertEquals(Set.of("K9"), broken(Laws.of(periodic)));
    }

    /// GPyTorch: `is_stationary` returns `has_lengthscale`.
    @Test
    void aTraitByDefaultIsFound() {
        Claims quadratic =
                new Claims(
                        "StationaryByDefault",
                        Pairing.DOT,
                        s -> new Quadratic().profile(s),
                        Traits.none().proved(Trait.STATIONARY, "it has a lengthscale"));
        assertEquals(Set.of("K10"), broken(Laws.of(quadratic)));
    }

    @Test
    void aNegativeKernelIsNotNonNegativeAndAttentionWithItIsNotTrusted() {
        Traits traits = Traits.none().proved(Trait.NON_NEGATIVE, "claimed");
        assertTrue(broken(Laws.of(new Claims("Dot", Pairing.DOT, s -> s, traits))).contains("K11"));
    }

    @Test
    void aCounterExampleThatIsNoneIsFound() {
        Traits traits =
                Traits.none()
                        .refuted(Trait.SYMMETRIC, "claimed", new double[] {0}, new double[] {1});
        assertEquals(
                Set.of("K12"),
                broken(
                        Laws.of(
                                new Claims(
                                        "Bell",
                                        Pairing.SQUARED_DISTANCE,
                                        s -> new Gauss().profile(s),
                                        traits))));
    }

    @Test
    void aWrongNumberOfFeaturesIsFound() {
        Claims two =
                new Claims(
                        "TwoFeatures",
                        Pairing.DOT,
                        s -> new Quadratic().profile(s),
                        Traits.none()
                                .features(
                                        new FeatureDimension.Finite(
                                                d -> 2, "2", false, "claimed")));
        assertEquals(Set.of("K13"), broken(Laws.of(two)));
        Claims infinite =
                new Claims(
                        "Endless",
                        Pairing.DOT,
                        s -> new Quadratic().profile(s),
                        Traits.none().features(new FeatureDimension.Infinite("claimed")));
        assertEquals(Set.of("K14"), broken(Laws.of(infinite)));
    }

    /// The definition says one thing and the profile another, which is what every evaluation uses.
    record Halved() implements Profile {
        @Override
        public double at(double[] q, double[] k) {
            return Math.exp(-Pairing.SQUARED_DISTANCE.at(q, k) / 2);
        }

        @Override
        public Pairing pairing() {
            return Pairing.SQUARED_DISTANCE;
        }

        @Override
        public Expression profile(Expression s) {
            return s.negated().exp();
        }

        @Override
        public Traits traits() {
            return Traits.none();
        }
    }

    @Test
    void aProfileThatIsNotTheDefinitionIsFound() {
        assertEquals(
                Set.of("A8", "A14", "A16", "K2", "K5", "K6", "K17"), broken(Laws.of(new Halved())));
    }

    /// `⟨φ(q), φ(k)⟩`, `φ(x) = x²`, by a map that may be wrong.
    record Squares(String name, Function<Tensor, Tensor> map, Traits traits)
            implements Featured, FeatureMap {
        @Override
        public double at(double[] q, double[] k) {
            double sum = 0;
            for (int l = 0; l < q.length; l++) {
                sum += q[l] * q[l] * k[l] * k[l];
            }
            return sum;
        }

        @Override
        public String formula() {
            return "Σ qₗ² kₗ²";
        }

        @Override
        public FeatureMap features() {
            return this;
        }

        @Override
        public int dimension(int d) {
            return d;
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return map.apply(q);
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return map.apply(k);
        }
    }

    private static final Traits OF_SQUARES =
            Traits.none()
                    .proved(Trait.SYMMETRIC, "one map for both")
                    .proved(Trait.POSITIVE_DEFINITE, "an inner product of features")
                    .proved(Trait.NON_NEGATIVE, "squares")
                    .features(new FeatureDimension.Finite(d -> d, "d", true, "one a coordinate"));

    @Test
    void anExplicitMapOfFeaturesIsAKernelToo() {
        Kernel squares = new Squares("Squares", Tensor::square, OF_SQUARES);
        Laws.of(squares).assertHold();
    }

    /// The planted error of ChainRulesTestUtils: 2.1 for 2.0 in a pullback.
    record SquareTwoPointOne() implements Op {
        @Override
        public Shape shape(Shape... in) {
            return in[0];
        }

        @Override
        public void forward(Forward f) {
            Elementwise.unary(Unary.SQUARE, f.in(0), f.out());
        }

        @Override
        public @Nullable Tensor[] pullback(Pullback p) {
            return new @Nullable Tensor[] {p.gradient().mul(p.in(0).scale(2.1))};
        }

        @Override
        public int keeps() {
            return FIRST;
        }
    }

    @Test
    void aWrongSlopeIsFound() {
        Kernel wrong =
                new Squares(
                        "WrongSlope", x -> Tensor.apply(new SquareTwoPointOne(), x), OF_SQUARES);
        assertEquals(Set.of("A9", "K7"), broken(Laws.of(wrong)));
    }

    @Test
    void aNumberThatIsNoneIsFound() {
        // sin(r)/r without its value at 0
        Claims sinc =
                new Claims(
                        "Sinc",
                        Pairing.SQUARED_DISTANCE,
                        s -> s.sqrt().sin().times(s.sqrt().reciprocal()),
                        Traits.none().proved(Trait.SYMMETRIC, "a function of the distance"));
        assertTrue(broken(Laws.of(sinc)).contains("K8"), () -> broken(Laws.of(sinc)).toString());
    }

    /// A kernel that cannot take one coordinate.
    record NeedsTwo() implements Profile {
        @Override
        public double at(double[] q, double[] k) {
            if (q.length < 2) {
                throw new IllegalArgumentException("two coordinates are needed, got " + q.length);
            }
            return Math.exp(-Pairing.SQUARED_DISTANCE.at(q, k));
        }

        @Override
        public Pairing pairing() {
            return Pairing.SQUARED_DISTANCE;
        }

        @Override
        public Expression profile(Expression s) {
            return s.negated().exp();
        }

        @Override
        public Traits traits() {
            return Traits.none();
        }
    }

    @Test
    void aKernelOfFixedWidthSaysSo() {
        Laws.of(new NeedsTwo()).widths(2, 2).assertHold();
        AssertionError e =
                assertThrows(AssertionError.class, () -> Laws.of(new NeedsTwo()).assertHold());
        assertTrue(
                String.valueOf(e.getMessage()).contains("two coordinates are needed, got 1"),
                e.getMessage());
    }

    @Test
    void aMapOfFeaturesIsTestedAsItsKernel() {
        FeatureMap squares = new Squares("Squares", Tensor::square, OF_SQUARES);
        Laws.of(squares).assertHold();
        FeatureMap wrong =
                new Squares(
                        "WrongSlope", x -> Tensor.apply(new SquareTwoPointOne(), x), OF_SQUARES);
        assertEquals(Set.of("A9", "K7"), broken(Laws.of(wrong)));
    }

    @Test
    void anOperationIsTestedAgainstDifferences() {
        SquareTwoPointOne wrong = new SquareTwoPointOne();
        Set<String> broken =
                Laws.of(wrong, draw -> draw.of(wrong, draw.normal(draw.shape(1, 2))))
                        .findings()
                        .stream()
                        .filter(f -> !f.holds())
                        .map(f -> f.claim().id())
                        .collect(Collectors.toSet());
        assertEquals(Set.of("O1"), broken);
        var e = assertThrows(IllegalArgumentException.class, () -> Laws.of(wrong));
        assertTrue(
                String.valueOf(e.getMessage()).contains("has no method `static Specimen specimen"),
                e.getMessage());
    }

    @Test
    void theMessageNamesTheLawTheSourceTheCaseAndTheSeed() {
        Claims cosine =
                new Claims("CosineOfNorm", Pairing.SQUARED_DISTANCE, s -> s.sqrt().cos(), DEFINITE);
        AssertionError e = assertThrows(AssertionError.class, () -> Laws.of(cosine).assertHold());
        String text = String.valueOf(e.getMessage());
        for (String part :
                List.of(
                        "CosineOfNorm breaks 1 of ",
                        "GramOfPositiveDefiniteKernelIsPositiveSemidefinite",
                        "no eigenvalue of the Gram matrix is negative",
                        "Aronszajn 1950",
                        "case    [[",
                        "seed    1")) {
            assertTrue(text.contains(part), text);
        }
    }
}
