package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What is known of kernels made of others.
class AlgebraTraitsTest {
    private static final Kernel A = new ExpDot();
    private static final Kernel B = new Gauss();
    private static final Kernel C = new Quadratic();

    /// These are proved, and what they imply, and nothing else.
    private static void assertProved(Kernel kernel, Trait... traits) {
        Traits known = Traits.none();
        for (Trait trait : traits) {
            known = known.proved(trait, "expected");
        }
        for (Trait trait : Trait.values()) {
            boolean expected = known.proved(trait);
            assertEquals(
                    expected, kernel.traits().proved(trait), kernel.name() + " " + trait.words());
        }
    }

    @Test
    void aSumOrProductHasWhatAllItsPartsHave() {
        assertProved(A.plus(B), Trait.SYMMETRIC, Trait.POSITIVE_DEFINITE, Trait.NON_NEGATIVE);
        assertProved(A.times(B), Trait.SYMMETRIC, Trait.INFINITELY_DIVISIBLE);
        assertProved(A.times(C), Trait.SYMMETRIC, Trait.POSITIVE_DEFINITE, Trait.NON_NEGATIVE);
        assertProved(
                B.plus(B.scaled(2)),
                Trait.SYMMETRIC,
                Trait.POSITIVE_DEFINITE,
                Trait.STATIONARY,
                Trait.NON_NEGATIVE);
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
                Evidence.Unknown.class,
                A.warped(new AlgebraTest.Squares()).traits().of(Trait.STATIONARY));
    }

    @Test
    void aMultipleKeepsProofsAndCounterexamples() {
        Kernel twice = new Distance().scaled(2);
        assertProved(
                twice,
                Trait.SYMMETRIC,
                Trait.CONDITIONALLY_NEGATIVE_DEFINITE,
                Trait.STATIONARY,
                Trait.NON_NEGATIVE);
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
        assertProved(B.warped(w), Trait.SYMMETRIC, Trait.INFINITELY_DIVISIBLE, Trait.STATIONARY);
        assertProved(B.warped(w, v), Trait.NON_NEGATIVE);
        assertProved(
                B.warped(new AlgebraTest.Squares()), Trait.SYMMETRIC, Trait.INFINITELY_DIVISIBLE);
        var quadratic =
                assertInstanceOf(FeatureDimension.Finite.class, C.warped(w).traits().features());
        assertEquals(6, quadratic.count().applyAsLong(3), "at most those of two coordinates");
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

    private static String evidence(Kernel kernel, Trait trait) {
        return kernel.traits().of(trait).toString();
    }

    /// Schoenberg 1938: decays of conditionally negative definite kernels, and exponentials of
    /// conditionally positive definite ones; nothing else.
    @Test
    void decaysAndExponentialsAreDefiniteByEvidence() {
        assertTrue(new Distance().decay(3).traits().proved(Trait.INFINITELY_DIVISIBLE));
        assertTrue(new Distance().power(0.5).decay(3).traits().proved(Trait.POSITIVE_DEFINITE));
        assertTrue(new SumOfMinima().exponential().traits().proved(Trait.POSITIVE_DEFINITE));
        assertTrue(
                evidence(new SumOfMinima().exponential(), Trait.POSITIVE_DEFINITE)
                        .contains("Schoenberg 1938"));
        Expression s = new Expression.Variable();
        assertTrue(
                new SquaredDistance()
                        .applied(s.plus(1).reciprocal())
                        .traits()
                        .proved(Trait.POSITIVE_DEFINITE));
        for (Kernel unknown :
                List.of(
                        new SquaredDistance().exponential(),
                        new Distance().exponential(),
                        C.decay(1),
                        new SquaredDistance().applied(s.cos()),
                        new SquaredDistance().power(2).decay(1),
                        new Sigmoid().exponential())) {
            assertInstanceOf(
                    Evidence.Unknown.class,
                    unknown.traits().of(Trait.POSITIVE_DEFINITE),
                    unknown.name());
        }
    }

    @Test
    void wholePowersAreSchurProductsAndOthersNeedMore() {
        assertTrue(C.power(3).traits().proved(Trait.POSITIVE_DEFINITE));
        assertTrue(A.power(0.3).traits().proved(Trait.POSITIVE_DEFINITE));
        assertInstanceOf(Evidence.Unknown.class, C.power(0.5).traits().of(Trait.POSITIVE_DEFINITE));
        assertTrue(new Linear().power(2).traits().proved(Trait.NON_NEGATIVE));
        assertInstanceOf(
                Evidence.Unknown.class, new Linear().power(3).traits().of(Trait.NON_NEGATIVE));
        var e = assertThrows(IllegalArgumentException.class, () -> new Linear().power(0.5));
        assertTrue(
                String.valueOf(e.getMessage())
                        .startsWith(
                                "the power 0.5 of a kernel needs one that is proved non-negative, or an"
                                        + " exponent of 1, 2, …; Linear: no: k(1, -1) < 0"),
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> A.power(Double.NaN));
        double[] q = {1, 2};
        double[] k = {0.5, -1};
        assertEquals(Math.sqrt(B.at(q, k)), B.power(0.5).at(q, k), Math.ulp(1.0));
    }

    @Test
    void stationarityIsNeverInferredFromALengthscale() {
        for (Kernel kernel :
                List.of(new Gibbs().lengthscale(2), C.lengthscale(3), A.normalised())) {
            assertTrue(!kernel.traits().proved(Trait.STATIONARY), kernel.name());
        }
        // Normalised, the exponential of a dot product is a bell: true, but nobody has proved it
        // here.
        double[] q = {1, 2};
        double[] k = {0.5, -1};
        assertEquals(
                new Gauss(Coefficient.of(0.5)).at(q, k),
                new ExpDot(Coefficient.of(1)).normalised().at(q, k),
                4 * Math.ulp(1.0));
    }
}
