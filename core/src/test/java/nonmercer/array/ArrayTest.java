package nonmercer.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ArrayTest {
    private static final Array TABLE = Array.matrix(new double[][] {{1, 2, 3}, {4, 5, 6}});

    @Test
    void elementsAreInRowMajorOrder() {
        assertEquals(Shape.of(2, 3), TABLE.shape());
        assertEquals(6, TABLE.get(1, 2));
        assertEquals(4, TABLE.at(3));
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, TABLE.toDoubles());
        assertEquals("float64[2, 3] [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]", TABLE.toString());
        assertEquals("float32[9, 9]", Array.zeros(DType.FLOAT32, Shape.of(9, 9)).toString());
    }

    @Test
    void whatGoesInAndWhatComesOutIsCopied() {
        double[] values = {1, 2};
        Array a = Array.vector(values);
        values[0] = 7;
        a.toDoubles()[1] = 7;
        assertEquals(Array.vector(1, 2), a);
        assertNotSame(a.doubles(), a.copy().doubles());
    }

    @Test
    void viewsShareTheNumbers() {
        assertSame(TABLE.doubles(), TABLE.reshape(Shape.of(3, 2)).doubles());
        assertEquals(4, TABLE.reshape(Shape.of(3, 2)).get(1, 1));
        assertEquals(Array.matrix(new double[][] {{1, 2, 3}}), TABLE.leading(1));
        assertEquals(Shape.of(0, 3), TABLE.leading(0).shape());
        assertSame(TABLE, TABLE.leading(2));
    }

    /// Every float is a double, and rounding to float is that of the language.
    @Property
    void aCastRoundsToNearest(@ForAll double value) {
        Array rounded = Array.vector(value).cast(DType.FLOAT32);
        assertEquals((float) value, (float) rounded.item());
        assertEquals((double) (float) value, rounded.cast(DType.FLOAT64).item());
    }

    @Test
    void equalityIsOfTypeShapeAndBits() {
        assertEquals(Array.vector(Double.NaN), Array.vector(Double.NaN));
        assertNotEquals(Array.vector(0.0), Array.vector(-0.0));
        assertNotEquals(Array.vector(1, 2), Array.vector(1, 2).reshape(Shape.of(2, 1)));
        assertNotEquals(Array.vector(1), Array.vector(1).cast(DType.FLOAT32));
        assertEquals(Array.vector(1, 2).hashCode(), Array.vector(1, 2).hashCode());
    }

    @Test
    void whatCannotBeIsRefusedInASentence() {
        refused("shape [2, 2] holds 4 values, got 3", () -> Array.of(Shape.of(2, 2), 1.0, 2.0, 3));
        refused(
                "matrix: row 1 has 1 values, row 0 has 2",
                () -> Array.matrix(new double[][] {{1, 2}, {3}}));
        refused("get: index [0, 3] is outside shape [2, 3]", () -> TABLE.get(0, 3));
        refused("get: index [0] has 1 numbers for shape [2, 3]", () -> TABLE.get(0));
        refused("item: shape [2, 3] has 6 elements, not one", TABLE::item);
        refused("reshape: [2, 3] has 6 elements, [4] has 4", () -> TABLE.reshape(Shape.of(4)));
        refused(
                "leading: shape [2, 3] has no 3 entries along its first axis",
                () -> TABLE.leading(3));
        refused("expected a float32 array, got float64 [2, 3]; use cast(FLOAT32)", TABLE::floats);
    }

    private static void refused(String sentence, Runnable call) {
        assertEquals(
                sentence, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
