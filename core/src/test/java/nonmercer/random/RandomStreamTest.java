package nonmercer.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.Test;

/// Each statistical test would fail a perfect generator with probability 10⁻⁹ over the choice of
/// its seed; the seeds are fixed, so a test that passed passes for ever.
final class RandomStreamTest {
    private static final double Z = 6.11; // P(|normal| > 6.11) = 10⁻⁹
    private static final double CHI2_255 = 414.6; // P(chi² with 255 degrees > 414.6) = 10⁻⁹
    private static final double CHI2_119 = 236.0;

    /// The known answers that Random123 publishes for philox4x32-10 (kat_vectors).
    @Test
    void philoxGivesThePublishedAnswers() {
        long[] out = new long[2];
        Philox.block(0, 0, 0, out);
        assertArrayEquals(new long[] {0xe169c58d6627e8d5L, 0x9b00dbd8bc57ac4cL}, out);
        Philox.block(-1, -1, -1, out);
        assertArrayEquals(new long[] {0x41c83b0e408f276dL, 0x6d5451fda20bc7c6L}, out);
        Philox.block(0x299f31d0a4093822L, 0x85a308d3243f6a88L, 0x0370734413198a2eL, out);
        assertArrayEquals(new long[] {0x94fdccebd16cfe09L, 0x24126ea15001e420L}, out);
    }

    /// Exact values to 16 digits; the algorithm promises about 10⁻¹⁶, evaluation adds a few
    /// roundings of the ~20 it makes.
    @Test
    void normalQuantilesAreExact() {
        double[][] known = {
            {0.5, 0},
            {0.25, -0.6744897501960817},
            {0.1, -1.2815515655446004},
            {0.075, -1.439531470938456},
            {0.01, -2.326347874040841},
            {1e-5, -4.264890793922825},
            {1e-12, -7.034483825301131},
            {1e-20, -9.262340089798409},
            {0.925, 1.4395314709384563},
            {0.999, 3.090232306167813},
        };
        for (double[] k : known) {
            assertEquals(
                    k[1],
                    Normal.quantile(k[0]),
                    20 * 0x1p-53 * Math.abs(k[1]),
                    "quantile of " + k[0]);
        }
    }

    /// Pins the derivation of names and the order of the words: a change here changes every model's
    /// initial weights.
    @Test
    void theStreamsOfASeedStayWhatTheyAre() {
        RandomStream s = RandomStream.of(42).at("encoder/0");
        long[] first = {s.nextLong(), s.nextLong(), s.nextLong()};
        assertArrayEquals(
                new long[] {0x88a19e2e00de3e04L, 0xfc4466b2231a98b9L, 0xaa692779cd7a5bb2L}, first);
    }

    @Property(tries = 100)
    void aNameIsAllThatMatters(@ForAll long seed, @ForAll @IntRange(max = 20) int drawn) {
        RandomStream root = RandomStream.of(seed);
        long expected = root.at("a/b/3").nextLong();
        for (int i = 0; i < drawn; i++) {
            root.nextDouble();
        }
        assertEquals(expected, root.at("a/b/3").nextLong());
        assertEquals(expected, root.at("a").at("b").at(3).nextLong());
        assertEquals(expected, root.at("a").at("b/3").nextLong());
        assertNotEquals(expected, root.at("a/b/4").nextLong());
        assertNotEquals(expected, root.at("ab/3").nextLong());
        assertNotEquals(expected, RandomStream.of(seed + 1).at("a/b/3").nextLong());
    }

    /// Names that differ in their tail of zero bytes only, or in one character, are different
    /// streams.
    @Property(tries = 200)
    void differentNamesAreDifferentStreams(@ForAll @StringLength(min = 1, max = 20) String name) {
        String plain = name.replace('/', '_');
        long here = RandomStream.of(1).at(plain).nextLong();
        assertNotEquals(here, RandomStream.of(1).at(plain + "\0").nextLong());
        assertNotEquals(here, RandomStream.of(1).at(plain + "x").nextLong());
        assertNotEquals(here, RandomStream.of(1).at("x" + plain).nextLong());
        assertNotEquals(here, RandomStream.of(1).at(plain).at(plain).nextLong());
    }

