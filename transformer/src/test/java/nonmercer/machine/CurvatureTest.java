package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurvatureTest {
    /// A diagonal matrix turned by a rotation in its first two coordinates.
    private static Array turned(double... diagonal) {
        int n = diagonal.length;
        Array turn = Dense.shifted(Dense.zeros(n, n), 1);
        double[] q = turn.toDoubles();
        q[0] = q[n + 1] = 0.6;
        q[1] = 0.8;
        q[n] = -0.8;
        Array rotation = Array.of(Shape.of(n, n), q);
        return Dense.timesTransposed(Dense.scaledColumns(rotation, diagonal), rotation);
    }

    @ParameterizedTest
    @CsvSource({
        "-2, -1, 0, 3, 2, 1, 1, true, false",
        "4, 1, 0, 3, 0, 1, 3, false, true",
        "-4, -1, 0, 0, 2, 2, 0, false, false",
        "1, 2, 3, 4, 0, 0, 4, false, true",
        "-1, 2, 3, 4, 1, 0, 3, true, false",
        "0, 0, 0, 0, 0, 4, 0, false, true",
    })
    void signsOfTheEigenvaluesAreCounted(
            double a,
            double b,
            double c,
            double d,
            int negative,
            int flat,
            int positive,
            boolean saddle,
            boolean minimum) {
        Curvature found = Curvature.of(turned(a, b, c, d));
        assertEquals(new Curvature(negative, flat, positive), found);
        assertEquals(saddle, found.saddle());
        assertEquals(minimum, found.minimum());
    }

    /// The level is `n 2⁻⁴⁴` of the largest: here `2⁻⁴⁰`, of a matrix that is diagonal already.
    @Test
    void whatIsLevelDependsOnTheLargestEigenvalue() {
        double level = 2 * 0x1p-44 * 8;
        for (double sign : new double[] {-1, 1}) {
            double[] within = {8 * sign, 0, 0, 0.99 * level};
            double[] at = {8 * sign, 0, 0, level};
            double[] below = {8 * sign, 0, 0, -level};
            double[] beyond = {8 * sign, 0, 0, 1.01 * level};
            int up = sign > 0 ? 1 : 0;
            Curvature flat = new Curvature(1 - up, 1, up);
            assertEquals(flat, Curvature.of(Array.of(Shape.of(2, 2), within)));
            assertEquals(flat, Curvature.of(Array.of(Shape.of(2, 2), at)));
            assertEquals(flat, Curvature.of(Array.of(Shape.of(2, 2), below)));
            assertEquals(
                    new Curvature(1 - up, 0, up + 1),
                    Curvature.of(Array.of(Shape.of(2, 2), beyond)));
        }
    }
}
