package nonmercer.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.lanes.Binary;
import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.Test;

final class LayerNormsTest {
    private static final double EPSILON = 1e-3;

    /// The rows of [Rows], then a multiplication and an addition rounded once; the pullback's sums
    /// within n·u·Σ|terms| of their definitions.
    @Property(tries = 60)
    void isARowsNormWithGainAndBias(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 150) int rows,
            @ForAll @IntRange(min = 1, max = 70) int extent,
            @ForAll boolean whole,
            @ForAll DType type) {
        // Whole blocks of vectors have loops of their own.
        int n = whole ? (extent + 23) / 24 * 64 : extent;
        Array x = Numbers.gaussian(type, Shape.of(rows, n), seed);
        Array g = Numbers.gaussian(type, Shape.of(rows, n), seed + 1);
        Array gain = Numbers.gaussian(type, Shape.of(n), seed + 2);
        Array bias = Numbers.gaussian(type, Shape.of(n), seed + 3);
        LayerNorms.Saved saved = saved(type, rows);
        Array out = nan(type, rows, n);
        LayerNorms.forward(x, gain, bias, EPSILON, saved, out);
        Array hat = nan(type, rows, n);
        Array inverse = nan(type, rows);
        Rows.layerNorm(x, EPSILON, hat, inverse);
        assertEquals(inverse, saved.inverse());
        for (int i = 0; i < x.size(); i++) {
            double expected =
                    type == DType.FLOAT32
                            ? Math.fma(
                                    (float) hat.at(i),
                                    (float) gain.at(i % n),
                                    (float) bias.at(i % n))
                            : Math.fma(hat.at(i), gain.at(i % n), bias.at(i % n));
            assertEquals(expected, out.at(i));
        }
        Array dx = nan(type, rows, n);
        Array dgain = nan(type, n);
        Array dbias = nan(type, n);
        LayerNorms.gradient(x, saved, gain, g, dx, dgain, dbias);
        Array h = nan(type, rows, n);
        Elementwise.binary(Binary.MULTIPLY, g, gain, h);
        Rows.layerNormGradient(hat, h, inverse, h);
        assertEquals(h, dx);
        for (int j = 0; j < n; j++) {
            double products = 0;
            double size = 0;
            double sum = 0;
            double sumSize = 0;
            for (int i = j; i < x.size(); i += n) {
                products += g.at(i) * hat.at(i);
                size += Math.abs(g.at(i) * hat.at(i));
                sum += g.at(i);
                sumSize += Math.abs(g.at(i));
            }
            double bound = (rows + 1) * type.unitRoundoff();
            assertEquals(products, dgain.at(j), bound * size);
            assertEquals(sum, dbias.at(j), bound * sumSize);
        }
    }

    @Test
    void bitsDoNotDependOnThreads() {
        int before = Parallel.threads();
        int rows = 333;
        int n = 129;
        Array g = Numbers.gaussian(DType.FLOAT32, Shape.of(rows, n), 1);
        Array gain = Numbers.gaussian(DType.FLOAT32, Shape.of(n), 2);
        Array x = Numbers.gaussian(DType.FLOAT32, Shape.of(rows, n), 3);
        LayerNorms.Saved saved = saved(DType.FLOAT32, rows);
        LayerNorms.forward(x, gain, gain, EPSILON, saved, nan(DType.FLOAT32, rows, n));
        try {
            Parallel.threads(1);
            Array dx = nan(DType.FLOAT32, rows, n);
            Array dgain = nan(DType.FLOAT32, n);
            Array dbias = nan(DType.FLOAT32, n);
            LayerNorms.gradient(x, saved, gain, g, dx, dgain, dbias);
            for (int threads : new int[] {2, 3, 8}) {
                Parallel.threads(threads);
                Array again = nan(DType.FLOAT32, rows, n);
                Array gains = nan(DType.FLOAT32, n);
                Array biases = nan(DType.FLOAT32, n);
                LayerNorms.gradient(x, saved, gain, g, again, gains, biases);
                assertEquals(dx, again);
                assertEquals(dgain, gains);
                assertEquals(dbias, biases);
            }
        } finally {
            Parallel.threads(before);
        }
    }

    @Test
    void misfitsAreRefusedInASentence() {
        Array x = nan(DType.FLOAT32, 2, 3);
        assertEquals(
                "layerNorm: expected a gain of shape [3], got [2]",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        LayerNorms.forward(
                                                x,
                                                nan(DType.FLOAT32, 2),
                                                nan(DType.FLOAT32, 3),
                                                EPSILON,
                                                saved(DType.FLOAT32, 2),
                                                nan(DType.FLOAT32, 2, 3)))
                        .getMessage());
    }

    private static LayerNorms.Saved saved(DType type, int rows) {
        return new LayerNorms.Saved(nan(type, rows), nan(type, rows));
    }

    private static Array nan(DType type, int... extents) {
        return Array.full(type, Shape.of(extents), Double.NaN);
    }
}
