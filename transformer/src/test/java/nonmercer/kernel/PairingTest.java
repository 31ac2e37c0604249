package nonmercer.kernel;

import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The numbers of a query and a key: coordinate by coordinate, all pairs, and row by row.
class PairingTest {
    /// Four terms of at most 40, each with four roundings, and squared norms of the same size.
    private static final double TOLERANCE = 8 * 8 * 40 * DType.FLOAT64.unitRoundoff();

    private static double naive(Pairing pairing, double[] q, double[] k) {
        double sum = 0;
        for (int l = 0; l < q.length; l++) {
            sum +=
                    switch (pairing) {
                        case DOT -> q[l] * k[l];
                        case SQUARED_DISTANCE -> Math.pow(q[l] - k[l], 2);
                        case L1_DISTANCE -> q[l] > k[l] ? q[l] - k[l] : k[l] - q[l];
                        case SUM_OF_MINIMA -> q[l] > k[l] ? k[l] : q[l];
                        case HARMONIC -> q[l] <= 0 || k[l] <= 0 ? 0 : 2 / (1 / q[l] + 1 / k[l]);
                    };
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    DOT,               3, -2, -6
                    SQUARED_DISTANCE,  3, -2, 25
                    L1_DISTANCE,       3, -2, 5
                    SUM_OF_MINIMA,     3, -2, -2
                    HARMONIC,          3, 6, 4
                    HARMONIC,          3, -2, 0
                    HARMONIC,          -3, 2, 0
                    HARMONIC,          0, 0, 0
                    HARMONIC,          0, 2, 0
                    HARMONIC,          2, 0, 0
                    HARMONIC,          -3, -2, 0
                    """)
    void aTermIsTheFormulaOfTwoCoordinates(Pairing pairing, double q, double k, double value) {
        assertEquals(value, pairing.term(q, k));
        assertEquals(value, pairing.at(new double[] {q}, new double[] {k}));
        assertEquals(2 * value, pairing.at(new double[] {q, k}, new double[] {k, q}));
        assertEquals(0, pairing.at(new double[0], new double[0]));
    }

    /// A harmonic mean of coordinates whose product or sum of reciprocals would overflow.
    @Test
    void aHarmonicMeanDoesNotOverflow() {
        assertEquals(1e300, Pairing.HARMONIC.term(1e300, 1e300), Math.ulp(1e300));
        assertEquals(1e-300, Pairing.HARMONIC.term(1e-300, 1e-300), Math.ulp(1e-300));
    }

    @ParameterizedTest
    @EnumSource(Pairing.class)
    void allPairsAreTheFormula(Pairing pairing) {
        Array q = normal("q", DType.FLOAT64, 2, 3, 4);
        Array k = normal("k", DType.FLOAT64, 2, 5, 4);
        Array all = pairing.of(Tensor.of(q), Tensor.of(k)).value();
        assertEquals(Shape.of(2, 3, 5), all.shape());
        for (int i = 0; i < all.size(); i++) {
            double[] x = row(q, i / 5);
            double[] y = row(k, i / 15 * 5 + i % 5);
            assertEquals(naive(pairing, x, y), all.at(i), TOLERANCE);
            assertEquals(naive(pairing, x, y), pairing.at(x, y), TOLERANCE);
        }
    }

    @ParameterizedTest
    @EnumSource(Pairing.class)
    void rowsAreTheDiagonalsOfAllPairs(Pairing pairing) {
        Array x = normal("q", DType.FLOAT64, 2, 3, 4);
        Array y = normal("k", DType.FLOAT64, 2, 3, 4);
        Tensor q = Tensor.of(x);
        Array apart = pairing.ofRows(q, Tensor.of(y)).value();
        Array same = pairing.ofRows(q, q).value();
        Array equal = pairing.ofRows(q, Tensor.of(x)).value();
        assertEquals(Shape.of(2, 3), apart.shape());
        assertEquals(Shape.of(2, 3), same.shape());
        for (int i = 0; i < 6; i++) {
            assertEquals(naive(pairing, row(x, i), row(y, i)), apart.at(i), TOLERANCE);
            assertEquals(naive(pairing, row(x, i), row(x, i)), same.at(i), TOLERANCE);
            assertEquals(naive(pairing, row(x, i), row(x, i)), equal.at(i), TOLERANCE);
        }
    }

    @ParameterizedTest
    @EnumSource(Pairing.class)
    void pointsOfTwoWidthsAreNoRows(Pairing pairing) {
        Tensor q = Tensor.of(normal("q", DType.FLOAT64, 2, 3));
        Tensor k = Tensor.of(normal("k", DType.FLOAT64, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> pairing.ofRows(q, k));
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> pairing.at(new double[3], new double[1]));
        assertEquals(
                "the pairing "
                        + pairing.symbol()
                        + " needs a query and a key of one length, got 3 and 1",
                e.getMessage());
    }
}
