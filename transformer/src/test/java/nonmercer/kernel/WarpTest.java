package nonmercer.kernel;

import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;
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

    private static final List<Warp> MORE =
            List.of(
                    new Warp.Coordinates(1, 3),
                    new Warp.Coordinates(0, -1),
                    new Warp.Coordinates(-2, 0),
                    new Unit(),
                    new PositivePart(),
                    new Signs(),
                    new Rotation(Coefficient.of(0.4)),
                    new Rotation(Coefficient.trained(1.7, DType.FLOAT64)),
                    new Circles(Coefficient.of(3), Coefficient.inverseRootDimension()),
                    new Circles(
                            Coefficient.trained(2, DType.FLOAT64),
                            Coefficient.trained(0.7, DType.FLOAT64)),
                    new Radius(0, Coefficient.of(1)),
                    new Radius(1, Coefficient.trained(0.3, DType.FLOAT64)),
                    Network.random(4, 6, 3, RandomStream.of(3)));

    @Test
    void theTensorFormIsTheMapOfEachRow() {
        Array x = normal("x", DType.FLOAT64, 2, 3, 4);
        for (Warp warp : Stream.concat(WARPS.stream(), MORE.stream()).toList()) {
            Array y = warp.of(Tensor.of(x), Pass.evaluation()).value();
            assertEquals(warp.width(4), y.dim(-1), warp.toString());
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
        for (Warp warp :
                Stream.concat(WARPS.stream(), MORE.stream().filter(Warp::linear)).toList()) {
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
    void onlySomeWarpsAreLinear() {
        assertTrue(WARPS.stream().allMatch(Warp::linear));
        assertEquals(6, MORE.stream().filter(Warp::linear).count());
    }

    @Test
    void aRotationKeepsLengthsAndItsLastCoordinateWithoutAPartner() {
        Warp quarter = new Rotation(Coefficient.of(Math.PI / 2));
        assertArrayEquals(new double[] {-2, 1, 5}, quarter.at(new double[] {1, 2, 5}), 1e-15);
        Array alone = normal("x", DType.FLOAT64, 3, 1);
        assertEquals(alone, quarter.of(Tensor.of(alone), Pass.evaluation()).value());
        double[] x = row(normal("x", DType.FLOAT64, 1, 4), 0);
        double[] y = new Rotation(Coefficient.of(1)).at(x);
        assertEquals(Pairing.DOT.at(x, x), Pairing.DOT.at(y, y), 16 * Math.ulp(4.0));
    }

    @Test
    void aPointAtZeroHasNoDirection() {
        Array zero = Array.zeros(DType.FLOAT64, Shape.of(1, 3));
        assertArrayEquals(new double[3], new Unit().at(new double[3]));
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(zero);
            Tensor y = new Unit().of(x, Pass.evaluation());
            assertArrayEquals(new double[3], y.value().toDoubles());
            assertArrayEquals(
                    new double[] {0, 0, 0}, tape.gradient(y.sum(), x).value().toDoubles());
        }
    }

    @Test
    void coordinatesThatAreNotThereAreRefused() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Warp.Coordinates(1, 4).at(new double[3]));
        assertEquals("the coordinates 1 to 4 of a vector of 3 were asked for", e.getMessage());
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
