package nonmercer.layer;

import static nonmercer.kernel.Sample.assertWithin;
import static nonmercer.kernel.Sample.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class LinearTest {
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void itIsTheProductAndTheBias(
            @ForAll DType dtype,
            @ForAll boolean biased,
            @ForAll @IntRange(min = 1, max = 4) int rows,
            @ForAll @IntRange(min = 1, max = 9) int in,
            @ForAll @IntRange(min = 1, max = 9) int out) {
        Array x = normal("x", dtype, 2, rows, in);
        Array w = normal("w", dtype, in, out);
        Array b = normal("b", dtype, out);
        Linear linear =
                new Linear(
                        new Parameter(w),
                        biased ? Optional.of(new Parameter(b)) : Optional.empty());
        Array y = linear.apply(Tensor.of(x), Pass.evaluation()).value();
        assertEquals(Shape.of(2, rows, out), y.shape());
        double[] expected = new double[y.size()];
        double[] bounds = new double[y.size()];
        for (int i = 0; i < 2 * rows; i++) {
            for (int j = 0; j < out; j++) {
                double sum = biased ? b.at(j) : 0;
                double size = Math.abs(sum);
                for (int l = 0; l < in; l++) {
                    sum += x.at(i * in + l) * w.get(l, j);
                    size += Math.abs(x.at(i * in + l) * w.get(l, j));
                }
                expected[i * out + j] = sum;
                // A product and at most `in` additions on either side (Higham 2002, section 3.1).
                bounds[i * out + j] = 2 * (in + 1) * dtype.unitRoundoff() * size;
            }
        }
        assertWithin(bounds, expected, y);
    }

    @Test
    void freshWeightsAreUniformInGlorotsBoundAndTheBiasIsZero() {
        Linear linear = Linear.create(RandomStream.of(1), 60, 40, DType.FLOAT32);
        double bound = Math.sqrt(6.0 / 100);
        double sum = 0;
        double squares = 0;
        double most = 0;
        for (double w : linear.weight().value().toDoubles()) {
            sum += w;
            squares += w * w;
            most = Math.max(most, Math.abs(w));
        }
        int n = 2400;
        // Five standard deviations: a mean has b/√(3n), the mean of squares b²/3 has 2b²/√(45n).
        assertEquals(0, sum / n, 5 * bound / Math.sqrt(3.0 * n));
        assertEquals(bound * bound / 3, squares / n, 5 * 2 * bound * bound / Math.sqrt(45.0 * n));
        assertTrue(most <= bound && most > 0.99 * bound);
        assertEquals(Array.zeros(DType.FLOAT32, Shape.of(40)), linear.bias().orElseThrow().value());
        assertEquals(2, ParameterTree.of(linear).all().size());
        assertEquals(
                1,
                ParameterTree.of(Linear.withoutBias(RandomStream.of(1), 3, 4, DType.FLOAT64))
                        .all()
                        .size());
    }

    @Test
    void theStreamDecidesTheWeights() {
        Array first = Linear.create(RandomStream.of(1), 5, 4, DType.FLOAT32).weight().value();
        assertEquals(
                first, Linear.create(RandomStream.of(1), 5, 4, DType.FLOAT32).weight().value());
        assertNotEquals(
                first, Linear.create(RandomStream.of(2), 5, 4, DType.FLOAT32).weight().value());
    }
}
