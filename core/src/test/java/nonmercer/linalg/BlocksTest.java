package nonmercer.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.lanes.DoubleTiles;
import nonmercer.lanes.FloatTiles;
import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.Test;

/// Blocks as small as the product's code allows, so that small matrices cross many of their edges,
/// with the tiles of the machine and with those of the definition.
final class BlocksTest {
    @Property(tries = 400)
    void noBlockChangesABit(
            @ForAll @IntRange(min = 1, max = 90) int m,
            @ForAll @IntRange(min = 1, max = 90) int n,
            @ForAll @IntRange(min = 1, max = 40) int k,
            @ForAll Transpose ta,
            @ForAll Transpose tb,
            @ForAll @IntRange(min = 1, max = 20) int depth,
            @ForAll @IntRange(min = 1, max = 3) int panels,
            @ForAll boolean accumulate,
            @ForAll boolean definition,
            @ForAll long seed) {
        DoubleTiles doubles = definition ? DoubleTiles.definition() : DoubleTiles.chosen();
        FloatTiles floats = definition ? FloatTiles.definition() : FloatTiles.chosen();
        for (DType type : DType.values()) {
            Array a =
                    MatMulTest.random(
                            ta == Transpose.PLAIN ? Shape.of(m, k) : Shape.of(k, m), type, seed);
            Array b =
                    MatMulTest.random(
                            tb == Transpose.PLAIN ? Shape.of(k, n) : Shape.of(n, k),
                            type,
                            seed + 1);
            Array c = MatMulTest.random(Shape.of(m, n), type, seed + 2);
            Array start = accumulate ? c : Array.zeros(type, c.shape());
            Array expected = MatMulTest.chains(a, ta, b, tb, start);
            Extents e = Extents.of(m, n, k, ta, tb, accumulate ? 2 : 0);
            if (type == DType.FLOAT64) {
                Blocks blocks = new Blocks(depth, panels * 2 * doubles.lanes(), 32);
                new DoubleProduct(doubles, blocks)
                        .multiply(
                                e,
                                a.doubles(),
                                0,
                                b.doubles(),
                                0,
                                accumulate ? c.doubles() : new double[1],
                                0,
                                c.doubles(),
                                0);
            } else {
                Blocks blocks = new Blocks(depth, panels * 2 * floats.lanes(), 32);
                new FloatProduct(floats, blocks)
                        .multiply(
                                e,
                                a.floats(),
                                0,
                                b.floats(),
                                0,
                                accumulate ? c.floats() : new float[1],
                                0,
                                c.floats(),
                                0);
            }
            assertEquals(expected, c);
        }
    }

    /// The strips of a transposed A that all threads turn, and the depths they are cut into: the
    /// last of both is shorter or longer.
    @Property(tries = 12)
    void noStripTurnedByAllThreadsChangesABit(
            @ForAll @IntRange(min = 400, max = 460) int m,
            @ForAll Transpose tb,
            @ForAll boolean accumulate,
            @ForAll @IntRange(min = 2, max = 5) int threads,
            @ForAll long seed) {
        int n = 263;
        int k = 170;
        Array a = MatMulTest.random(Shape.of(k, m), DType.FLOAT64, seed);
        Array b =
                MatMulTest.random(
                        tb == Transpose.PLAIN ? Shape.of(k, n) : Shape.of(n, k),
                        DType.FLOAT64,
                        seed + 1);
        Array c = MatMulTest.random(Shape.of(m, n), DType.FLOAT64, seed + 2);
        Array start = accumulate ? c : Array.zeros(DType.FLOAT64, c.shape());
        Array expected = MatMulTest.chains(a, Transpose.TRANSPOSED, b, tb, start);
        Extents e = Extents.of(m, n, k, Transpose.TRANSPOSED, tb, accumulate ? 2 : 0);
        double[] s = accumulate ? c.doubles() : new double[1];
        DoubleProduct product = new DoubleProduct(DoubleTiles.chosen(), new Blocks(64, 96, 128));
        int before = Parallel.threads();
        Parallel.threads(threads);
        try {
            product.multiply(e, a.doubles(), 0, b.doubles(), 0, s, 0, c.doubles(), 0);
        } finally {
            Parallel.threads(before);
        }
        assertEquals(expected, c);
    }

    @Test
    void blocksFitSomeCache() {
        for (DType type : DType.values()) {
            Blocks blocks = Blocks.of(type.bytes());
            assertTrue(blocks.depth() >= 64 && blocks.depth() % 64 == 0);
            assertTrue(blocks.columns() >= 64 && blocks.columns() % 64 == 0);
        }
    }
}
