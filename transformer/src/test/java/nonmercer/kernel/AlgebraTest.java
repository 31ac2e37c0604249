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
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

/// Sums, products, multiples and warped kernels: their values, names and what is known of them.
class AlgebraTest {
    private static final Kernel A = new ExpDot();
    private static final Kernel B = new Gauss();
    private static final Kernel C = new Quadratic();

    /// `x²`, a map that is not linear.
    record Squares() implements Warp {
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
        // Two factors become one: two roundings instead of two others.
        assertEquals(c * x, a.scaled(c).at(q, k), 4 * Math.ulp(c * x));
        // A stretch by a power of two rounds nothing, by itself or as part of another.
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
    void everyKernelSaysWhatItIsMadeOf() {
        assertEquals(List.of(), A.operands());
        assertEquals(List.of(), new EluPlusOne().operands());
        assertEquals(List.of(A, B, C), A.plus(B).plus(C).operands());
        assertEquals(List.of(A, B.plus(C)), A.times(B.plus(C)).operands());
        assertEquals(List.of(A), A.scaled(2).operands());
        assertEquals(List.of(A), A.lengthscale(2).operands());
        assertEquals(List.of(A), A.exponential().operands());
        assertEquals(List.of(A), A.normalised().operands());
        assertEquals(List.of(new Cosine().definition()), new Cosine().operands());
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
        assertEquals("3·(exp(q·k/√d) · exp(-‖q-k‖²/√d))", A.scaled(3).times(B).formula());
        assertEquals("exp(q·k/√d) at q = q², k = k²", A.warped(new Squares()).formula());
        assertEquals(
                "(exp(q·k/√d) at q = 0.5·q, k = 0.5·k) + exp(-‖q-k‖²/√d)",
                A.lengthscale(2).plus(B).formula());
        assertEquals(
                "e^λ·(exp(q·k/√d) + exp(-‖q-k‖²/√d))",
                new Scaled(Coefficient.trained(2, DType.FLOAT64), A.plus(B)).formula());
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

    @Test
    void nothingAddedAndOneTimesAreLeftOut() {
        assertSame(A, A.plus(new Constant(0)));
        assertSame(A, new Constant(0).plus(A));
        assertSame(A, A.times(new Constant(1)));
        assertEquals(new Constant(0), A.times(new Constant(0)));
        assertEquals(new Constant(0), new Constant(0).plus(new Constant(0)));
        assertEquals(A.scaled(6), A.scaled(2).scaled(3));
        assertEquals(A.scaled(6), A.scaled(2).times(new Constant(3)));
        assertEquals(A.times(B).scaled(6), A.scaled(2).times(B.scaled(3)));
        assertSame(A, A.scaled(2).scaled(0.5));
        assertSame(A, A.power(1));
        assertSame(A, A.applied(new Expression.Variable()));
        assertSame(A, A.lengthscale(4).lengthscale(0.25));
        assertEquals(A.lengthscale(8), A.lengthscale(4).lengthscale(2));
        assertEquals(A.normalised(), A.normalised().normalised());
        assertEquals(A.power(4), A.power(2).power(2), "powers of powers");
    }

    @Test
    void formulasOfFunctionsReadLikeFormulas() {
        assertEquals("exp(q·k)", new Linear().exponential().formula());
        assertEquals("exp(-‖q-k‖²·2)", new SquaredDistance().decay(2).formula());
        assertEquals("(‖q-k‖/√d)²", new Distance().power(2).formula());
        assertEquals("normalised(exp(q·k/√d))", A.normalised().formula());
        assertEquals("Gauss∘(x[1:3])", B.coordinates(1, 3).name());
        assertEquals("Gauss∘(x[:2]) · ExpDot∘(x[2:])", B.tensor(A, 2).name());
    }

    @Test
    void aTensorProductSeesItsOwnCoordinates() {
        Kernel kernel = B.tensor(new Linear(), 2);
        double[] q = {1, 2, 3};
        double[] k = {0, 2, 5};
        double left = B.at(new double[] {1, 2}, new double[] {0, 2});
        assertEquals(left * 15, kernel.at(q, k));
        assertEquals(left * 15, B.tensor(new Linear(), -1).at(q, k));
        assertThrows(IllegalArgumentException.class, () -> kernel.at(new double[1], new double[1]));
    }

    @Test
    void theExponentialChiSquareKernelIsMadeOfParts() {
        Kernel kernel = new Chi2().scaled(2).exponential().normalised();
        assertTrue(kernel.traits().proved(Trait.POSITIVE_DEFINITE));
        // (1-3)²/4 + (2-2)²/4 = 1
        double value = kernel.at(new double[] {1, 2}, new double[] {3, 2});
        assertEquals(Math.exp(-1), value, 16 * Math.ulp(1.0));
    }

    @Test
    void oneNetworkMakesADeepKernelAndTwoMakeTowers() {
        Network f = Network.random(3, 5, 2, RandomStream.of(1));
        Network g = Network.random(3, 5, 2, RandomStream.of(2));
        assertTrue(B.warped(f).traits().proved(Trait.POSITIVE_DEFINITE));
        assertTrue(!B.warped(f, g).traits().proved(Trait.POSITIVE_DEFINITE));
        assertEquals(
                List.of("queries.hidden", "queries.bias", "queries.out"), B.warped(f).parameters());
        assertEquals(6, B.warped(f, g).parameters().size());
        assertEquals(List.of(), B.parameters());
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
