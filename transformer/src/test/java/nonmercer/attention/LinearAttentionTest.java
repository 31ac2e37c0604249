package nonmercer.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Component;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Sample;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Gaussian;
import org.junit.jupiter.api.Test;

class LinearAttentionTest {
    static final FeatureMap FAVOR = RandomFeatures.favorPlus(4, 6).draw(RandomStream.of(1));
    static final FeatureMap WAVES = RandomFeatures.fourier(4, 6).draw(RandomStream.of(2));

    /// `φ(x) = x`: features that a test chooses.
    private record Given() implements FeatureMap {
        @Override
        public int dimension(int d) {
            return d;
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return q;
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return k;
        }

        @Override
        public Optional<String> normaliserRisk() {
            return Optional.empty();
        }
    }

    static LinearAttention chunked(FeatureMap map, int chunk) {
        return new LinearAttention(map, chunk, LinearAttention.Keeps.FEATURES);
    }

    private static Array integers(String name, int from, int to, int... extents) {
        Array a = Array.zeros(DType.FLOAT64, Shape.of(extents));
        RandomStream s = RandomStream.of(3).at(name);
        for (int i = 0; i < a.size(); i++) {
            a.doubles()[i] = from + s.nextInt(to - from + 1);
        }
        return a;
    }

    /// The quadratic evaluation of the same features, in float64 loops: the sums, then one
    /// division.
    private static Array quadratic(Array phi, Array psi, Array v, Mask mask) {
        int b = phi.dim(0);
        int h = phi.dim(1);
        int n = phi.dim(2);
        int m = psi.dim(2);
        int f = phi.dim(3);
        int e = v.dim(3);
        double[] out = new double[b * h * n * e];
        for (int row = 0; row < b * h * n; row++) {
            int head = row / n;
            double total = 0;
            double[] sums = new double[e];
            for (int j = 0; j < m; j++) {
                if (!mask.sees(head / h, row % n, n, j, m)) {
                    continue;
                }
                double w = 0;
                for (int l = 0; l < f; l++) {
                    w += phi.at(row * f + l) * psi.at((head * m + j) * f + l);
                }
                total += w;
                for (int l = 0; l < e; l++) {
                    sums[l] += w * v.at((head * m + j) * e + l);
                }
            }
            for (int l = 0; l < e; l++) {
                out[row * e + l] = total == 0 ? 0 : sums[l] / total;
            }
        }
        return Array.of(Shape.of(b, h, n, e), out);
    }

    private static List<Mask> masks(int n) {
        return List.of(
                Mask.none(),
                Mask.causal(),
                Mask.lengths(n, n / 2),
                Mask.causal().and(Mask.lengths(n / 3, n)));
    }

    /// Features and values are small integers, so every sum is exact and there is one rounding, the
    /// division: the bits are equal, whatever the chunks, and in a stream.
    @Property(tries = 80, edgeCases = EdgeCasesMode.NONE)
    void withIntegersItIsTheQuadraticEvaluationToTheBit(
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll @IntRange(min = 1, max = 17) int chunk,
            @ForAll @IntRange(min = 1, max = 9) int f,
            @ForAll @IntRange(min = 1, max = 5) int e,
            @ForAll DType type) {
        Array q = integers("q" + n, 0, 3, 2, 2, n, f);
        Array k = integers("k" + n, 0, 3, 2, 2, n, f);
        Array v = integers("v" + n, -7, 7, 2, 2, n, e);
        for (Mask mask : masks(n)) {
            Array expected = quadratic(q, k, v, mask).cast(type);
            Array actual =
                    chunked(new Given(), chunk)
                            .apply(
                                    Tensor.of(q.cast(type)),
                                    Tensor.of(k.cast(type)),
                                    Tensor.of(v.cast(type)),
                                    mask,
                                    Pass.evaluation())
                            .value();
            assertBits(expected, actual);
        }
    }

