package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/// Sums, products, multiples and warped kernels: their values, names and what is known of them.
class AlgebraTest {
    private static final Kernel A = new ExpDot();
    private static final Kernel B = new Gauss();
    private static final Kernel C = new Quadratic();

    /// `x²`, a map that is not linear.
    private record Squares() implements Warp {
        @Override
        public double[] at(double[] x) {
            double[] y = x.clone();
            for (int l = 0; l < y.length; l++) {
                y[l] *= x[l];
            }
            return y;
        }

        @Override
        public Tensor of(Tensor x, Pass pass) {
            return x.square();
        }

        @Override
        public boolean linear() {
            return false;
        }

        @Override
        public String print(String x) {
            return x + "²";
        }
    }

    @Provide
    Arbitrary<Kernel> kernels() {
        return Kernels.any();
    }

    @Provide
    Arbitrary<double[]> points() {
        return Arbitraries.doubles().between(-2, 2).ofScale(3).array(double[].class).ofSize(3);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void valuesAreThoseOfTheParts(
            @ForAll("kernels") Kernel a,
            @ForAll("kernels") Kernel b,
            @ForAll("points") double[] q,
            @ForAll("points") double[] k,
            @ForAll @DoubleRange(min = 0.1, max = 9) double c) {
        double x = a.at(q, k);
        double y = b.at(q, k);
        // Flattened sums add in another order: at most eight terms, and terms of the size of the
        // result or less.
        assertEquals(x + y, a.plus(b).at(q, k), 8 * Math.ulp(Math.abs(x) + Math.abs(y)));
        assertEquals(x * y, a.times(b).at(q, k), 8 * Math.ulp(x * y) + Double.MIN_NORMAL);
        assertEquals(c * x, a.scaled(c).at(q, k));
        assertEquals(a.at(half(q), half(k)), a.lengthscale(2).at(q, k));
        assertEquals(
                a.at(half(q), k),
                a.warped(new Warp.Stretch(Coefficient.of(0.5)), new Warp.Identity()).at(q, k));
    }

    private static double[] half(double[] x) {
        return new double[] {x[0] / 2, x[1] / 2, x[2] / 2};
    }

    @Test
    void sumsOfSumsAndProductsOfProductsAreFlat() {
        assertEquals(new Sum(List.of(A, B, C)), A.plus(B).plus(C));
        assertEquals(new Sum(List.of(A, B, C)), A.plus(B.plus(C)));
        assertEquals(new Product(List.of(A, B, C)), A.times(B).times(C));
        assertEquals(new Product(List.of(A, B, C)), A.times(B.times(C)));
        assertEquals(new Sum(List.of(new Product(List.of(A, B)), C)), A.times(B).plus(C));
        assertEquals(new Product(List.of(new Sum(List.of(A, B)), C)), A.plus(B).times(C));
        assertEquals(
                new Sum(List.of(new Scaled(Coefficient.of(2), A.plus(B)), C)),
                A.plus(B).scaled(2).plus(C));
    }

    @Test
    void whatChangesNothingIsLeftOut() {
        assertSame(A, A.scaled(1));
        assertSame(A, A.warped(new Warp.Identity()));
        assertInstanceOf(Warped.class, A.warped(new Warp.Identity(), new Squares()));
    }

    @Test
    void oneTermIsNoSumAndAMultipleIsPositive() {
        assertEquals(
                "a sum of kernels needs at least two terms, got 1",
                assertThrows(IllegalArgumentException.class, () -> new Sum(List.of(A)))
                        .getMessage());
        assertEquals(
                "a product of kernels needs at least two factors, got 0",
                assertThrows(IllegalArgumentException.class, () -> new Product(List.of()))
                        .getMessage());
        for (double c : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> A.scaled(c));
        }
        assertThrows(IllegalArgumentException.class, () -> A.lengthscale(0));
    }

