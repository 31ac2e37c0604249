package nonmercer.attention;

import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.row;
import static nonmercer.kernel.Sample.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Reduce;
import nonmercer.array.Shape;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Catalogue;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Distance;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Kernels;
import nonmercer.kernel.Rounded;
import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttentionTest {
    private static final Pass PASS = Pass.evaluation();
    private static final int BATCH = 2;
    private static final int HEADS = 2;
    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.threads(threads);
    }

    @Provide
    Arbitrary<Kernel> kernels() {
        return Kernels.any();
    }

    /// Lengths that are longer than there are keys are cut when used.
    @Provide
    Arbitrary<int[]> lengths() {
        return Arbitraries.integers().between(0, 6).array(int[].class).ofSize(BATCH);
    }

    static Stream<Kernel> catalogue() {
        return Kernels.attended();
    }

    private static Mask mask(int kind, int[] lengths, int m) {
        Mask padding = Mask.lengths(Arrays.stream(lengths).map(l -> Math.min(l, m)).toArray());
        return switch (kind) {
            case 0 -> Mask.none();
            case 1 -> Mask.causal();
            case 2 -> padding;
            default -> padding.and(Mask.causal());
        };
    }

    // --- the definition ---

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void itIsTheWeightedMeanOfTheDefinition(
            @ForAll("kernels") Kernel kernel,
            @ForAll boolean narrow,
            @ForAll @IntRange(max = 3) int kind,
            @ForAll("lengths") int[] lengths,
            @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @IntRange(min = 1, max = 6) int m,
            @ForAll @IntRange(min = 1, max = 10) int d,
            @ForAll @IntRange(min = 1, max = 4) int e) {
        DType dtype = narrow ? DType.FLOAT32 : DType.FLOAT64;
        Kernel k = ParameterTree.freshCopy(kernel, dtype);
        Array q = normal("q", dtype, BATCH, HEADS, n, d);
        Array keys = normal("k", dtype, BATCH, HEADS, m, d);
        Array v = normal("v", dtype, BATCH, HEADS, m, e);
        Mask mask = mask(kind, lengths, m);
        Array out =
                Attention.of(k)
                        .apply(Tensor.of(q), Tensor.of(keys), Tensor.of(v), mask, PASS)
                        .value();
        assertEquals(Shape.of(BATCH, HEADS, n, e), out.shape());
        assertDefinition(k, q, keys, v, mask, out);
    }

    /// `Σⱼ wⱼ vⱼ / Σⱼ wⱼ` by loops over sequences and heads, queries, keys, with what rounding may
    /// do to it.
    ///
    /// With weights `w̃ⱼ`, off by at most `εⱼ`, the quotient `N/D` is off by at most `(Σ εⱼ |vⱼ| +
    /// |N/D| Σ εⱼ) / D` (to first order), and the sums and products of `m` terms add `(2m + 8) u Σ
    /// wⱼ |vⱼ| / D`. In log form a weight is `exp(ln wⱼ - ln w_max)`: the difference is rounded,
    /// and so is the exponential.
    private static void assertDefinition(
            Kernel kernel, Array q, Array keys, Array v, Mask mask, Array out) {
        double u = out.dtype().unitRoundoff();
        int n = q.dim(-2);
        int m = keys.dim(-2);
        int e = v.dim(-1);
        for (int head = 0; head < BATCH * HEADS; head++) {
            for (int i = 0; i < n; i++) {
                Rounded[] w = new Rounded[m];
                double logs = 0; // the largest |ln w|
                for (int j = 0; j < m; j++) {
                    boolean seen = mask.sees(head / HEADS, i, n, j, m);
                    w[j] =
                            seen
                                    ? Rounded.of(
                                            kernel,
                                            row(q, head * n + i),
                                            row(keys, head * m + j),
                                            u)
                                    : new Rounded(0, 0);
                    if (w[j].value() > 0) {
                        logs = Math.max(logs, Math.abs(Math.log(w[j].value())));
                    }
                }
                double sum = 0;
                double off = 0;
                for (int j = 0; j < m; j++) {
                    sum += w[j].value();
                    off += w[j].error() + w[j].value() * (2 * logs + 16) * u;
                }
                for (int l = 0; l < e; l++) {
                    double mean = 0;
                    double offMean = 0;
                    double size = 0;
                    for (int j = 0; j < m; j++) {
                        double value = v.at((head * m + j) * e + l);
                        mean += w[j].value() * value;
                        size += w[j].value() * Math.abs(value);
                        offMean +=
                                (w[j].error() + w[j].value() * (2 * logs + 16) * u)
                                        * Math.abs(value);
                    }
                    double actual = out.at((head * n + i) * e + l);
                    if (sum == 0) {
                        assertEquals(0, actual, "a query that sees nothing");
                    } else if (off < sum / 4) {
                        mean /= sum;
                        // 4/3: the division by a sum that is off by a quarter at most
                        double bound =
                                4.0
                                        / 3
                                        * (offMean + Math.abs(mean) * off + (2 * m + 8) * u * size)
                                        / sum;
                        assertEquals(mean, actual, bound, kernel.name() + " " + mask);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void rowsOfWeightsSumToOneOrAreZero(Kernel kernel) {
        Mask mask = Mask.lengths(5, 0);
        Array w =
                Attention.of(kernel)
                        .weights(tensor("q", 2, 2, 3, 4), tensor("k", 2, 2, 5, 4), mask, PASS)
                        .value();
        for (int i = 0; i < 12; i++) {
            double sum = Arrays.stream(row(w, i)).sum();
            // Five quotients rounded three times each, and the two sums.
            assertEquals(i < 6 ? 1 : 0, sum, 25 * DType.FLOAT64.unitRoundoff());
        }
    }

    // --- gradients ---

    @ParameterizedTest
    @MethodSource("catalogue")
    void gradientsOfFirstAndSecondOrderAgreeWithDifferences(Kernel kernel) {
        Attention attention = Attention.of(kernel);
        Mask mask = Mask.lengths(4, 2).and(Mask.causal());
        GradCheck.of(x -> attention.apply(x.get(0), x.get(1), x.get(2), mask, PASS))
                .at(
                        Kernels.smooth(kernel, normal("q", DType.FLOAT64, 2, 1, 3, 3)),
                        Kernels.smooth(kernel, normal("k", DType.FLOAT64, 2, 1, 4, 3)),
                        normal("v", DType.FLOAT64, 2, 1, 4, 2))
                .order(2)
                .check()
                .orThrow();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void aQueryThatSeesNoKeyGetsZerosAndGivesNone(Kernel kernel) {
        // Sequence 1 is all padding; of sequence 0, with more queries than keys, the first two see
        // nothing.
        Mask mask = Mask.lengths(2, 0).and(Mask.causal());
        try (Tape tape = Tape.open()) {
            Tensor q = tape.watch(normal("q", DType.FLOAT32, 2, 1, 4, 3));
            Tensor k = tape.watch(normal("k", DType.FLOAT32, 2, 1, 2, 3));
            Tensor v = tape.watch(normal("v", DType.FLOAT32, 2, 1, 2, 3));
            Tensor out = Attention.of(kernel).apply(q, k, v, mask, Pass.recorded(tape));
            Tensor weights = Tensor.of(normal("w", DType.FLOAT32, 2, 1, 4, 3));
            List<Tensor> gradients = tape.gradients(out.mul(weights).sum(), List.of(q, k, v));
            gradients.forEach(g -> assertEquals(-1, Reduce.firstNonFinite(g.value())));
            for (int i : new int[] {0, 1, 4, 5, 6, 7}) {
                assertAllZero(row(out.value(), i));
                assertAllZero(row(gradients.get(0).value(), i));
            }
            for (int j : new int[] {2, 3}) { // keys and values of the padding
                assertAllZero(row(gradients.get(1).value(), j));
                assertAllZero(row(gradients.get(2).value(), j));
            }
            assertTrue(Arrays.stream(row(out.value(), 3)).anyMatch(x -> x != 0));
        }
    }

    private static void assertAllZero(double[] row) {
        assertTrue(Arrays.stream(row).allMatch(x -> x == 0), () -> Arrays.toString(row));
    }

    @Test
    void aRowOfVanishingWeightsGetsZerosAndNoNaN() {
        // All keys stand where the query stands: every distance is 0.
        Tensor same = Tensor.of(Array.full(DType.FLOAT32, Shape.of(1, 1, 3, 2), 0.5));
        try (Tape tape = Tape.open()) {
            Tensor q = tape.watch(same.value());
            Tensor out =
                    Attention.of(new Distance()).apply(q, q, q, Mask.none(), Pass.recorded(tape));
            assertAllZero(out.value().toDoubles());
            assertAllZero(tape.gradient(out.sum(), q).value().toDoubles());
        }
    }

    // --- numbers ---

    @Test
    void logitsInTheHundredsDoNotOverflow() {
        // Logits ±400, ±800 in float32, whose exponential overflows at 89.
        Tensor q = Tensor.of(Array.of(Shape.of(1, 1, 2, 1), 20, -20).cast(DType.FLOAT32));
        Tensor k = Tensor.of(Array.of(Shape.of(1, 1, 2, 1), 20, 40).cast(DType.FLOAT32));
        Tensor v = Tensor.of(Array.of(Shape.of(1, 1, 2, 1), 1, 2).cast(DType.FLOAT32));
        Kernel dot = new ExpDot();
        for (Kernel kernel :
                List.of(
                        dot,
                        dot.scaled(3),
                        dot.times(new Gauss(Coefficient.of(1e-6))),
                        dot.plus(new Gauss()))) {
            Array out = Attention.of(kernel).apply(q, k, v, Mask.none(), PASS).value();
            assertEquals(2, out.at(0), 1e-6, kernel.name());
            // Of the sum it is the Gauss kernel that is largest there, e⁻¹⁶⁰⁰ against e⁻⁴⁰⁰.
            assertEquals(1, out.at(1), 1e-6, kernel.name());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExpDot", "Distance"}) // in log form and by quotients
    void theBitsDoNotDependOnTheNumberOfThreads(String kernel) {
        Attention attention = Attention.of(Catalogue.named(kernel));
        Array[] first = new Array[4];
        for (int t = 1; t <= 3; t++) {
            Parallel.threads(t);
            try (Tape tape = Tape.open()) {
                Tensor q = tape.watch(normal("q", DType.FLOAT32, 2, 4, 67, 8));
                Tensor k = tape.watch(normal("k", DType.FLOAT32, 2, 4, 67, 8));
                Tensor v = tape.watch(normal("v", DType.FLOAT32, 2, 4, 67, 8));
                Tensor out = attention.apply(q, k, v, Mask.causal(), Pass.recorded(tape));
                List<Tensor> g = tape.gradients(out.square().sum(), List.of(q, k, v));
                Array[] found = {out.value(), g.get(0).value(), g.get(1).value(), g.get(2).value()};
                for (int i = 0; i < found.length; i++) {
                    first[i] = t == 1 ? found[i] : first[i];
                    assertEquals(first[i], found[i], kernel + ", " + t + " threads, result " + i);
                }
            }
        }
    }

    // --- refusals ---

    @Test
    void aKernelThatTakesNegativeValuesIsRefused() {
        String sentence =
                "attention divides by the sum of the weights, which must not vanish; Plain takes "
                        + "negative values (k(1, -1) = -1). Use a non-negative kernel, such as its square, or "
                        + "name a denominator: Denominator.Signed, Absolute or None";
        Kernel plain = new Kernels.Plain();
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> Attention.of(plain))
                        .getMessage());
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> Attention.unfused(plain))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Attention.of(plain.scaled(2)));
        assertEquals(plain.times(plain), Attention.of(plain.times(plain)).kernel());
    }

    @Test
    void shapesThatDoNotFitAreRefusedInASentence() {
        Attention attention = Attention.of(new Gauss());
        Tensor x = tensor("x", 2, 3, 4, 5);
        assertRefused(
                "attention takes queries [batch, heads, n, d] and keys [batch, heads, m, d], got [4, 5] and "
                        + "[2, 3, 4, 5]",
                attention,
                tensor("x", 4, 5),
                x,
                x);
        assertRefused(
                "attention: the batches of queries [1, 3, 4, 5] and keys [2, 3, 4, 5] must be one, and the heads "
                        + "of the queries a multiple of those of the keys",
                attention,
                tensor("x", 1, 3, 4, 5),
                x,
                x);
        assertRefused(
                "the pairing ‖q-k‖² needs queries and keys of one width, got [2, 3, 4, 6] and [2, 3, 4, 5]",
                attention,
                tensor("x", 2, 3, 4, 6),
                x,
                x);
        assertRefused(
                "attention takes a value [batch, heads, m, e] for each key [batch, heads, m, d], got values "
                        + "[2, 3, 6, 5] for keys [2, 3, 4, 5]",
                attention,
                x,
                x,
                tensor("x", 2, 3, 6, 5));
    }

    private static void assertRefused(
            String sentence, Attention attention, Tensor q, Tensor k, Tensor v) {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> attention.apply(q, k, v, Mask.none(), PASS));
        assertEquals(sentence, e.getMessage());
    }

    @Test
    void theWeightsAreTheGramMatrixNormalised() {
        Tensor q = tensor("q", 1, 1, 3, 2);
        Tensor k = tensor("k", 1, 1, 4, 2);
        Kernel kernel = new Distance();
        Array gram = Gram.of(kernel, q, k, PASS).value();
        Array w = Attention.of(kernel).weights(q, k, Mask.none(), PASS).value();
        for (int i = 0; i < 3; i++) {
            double sum = Arrays.stream(row(gram, i)).sum();
            for (int j = 0; j < 4; j++) {
                assertEquals(
                        gram.get(0, 0, i, j) / sum,
                        w.get(0, 0, i, j),
                        8 * DType.FLOAT64.unitRoundoff());
            }
        }
    }
}
