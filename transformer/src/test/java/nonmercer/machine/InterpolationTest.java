package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.array.Array;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Gauss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationTest {
    private final Array x = Samples.points("nodes", 6, 2, 1);
    private final double[] z = Samples.wave(x);

    @ParameterizedTest
    @ValueSource(doubles = {1.3, 1.5, 2, 3, 4})
    void interpolantHitsTheValuesWithTheLeastNorm(double p) {
        Space space = SpacePair.of(new TaylorExp(5), p).queries();
        Interpolation.Interpolant f = new Interpolation(space, x, z).solve();
        assertTrue(f.converged(), f::toString);
        assertTrue(f.miss() < 1e-6, f::toString);
        assertTrue(f.gap() < 1e-6, f::toString);
        // ‖J⁻¹(h)‖ = ‖h‖, which is below ‖f‖ by half the relative gap, 10⁻¹².
        assertEquals(1, norm(p, space, f) / f.function().norm(), 1e-12);
        // Any other exponent's interpolant hits the values too, with a larger norm of this kind.
        Space other = SpacePair.of(new TaylorExp(5), p == 2 ? 1.5 : 2).queries();
        Interpolation.Interpolant g = new Interpolation(other, x, z).solve();
        assertTrue(norm(p, other, g) > f.function().norm() * (1 + 1e-6), g::toString);
    }

    /// `‖v‖ₚ` of the coefficients `v` of an interpolant in a space of another exponent or the same.
    private double norm(double p, Space space, Interpolation.Interpolant f) {
        Array features = space.at(x).features().orElseThrow();
        double[] h = Dense.transposedTimes(features, f.function().dual().coefficients());
        return new Lp(p).norm(space.norm().conjugate().duality(h));
    }

    @Test
    void whatMissesTheValuesHasNotConverged() {
        Array few = Samples.points("mirror", 3, 2, 1);
        Space slow = SpacePair.of(new TaylorExp(4), 1.5).queries();
        var started = new MirrorDescent(slow, few, Samples.wave(few)).run(1e-10, 3);
        assertFalse(started.converged());
        assertInstanceOf(Uniqueness.Unknown.class, started.uniqueness());
    }

    @Test
    void mirrorDescentFindsTheSameInterpolant() {
        Space space = SpacePair.of(new TaylorExp(Coefficient.of(2), 4), 1.5).queries();
        Array few = Samples.points("mirror", 3, 2, 1);
        double[] values = Samples.wave(few);
        var newton = new Interpolation(space, few, values).solve();
        var mirror = new MirrorDescent(space, few, values).run(1e-10, 200_000);
        assertTrue(mirror.converged(), mirror::toString);
        assertTrue(mirror.miss() <= 1e-10, mirror::toString);
        Array other = Samples.points("elsewhere", 5, 2, 1);
        assertArrayEquals(newton.function().at(other), mirror.function().at(other), 1e-8);
    }

    @Test
    void fourPointKernelSeesAllFeatures() {
        Interpolation.Interpolant exact = new Interpolation(new QuarticSpace(), x, z).solve();
        Space cut = SpacePair.of(new TaylorExp(24), 4.0 / 3).queries();
        Interpolation.Interpolant truncated = new Interpolation(cut, x, z).solve();
        Array other = Samples.points("elsewhere", 5, 2, 1);
        // The features left out are of size 2⁻¹²·25/25! < 10⁻²⁰; both solve the same equations.
        assertArrayEquals(truncated.function().at(other), exact.function().at(other), 1e-7);
        assertEquals(truncated.function().norm(), exact.function().norm(), 1e-8);
    }

    @Test
    void repeatedPointsAreRefused() {
        Array twice = Array.matrix(new double[][] {{0.5, 1}, {0.5, 1}});
        Space space = SpacePair.of(new Gauss()).queries();
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Interpolation(space, twice, new double[] {1, 2}).solve());
        assertTrue(String.valueOf(refused.getMessage()).contains("repeated"), refused::toString);
    }

    @Test
    void exponentOneIsAnotherLearners() {
        assertThrows(IllegalArgumentException.class, () -> new Lp(1));
    }
}
