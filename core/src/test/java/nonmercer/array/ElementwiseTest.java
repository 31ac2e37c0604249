package nonmercer.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Unary;
import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.Test;

final class ElementwiseTest {
    @Property(tries = 400)
    void binaryBroadcastsAsDefined(
            @ForAll long seed,
            @ForAll @IntRange(max = 4) int rank,
            @ForAll DType type,
            @ForAll Binary f) {
        Random random = new Random(seed);
        Shape wide = Numbers.shape(random, rank, 20);
        Array a = Numbers.gaussian(type, Numbers.narrowed(wide, random), seed + 1);
        Array b =
                Numbers.gaussian(
                        type,
                        random.nextBoolean() ? wide : Numbers.narrowed(wide, random),
                        seed + 2);
        Shape shape = Shape.broadcast(a.shape(), b.shape());
        Array out = Array.full(type, shape, Double.NaN);
        Elementwise.binary(f, a, b, out);
        for (int i = 0; i < out.size(); i++) {
            int[] index = Numbers.index(shape, i);
            assertEquals(
                    one(f, Numbers.broadcast(a, index), Numbers.broadcast(b, index), type),
                    out.at(i));
        }
    }

    /// The operation on two arrays of one element each.
    private static double one(Binary f, double a, double b, DType type) {
        Array out = Array.scalar(type, Double.NaN);
        Elementwise.binary(f, Array.scalar(type, a), Array.scalar(type, b), out);
        return out.item();
    }

    @Property(tries = 200)
    void selectAndCopyBroadcastAsDefined(
            @ForAll long seed, @ForAll @IntRange(max = 4) int rank, @ForAll DType type) {
        Random random = new Random(seed);
        Shape shape = Numbers.shape(random, rank, 12);
        Array mask = Numbers.whole(type, Numbers.narrowed(shape, random), seed);
        Elementwise.unary(Unary.STEP, mask, mask);
        Array a = Numbers.gaussian(type, Numbers.narrowed(shape, random), seed + 1);
        Array b = Numbers.gaussian(type, shape, seed + 2);
        Array chosen = Array.full(type, shape, Double.NaN);
        Elementwise.select(mask, a, b, chosen);
        Array copy = Array.full(type, shape, Double.NaN);
        Elementwise.copy(a, copy);
        for (int i = 0; i < shape.size(); i++) {
            int[] index = Numbers.index(shape, i);
            double expected =
                    Numbers.broadcast(mask, index) != 0 ? Numbers.broadcast(a, index) : b.at(i);
            assertEquals(expected, chosen.at(i));
            assertEquals(Numbers.broadcast(a, index), copy.at(i));
        }
    }

    @Property(tries = 50)
    void affineAddScaledAndFillAreTheirFormulas(
            @ForAll long seed, @ForAll @IntRange(max = 40_000) int n) {
        Array x = Numbers.gaussian(DType.FLOAT64, Shape.of(n), seed);
        Array out = Array.zeros(DType.FLOAT64, x.shape());
        Elementwise.affine(x, 3, -0.5, out);
        Array sum = Array.zeros(DType.FLOAT64, x.shape());
        Elementwise.fill(sum, 2);
        Elementwise.addScaled(0.25, x, sum);
        for (int i = 0; i < n; i++) {
            assertEquals(Math.fma(3, x.at(i), -0.5), out.at(i));
            assertEquals(Math.fma(0.25, x.at(i), 2), sum.at(i));
        }
    }

    /// Large arrays, cut into chunks, have the bits of one thread at any number of threads.
    @Test
    void bitsDoNotDependOnThreads() {
        int before = Parallel.threads();
        Array x = Numbers.gaussian(DType.FLOAT32, Shape.of(300, 701), 1);
        Array row = Numbers.gaussian(DType.FLOAT32, Shape.of(701), 2);
        Array[] first = new Array[3];
        try {
            for (int threads : new int[] {1, 2, 3, 7}) {
                Parallel.threads(threads);
                Array[] now = {x.copy(), x.copy(), x.copy()};
                Elementwise.unary(Unary.EXP, x, now[0]);
                Elementwise.binary(Binary.DIVIDE, row, x, now[1]);
                Elementwise.binary(Binary.POWER, x, Array.scalar(DType.FLOAT32, 1.5), now[2]);
                for (int i = 0; i < now.length; i++) {
                    first[i] = threads == 1 ? now[i] : first[i];
                    assertEquals(first[i], now[i]);
                }
            }
        } finally {
            Parallel.threads(before);
        }
    }

    /// Of a long array too, whose tasks begin with cache lines.
    @Test
    void everyElementOfALongArrayIsWritten() {
        for (DType type : DType.values()) {
            for (int n : new int[] {(1 << 20) / type.bytes(), (1 << 23) / type.bytes() + 77}) {
                Array x = Array.full(type, Shape.of(n), 3);
                Array out = Array.full(type, Shape.of(n), Double.NaN);
                Elementwise.affine(x, 2, 1, out);
                assertEquals(Array.full(type, Shape.of(n), 7), out);
            }
        }
    }

    @Test
    void misfitsAreRefusedInASentence() {
        Array a = Array.matrix(new double[] {1, 2}, new double[] {3, 4});
        Array b = Array.vector(1, 2, 3);
        assertEquals(
                "add: shapes [2, 2] and [3] do not broadcast: axis -1 is 2 in one and 3 in the other",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Elementwise.binary(Binary.ADD, a, b, a))
                        .getMessage());
        assertEquals(
                "add: expected arrays of one type, got float64[2, 2] and float32[2, 2]; use cast",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Elementwise.binary(Binary.ADD, a, a.cast(DType.FLOAT32), a))
                        .getMessage());
        assertEquals(
                "exp: expected an output of shape [2, 2], got [3]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Elementwise.unary(Unary.EXP, a, b))
                        .getMessage());
        assertEquals(
                "add: the operands [[2, 2], [2, 2]] do not give the output's shape [3]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Elementwise.binary(Binary.ADD, a, a, b))
                        .getMessage());
    }
}
