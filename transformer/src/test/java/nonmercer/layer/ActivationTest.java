package nonmercer.layer;

import static nonmercer.kernel.Sample.assertWithin;

import nonmercer.array.Array;
import nonmercer.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class ActivationTest {
    private static final Tensor X = Tensor.vector(-2, -1, 0, 1, 3);

    /// The table's last digit.
    private static final double[] DIGITS = {1e-15, 1e-15, 0, 1e-15, 4e-15};

    private static void assertValues(Activation f, double... expected) {
        Array y = f.of(X).value();
        assertWithin(DIGITS, expected, y);
    }

    @Test
    void reluKeepsWhatIsPositive() {
        assertValues(Activation.RELU, 0, 0, 0, 1, 3);
    }

    @Test
    void geluWeighsByTheNormalDistribution() {
        // x Φ(x), with Φ(-2) = 0.0227501…, Φ(1) = 0.8413447…, Φ(3) = 0.9986501…
        assertValues(
                Activation.GELU,
                -2 * 0.02275013194817921,
                0.8413447460685429 - 1,
                0,
                0.8413447460685429,
                3 * 0.9986501019683699);
    }

    @Test
    void itsTanhFormIsTheFormula() {
        double[] expected = new double[5];
        for (int i = 0; i < 5; i++) {
            double x = X.value().at(i);
            expected[i] =
                    x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
        }
        assertValues(Activation.GELU_TANH, expected);
    }
}
