package nonmercer.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import nonmercer.array.Array;
import nonmercer.array.Memory;
import org.junit.jupiter.api.Test;

class CheckingEngineTest {
    private static Tape checking() {
        return Tape.open(Memory.HEAP, new CheckingEngine());
    }

    private static void refused(String message, Runnable what) {
        assertEquals(message, assertThrows(ArithmeticException.class, what::run).getMessage());
    }

    @Test
    void theFirstOpThatMakesNaNIsNamed() {
        try (Tape tape = checking()) {
            Tensor x = tape.watch(Array.vector(4, 0, 9)).plus(-1);
            refused(
                    "the result of Sqrt, shape [3], holds NaN at position 1, though its inputs are finite (operation 2)",
                    x::sqrt);
        }
    }

    @Test
    void anInputThatIsNotANumberIsNamed() {
        try (Tape tape = checking()) {
            Tensor x = tape.watch(Array.vector(1, Double.NEGATIVE_INFINITY, Double.NaN));
            refused("input 0 of Exp, shape [3], holds NaN at position 2 (operation 1)", x::exp);
        }
    }

    @Test
    void anOverflowIsNamed() {
        try (Tape tape = checking()) {
            Tensor x = tape.watch(Array.vector(1, 1000));
            refused(
                    "the result of Exp, shape [2], holds Infinity at position 1, though its inputs are finite (operation 1)",
                    x::exp);
        }
    }

    @Test
    void infinitiesThatCancelAreNamed() {
        try (Tape tape = checking()) {
            Tensor x = tape.watch(Array.vector(1, Double.POSITIVE_INFINITY));
            refused(
                    "the result of Subtract, shape [2], holds NaN at position 1 (operation 1)",
                    () -> x.sub(x));
        }
    }

    @Test
    void aMaskOfInfinitiesIsAllowed() {
        try (Tape tape = checking()) {
            Tensor x = tape.watch(Array.vector(1, 2));
            Tensor masked = x.add(Tensor.vector(0, Double.NEGATIVE_INFINITY)).softmax();
            assertEquals(Array.vector(1, 0), masked.value());
            assertEquals(
                    Array.vector(0, 0),
                    tape.gradient(masked.mul(Tensor.vector(1, 2)).sum(), x).value());
        }
    }

    @Test
    void aGradientThatGoesBadIsNamed() {
        try (Tape tape = checking()) {
            Tensor x = tape.watch(Array.vector(4, 1e-320)); // ln is finite there, 1/x is not
            refused(
                    "the gradient with respect to input 0 of Log, shape [2], holds Infinity at position 1, though the"
                            + " gradient of its result is finite",
                    () -> tape.gradient(x.log().sum(), x));
        }
    }
}
