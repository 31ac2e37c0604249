// twin: float
package nonmercer.lanes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The Hadamard transform in use against its definition, and the definition against the matrix.
/// Runs at every vector width (see core/pom.xml).
final class DoubleHadamardLanesTest {
    /// All sizes to 2¹⁴: below a vector, one pass, blocks, and stages between blocks in every
    /// grouping.
    @Property(tries = 300)
    void theTransformHasTheBitsOfItsDefinition(
            @ForAll @IntRange(max = 14) int p,
            @ForAll @IntRange(max = 9) int gap,
            @ForAll boolean inPlace,
            @ForAll boolean special,
            @ForAll long seed) {
        int n = 1 << p;
        double[] x = special ? Samples.wildDoubles(seed, gap + n) : Samples.doubles(seed, gap + n);
        double[] expected = Samples.doubles(seed + 1, gap + n + 5);
        double[] actual = expected.clone();
        DoubleHadamard.definition().transform(x, gap, expected, 2, n);
        if (inPlace) {
            System.arraycopy(x, gap, actual, 2, n);
            DoubleHadamard.chosen().transform(actual, 2, actual, 2, n);
        } else {
            DoubleHadamard.chosen().transform(x, gap, actual, 2, n);
        }
        assertArrayEquals(expected, actual);
    }

    /// Small integers: every sum is exact.
    @Property(tries = 60)
    void theDefinitionIsTheMatrix(@ForAll @IntRange(max = 9) int p, @ForAll long seed) {
        int n = 1 << p;
        double[] x = Samples.doubles(seed, n);
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = (int) x[i] % 1000;
        }
        DoubleHadamard.definition().transform(x, 0, y, 0, n);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += (Integer.bitCount(i & j) & 1) == 0 ? x[j] : -x[j];
            }
            assertEquals(sum, y[i]);
        }
    }
}
