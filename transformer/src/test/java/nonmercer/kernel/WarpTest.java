package nonmercer.kernel;

import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class WarpTest {
    private static final List<Warp> WARPS =
            List.of(
                    new Warp.Identity(),
                    new Warp.Stretch(Coefficient.of(2)),
                    new Warp.Stretch(Coefficient.inverseRootDimension()),
                    new Warp.Stretch(Coefficient.trained(0.3, DType.FLOAT64)),
                    new Warp.Ard(Sample.parameter("ard", 0.5, 4)),
                    new Warp.Linear(Sample.parameter("linear", 0.5, 4, 3)));

    @Test
    void theTensorFormIsTheMapOfEachRow() {
        Array x = normal("x", DType.FLOAT64, 2, 3, 4);
        for (Warp warp : WARPS) {
            Array y = warp.of(Tensor.of(x), Pass.evaluation()).value();
            for (int i = 0; i < 6; i++) {
                double[] expected = warp.at(row(x, i));
                // Products of numbers of size 4 at most, four to a sum, a function good to 8u: 100
                // roundings of size 4.
                assertArrayEquals(
                        expected, row(y, i), 400 * DType.FLOAT64.unitRoundoff(), warp.toString());
            }
        }
    }

    @Test
    void aLinearWarpTakesShiftsToShifts() {
        double[] x = row(normal("x", DType.FLOAT64, 1, 4), 0);
        double[] y = row(normal("y", DType.FLOAT64, 1, 4), 0);
        double[] sum = new double[4];
        for (int l = 0; l < 4; l++) {
            sum[l] = x[l] + y[l];
        }
        for (Warp warp : WARPS) {
            assertEquals(true, warp.linear());
            double[] fx = warp.at(x);
            double[] fy = warp.at(y);
            for (int l = 0; l < fx.length; l++) {
                fx[l] += fy[l];
            }
            assertArrayEquals(
                    fx, warp.at(sum), 400 * DType.FLOAT64.unitRoundoff(), warp.toString());
        }
    }

    @Test
    void lengthscalesDivide() {
        var ard = new Warp.Ard(new Parameter(Array.vector(Math.log(2), Math.log(5))));
        assertArrayEquals(new double[] {3, 2}, ard.at(new double[] {6, 10}), 1e-15);
    }

    @Test
    void aVectorOfAnotherWidthIsRefused() {
        var e =
                assertThrows(
                        IllegalArgumentException.class, () -> WARPS.getLast().at(new double[2]));
        assertEquals(
                "a linear warp of shape [4, 3] was given a vector of 2 coordinates",
                e.getMessage());
        var f = assertThrows(IllegalArgumentException.class, () -> WARPS.get(4).at(new double[2]));
        assertEquals("4 lengthscales were given a vector of 2 coordinates", f.getMessage());
    }
}
