package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class AlignmentTest {
    private static double[][] points(long seed, int n, int d) {
        double[][] points = new double[n][d];
        RandomStream random = RandomStream.of(seed).at("points");
        for (double[] x : points) {
            for (int l = 0; l < d; l++) {
                x[l] = random.nextDouble(-1, 1);
            }
        }
        return points;
    }

    /// Linear CKA of centred columns, by its other formula.
    private static double linear(double[][] x, double[][] y) {
        return square(x, y) / Math.sqrt(square(x, x) * square(y, y));
    }

    private static double square(double[][] x, double[][] y) {
        double sum = 0;
        for (int a = 0; a < x[0].length; a++) {
            for (int b = 0; b < y[0].length; b++) {
                double dot = 0;
                for (int i = 0; i < x.length; i++) {
                    dot += (x[i][a] - mean(x, a)) * (y[i][b] - mean(y, b));
                }
                sum += dot * dot;
            }
        }
        return sum;
    }

    private static double mean(double[][] x, int a) {
        double sum = 0;
        for (double[] row : x) {
            sum += row[a];
        }
        return sum / x.length;
    }

    @Property(tries = 60)
    void ofFeaturesItIsThatOfTheirCovariances(
            @ForAll long seed,
            @ForAll @IntRange(min = 3, max = 12) int n,
            @ForAll @IntRange(min = 1, max = 4) int d) {
        double[][] x = points(seed, n, d);
        double[][] y = points(seed + 1, n, 3);
        double found = Alignment.ofFeatures(Array.matrix(x), Array.matrix(y));
        assertEquals(linear(x, y), found, 1e-11);
        assertTrue(found >= -1e-12 && found <= 1 + 1e-12, "alignment " + found);
        assertEquals(found, Alignment.ofFeatures(Array.matrix(y), Array.matrix(x)), 1e-14);
    }

    /// Turned, scaled and moved points have the same inner products up to what centring takes off.
    @Property(tries = 60)
    void aSimilarityOfThePointsIsOne(
            @ForAll long seed, @ForAll @IntRange(min = 3, max = 12) int n) {
        double[][] x = points(seed, n, 2);
        double[][] y = new double[n][];
        for (int i = 0; i < n; i++) {
            y[i] =
                    new double[] {
                        3 * (0.6 * x[i][0] - 0.8 * x[i][1]) + 5,
                        3 * (0.8 * x[i][0] + 0.6 * x[i][1]) - 1
                    };
        }
        assertEquals(1, Alignment.ofFeatures(Array.matrix(x), Array.matrix(y)), 1e-12);
    }

    @Test
    void kernelsOfOtherShapeAreLessAlike() {
        Array x = Array.matrix(points(7, 20, 2));
        Array gauss = new Gauss().gram(x, x);
        double near = Alignment.of(gauss, new Laplace().gram(x, x));
        double far = Alignment.of(gauss, new Distance().gram(x, x));
        assertTrue(near > 0.9 && near < 1, "Laplace " + near);
        assertTrue(far < -0.9, "a distance is conditionally negative definite: " + far);
        assertEquals(1, Alignment.of(gauss, gauss), 1e-14);
    }

    @Test
    void whatHasNoAlignmentIsASentence() {
        Array x = Array.matrix(points(1, 4, 2));
        Array gram = new Gauss().gram(x, x);
        assertEquals(
                "the second representation is the same for all points: nothing is left of its Gram matrix when it is centred",
                message(() -> Alignment.of(gram, new Constant(3).gram(x, x))));
        assertEquals(
                "the first Gram matrix of an alignment is square, of two points at least, got [4, 2]",
                message(() -> Alignment.of(x, gram)));
        Array y = Array.matrix(points(1, 3, 2));
        assertEquals(
                "an alignment needs two Gram matrices of the same points, got [4, 4] and [3, 3]",
                message(() -> Alignment.of(gram, new Gauss().gram(y, y))));
        assertEquals(
                "an alignment needs features of the same points, [n, a] and [n, b], got [4, 2] and [3, 2]",
                message(() -> Alignment.ofFeatures(x, y)));
    }

    private static String message(org.junit.jupiter.api.function.Executable e) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, e).getMessage());
    }
}