    @Test
    void namesAndFormulasSayHowAKernelIsMade() {
        assertEquals("ExpDot", A.name());
        assertEquals("ExpDot + Gauss", A.plus(B).name());
        assertEquals("(ExpDot + Gauss) · Quadratic", A.plus(B).times(C).name());
        assertEquals("2·(ExpDot + Gauss)", A.plus(B).scaled(2).name());
        assertEquals("Gauss∘(0.5·x)", B.lengthscale(2).name());
        assertEquals(
                "Gauss∘(0.5·q, k²)",
                B.warped(new Warp.Stretch(Coefficient.of(0.5)), new Squares()).name());
        assertEquals("(ExpDot + Gauss)∘(x²)", A.plus(B).warped(new Squares()).name());

        assertEquals("exp(q·k/√d)", A.formula());
        assertEquals("exp(-‖q-k‖²/√d)", B.formula());
        assertEquals("(q·k/√d + 1)²", C.formula());
        assertEquals("(q·k/√d)²", Quadratic.homogeneous().formula());
        assertEquals("‖q-k‖/√d", new Distance().formula());
        assertEquals("exp(Σₗ min(qₗ,kₗ))", new ExpIntersection().formula());
        assertEquals("exp(q·k/√d) + (q·k/√d + 1)²", A.plus(C).formula());
        assertEquals(
                "(exp(q·k/√d) + (q·k/√d)²) · ‖q-k‖/√d",
                A.plus(Quadratic.homogeneous()).times(new Distance()).formula());
        assertEquals("3·exp(q·k/√d)", A.scaled(3).formula());
        assertEquals("(3·exp(q·k/√d)) · exp(-‖q-k‖²/√d)", A.scaled(3).times(B).formula());
        assertEquals("exp(q·k/√d) at q = q², k = k²", A.warped(new Squares()).formula());
        assertEquals(
                "(exp(q·k/√d) at q = 0.5·q, k = 0.5·k) + exp(-‖q-k‖²/√d)",
                A.lengthscale(2).plus(B).formula());
        assertEquals(
                "e^λ·(exp(q·k/√d) + exp(-‖q-k‖²/√d))",
                new Scaled(Coefficient.trained(2, DType.FLOAT64), A.plus(B)).formula());
    }

    // --- what is known ---

    private static void assertProved(Kernel kernel, Trait... traits) {
        for (Trait trait : Trait.values()) {
            boolean expected = List.of(traits).contains(trait);
            assertEquals(
                    expected, kernel.traits().proved(trait), kernel.name() + " " + trait.words());
        }
    }

    @Test
    void aSumOrProductHasWhatAllItsPartsHave() {
        assertProved(A.plus(B), Trait.SYMMETRIC, Trait.POSITIVE_DEFINITE, Trait.NON_NEGATIVE);
        assertProved(A.times(B), Trait.SYMMETRIC, Trait.POSITIVE_DEFINITE, Trait.NON_NEGATIVE);
        assertProved(B.plus(B.scaled(2)), Trait.values());
        assertProved(
                B.times(new Distance()), Trait.SYMMETRIC, Trait.STATIONARY, Trait.NON_NEGATIVE);
        assertProved(A.plus(new Kernels.One()));
    }

    @Test
    void whatOnePartLacksStaysUnknownAndIsNotDenied() {
        Kernel sum = A.plus(new Distance()); // positive definite or not: nobody has said
        assertInstanceOf(Evidence.Unknown.class, sum.traits().of(Trait.POSITIVE_DEFINITE));
        assertInstanceOf(Evidence.Unknown.class, sum.traits().of(Trait.STATIONARY));
        assertInstanceOf(Evidence.Unknown.class, A.times(A).traits().of(Trait.STATIONARY));
        assertInstanceOf(
                Evidence.Unknown.class,
                new Distance().times(new Distance()).traits().of(Trait.POSITIVE_DEFINITE));
        assertInstanceOf(
                Evidence.Unknown.class,
                A.plus(new Kernels.Plain()).traits().of(Trait.NON_NEGATIVE));
        assertInstanceOf(
                Evidence.Unknown.class, A.warped(new Squares()).traits().of(Trait.STATIONARY));
    }

