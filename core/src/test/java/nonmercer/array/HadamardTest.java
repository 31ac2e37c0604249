package nonmercer.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class HadamardTest {
    @Test
    void fourByHand() {
        Array x = Array.matrix(new double[][] {{1, 2, 3, 4}, {1, 0, 0, 0}});
        Array y = Array.zeros(DType.FLOAT64, x.shape());
        Hadamard.transform(x, y);
        assertArrayEquals(new double[] {10, -2, -4, 0, 1, 1, 1, 1}, y.toDoubles());
        assertEquals(1, x.at(0));
    }

    /// `H H = n I`, exactly for small integers; enough rows for several tasks.
    @Test
    void twiceIsNTimes() {
        int n = 1 << 12;
        double[] v = new double[32 * n];
        for (int i = 0; i < v.length; i++) {
            v[i] = i % 17 - 8;
        }
        for (DType dtype : DType.values()) {
            Array x = Array.of(Shape.of(4, 8, n), v).cast(dtype);
            Array y = Array.zeros(dtype, x.shape());
            Hadamard.transform(x, y);
            Hadamard.transform(y, y);
            double[] twice = y.toDoubles();
            for (int i = 0; i < v.length; i++) {
                assertEquals(n * v[i], twice[i]);
            }
        }
    }

    @Test
    void otherLengthsAreRefused() {
        Array x = Array.zeros(DType.FLOAT32, Shape.of(2, 12));
        var e = assertThrows(IllegalArgumentException.class, () -> Hadamard.transform(x, x));
        assertEquals(
                "hadamard: expected rows of a power of two elements, got [2, 12]; pad them with zeros",
                e.getMessage());
    }
}
