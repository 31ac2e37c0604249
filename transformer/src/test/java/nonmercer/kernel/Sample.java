package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// Arrays with seeded random numbers, and comparisons, for the tests of kernels and of what is
/// built on them.
public final class Sample {
    private Sample() {}

    /// Standard normal numbers.
    public static Array normal(String name, DType dtype, int... extents) {
        Array a = Array.zeros(dtype, Shape.of(extents));
        RandomStream.of(7).at(name).fillNormal(a, 0, 1);
        return a;
    }

    /// The same as a constant tensor in float64.
    public static Tensor tensor(String name, int... extents) {
        return Tensor.of(normal(name, DType.FLOAT64, extents));
    }

    /// A float64 parameter with normal numbers of this deviation.
    public static Parameter parameter(String name, double deviation, int... extents) {
        Array a = Array.zeros(DType.FLOAT64, Shape.of(extents));
        RandomStream.of(7).at(name).fillNormal(a, 0, deviation);
        return new Parameter(a);
    }

    /// Row `i` of the innermost axis.
    public static double[] row(Array a, int i) {
        int n = a.dim(-1);
        double[] row = new double[n];
        for (int l = 0; l < n; l++) {
            row[l] = a.at(i * n + l);
        }
        return row;
    }

    /// Fails where the arrays differ by more than the bounds, which are in the same order as the
    /// elements.
    public static void assertWithin(double[] bounds, double[] expected, Array actual) {
        assertEquals(expected.length, actual.size());
        for (int i = 0; i < expected.length; i++) {
            int place = i;
            double error = Math.abs(expected[i] - actual.at(i));
            assertTrue(
                    error <= bounds[i],
                    () ->
                            "element "
                                    + place
                                    + ": expected "
                                    + expected[place]
                                    + ", got "
                                    + actual.at(place)
                                    + ", off by "
                                    + error
                                    + ", the bound is "
                                    + bounds[place]);
        }
    }

    /// Fails where the arrays differ by more than one bound for all.
    public static void assertWithin(double bound, Array expected, Array actual) {
        assertEquals(expected.shape(), actual.shape());
        double[] bounds = new double[expected.size()];
        java.util.Arrays.fill(bounds, bound);
        assertWithin(bounds, expected.toDoubles(), actual);
    }
}