    @Test
    void aMultipleKeepsProofsAndCounterexamples() {
        Kernel twice = new Distance().scaled(2);
        assertProved(twice, Trait.SYMMETRIC, Trait.STATIONARY, Trait.NON_NEGATIVE);
        var refuted =
                assertInstanceOf(
                        Evidence.Refuted.class, twice.traits().of(Trait.POSITIVE_DEFINITE));
        assertTrue(Trait.POSITIVE_DEFINITE.violation(twice, refuted.witness()) > 0.1);
        assertInstanceOf(FeatureDimension.Infinite.class, A.scaled(2).traits().features());
    }

    @Test
    void aWarpedKernelKeepsSymmetryWhereBothSidesAreMappedAlike() {
        Warp w = new Warp.Linear(Sample.parameter("w", 1, 3, 2));
        Warp v =
                new Warp.Linear(Sample.parameter("w", 1, 3, 2)); // equal numbers, but trained apart
        assertProved(B.warped(w), Trait.values());
        assertProved(B.warped(w, v), Trait.NON_NEGATIVE);
        assertProved(
                B.warped(new Squares()),
                Trait.SYMMETRIC,
                Trait.POSITIVE_DEFINITE,
                Trait.NON_NEGATIVE);
        assertInstanceOf(FeatureDimension.Unknown.class, C.warped(w).traits().features());
    }

    @Test
    void evidenceNamesItsReasonAndItsSources() {
        var sum =
                assertInstanceOf(
                        Evidence.Proved.class, A.plus(B).traits().of(Trait.POSITIVE_DEFINITE));
        assertEquals(
                "positive definite kernels are closed under sums (power series of q·k with non-negative "
                        + "coefficients: Schur 1911; Fourier transform of a Gaussian: Bochner 1932)",
                sum.source());
        var product =
                assertInstanceOf(
                        Evidence.Proved.class, A.times(B).traits().of(Trait.POSITIVE_DEFINITE));
        assertTrue(
                product.source().startsWith("Schur product theorem, Schur 1911 ("),
                product.source());
    }

    @Test
    void featuresOfFinitePartsAddOrMultiply() {
        // d = 2: a quadratic kernel has 6 features, a homogeneous one 3.
        Kernel h = Quadratic.homogeneous();
        var sum = assertInstanceOf(FeatureDimension.Finite.class, C.plus(h).traits().features());
        var product =
                assertInstanceOf(FeatureDimension.Finite.class, C.times(h).traits().features());
        assertEquals(9, sum.count().applyAsLong(2));
        assertEquals(18, product.count().applyAsLong(2));
        assertEquals("at most ((d+1)(d+2)/2) + (d(d+1)/2)", sum.toString());
        assertEquals("at most ((d+1)(d+2)/2) · (d(d+1)/2)", product.toString());
        assertInstanceOf(FeatureDimension.Unknown.class, A.plus(C).traits().features());
    }

    // --- copies ---

    @Test
    void eachCopyHasParametersOfItsOwn() {
        Kernel prototype = new ExpDot(Coefficient.trained(0.5, DType.FLOAT64)).plus(B);
        Kernel copy = ParameterTree.freshCopy(prototype, DType.FLOAT32);
        Parameter before = ParameterTree.of(prototype).all().getFirst();
        Parameter after = ParameterTree.of(copy).all().getFirst();
        assertNotSame(before, after);
        assertEquals(DType.FLOAT32, after.value().dtype());
        assertEquals((float) Math.log(0.5), after.value().item());
        after.assign(Array.scalar(DType.FLOAT32, 0));
        assertEquals(Math.log(0.5), before.value().item());
        assertEquals(prototype.name(), copy.name());
    }

    @Test
    void aCopyKeepsTiedWhatIsTied() {
        Warp ard = new Warp.Ard(Sample.parameter("ard", 1, 3));
        Kernel copy = ParameterTree.freshCopy(B.warped(ard), DType.FLOAT32);
        assertEquals(1, ParameterTree.of(copy).all().size());
        assertTrue(copy.traits().proved(Trait.SYMMETRIC));
    }
}
