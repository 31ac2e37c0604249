package nonmercer.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Sample;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class GatedLinearTest {
    private static Array gates(DType type, int... extents) {
        Array g = Array.zeros(type, Shape.of(extents));
        RandomStream.of(2).fillUniform(g, -2, 0);
        return g;
    }

    /// Against the recurrence in float64. `n` steps of `f + 3` roundings of sums of at most `n f`
    /// products of numbers below 4, and exponents of sums of `2n` known to `n` roundings.
    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void itIsTheRecurrence(
            @ForAll DType type,
            @ForAll @IntRange(min = 1, max = 30) int n,
            @ForAll @IntRange(min = 1, max = 9) int chunk) {
        int f = 3;
        int e = 2;
        Array q = Sample.normal("q", type, 2, n, f);
        Array k = Sample.normal("k", type, 2, n, f);
        Array v = Sample.normal("v", type, 2, n, e);
        Array g = gates(type, 2, n);
        Array y =
                new GatedLinear(chunk)
                        .apply(Tensor.of(q), Tensor.of(k), Tensor.of(v), Tensor.of(g))
                        .value();
        for (int b = 0; b < 2; b++) {
            double[][] s = new double[f][e];
            for (int i = 0; i < n; i++) {
                for (int l = 0; l < e; l++) {
                    double sum = 0;
                    for (int p = 0; p < f; p++) {
                        s[p][l] = Math.exp(g.get(b, i)) * s[p][l] + k.get(b, i, p) * v.get(b, i, l);
                        sum += q.get(b, i, p) * s[p][l];
                    }
                    assertEquals(sum, y.get(b, i, l), type.unitRoundoff() * 16 * n * (n + f + 3));
                }
            }
        }
    }

    @Test
    void gradientsOfFirstAndSecondOrder() {
        for (int order = 1; order <= 2; order++) {
            GradCheck.of(x -> new GatedLinear(2).apply(x.get(0), x.get(1), x.get(2), x.get(3)))
                    .at(
                            Sample.normal("q", DType.FLOAT64, 1, 2, 5, 3),
                            Sample.normal("k", DType.FLOAT64, 1, 2, 5, 3),
                            Sample.normal("v", DType.FLOAT64, 1, 2, 5, 2),
                            gates(DType.FLOAT64, 1, 2, 5))
                    .order(order)
                    .check()
                    .orThrow();
        }
    }

    @Test
    void aGateForEveryRow() {
        Tensor x = Tensor.of(Sample.normal("q", DType.FLOAT64, 1, 5, 3));
        Tensor g = Tensor.of(gates(DType.FLOAT64, 1, 4));
        assertThrows(IllegalArgumentException.class, () -> new GatedLinear().apply(x, x, x, g));
        assertThrows(IllegalArgumentException.class, () -> new GatedLinear(0));
    }
}
