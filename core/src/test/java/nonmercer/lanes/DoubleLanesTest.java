// twin: float
package nonmercer.lanes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// The loops in use give the bits of their scalar definitions. Runs at every vector width (see
/// core/pom.xml).
final class DoubleLanesTest {
    private static final DoubleLanes DEFINITION = new ScalarDoubleLanes();
    private static final DoubleLanes IN_USE = Lanes.doubles();

    /// Lengths from 0 past two of the widest vectors, at all offsets; primes past every block and
    /// chunk.
    @Test
    void everyLoopHasTheBitsOfItsDefinition() {
        for (int n = 0; n <= 2 * 16 + 1; n++) {
            for (int shift = 0; shift < 4; shift++) {
                agreeAll(n, shift, 31L * n + shift);
            }
        }
        for (int n : new int[] {61, 67, 127, 251, 509, 521, 704, 1021, 4099, 8209, 11264, 20483}) {
            agreeAll(n, n % 4, n);
        }
    }

    @Property(tries = 25)
    void atAnyLengthAndOffset(
            @ForAll long seed,
            @ForAll @IntRange(max = 700) int n,
            @ForAll @IntRange(max = 3) int shift) {
        agreeAll(n, shift, seed);
    }

    private static void agreeAll(int n, int shift, long seed) {
        DoubleCatalogue.loops().forEach((name, loop) -> agree(name, loop, n, shift, seed));
    }

    /// On tame and on wild numbers: the value returned, and every element of every array, written
    /// or not.
    private static void agree(String name, DoubleCatalogue.Loop loop, int n, int shift, long seed) {
        int[] at = {shift, (shift + 1) % 4, (shift + 2) % 4, (shift + 3) % 4};
        for (boolean wild : new boolean[] {false, true}) {
            double[][] expected = arrays(seed, n, wild);
            double[][] actual = arrays(seed, n, wild);
            String what =
                    name
                            + (wild ? ", wild" : ", tame")
                            + ", n = "
                            + n
                            + ", offsets from "
                            + shift
                            + ", seed "
                            + seed;
            assertEquals(
                    loop.run(DEFINITION, expected, at, n), loop.run(IN_USE, actual, at, n), what);
            for (int i = 0; i < expected.length; i++) {
                int array = i;
                assertArrayEquals(expected[i], actual[i], () -> what + ", array " + array);
            }
        }
    }

    private static double[][] arrays(long seed, int n, boolean wild) {
        double[][] arrays = new double[4][];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] =
                    wild
                            ? Samples.wildDoubles(seed + 1000L * i, n + 8)
                            : Samples.doubles(seed + 1000L * i, n + 8);
        }
        return arrays;
    }
}
