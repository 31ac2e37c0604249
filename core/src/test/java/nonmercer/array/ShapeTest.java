package nonmercer.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShapeTest {
    private static final Shape S = Shape.of(2, 3, 4);

    @Test
    void axesCountFromEitherEnd() {
        assertEquals(4, S.dim(-1));
        assertEquals(2, S.dim(0));
        assertEquals(2, S.outer(1));
        assertEquals(4, S.inner(1));
        assertEquals(24, S.size());
        assertEquals(1, Shape.SCALAR.size());
        assertEquals(0, Shape.of(3, 0).size());
    }

    @Test
    void shapesAreMadeOfShapes() {
        assertEquals(Shape.of(2, 5, 4), S.with(1, 5));
        assertEquals(Shape.of(2, 4), S.without(-2));
        assertEquals(Shape.of(2, 3, 4, 5, 6), S.append(5, 6));
        assertEquals(Shape.of(2), S.first(1));
        assertEquals(Shape.of(4, 2, 3), S.permute(2, 0, 1));
        assertArrayEquals(new int[] {2, 3, 4}, S.extents());
        assertEquals("[2, 3, 4]", S.toString());
    }

    @Test
    void extentsOfOneStretch() {
        assertEquals(Shape.of(2, 3, 4), Shape.broadcast(Shape.of(2, 1, 4), Shape.of(3, 1)));
        assertEquals(Shape.of(0, 3), Shape.broadcast(Shape.of(1, 3), Shape.of(0, 1)));
        assertEquals(S, Shape.broadcast(S, Shape.SCALAR));
    }

    /// Broadcasting does not ask for an order, and a shape changes nothing of itself.
    @Property
    void broadcastingIsSymmetricAndIdempotent(
            @ForAll @Size(max = 4) List<@IntRange(min = 0, max = 4) Integer> extents,
            @ForAll @IntRange(min = 0, max = 15) int ones,
            @ForAll @IntRange(min = 0, max = 4) int rank) {
        int[] a = extents.stream().mapToInt(i -> i).toArray();
        int from = Math.min(rank, a.length);
        int[] b = new int[a.length - from];
        for (int i = 0; i < b.length; i++) {
            b[i] = (ones >> i & 1) == 1 ? 1 : a[from + i];
        }
        Shape x = Shape.of(a);
        Shape y = Shape.of(b);
        assertEquals(x, Shape.broadcast(x, y));
        assertEquals(x, Shape.broadcast(y, x));
        assertEquals(y, Shape.broadcast(y, y));
    }

    @Test
    void whatCannotBeIsRefusedInASentence() {
        refused("shape [2, -1] has a negative extent", () -> Shape.of(2, -1));
        refused(
                "shape [65536, 65536] has more than 2^31 - 64 elements, the most one array holds",
                () -> Shape.of(1 << 16, 1 << 16));
        refused("axis 3 does not exist in shape [2, 3, 4]", () -> S.dim(3));
        refused(
                "permute: [0, 0, 1] is not an order of the 3 axes of [2, 3, 4]",
                () -> S.permute(0, 0, 1));
        refused(
                "shapes [2, 3] and [2] do not broadcast: axis -1 is 3 in one and 2 in the other",
                () -> Shape.broadcast(Shape.of(2, 3), Shape.of(2)));
    }

    private static void refused(String sentence, Runnable call) {
        assertEquals(
                sentence, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