    private static void assertBits(Array expected, Array actual) {
        assertEquals(expected.shape(), actual.shape());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.at(i), actual.at(i) + 0.0, 0.0);
        }
    }

    /// Real features, both kinds, all masks: against the quadratic sum of the same features. The
    /// bound of Higham's γ for sums of `n` and `f` terms on either side, with the shifts'
    /// exponentials (10 more roundings): `4 (n + f + 18) u κ max|v|`, `κ = Σ|weights|/|Σ weights|`,
    /// at most 3 for waves with a constant 1 at these few rows and 1 for positive features.
    @Test
    void realFeaturesGiveTheQuadraticEvaluation() {
        int n = 21;
        Tensor q = Tensor.of(Sample.normal("q", DType.FLOAT64, 2, 2, n, 4));
        Tensor k = Tensor.of(Sample.normal("k", DType.FLOAT64, 2, 2, n, 4));
        Tensor v = Tensor.of(Sample.normal("v", DType.FLOAT64, 2, 2, n, 3));
        for (FeatureMap map : List.of(FAVOR, WAVES)) {
            for (Mask mask : masks(n)) {
                Array expected =
                        quadratic(
                                map.queries(q, Pass.evaluation()).value(),
                                map.keys(k, Pass.evaluation()).value(),
                                v.value(),
                                mask);
                for (int chunk : new int[] {1, 4, 64}) {
                    Array actual =
                            chunked(map, chunk).apply(q, k, v, mask, Pass.evaluation()).value();
                    Sample.assertWithin(
                            4 * (n + map.dimension(4) + 18) * 0x1p-53 * 3 * 4, expected, actual);
                }
            }
        }
    }

    @Test
    void aStreamGivesTheRowsOfTheCausalSequence() {
        int n = 19;
        for (DType type : DType.values()) {
            for (FeatureMap map : List.of(FAVOR, WAVES)) {
                Tensor q = Tensor.of(Sample.normal("q", type, 2, 3, n, 4));
                Tensor k = Tensor.of(Sample.normal("k", type, 2, 3, n, 4)).scale(2);
                Tensor v = Tensor.of(Sample.normal("v", type, 2, 3, n, 5));
                Array whole =
                        LinearAttention.of(map)
                                .apply(q, k, v, Mask.causal(), Pass.evaluation())
                                .value();
                LinearStream stream = new LinearStream(map, 2, 3, 4, 5, type);
                assertEquals(2L * 3 * map.dimension(4) * 6, stream.numbers());
                for (int i = 0; i < n; i++) {
                    Array one =
                            stream.next(
                                            q.slice(2, i, i + 1),
                                            k.slice(2, i, i + 1),
                                            v.slice(2, i, i + 1),
                                            Pass.evaluation())
                                    .value();
                    Array row = Tensor.of(whole).slice(2, i, i + 1).value();
                    Sample.assertWithin(
                            4 * (n + map.dimension(4) + 18) * type.unitRoundoff() * 3 * 4,
                            row,
                            one);
                }
            }
        }
    }

    /// Heads of queries that read one head of keys do so in a stream as they do at once.
    @Test
    void aStreamSharesKeysAsTheSequenceDoes() {
        int n = 5;
        for (FeatureMap map : List.of(FAVOR, WAVES)) {
            Tensor q = Tensor.of(Sample.normal("q", DType.FLOAT64, 2, 4, n, 4));
            Tensor k = Tensor.of(Sample.normal("k", DType.FLOAT64, 2, 2, n, 4));
            Tensor v = Tensor.of(Sample.normal("v", DType.FLOAT64, 2, 2, n, 3));
            Array whole =
                    LinearAttention.of(map)
                            .apply(q, k, v, Mask.causal(), Pass.evaluation())
                            .value();
            LinearStream stream = new LinearStream(map, 2, 4, 4, 3, DType.FLOAT64);
            Array read = stream.extend(q, k, v, Pass.evaluation()).value();
            // As in #aStreamGivesTheRowsOfTheCausalSequence.
            Sample.assertWithin(4 * (n + map.dimension(4) + 18) * 0x1p-53 * 3 * 4, whole, read);
        }
    }

    /// Keys of one head are so long that their features vanish beside those of the other: each head
    /// has a level of its own.
    @Test
    void headsOfAStreamHaveLevelsOfTheirOwn() {
        int n = 5;
        Array k = Sample.normal("k", DType.FLOAT64, 1, 2, n, 4);
        for (int l = n * 4; l < 2 * n * 4; l++) {
            k.doubles()[l] *= 60; // ‖k‖²/2 is some 7,000
        }
        Tensor q = Tensor.of(Sample.normal("q", DType.FLOAT64, 1, 2, n, 4));
        Tensor v = Tensor.of(Sample.normal("v", DType.FLOAT64, 1, 2, n, 3));
        Array whole =
                LinearAttention.of(FAVOR)
                        .apply(q, Tensor.of(k), v, Mask.causal(), Pass.evaluation())
                        .value();
        LinearStream stream = new LinearStream(FAVOR, 1, 2, 4, 3, DType.FLOAT64);
        Array read = stream.extend(q, Tensor.of(k), v, Pass.evaluation()).value();
        // Exponents of some 10⁴ that are known to 10 roundings.
        Sample.assertWithin(1e5 * 0x1p-53 * 3, whole, read);
    }

    /// Exponents of ±1,000 neither overflow nor vanish; a huge key in the future of its chunk does
    /// not make the past vanish.
    @Test
    void positiveFeaturesAreShifted() {
        int n = 8;
        Array k = Sample.normal("k", DType.FLOAT32, 1, 1, n, 4);
        for (int l = 0; l < 4; l++) {
            k.floats()[(n - 1) * 4 + l] = 60;
        }
        Tensor q = Tensor.of(Sample.normal("q", DType.FLOAT32, 1, 1, n, 4)).scale(30);
        Tensor v = Tensor.of(Sample.normal("v", DType.FLOAT32, 1, 1, n, 3));
        Array with =
                LinearAttention.of(FAVOR)
                        .apply(q, Tensor.of(k), v, Mask.causal(), Pass.evaluation())
                        .value();
        Array without =
                LinearAttention.of(FAVOR)
                        .apply(
                                q,
                                Tensor.of(Sample.normal("k", DType.FLOAT32, 1, 1, n, 4)),
                                v,
                                Mask.causal(),
                                Pass.evaluation())
                        .value();
        for (int i = 0; i < with.size(); i++) {
            assertTrue(Double.isFinite(with.at(i)));
            if (i < (n - 1) * 3) {
                assertEquals(without.at(i), with.at(i));
            }
        }
    }

    /// Whatever stands in the padding leaves no trace, in the result and in the gradient.
    @Test
    void paddingLeavesNoTrace() {
        Array[] grads = new Array[2];
        for (int round = 0; round < 2; round++) {
            Array k = Sample.normal("k", DType.FLOAT64, 2, 1, 5, 4);
            Array v = Sample.normal("v", DType.FLOAT64, 2, 1, 5, 3);
            if (round == 1) {
                for (int l = 0; l < 4; l++) {
                    k.doubles()[3 * 4 + l] = Double.NaN;
                    k.doubles()[4 * 4 + l] = Double.POSITIVE_INFINITY;
                }
                v.doubles()[4 * 3] = Double.NaN;
            }
            try (Tape tape = Tape.open()) {
                Tensor q = tape.watch(Sample.normal("q", DType.FLOAT64, 2, 1, 5, 4));
                Tensor out =
                        LinearAttention.of(FAVOR)
                                .apply(
                                        q,
                                        Tensor.of(k),
                                        Tensor.of(v),
                                        Mask.lengths(3, 5),
                                        Pass.evaluation());
                grads[round] = tape.gradient(out.square().sum(), q).value().copy();
            }
        }
        assertEquals(grads[0], grads[1]);
    }

    /// Two heads of keys for four of queries: the same as with the keys written out.
    @Test
    void groupsOfHeadsShareKeys() {
        Tensor q = Tensor.of(Sample.normal("q", DType.FLOAT64, 2, 4, 6, 4));
        Tensor k = Tensor.of(Sample.normal("k", DType.FLOAT64, 2, 2, 6, 4));
        Tensor v = Tensor.of(Sample.normal("v", DType.FLOAT64, 2, 2, 6, 3));
        Tensor kk =
                Tensor.concat(
                        1,
                        List.of(
                                k.slice(1, 0, 1),
                                k.slice(1, 0, 1),
                                k.slice(1, 1, 2),
                                k.slice(1, 1, 2)));
        Tensor vv =
                Tensor.concat(
                        1,
                        List.of(
                                v.slice(1, 0, 1),
                                v.slice(1, 0, 1),
                                v.slice(1, 1, 2),
                                v.slice(1, 1, 2)));
        FeatureMap fitted = RandomFeatures.favorPlusPlus(4, 6).draw(RandomStream.of(1));
        for (FeatureMap map : List.of(FAVOR, fitted)) {
            Mask mask = map.fitsData() ? Mask.none() : Mask.causal();
            LinearAttention linear = LinearAttention.of(map);
            assertEquals(
                    linear.apply(q, kk, vv, mask, Pass.evaluation()).value(),
                    linear.apply(q, k, v, mask, Pass.evaluation()).value());
        }
    }

    @Test
    void thePlanIsLinear() {
        LinearAttention linear = LinearAttention.of(FAVOR);
        Shape one = Shape.of(1, 2, 100, 4);
        Shape four = Shape.of(1, 2, 400, 4);
        Plan small = linear.plan(one, one, one, Mask.causal());
        Plan large = linear.plan(four, four, four, Mask.causal());
        assertEquals(4 * small.flops(), large.flops());
        assertEquals(4 * small.bytes(), large.bytes());
        assertEquals(0, linear.recomputing().plan(one, one, one, Mask.none()).bytes());
        // 200 rows of queries and of keys, 6 features: 2 · 400 · 6 · (4 + 4 + 1), and 64 pairs a
        // row
        assertEquals(2 * 400 * 6 * 9 + 2 * 200 * 64 * (6 + 5), small.flops());
    }

    @Test
    void whatCannotWorkIsRefused() {
        FeatureMap risky =
                new RandomFeatures(
                                Gaussian.standard(4),
                                new Component.Trigonometric(Target.GAUSSIAN, 0.36),
                                6)
                        .draw(RandomStream.of(1));
        assertSays("must not vanish", () -> LinearAttention.of(risky));
        Tensor x = Tensor.of(Sample.normal("q", DType.FLOAT64, 1, 1, 4, 4));
        assertEquals(
                x.shape(),
                LinearAttention.unguarded(risky)
                        .apply(x, x, x, Mask.none(), Pass.evaluation())
                        .shape());
        assertSays(
                "knows no mask",
                () -> LinearAttention.of(FAVOR).apply(x, x, x, Mask.window(2), Pass.evaluation()));
        FeatureMap fitted = RandomFeatures.favorPlusPlus(4, 6).draw(RandomStream.of(1));
        assertSays(
                "a mask hides some",
                () -> LinearAttention.of(fitted).apply(x, x, x, Mask.causal(), Pass.evaluation()));
        assertEquals(
                x.shape(),
                LinearAttention.of(fitted).apply(x, x, x, Mask.none(), Pass.evaluation()).shape());
        assertSays(
                "as many queries as keys",
                () ->
                        LinearAttention.of(FAVOR)
                                .apply(x.slice(2, 0, 2), x, x, Mask.causal(), Pass.evaluation()));
        assertSays(
                "groups a divisor",
                () ->
                        LinearAttention.of(FAVOR)
                                .apply(
                                        x,
                                        x.broadcastTo(Shape.of(1, 2, 4, 4)),
                                        x.broadcastTo(Shape.of(1, 2, 4, 4)),
                                        Mask.none(),
                                        Pass.evaluation()));
    }

    private static void assertSays(String words, org.junit.jupiter.api.function.Executable code) {
        var e = assertThrows(IllegalArgumentException.class, code);
        assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
    }
}
