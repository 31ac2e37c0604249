package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.array.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesTest {
    private final Array z = Array.matrix(new double[] {1, 2, 3}, new double[] {4, 5, 6});

    @Test
    void allPairsGoRowByRow() {
        Responses all = Responses.all(z);
        assertEquals(2, all.rows());
        assertEquals(3, all.columns());
        assertEquals(6, all.size());
        assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1}, all.rowIndex());
        assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2}, all.columnIndex());
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, all.values());
        assertEquals(1, all.row(4));
        assertEquals(2, all.column(5));
        assertEquals(5, all.value(4));
        assertTrue(all.complete());
    }

    @Test
    void observedPairsMayBeInAnyOrderAndTwice() {
        Responses some = Responses.observed(2, 3, ints(1, 0, 1), ints(2, 0, 2), numbers(7, 8, 9));
        assertEquals(3, some.size());
        assertEquals(1, some.row(2));
        assertEquals(2, some.column(0));
        assertEquals(9, some.value(2));
        assertFalse(some.complete());
    }

    @ParameterizedTest
    @CsvSource({"0 0 1 1, 0 1 0 1, true", "0 0 1 1, 1 0 0 1, false", "0 1 0 1, 0 1 1 0, false"})
    void completeIsOncePerPairInTheOrderOfTheMatrix(String rows, String columns, boolean complete) {
        Responses four = Responses.observed(2, 2, split(rows), split(columns), numbers(1, 2, 3, 4));
        assertEquals(complete, four.complete());
    }

    private static int[] split(String text) {
        return java.util.Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    @Test
    void observedArraysAreCopied() {
        int[] row = {0};
        int[] column = {0};
        double[] value = {1};
        Responses one = Responses.observed(1, 1, row, column, value);
        row[0] = column[0] = 5;
        value[0] = 5;
        assertEquals(0, one.row(0));
        assertEquals(0, one.column(0));
        assertEquals(1, one.value(0));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "2, 0", "0, -1", "0, 3"})
    void pairsOutsideAreRefused(int row, int column) {
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                Responses.observed(
                                        2, 3, ints(0, row), ints(0, column), numbers(1, 1)));
        assertEquals(
                "response 1 is for the pair ("
                        + row
                        + ", "
                        + column
                        + "), outside 2 queries and 3 keys",
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void responsesAreFinite(double value) {
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Responses.observed(1, 1, ints(0), ints(0), numbers(value)));
        assertEquals(
                "response 0 is " + value + "; a response must be finite", refused.getMessage());
    }

    @Test
    void textHasTheSizesAndAFewValues() {
        assertEquals(
                "6 responses of 2 queries and 3 keys [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]",
                Responses.all(z).toString());
        double[] eight = {1, 2, 3, 4, 5, 6, 7, 8};
        assertTrue(Responses.all(Array.matrix(eight)).toString().endsWith("7.0, 8.0]"));
        double[] nine = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        assertEquals(
                "9 responses of 1 queries and 9 keys ",
                Responses.all(Array.matrix(nine)).toString());
    }

    private static int[] ints(int... all) {
        return all;
    }

    private static double[] numbers(double... all) {
        return all;
    }
}
