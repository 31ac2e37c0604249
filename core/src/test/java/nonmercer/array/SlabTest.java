package nonmercer.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SlabTest {
    @Test
    void theNextStepGetsTheSameBuffers() {
        Slab slab = Slab.create();
        float[] first = slab.fresh(DType.FLOAT32, Shape.of(3, 100)).floats();
        float[] second = slab.fresh(DType.FLOAT32, Shape.of(300)).floats();
        assertNotSame(first, second);
        long bytes = slab.bytes();
        slab.reset();
        assertSame(first, slab.fresh(DType.FLOAT32, Shape.of(300)).floats());
        assertSame(second, slab.fresh(DType.FLOAT32, Shape.of(100, 3)).floats());
        assertEquals(bytes, slab.bytes());
    }

    @Test
    void anArrayIsStaleOnceItsStepEnded() {
        Slab slab = Slab.create();
        Array a = slab.fresh(DType.FLOAT64, Shape.of(2));
        Array kept = a.copy();
        Array view = a.reshape(Shape.of(2, 1));
        slab.reset();
        String sentence =
                "a float64 array of shape [2] is used after its buffer was taken back, at the end of its"
                        + " step or, for a gradient on its way, once it had been used; copy() what"
                        + " must outlive that";
        assertEquals(sentence, assertThrows(IllegalStateException.class, a::doubles).getMessage());
        assertThrows(IllegalStateException.class, view::toDoubles);
        assertThrows(IllegalStateException.class, () -> a.at(0));
        assertEquals(2, kept.toDoubles().length);
    }

    @Test
    void aPoisonedSlabShowsAReadBeforeAWrite() {
        Slab slab = Slab.poisoned();
        Array a = slab.fresh(DType.FLOAT32, Shape.of(5));
        assertTrue(Float.isNaN(a.floats()[4]));
        a.floats()[4] = 1;
        slab.reset();
        assertTrue(Float.isNaN(slab.fresh(DType.FLOAT32, Shape.of(5)).floats()[4]));
    }

    @Test
    void aBufferThatNobodySeesIsLentAgainWithinTheStep() {
        Slab slab = Slab.poisoned();
        Array before = slab.fresh(DType.FLOAT32, Shape.of(5));
        int mark = slab.mark();
        Array seenTwice = slab.fresh(DType.FLOAT32, Shape.of(5));
        Array unseen = slab.fresh(DType.FLOAT32, Shape.of(5));
        float[] first = seenTwice.floats();
        float[] second = unseen.floats();
        Slab.hold(before);
        Slab.hold(seenTwice);
        assertTrue(slab.onlyOneSees(seenTwice, mark));
        assertFalse(slab.onlyOneSees(before, mark), "it was lent before the mark");
        Slab.hold(seenTwice.reshape(Shape.of(5, 1)));
        assertFalse(slab.onlyOneSees(seenTwice, mark));
        slab.takeBackUnheld(mark);
        assertThrows(IllegalStateException.class, unseen::floats);
        assertTrue(Float.isNaN(second[0]));
        slab.letGo(seenTwice, mark);
        assertSame(first, seenTwice.floats());
        slab.letGo(seenTwice.reshape(Shape.of(1, 5)), mark);
        assertThrows(IllegalStateException.class, seenTwice::floats);
        slab.letGo(before, mark);
        assertNotSame(first, before.floats()); // lent before the mark, it stays
        assertSame(first, slab.fresh(DType.FLOAT32, Shape.of(7)).floats());
        assertSame(second, slab.fresh(DType.FLOAT32, Shape.of(7)).floats());
    }

    /// No two arrays of a step share a buffer, each holds its elements, and at most a quarter of a
    /// buffer above the smallest, 64 elements, is unused.
    @Property(tries = 200)
    void buffersAreLargeEnoughApartAndNotMuchLarger(@ForAll long seed) {
        Random random = new Random(seed);
        Slab slab = Slab.create();
        for (int step = 0; step < 3; step++) {
            Set<Object> lent = Collections.newSetFromMap(new IdentityHashMap<>());
            for (int i = 0; i < 20; i++) {
                int n = random.nextInt(1 << random.nextInt(1, 14));
                float[] buffer = slab.fresh(DType.FLOAT32, Shape.of(n)).floats();
                assertTrue(buffer.length >= n);
                assertTrue(buffer.length <= Math.max(64, n + n / 4 + 1), n + ": " + buffer.length);
                assertTrue(lent.add(buffer));
            }
            slab.reset();
        }
    }
}
