package nonmercer.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaRuleTest {
    /// The recurrence, a token at a time.
    private static double[] definition(Array q, Array k, Array v, Array beta) {
        int n = q.dim(-2);
        int f = q.dim(-1);
        int e = v.dim(-1);
        double[] out = new double[v.size()];
        for (int g = 0; g < beta.size() / n; g++) {
            double[][] s = new double[f][e];
            for (int row = g * n; row < (g + 1) * n; row++) {
                for (int l = 0; l < e; l++) {
                    double lack = v.at(row * e + l);
                    for (int a = 0; a < f; a++) {
                        lack -= s[a][l] * k.at(row * f + a);
                    }
                    for (int a = 0; a < f; a++) {
                        s[a][l] += beta.at(row) * k.at(row * f + a) * lack;
                        out[row * e + l] += s[a][l] * q.at(row * f + a);
                    }
                }
            }
        }
        return out;
    }

    private static Tensor unit(Tensor x) {
        Tensor norm = x.square().sum(-1).sqrt();
        return x.div(norm.reshape(norm.shape().append(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 64})
    void chunksGiveTheRecurrence(int chunk) {
        Tensor q = Sample.tensor("q", 2, 3, 37, 4);
        Tensor k = unit(Sample.tensor("k", 2, 3, 37, 4));
        Tensor v = Sample.tensor("v", 2, 3, 37, 5);
        Tensor beta = Sample.tensor("b", 2, 3, 37).sigmoid();
        Array actual = new DeltaRule(chunk).apply(q, k, v, beta).value();
        double[] expected = definition(q.value(), k.value(), v.value(), beta.value());
        for (int i = 0; i < expected.length; i++) {
            // Each token rounds a state of size 4 some ten times: 37 · 40 roundings.
            assertEquals(expected[i], actual.at(i), 1500 * 0x1p-52 * 4);
        }
    }

    /// A key that comes again has its latest value alone; sums of values would have both.
    @Test
    void aKeyThatComesAgainReplacesItsValue() {
        Tensor keys = Tensor.of(Array.of(Shape.of(3, 2), 1.0, 0.0, 0.0, 1.0, 1.0, 0.0));
        Tensor values = Tensor.of(Array.of(Shape.of(3, 1), 5.0, 7.0, 9.0));
        Tensor ones = Tensor.of(Array.vector(1.0, 1.0, 1.0));
        Array y = new DeltaRule(2).apply(keys, keys, values, ones).value();
        assertEquals(Array.of(Shape.of(3, 1), 5.0, 7.0, 9.0), y);
    }

    /// `‖Sᵢ‖² = ‖Sᵢ₋₁‖² + ‖vᵢ‖²` for keys of length 1 that stand across the state: the most it can
    /// grow by.
    @Test
    void aStateGrowsWithTheRootOfTheTokens() {
        int n = 16;
        double[] k = new double[2 * (n + 2)];
        double[] state = {0, 1}; // the first key is (1, 0)
        for (int i = 0; i < n; i++) {
            double length = Math.hypot(state[0], state[1]);
            k[2 * i] = state[1] / length;
            k[2 * i + 1] = -state[0] / length;
            state[0] = (i == 0 ? 0 : state[0]) + k[2 * i];
            state[1] = (i == 0 ? 0 : state[1]) + k[2 * i + 1];
        }
        double[] q = new double[2 * (n + 2)]; // the last two read, and write nothing
        q[2 * n] = 1;
        q[2 * n + 3] = 1;
        double[] rates = new double[n + 2];
        Arrays.fill(rates, 0, n, 1);
        Tensor ones = Tensor.of(Array.full(DType.FLOAT64, Shape.of(n + 2, 1), 1));
        Array y =
                new DeltaRule(5)
                        .apply(
                                Tensor.of(Array.of(Shape.of(n + 2, 2), q)),
                                Tensor.of(Array.of(Shape.of(n + 2, 2), k)),
                                ones,
                                Tensor.of(Array.vector(rates)))
                        .value();
        // 16 steps of some ten roundings of numbers of size 4, squared
        assertEquals(n, Math.pow(y.at(n), 2) + Math.pow(y.at(n + 1), 2), 160 * 0x1p-53 * 32);
    }

    @Test
    void gradientsOfBothOrders() {
        for (int order = 1; order <= 2; order++) {
            GradCheck.of(x -> new DeltaRule(3).apply(x.get(0), unit(x.get(1)), x.get(2), x.get(3)))
                    .at(
                            Sample.normal("q", DType.FLOAT64, 2, 7, 3),
                            Sample.normal("k", DType.FLOAT64, 2, 7, 3),
                            Sample.normal("v", DType.FLOAT64, 2, 7, 2),
                            Sample.normal("b", DType.FLOAT64, 2, 7))
                    .order(order)
                    .check()
                    .orThrow();
        }
    }

    @Test
    void otherShapesAreRefused() {
        Tensor q = Sample.tensor("q", 5, 3);
        assertThrows(
                IllegalArgumentException.class,
                () -> new DeltaRule().apply(q, q, q, Sample.tensor("b", 4)));
        assertThrows(IllegalArgumentException.class, () -> new DeltaRule(0));
    }
}
