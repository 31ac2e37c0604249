package nonmercer.proofs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.statistics.Statistics;

class PointsTest {
    @Provide
    Arbitrary<double[][]> points() {
        return Points.in(5, 2, 2);
    }

    @Property(tries = 500)
    void coordinatesLieOnTheGridInsideTheCubeAndAreExactInFloat32(@ForAll("points") double[][] x) {
        assertEquals(5, x.length);
        for (double[] row : x) {
            assertEquals(2, row.length);
            for (double v : row) {
                assertTrue(Math.abs(v) <= 2);
                assertEquals(Math.rint(v / Points.GRID), v / Points.GRID);
                assertEquals((float) v, v);
                assertTrue(v != 0 || 1 / v > 0, "a negative zero");
            }
        }
        Statistics.label("repeated").collect(Points.repeats(x));
        Statistics.label("repeated").coverage(c -> c.check(true).percentage(p -> p > 4));
    }

    @Property(tries = 100)
    void theyShrinkTowardsWholeNumbersAndZeros(@ForAll Random random) {
        Shrinkable<double[][]> x = Points.in(2, 2, 2).generator(10).next(random);
        while (true) {
            Shrinkable<double[][]> before = x;
            var simpler =
                    x.shrink()
                            .filter(s -> s.distance().compareTo(before.distance()) < 0)
                            .filter(s ->
                                    s.value()[0][0] * s.value()[1][1] != 0
                                            || before.value()[0][0] * before.value()[1][1] == 0)
                            .findFirst();
            if (simpler.isEmpty()) {
                break;
            }
            x = simpler.get();
        }
        assertEquals(0, x.value()[0][1]);
        assertEquals(0, x.value()[1][0]);
        double left = x.value()[0][0];
        assertTrue(
                left == Math.rint(left) || Math.abs(left) < 1,
                "ends at " + left + ", not at a whole number");
    }

    /// Zeros and repetitions are no general position, so there is nothing simpler.
    @Property(tries = 100)
    void pointsInGeneralPositionAreNotSimplified(@ForAll Random random) {
        Shrinkable<double[][]> x = Points.general(20, 1, 2).generator(10).next(random);
        assertEquals(0, x.shrink().count());
        double[] line = Arrays.stream(x.value()).mapToDouble(row -> row[0]).sorted().toArray();
        for (int i = 1; i < line.length; i++) {
            assertTrue(line[i] - line[i - 1] >= 2 / 160.0, Arrays.toString(line));
        }
    }

    @Property(tries = 20)
    void aValueIsACopy(@ForAll Random random) {
        Shrinkable<double[][]> x = Points.in(2, 1, 2).generator(10).next(random);
        double[] kept = x.value()[0].clone();
        x.value()[0][0] = 99;
        assertArrayEquals(kept, x.value()[0]);
    }
}
