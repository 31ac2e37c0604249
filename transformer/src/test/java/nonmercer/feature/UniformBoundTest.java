package nonmercer.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.spectral.Gaussian;
import nonmercer.spectral.ScaleMixture;
import org.junit.jupiter.api.Test;

class UniformBoundTest {
    /// `(ln 2⁸ + 2 ln(√2 · 2√2/0.2) − ln 10⁻⁶) · 16/0.04 = 10,140.4`.
    @Test
    void aKernelInTwoCoordinatesNeedsTenThousandFrequencies() {
        UniformBound bound = UniformBound.of(Gaussian.standard(2), 0, 2 * Math.sqrt(2));
        assertEquals(Math.sqrt(2), bound.sigma(), 1e-15);
        assertEquals(10_141, bound.frequencies(0.2, 1e-6));
        assertTrue(bound.probability(10_141, 0.2) <= 1e-6);
        assertTrue(bound.probability(10_140, 0.2) > 1e-6);
        assertEquals(1, bound.probability(1, 0.2));
    }

    @Test
    void aLawWithoutSecondMomentsIsRefused() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> UniformBound.of(ScaleMixture.matern(1, 2), 0, 1));
        assertTrue(String.valueOf(e.getMessage()).contains("E|ω|²"));
    }
}
