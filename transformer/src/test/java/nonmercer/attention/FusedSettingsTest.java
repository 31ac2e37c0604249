package nonmercer.attention;

import static nonmercer.kernel.Sample.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import nonmercer.array.Shape;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Distance;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Kernels;
import nonmercer.kernel.Laplace;
import nonmercer.kernel.Quadratic;
import nonmercer.kernel.Sample;
import nonmercer.parallel.Parallel;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Bias, tables of who sees whom, shared heads, dropout and denominators: fused attention against
/// its definition.
class FusedSettingsTest {
    private static final RandomStream DROPS = RandomStream.of(5).at("drops");
    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.threads(threads);
    }

    /// In log form, by value, in both parts, with and without distances, of both signs.
    static Stream<Attention> attentions() {
        Denominator signed = new Denominator.Signed(0.3);
        Denominator absolute = new Denominator.Absolute();
        Denominator none = new Denominator.None();
        Kernel plain = new Kernels.Plain();
        return Stream.of(
                Attention.of(new ExpDot()),
                Attention.of(new Gauss()),
                Attention.of(new Laplace()),
                Attention.of(new Distance()),
                Attention.of(new Quadratic().plus(new Kernels.Cauchy(Coefficient.of(0.5)))),
                Attention.of(new Distance().times(new ExpDot())),
                Attention.of(new ExpDot().plus(new Distance()).scaled(2)),
                Attention.of(new ExpDot(), none),
                Attention.of(new Distance(), none),
                Attention.of(plain, signed),
                Attention.of(plain, absolute),
                Attention.of(plain, none),
                Attention.of(plain.plus(new ExpDot()), signed),
                Attention.of(plain.times(new Gauss()), absolute));
    }

    @Provide
    Arbitrary<Attention> attention() {
        return Arbitraries.of(attentions().toList());
    }

    /// Numbers of heads of queries and of keys.
    @Provide
    Arbitrary<int[]> heads() {
        return Arbitraries.of(
                new int[] {2, 2}, new int[] {4, 2}, new int[] {6, 2}, new int[] {3, 1});
    }

    @Provide
    Arbitrary<Integer> length() {
        return Arbitraries.of(1, 5, 63, 64, 65, 100, 130);
    }

    private static Mask mask(int kind, int n, int m) {
        return switch (kind) {
            case 0 -> Mask.none();
            case 1 -> Mask.lengths(m, m / 2).and(Mask.causal());
            case 2 -> Mask.table(pattern(n, m, 3));
            case 3 -> Mask.blocks(64, pattern((n + 63) / 64, (m + 63) / 64, 2));
            default -> Mask.blocks(7, pattern((n + 6) / 7, (m + 6) / 7, 2)).and(Mask.causal());
        };
    }

    static boolean[][] pattern(int n, int m, int oneIn) {
        RandomStream random = RandomStream.of(3).at("pattern");
        boolean[][] seen = new boolean[n][m];
        for (boolean[] row : seen) {
            for (int j = 0; j < m; j++) {
                row[j] = random.nextInt(oneIn) == 0;
            }
        }
        return seen;
    }

    /// The shape of a bias of this kind, if it has numbers to learn.
    private static Optional<Shape> biasShape(int kind, int b, int h, int n, int m) {
        return switch (kind) {
            case 1 -> Optional.of(Shape.of(n, m));
            case 2 -> Optional.of(Shape.of(h, n, m));
            case 3 -> Optional.of(Shape.of(b, h, n, m));
            case 4 -> Optional.of(Shape.of(b, 1, n, m));
            case 5 -> Optional.of(Shape.of(h, n + m - 1));
            case 6 -> Optional.of(Shape.of(1, n + m - 1));
            default -> Optional.empty();
        };
    }

    private static Bias bias(int kind, int h, List<Tensor> in) {
        return switch (kind) {
            case 0 -> Bias.none();
            case 5, 6 -> Bias.relative(in.get(3));
            case 7 -> Bias.alibi(h);
            default -> Bias.of(in.get(3));
        };
    }

    static List<Array> run(Attention attention, List<Array> in, Array g, Mask mask, int biasKind) {
        try (Tape tape = Tape.open()) {
            List<Tensor> x = in.stream().map(tape::watch).toList();
            Pass pass = Pass.training(tape, DROPS);
            Bias bias = bias(biasKind, in.get(0).dim(1), x);
            Tensor out = attention.apply(x.get(0), x.get(1), x.get(2), mask, bias, pass);
            List<Array> all = new ArrayList<>(List.of(out.value()));
            tape.gradients(out.mul(Tensor.of(g)).sum(), x).forEach(t -> all.add(t.value()));
            return all;
        }
    }

    private static FusedCase settings(
            Attention attention, List<Array> in, Array g, Mask mask, int biasKind) {
        Bias bias = bias(biasKind, g.dim(1), in.stream().map(Tensor::of).toList());
        try (Tape tape = Tape.open()) {
            return new FusedCase(attention, in, g, mask, bias, Pass.training(tape, DROPS).draw());
        }
    }

    static void assertWithin(double[] bounds, Array expected, Array actual, String what) {
        assertEquals(expected.shape(), actual.shape());
        for (int i = 0; i < expected.size(); i++) {
            double off = Math.abs(expected.at(i) - actual.at(i));
            String message =
                    "%s %d: %s, got %s, off by %s, bound %s"
                            .formatted(what, i, expected.at(i), actual.at(i), off, bounds[i]);
            assertTrue(off <= bounds[i], message);
        }
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void itIsTheDefinitionForwardAndBackward(
            @ForAll("attention") Attention attention,
            @ForAll DType dtype,
            @ForAll("heads") int[] heads,
            @ForAll @IntRange(max = 4) int maskKind,
            @ForAll @IntRange(max = 7) int biasKind,
            @ForAll boolean drops,
            @ForAll("length") int n,
            @ForAll("length") int m,
            @ForAll @IntRange(min = 1, max = 12) int d,
            @ForAll @IntRange(min = 1, max = 20) int e) {
        int b = 2;
        List<Array> in = new ArrayList<>();
        in.add(normal("q", dtype, b, heads[0], n, d));
        in.add(normal("k", dtype, b, heads[1], m, d));
        in.add(normal("v", dtype, b, heads[1], m, e));
        biasShape(biasKind, b, heads[0], n, m)
                .ifPresent(s -> in.add(normal("bias", dtype, s.extents())));
        Array g = normal("g", dtype, b, heads[0], n, e);
        Mask mask = mask(maskKind, n, m);
        Attention fused = attention.withDropout(drops ? 0.3 : 0);
        List<Array> definition =
                run(
                        fused.with(new Evaluation.AllPairs()),
                        in.stream().map(x -> x.cast(DType.FLOAT64)).toList(),
                        g.cast(DType.FLOAT64),
                        mask,
                        biasKind);
        List<Array> actual = run(fused, in, g, mask, biasKind);
        FusedBound within = FusedBound.toDefinition(settings(fused, in, g, mask, biasKind));
        assertWithin(within.out, definition.get(0), actual.get(0), "out");
        assertWithin(within.dq, definition.get(1), actual.get(1), "gradient of queries");
        assertWithin(within.dk, definition.get(2), actual.get(2), "gradient of keys");
        assertWithin(within.dv, definition.get(3), actual.get(3), "gradient of values");
        if (actual.size() > 4) {
            assertWithin(within.dbias, definition.get(4), actual.get(4), "gradient of bias");
        }
    }

    @ParameterizedTest
    @MethodSource("attentions")
    void threadsChangeNoBit(Attention attention) {
        List<Array> in =
                List.of(
                        normal("q", DType.FLOAT32, 1, 6, 150, 9),
                        normal("k", DType.FLOAT32, 1, 3, 140, 9),
                        normal("v", DType.FLOAT32, 1, 3, 140, 17),
                        normal("bias", DType.FLOAT32, 6, 289));
        Array g = normal("g", DType.FLOAT32, 1, 6, 150, 17);
        Attention dropping = attention.withDropout(0.2);
        Parallel.threads(1);
        List<Array> one = run(dropping, in, g, Mask.causal(), 5);
        for (int t : new int[] {2, 3, 8}) {
            Parallel.threads(t);
            assertEquals(one, run(dropping, in, g, Mask.causal(), 5), t + " threads");
        }
    }

    /// First and second order in queries, keys, values and bias, with heads that share keys.
    @ParameterizedTest
    @MethodSource("attentions")
    void gradientsOfBothOrdersAgreeWithDifferences(Attention attention) {
        for (int order = 1; order <= 2; order++) {
            GradCheck.of(x ->
                            attention.apply(
                                    x.get(0),
                                    x.get(1),
                                    x.get(2),
                                    Mask.table(pattern(3, 66, 2)),
                                    Bias.relative(x.get(3)),
                                    Pass.evaluation()))
                    .at(
                            normal("q", DType.FLOAT64, 1, 2, 3, 2),
                            normal("k", DType.FLOAT64, 1, 1, 66, 2),
                            normal("v", DType.FLOAT64, 1, 1, 66, 2),
                            normal("bias", DType.FLOAT64, 2, 68))
                    .order(order)
                    .check()
                    .orThrow();
        }
    }

    /// Gradients of gradients drop what was dropped.
    @Test
    void gradientsOfGradientsDropTheSameWeights() {
        Attention attention = Attention.of(new Gauss()).withDropout(0.4);
        List<Array> twice = new ArrayList<>();
        for (Evaluation how : List.of(new Evaluation.Fused(), new Evaluation.AllPairs())) {
            try (Tape tape = Tape.open()) {
                Tensor q = tape.watch(normal("q", DType.FLOAT64, 1, 2, 5, 3));
                Tensor k = tape.watch(normal("k", DType.FLOAT64, 1, 1, 70, 3));
                Tensor v = tape.watch(normal("v", DType.FLOAT64, 1, 1, 70, 3));
                Pass pass = Pass.training(tape, DROPS);
                Tensor out = attention.with(how).apply(q, k, v, Mask.none(), pass);
                Tensor g = tape.recordedGradients(out.square().sum(), List.of(q)).getFirst();
                twice.add(tape.gradient(g.square().sum(), k).value());
            }
        }
        // Gradients of size 1 at most, less than 2¹⁴ roundings of 2⁻⁵².
        Sample.assertWithin(0x1p-38, twice.get(1), twice.get(0));
    }

    /// On a line the gradient of a sum of distances is a sum of signs. A distance that is not
    /// computed again is off by half of what its square may be off, 2⁻¹⁰ or 2⁻⁴⁰ of itself, and so
    /// is its sign; sums of 70 numbers of at most 30 are off by less. Every query has a key nearer
    /// than the roundings of products of its coordinate.
    @ParameterizedTest
    @EnumSource(DType.class)
    void aNearKeyPullsInItsDirection(DType dtype) {
        int m = 70;
        double[] line = new double[m];
        Arrays.setAll(line, j -> (j + 1) / 3.0);
        Array k = Array.of(Shape.of(1, 1, m, 1), line).cast(dtype);
        double[] beside = k.toDoubles();
        Arrays.setAll(beside, i -> beside[i] + (i % 2 == 0 ? 0x1p-18 : -0x1p-18));
        Array q = Array.of(Shape.of(1, 1, m, 1), beside).cast(dtype);
        Array one = Array.full(dtype, Shape.of(1, 1, m, 1), 1);
        double bound = m * (dtype == DType.FLOAT32 ? 0x1p-10 : 0x1p-40);
        Kernel distance = new Distance();
        for (Kernel kernel : List.of(distance, distance.plus(new Kernels.Plain()))) {
            Attention fused = Attention.of(kernel, new Denominator.None());
            List<Array> all = run(fused, List.of(q, k, one), one, Mask.none(), 0);
            boolean dot = !kernel.equals(distance);
            double queries = dot ? Arrays.stream(q.toDoubles()).sum() : 0;
            double keys = dot ? Arrays.stream(k.toDoubles()).sum() : 0;
            for (int i = 0; i < m; i++) {
                int sign = i % 2 == 0 ? 1 : -1;
                int others = 2 * i + 1 - m; // below less above
                assertEquals(keys + others + sign, all.get(1).at(i), bound, kernel.name());
                assertEquals(queries + others - sign, all.get(2).at(i), bound, kernel.name());
            }
        }
    }
}
