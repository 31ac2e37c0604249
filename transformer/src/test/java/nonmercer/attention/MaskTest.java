package nonmercer.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.array.Slab;
import nonmercer.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class MaskTest {
    private static Tensor scores(DType dtype, int... extents) {
        return Tensor.of(Array.zeros(dtype, Shape.of(extents)));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aTableSaysWhoSeesWhom(
            @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @IntRange(min = 1, max = 5) int m,
            @ForAll @IntRange(max = 5) int first,
            @ForAll @IntRange(max = 5) int second) {
        int a = Math.min(first, m);
        int b = Math.min(second, m);
        Mask lengths = Mask.lengths(a, b);
        Mask both = Mask.causal().and(lengths);
        Array causalTable = Mask.causal().table(scores(DType.FLOAT32, 2, 3, n, m));
        Array lengthsTable = lengths.table(scores(DType.FLOAT64, 2, 3, n, m));
        Array bothTable = both.table(scores(DType.FLOAT64, 2, 3, n, m));
        assertEquals(Shape.of(n, m), causalTable.shape());
        assertEquals(Shape.of(2, 1, n, m), lengthsTable.shape());
        assertEquals(Shape.of(2, 1, n, m), bothTable.shape());
        assertEquals(DType.FLOAT32, causalTable.dtype());
        for (int s = 0; s < 2; s++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    // The last query stands where the last key stands.
                    boolean past = n - i <= m - j;
                    boolean inside = j < (s == 0 ? a : b);
                    assertEquals(past ? 1 : 0, causalTable.get(i, j));
                    assertEquals(inside ? 1 : 0, lengthsTable.get(s, 0, i, j));
                    assertEquals(past && inside ? 1 : 0, bothTable.get(s, 0, i, j));
                    assertTrue(Mask.none().sees(s, i, n, j, m));
                }
            }
        }
    }

    @Test
    void nothingHiddenAddsNothing() {
        assertSame(Mask.none().and(Mask.none()).getClass(), Mask.none().getClass());
        assertEquals(Mask.causal(), Mask.none().and(Mask.causal()));
        assertEquals(Mask.causal(), Mask.causal().and(Mask.none()));
        assertEquals(Mask.lengths(1, 2), Mask.lengths(1, 2));
        assertFalse(Mask.causal().and(Mask.causal()).perSequence());
    }

    @Test
    void lengthsAreCopiedInAndOut() {
        int[] lengths = {2, 1};
        Mask.Lengths mask = new Mask.Lengths(lengths);
        lengths[0] = 0;
        mask.lengths()[1] = 0;
        assertArrayEquals(new int[] {2, 1}, mask.lengths());
        assertEquals("Lengths[2, 1]", mask.toString());
    }

    @Test
    void aTableLivesWhereItsScoresLive() {
        Slab slab = Slab.poisoned();
        Tensor scores = Tensor.of(slab.fresh(DType.FLOAT32, Shape.of(1, 1, 3, 4)));
        Array table = Mask.causal().table(scores);
        assertSame(slab, table.slab());
        assertArrayEquals(new double[] {1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1}, table.toDoubles());
    }

    @Test
    void aMaskForAnotherBatchIsRefused() {
        assertEquals(
                "the mask gives the lengths of 2 sequences, the batch has 3",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Mask.lengths(1, 1).table(scores(DType.FLOAT64, 3, 1, 2, 2)))
                        .getMessage());
        assertEquals(
                "the mask gives a sequence the length 5, there are 4 keys",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        Mask.lengths(1, 5)
                                                .and(Mask.causal())
                                                .table(scores(DType.FLOAT64, 2, 1, 2, 4)))
                        .getMessage());
        assertEquals(
                "a sequence cannot have the length -1",
                assertThrows(IllegalArgumentException.class, () -> Mask.lengths(3, -1))
                        .getMessage());
    }
}
