package nonmercer.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import nonmercer.array.Shape;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Quadratic;
import org.junit.jupiter.api.Test;

/// What a plan of exact attention counts.
class PlanTest {
    @Test
    void thePlanCountsPairsAndSaysWhatItCosts() {
        Shape q = Shape.of(2, 4, 100, 16);
        Shape k = Shape.of(2, 4, 50, 16);
        Shape v = Shape.of(2, 4, 50, 8);
        long pairs = 2L * 4 * 100 * 50;
        Plan dot = Attention.unfused(new ExpDot()).plan(q, k, v);
        assertEquals(pairs * (2 * 16 + 2 * 8), dot.flops());
        assertEquals(pairs * 4 * 2, dot.bytes());
        Plan sum =
                Attention.unfused(new Gauss().plus(new Quadratic()).scaled(2).lengthscale(3))
                        .plan(q, k, v);
        assertEquals(pairs * (3 * 16 + 2 * 16 + 2 * 8), sum.flops());
        assertEquals(pairs * 4 * 3, sum.bytes());
        assertEquals(
                "exact, all pairs (the definition; every kernel has it): 1.9 MFLOP, 0.320 MB kept, exact",
                dot.toString());
        Plan fused = Attention.of(new ExpDot()).plan(q, k, v);
        assertEquals(dot.flops(), fused.flops());
        assertEquals(2L * 4 * 100 * 4, fused.bytes());
        assertEquals(
                "exact, fused (every kernel is a formula of pairings): 1.9 MFLOP, 0.00320 MB kept, exact",
                fused.toString());
    }
}
