package nonmercer.autodiff.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

/// The ops of layers and losses against their definitions, written out.
class LayerOpsTest {
    private static Tensor matrix(double[]... rows) {
        return Tensor.of(Array.matrix(rows));
    }

    private static double[] row(double... values) {
        return values;
    }

    @Test
    void crossEntropyLeavesOutTargetsOfMinusOne() {
        Tensor x = matrix(row(1, 2), row(7, 8), row(0, 0));
        double expected = (Math.log(1 + Math.E) + Math.log(2)) / 2; // rows 0 (target 0) and 2
        assertEquals(expected, x.crossEntropy(new int[] {0, -1, 1}, 0).item(), 4e-16);
        try (Tape tape = Tape.open()) {
            Tensor watched = tape.watch(x.value());
            Array g = tape.gradient(watched.crossEntropy(new int[] {0, -1, 1}, 0), watched).value();
            assertEquals(0, g.get(1, 0));
            assertEquals(-0.25, g.get(2, 1), 1e-16);
        }
        assertEquals(0, x.crossEntropy(new int[] {-1, -1, -1}, 0.1).item());
    }

    /// `-Σ q ln p` with `q = (1 - s) onehot + s/n`, written out.
    @Test
    void smoothedCrossEntropyIsItsDefinition() {
        double s = 0.2;
        double[] x = {0.5, -1, 2};
        double z = Math.log(Math.exp(x[0]) + Math.exp(x[1]) + Math.exp(x[2]));
        double expected = 0;
        for (int c = 0; c < 3; c++) {
            expected -= ((c == 2 ? 1 - s : 0) + s / 3) * (x[c] - z);
        }
        assertEquals(expected, matrix(x).crossEntropy(new int[] {2}, s).item(), 1e-15);
    }

    @Test
    void crossEntropyRefusesWhatDoesNotFit() {
        Tensor x = matrix(row(1, 2), row(3, 4));
        assertEquals(
                "crossEntropy: target 2 is none of the 2 classes, and not the -1 that leaves a row out",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> x.crossEntropy(new int[] {0, 2}, 0))
                        .getMessage());
        assertEquals(
                "crossEntropy: expected logits [3, classes] for as many targets, got [2, 2]",
                assertThrows(IllegalArgumentException.class, () -> x.crossEntropy(new int[3], 0))
                        .getMessage());
    }

    @Test
    void layerNormIsItsDefinition() {
        double[] x = {1, 2, 4, 9};
        double mean = 4;
        double deviation = Math.sqrt((9 + 4 + 0 + 25) / 4.0 + 0.5);
        Array y =
                matrix(x)
                        .layerNorm(Tensor.vector(1, 2, 3, 4), Tensor.vector(0, 0, 1, 1), 0.5)
                        .value();
        for (int i = 0; i < 4; i++) {
            assertEquals((x[i] - mean) / deviation * (i + 1) + (i < 2 ? 0 : 1), y.at(i), 1e-14);
        }
        double rms = Math.sqrt((1 + 4 + 16 + 81) / 4.0 + 0.5);
        Array z = matrix(x).rmsNorm(Tensor.vector(1, 2, 3, 4), 0.5).value();
        for (int i = 0; i < 4; i++) {
            assertEquals(x[i] / rms * (i + 1), z.at(i), 1e-14);
        }
        assertEquals(
                "layerNorm: rows of [1, 4] need gain and bias [4], got [3] and [4]",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        matrix(x)
                                                .layerNorm(
                                                        Tensor.vector(1, 2, 3),
                                                        Tensor.vector(1, 2, 3, 4),
                                                        1))
                        .getMessage());
    }

    /// With n = 10⁵ and p = 0.3 the share of zeros has a standard deviation of 0.00145: six of them
    /// are 0.0087. Each element is one chain of fused multiply-adds over ascending p that starts at
    /// the bias.
    @Test
    void linearHasTheBitsOfChainsThatStartAtTheBias() {
        RandomStream random = RandomStream.of(3);
        Array x = Array.zeros(DType.FLOAT64, Shape.of(2, 3, 5));
        Array w = Array.zeros(DType.FLOAT64, Shape.of(5, 4));
        Array b = Array.zeros(DType.FLOAT64, Shape.of(4));
        random.at("x").fillNormal(x, 0, 1);
        random.at("w").fillNormal(w, 0, 1);
        random.at("b").fillNormal(b, 0, 1);
        Array y = Tensor.of(x).linear(Tensor.of(w), Tensor.of(b)).value();
        assertEquals(Shape.of(2, 3, 4), y.shape());
        for (int i = 0; i < 2 * 3; i++) {
            for (int j = 0; j < 4; j++) {
                double chain = b.at(j);
                for (int p = 0; p < 5; p++) {
                    chain = Math.fma(x.at(i * 5 + p), w.get(p, j), chain);
                }
                assertEquals(chain, y.at(i * 4 + j));
            }
        }
    }

    @Test
    void linearRefusesWhatDoesNotFit() {
        Tensor x = matrix(row(1, 2, 3));
        Tensor w = matrix(row(1, 2), row(3, 4));
        assertEquals(
                "linear: expected x [.., in], weights [in, out] and a bias [out], got [1, 3], [2, 2] and [2]",
                assertThrows(IllegalArgumentException.class, () -> x.linear(w, Tensor.vector(1, 2)))
                        .getMessage());
    }

    /// What a mask drops it drops of the gradient, and it scales both alike.
    @Test
    void dropoutTreatsTheGradientAsTheValue() {
        Array ones = Array.full(DType.FLOAT64, Shape.of(100), 1);
        RandomStream key = RandomStream.of(4);
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(ones);
            Tensor y = x.dropout(0.3, key);
            assertEquals(y.value(), tape.gradient(y.sum(), x).value());
        }
    }

    @Test
    void dropoutDropsItsShareAndKeepsTheMean() {
        Tensor ones = Tensor.of(Array.full(DType.FLOAT32, Shape.of(100_000), 1));
        RandomStream key = RandomStream.of(1);
        Array y = ones.dropout(0.3, key).value();
        int zeros = 0;
        for (int i = 0; i < y.size(); i++) {
            zeros += y.at(i) == 0 ? 1 : 0;
            assertTrue(y.at(i) == 0 || y.at(i) == (float) (1 / 0.7), "element " + y.at(i));
        }
        assertEquals(0.3, zeros / 1e5, 0.0087);
        assertEquals(y, ones.dropout(0.3, key).value(), "the key alone decides");
        assertNotEquals(y, ones.dropout(0.3, key.at("other")).value());
        assertThrows(IllegalArgumentException.class, () -> ones.dropout(1, key));
    }
}