    @Test
    void emptySegmentsAreRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> RandomStream.of(1).at("a//b"));
        assertEquals("at: path 'a//b' has an empty segment", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> RandomStream.of(1).at(""));
    }

    /// A fill is the stream's next numbers in order, from any position, at any number of threads,
    /// and moves past them.
    @Property(tries = 60)
    void aFillIsTheNextNumbers(
            @ForAll long seed,
            @ForAll @IntRange(max = 3) int before,
            @ForAll @IntRange(max = 20_000) int n) {
        RandomStream one = RandomStream.of(seed);
        RandomStream two = RandomStream.of(seed);
        for (int i = 0; i < before; i++) {
            one.nextLong();
            two.nextLong();
        }
        Array uniform = Array.zeros(DType.FLOAT64, Shape.of(n));
        Array normal = Array.zeros(DType.FLOAT64, Shape.of(n));
        one.fillUniform(uniform, 0, 1);
        one.fillNormal(normal, 0, 1);
        for (int i = 0; i < n; i++) {
            assertEquals(two.nextDouble(), uniform.at(i));
        }
        for (int i = 0; i < n; i++) {
            assertEquals(two.nextGaussian(), normal.at(i));
        }
        assertEquals(two.nextLong(), one.nextLong());
        assertEquals(two.nextLong(), one.nextLong());
    }

    @Test
    void fillsAreTheSameAtAnyNumberOfThreads() {
        int threads = Parallel.threads();
        try {
            Array[] got = new Array[3];
            for (int t = 1; t <= 3; t++) {
                Parallel.threads(t);
                got[t - 1] =
                        filled(DType.FLOAT32, 50_001, a -> RandomStream.of(3).fillNormal(a, 1, 2));
            }
            assertEquals(got[0], got[1]);
            assertEquals(got[0], got[2]);
        } finally {
            Parallel.threads(threads);
        }
    }

    @Test
    void aFloatFillIsTheRoundedDoubleFill() {
        Array d = filled(DType.FLOAT64, 5_000, a -> RandomStream.of(9).fillNormal(a, -1, 3));
        Array f = filled(DType.FLOAT32, 5_000, a -> RandomStream.of(9).fillNormal(a, -1, 3));
        assertEquals(d.cast(DType.FLOAT32), f);
        Array du = filled(DType.FLOAT64, 5_000, a -> RandomStream.of(9).fillUniform(a, -1, 3));
        Array fu = filled(DType.FLOAT32, 5_000, a -> RandomStream.of(9).fillUniform(a, -1, 3));
        assertEquals(du.cast(DType.FLOAT32), fu);
    }

    /// Between 1 and its successor nearly every float32 rounding lands on an end; the upper one
    /// must never appear.
    @Test
    void uniformStaysBelowItsUpperEnd() {
        float high = Math.nextUp(1f);
        for (float x :
                filled(DType.FLOAT32, 1000, a -> RandomStream.of(5).fillUniform(a, 1, high))
                        .toFloats()) {
            assertEquals(1f, x);
        }
    }

    @Test
    void uniformNumbersFillTheirBinsEvenly() {
        int n = 1 << 18;
        double[] x =
                filled(DType.FLOAT64, n, a -> RandomStream.of(11).at("bins").fillUniform(a, -2, 2))
                        .toDoubles();
        double[] bins = new double[256];
        for (double v : x) {
            bins[(int) ((v + 2) * 64)]++;
        }
        assertTrue(chiSquare(bins, n / 256.0) < CHI2_255);
    }

    /// The probability integral transform of the normal numbers is uniform: 256 bins between exact
    /// quantiles.
    @Test
    void normalNumbersFillTheirBinsEvenly() {
        int n = 1 << 18;
        double[] x =
                filled(DType.FLOAT64, n, a -> RandomStream.of(12).at("bins").fillNormal(a, 3, 0.5))
                        .toDoubles();
        double[] bins = new double[256];
        for (double v : x) {
            int bin = 0;
            while (bin < 255 && (v - 3) / 0.5 >= Normal.quantile((bin + 1) / 256.0)) {
                bin++;
            }
            bins[bin]++;
        }
        assertTrue(chiSquare(bins, n / 256.0) < CHI2_255);
    }

    /// Mean, variance and lag-1 product of n independent standard normals have standard errors
    /// 1/√n, √(2/n), 1/√n.
    @Test
    void normalMomentsAndNeighbours() {
        int n = 1 << 18;
        double[] x =
                filled(DType.FLOAT64, n, a -> RandomStream.of(13).fillNormal(a, 0, 1)).toDoubles();
        double mean = 0;
        double square = 0;
        double lag = 0;
        for (int i = 0; i < n; i++) {
            mean += x[i] / n;
            square += x[i] * x[i] / n;
            lag += x[i] * x[(i + 1) % n] / n;
        }
        assertEquals(0, mean, Z / Math.sqrt(n));
        assertEquals(1, square, Z * Math.sqrt(2.0 / n));
        assertEquals(0, lag, Z / Math.sqrt(n));
    }

    /// The first numbers of 2¹⁷ sibling streams, and neighbouring siblings against each other.
    @Test
    void siblingsAreIndependent() {
        int n = 1 << 17;
        double[] bins = new double[256];
        RandomStream root = RandomStream.of(0);
        double product = 0;
        double last = 0;
        for (int i = 0; i < n; i++) {
            double u = root.at(i).nextDouble();
            bins[(int) (u * 256)]++;
            product += (u - 0.5) * last;
            last = u - 0.5;
        }
        assertTrue(chiSquare(bins, n / 256.0) < CHI2_255);
        assertEquals(0, product / n, Z / 12 / Math.sqrt(n));
    }

    /// Pieces of any length from any place, over the edges of what is drawn at a time.
    @Test
    void aMaskCanBeReadFromAnyPlace() {
        int n = 5000;
        double[] wide =
                filled(DType.FLOAT64, n, a -> RandomStream.of(3).fillMask(a, 0.7, 1.25))
                        .toDoubles();
        RandomStream stream = RandomStream.of(3);
        stream.nextLong(); // what was drawn does not matter
        for (int first : new int[] {0, 1, 2, 3, 62, 63, 1021, 3000}) {
            for (int length : new int[] {0, 1, 2, 5, 64, 1024, 1500}) {
                double[] piece = new double[length + 1];
                float[] narrow = new float[length + 1];
                stream.mask(first, length, 0.7, 1.25, piece, 1);
                stream.mask(first, length, 0.7, 1.25, narrow, 1);
                for (int i = 0; i < length; i++) {
                    assertEquals(wide[first + i], piece[i + 1]);
                    assertEquals(wide[first + i], narrow[i + 1]);
                }
            }
        }
    }

    @Test
    void masksKeepTheirShare() {
        int n = 100_001;
        for (DType type : DType.values()) {
            double[] x =
                    filled(type, n, a -> RandomStream.of(21).fillMask(a, 0.9, 0.125)).toDoubles();
            int kept = 0;
            for (double v : x) {
                assertTrue(v == 0 || v == 0.125);
                kept += v == 0 ? 0 : 1;
            }
            assertEquals(0.9 * n, kept, Z * Math.sqrt(0.9 * 0.1 * n));
        }
        assertEquals(
                filled(DType.FLOAT32, n, a -> RandomStream.of(4).fillMask(a, 0.5, 1)),
                filled(DType.FLOAT64, n, a -> RandomStream.of(4).fillMask(a, 0.5, 1))
                        .cast(DType.FLOAT32));
        assertEquals(
                Array.full(DType.FLOAT64, Shape.of(999), 2),
                filled(DType.FLOAT64, 999, a -> RandomStream.of(4).fillMask(a, 1, 2)));
        assertEquals(
                Array.zeros(DType.FLOAT64, Shape.of(999)),
                filled(DType.FLOAT64, 999, a -> RandomStream.of(4).fillMask(a, 0, 2)));
    }

    /// All 120 orders of 5 things, evenly.
    @Test
    void permutationsAreEven() {
        RandomStream s = RandomStream.of(31);
        int n = 120 * 500;
        double[] bins = new double[120];
        for (int i = 0; i < n; i++) {
            int[] p = s.permutation(5);
            int code = 0;
            int seen = 0;
            for (int j = 0; j < 5; j++) {
                assertEquals(0, seen >> p[j] & 1);
                seen |= 1 << p[j];
                code = code * (5 - j) + p[j] - Integer.bitCount(seen & (1 << p[j]) - 1);
            }
            bins[code]++;
        }
        assertTrue(chiSquare(bins, 500) < CHI2_119);
        assertEquals(0, s.permutation(0).length);
    }

    @Test
    void senselessParametersAreRefused() {
        Array out = Array.zeros(DType.FLOAT64, Shape.of(2));
        RandomStream s = RandomStream.of(1);
        assertThrows(IllegalArgumentException.class, () -> s.fillUniform(out, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> s.fillUniform(out, Double.NaN, 0));
        assertThrows(IllegalArgumentException.class, () -> s.fillNormal(out, 0, -1));
        var e = assertThrows(IllegalArgumentException.class, () -> s.fillMask(out, 1.5, 1));
        assertEquals("fillMask: expected a probability, got 1.5", e.getMessage());
    }

    private static Array filled(DType type, int n, Consumer<Array> fill) {
        Array a = Array.zeros(type, Shape.of(n));
        fill.accept(a);
        return a;
    }

    private static double chiSquare(double[] bins, double expected) {
        double sum = 0;
        for (double b : bins) {
            sum += (b - expected) * (b - expected) / expected;
        }
        return sum;
    }
}
