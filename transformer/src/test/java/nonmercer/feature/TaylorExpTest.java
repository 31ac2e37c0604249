package nonmercer.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.linalg.Transpose;
import org.junit.jupiter.api.Test;

class TaylorExpTest {
    private static Tensor features(TaylorExp map, Array x) {
        return map.queries(Tensor.of(x), Pass.evaluation());
    }

    /// `1, x, y, x²/√2, xy, y²/√2` at scale 1, in exact arithmetic.
    @Test
    void featuresInThePlaneByHand() {
        Array phi =
                features(
                                new TaylorExp(Coefficient.of(1), 2),
                                Array.matrix(new double[][] {{2, -3}, {0, 0}}))
                        .value();
        assertEquals(Shape.of(2, 6), phi.shape());
        double r = 1 / Math.sqrt(2);
        assertArrayEquals(
                new double[] {1, 2, -3, 4 * r, -6, 9 * r, 1, 0, 0, 0, 0, 0},
                phi.toDoubles(),
                0x1p-50);
    }

    @Test
    void degreeZeroIsTheConstant() {
        Array phi = features(new TaylorExp(0), Array.matrix(new double[][] {{5}, {-1}})).value();
        assertArrayEquals(new double[] {1, 1}, phi.toDoubles());
        assertEquals(Shape.of(2, 1), phi.shape());
    }

    @Test
    void outerAxesAreKeptAndFloat32StaysFloat32() {
        Array x = Array.zeros(DType.FLOAT32, Shape.of(2, 3, 4, 5));
        Array phi = features(new TaylorExp(3), x).value();
        assertEquals(Shape.of(2, 3, 4, 56), phi.shape());
        assertEquals(DType.FLOAT32, phi.dtype());
        assertEquals(56, new TaylorExp(3).dimension(5));
    }

    @Test
    void gradientsOfFirstAndSecondOrder() {
        TaylorExp map = new TaylorExp(Coefficient.trained(0.7, DType.FLOAT64), 3);
        Array q = Array.matrix(new double[][] {{0.5, -1}, {0.25, 2}});
        Array k = Array.matrix(new double[][] {{1, 0.75}, {-0.5, 0.5}, {0, 1}});
        for (int order = 1; order <= 2; order++) {
            GradCheck.of(x ->
                            map.queries(x.get(0), Pass.evaluation())
                                    .matmul(
                                            map.keys(x.get(1), Pass.evaluation()),
                                            Transpose.TRANSPOSED))
                    .at(q, k)
                    .order(order)
                    .check()
                    .orThrow();
        }
    }

    /// `d/dλ Σₙ (e^λ a)ⁿ/n! = a e^λ` of the polynomial one degree lower.
    @Test
    void aTrainedScaleGetsItsGradient() {
        Coefficient.Trained scale = (Coefficient.Trained) Coefficient.trained(0.5, DType.FLOAT64);
        TaylorExp map = new TaylorExp(scale, 3);
        try (Tape tape = Tape.open()) {
            Pass pass = Pass.recorded(tape);
            Tensor q = Tensor.of(Array.matrix(new double[][] {{2}}));
            Tensor k = Tensor.of(Array.matrix(new double[][] {{1}}));
            Tensor sum = map.queries(q, pass).mul(map.keys(k, pass)).sum();
            double a = 1; // 0.5 · 2 · 1
            assertEquals(1 + a + a * a / 2 + a * a * a / 6, sum.item(), 1e-14);
            assertEquals(
                    a * (1 + a + a * a / 2),
                    tape.gradient(sum, tape.use(scale.log())).item(),
                    1e-14);
        }
    }

    @Test
    void theRemainderIsLagranges() {
        TaylorExp linear = new TaylorExp(1);
        assertEquals(Math.E / 2, linear.remainder(1), 1e-15);
        assertEquals(0.5, linear.remainder(-1), 1e-15);
        assertEquals(0, linear.remainder(0));
        assertTrue(Math.exp(-1) - 0 <= linear.remainder(-1));
    }

    @Test
    void whatCannotWorkIsRefused() {
        var negative = assertThrows(IllegalArgumentException.class, () -> new TaylorExp(-1));
        assertEquals(
                "a Taylor polynomial has a degree of at least 0, got -1", negative.getMessage());
        var large =
                assertThrows(IllegalArgumentException.class, () -> new TaylorExp(20).dimension(64));
        assertTrue(
                String.valueOf(large.getMessage()).contains("use random features"),
                large.getMessage());
    }
}
