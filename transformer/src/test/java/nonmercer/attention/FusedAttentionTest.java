package nonmercer.attention;

import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
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
import nonmercer.array.Shape;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
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
import nonmercer.kernel.Matern;
import nonmercer.kernel.Quadratic;
import nonmercer.kernel.ReLU;
import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Fused attention against its definition, over block edges, masks, types and threads.
class FusedAttentionTest {
    private static final int BATCH = 2;
    private static final int HEADS = 2;

    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.threads(threads);
    }

    static Stream<Kernel> kernels() {
        Coefficient trained = Coefficient.trained(0.4, DType.FLOAT64);
        return Stream.concat(
                Kernels.attended(),
                Stream.of(
                        new Kernels.Cauchy(Coefficient.of(0.5)),
                        new Laplace(Laplace.Norm.TWO),
                        new Matern(2),
                        new Gauss().plus(new ReLU()).normalised(),
                        new Gauss().decay(0.5),
                        new ExpDot(trained),
                        new Gauss(trained).plus(new ExpDot(trained)),
                        new ExpDot(trained)
                                .plus(new Gauss(trained))
                                .plus(new Kernels.Cauchy(trained)),
                        new ExpDot().plus(new Quadratic()),
                        new ExpDot().times(new Kernels.Cauchy(trained)).scaled(2),
                        new Distance().plus(new Quadratic().lengthscale(2))));
    }

    @Provide
    Arbitrary<Kernel> anyKernel() {
        return Arbitraries.of(kernels().toList());
    }

    /// Lengths at and around the edges of blocks of 64.
    @Provide
    Arbitrary<Integer> length() {
        return Arbitraries.of(1, 2, 7, 63, 64, 65, 100, 128, 130);
    }

    private static Mask mask(int kind, int m) {
        return switch (kind) {
            case 0 -> Mask.none();
            case 1 -> Mask.causal();
            case 2 -> Mask.lengths(m, m / 3);
            case 3 -> Mask.lengths(0, m / 2 + 1).and(Mask.causal());
            default -> Mask.window(Math.max(1, m / 4));
        };
    }

    private static List<Parameter> parameters(Kernel kernel) {
        return kernel.formula().contains("e^λ")
                ? List.copyOf(ParameterTree.of(kernel).byName().values())
                : List.of();
    }

    private record Run(Array out, List<Array> gradients) {}

    private static Run run(Attention attention, Array q, Array k, Array v, Array g, Mask mask) {
        try (Tape tape = Tape.open()) {
            List<Tensor> in = List.of(tape.watch(q), tape.watch(k), tape.watch(v));
            Tensor out =
                    attention.apply(in.get(0), in.get(1), in.get(2), mask, Pass.recorded(tape));
            List<Tensor> targets = new ArrayList<>(in);
            parameters(attention.kernel()).forEach(p -> targets.add(tape.use(p)));
            Tensor loss = out.mul(Tensor.of(g)).reshape(Shape.of(out.value().size()));
            return new Run(
                    out.value(),
                    tape.gradients(loss.sum(), targets).stream().map(Tensor::value).toList());
        }
    }

    /// Within what the roundings of both can do to each number.
    private static void assertWithin(double[] bounds, Array expected, Array actual, String what) {
        assertEquals(expected.shape(), actual.shape());
        for (int i = 0; i < bounds.length; i++) {
            double off = Math.abs(expected.at(i) - actual.at(i));
            String message =
                    "%s %d: %s, got %s, off by %s, bound %s"
                            .formatted(what, i, expected.at(i), actual.at(i), off, bounds[i]);
            assertTrue(off <= bounds[i], message);
        }
    }

    /// Within ε of the largest number: ε is what a squared distance may be off before it is
    /// computed again (2⁻¹⁰ in float32, 2⁻⁴⁰ in float64), for each of the up to four factors of a
    /// gradient. Coarser than [FusedBound].
    private static void assertNear(DType dtype, Array expected, Array actual, String what) {
        double largest = Arrays.stream(expected.toDoubles()).map(Math::abs).max().orElse(0);
        double bound = (dtype == DType.FLOAT32 ? 0x1p-8 : 0x1p-38) * Math.max(1, largest);
        double[] e = expected.toDoubles();
        double[] a = actual.toDoubles();
        assertEquals(expected.shape(), actual.shape());
        for (int i = 0; i < e.length; i++) {
            int at = i;
            assertTrue(
                    Math.abs(e[i] - a[i]) <= bound,
                    () -> what + " " + at + ": " + e[at] + ", got " + a[at] + ", bound " + bound);
        }
    }

    @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
    void itIsTheDefinitionForwardAndBackward(
            @ForAll("anyKernel") Kernel kernel,
            @ForAll DType dtype,
            @ForAll @IntRange(max = 4) int kind,
            @ForAll("length") int n,
            @ForAll("length") int m,
            @ForAll @IntRange(min = 1, max = 20) int d,
            @ForAll @IntRange(min = 1, max = 40) int e) {
        Kernel typed = ParameterTree.freshCopy(kernel, dtype);
        Array q = normal("q", dtype, BATCH, HEADS, n, d);
        Array k = normal("k", dtype, BATCH, HEADS, m, d);
        Array v = normal("v", dtype, BATCH, HEADS, m, e);
        Array g = normal("g", dtype, BATCH, HEADS, n, e);
        Mask mask = mask(kind, m);
        Run fused = run(Attention.of(typed), q, k, v, g, mask);
        Run definition =
                run(
                        Attention.unfused(ParameterTree.freshCopy(kernel, DType.FLOAT64)),
                        q.cast(DType.FLOAT64),
                        k.cast(DType.FLOAT64),
                        v.cast(DType.FLOAT64),
                        g.cast(DType.FLOAT64),
                        mask);
        if (!FusedBound.knows(kernel)) {
            assertNear(dtype, definition.out, fused.out, "out");
            for (int i = 0; i < definition.gradients.size(); i++) {
                assertNear(dtype, definition.gradients.get(i), fused.gradients.get(i), "" + i);
            }
            return;
        }
        FusedCase x = FusedCase.of(Attention.of(kernel), List.of(q, k, v), g, mask);
        FusedBound within = FusedBound.toDefinition(x);
        List<double[]> bounds = List.of(within.dq, within.dk, within.dv, within.others);
        assertWithin(within.out, definition.out, fused.out, "out");
        for (int i = 0; i < definition.gradients.size(); i++) {
            double[] bound = bounds.get(Math.min(i, 3));
            if (i >= 3) { // that of λ is that of e^λ, at most 1, times it
                bound = new double[] {Arrays.stream(bound).sum()};
            }
            assertWithin(bound, definition.gradients.get(i), fused.gradients.get(i), "" + i);
        }
    }

    /// Scores that rise from block to block, far beyond what a weight can hold, and a query that
    /// sees them all.
    @ParameterizedTest
    @EnumSource(DType.class)
    void scoresMayRiseByHundreds(DType dtype) {
        int m = 300;
        double[] keys = new double[m];
        Arrays.setAll(keys, j -> 3.0 * j);
        Array k = Array.of(Shape.of(1, 1, m, 1), keys).cast(dtype);
        Array q = Array.full(dtype, Shape.of(1, 1, 2, 1), 1);
        Array v = normal("v", dtype, 1, 1, m, 3);
        Array g = normal("g", dtype, 1, 1, 2, 3);
        Run fused = run(Attention.of(new ExpDot()), q, k, v, g, Mask.none());
        Run definition = run(Attention.unfused(new ExpDot()), q, k, v, g, Mask.none());
        assertNear(dtype, definition.out, fused.out, "out");
        assertNear(dtype, definition.gradients.get(2), fused.gradients.get(2), "gradient of v");
        // Key 299 outweighs key 298 by e³.
        assertEquals(v.get(0, 0, m - 1, 0), fused.out.get(0, 0, 0, 0), 0.06 * 4);
    }

    /// Queries that are keys, moved far from the origin: distances of exactly 0 stay 0.
    @ParameterizedTest
    @EnumSource(DType.class)
    void coincidentPointsFarFromTheOriginAreAtDistanceZero(DType dtype) {
        int n = 70;
        double[] points = normal("points", dtype, n * 8).toDoubles();
        boolean narrow = dtype == DType.FLOAT32;
        Arrays.setAll(points, i -> narrow ? (float) (1000 + points[i]) : 1000 + points[i]);
        Array x = Array.of(Shape.of(1, 1, n, 8), points).cast(dtype);
        // The same distances near the origin: the subtraction is exact in float64.
        Array near =
                Array.of(Shape.of(1, 1, n, 8), Arrays.stream(points).map(a -> a - 1000).toArray());
        Array v = normal("v", dtype, 1, 1, n, 3);
        Array g = normal("g", dtype, 1, 1, n, 3);
        for (Kernel kernel :
                List.of(new Gauss(), new Distance(), new Kernels.Cauchy(Coefficient.of(3)))) {
            Run fused = run(Attention.of(kernel), x, x, v, g, Mask.none());
            Run definition =
                    run(
                            Attention.unfused(kernel),
                            near,
                            near,
                            v.cast(DType.FLOAT64),
                            g.cast(DType.FLOAT64),
                            Mask.none());
            assertNear(dtype, definition.out, fused.out, kernel.name());
            for (int i = 0; i < 3; i++) {
                assertNear(
                        dtype, definition.gradients.get(i), fused.gradients.get(i), kernel.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void threadsChangeNoBit(Kernel kernel) {
        Kernel typed = ParameterTree.freshCopy(kernel, DType.FLOAT32);
        Array q = normal("q", DType.FLOAT32, 1, 3, 150, 9);
        Array k = normal("k", DType.FLOAT32, 1, 3, 140, 9);
        Array v = normal("v", DType.FLOAT32, 1, 3, 140, 17);
        Array g = normal("g", DType.FLOAT32, 1, 3, 150, 17);
        Parallel.threads(1);
        Run one = run(Attention.of(typed), q, k, v, g, Mask.causal());
        for (int t : new int[] {2, 3, 8}) {
            Parallel.threads(t);
            assertEquals(one, run(Attention.of(typed), q, k, v, g, Mask.causal()), t + " threads");
        }
    }

    /// First and second order, over the edges of blocks, in queries, keys, values and coefficients.
    @ParameterizedTest
    @MethodSource("kernels")
    void gradientsOfBothOrdersAgreeWithDifferences(Kernel kernel) {
        Tensor q = Tensor.of(Kernels.smooth(kernel, normal("q", DType.FLOAT64, 1, 1, 3, 2)));
        Tensor k = Tensor.of(Kernels.smooth(kernel, normal("k", DType.FLOAT64, 1, 1, 66, 2)));
        Tensor v = tensor("v", 1, 1, 66, 2);
        for (int order = 1; order <= 2; order++) {
            GradCheck.of(in ->
                            Attention.of(kernel)
                                    .apply(
                                            in.get(0),
                                            in.get(1),
                                            in.get(2),
                                            Mask.window(65),
                                            Pass.evaluation()))
                    .at(q.value(), k.value(), v.value())
                    .order(order)
                    .check()
                    .orThrow();
        }
        if (!parameters(kernel).isEmpty()) {
            GradCheck.of(
                            ParameterTree.of(kernel),
                            p -> Attention.of(kernel).apply(q, k, v, Mask.none(), p))
                    .check()
                    .orThrow();
        }
    }

    /// More pairs than an array has elements, of which few are seen: no array of all pairs exists.
    @Test
    void pairsMayBeMoreThanAnArrayHolds() {
        int n = 1 << 16;
        Array x = normal("x", DType.FLOAT32, 1, 1, n, 1);
        Array out =
                Attention.of(new ExpDot())
                        .apply(
                                Tensor.of(x),
                                Tensor.of(x),
                                Tensor.of(x),
                                Mask.window(1),
                                Pass.evaluation())
                        .value();
        assertArrayEquals(x.floats(), out.floats()); // each sees itself alone
    }

    @Test
    void aWindowSeesTheLastKeysUpToItsOwn() {
        Mask mask = Mask.window(2);
        assertTrue(mask.sees(0, 3, 5, 3, 5) && mask.sees(0, 3, 5, 2, 5));
        assertTrue(!mask.sees(0, 3, 5, 1, 5) && !mask.sees(0, 3, 5, 4, 5));
        assertTrue(mask.sees(0, 0, 2, 4, 6) && mask.sees(0, 1, 2, 5, 6)); // the last sees the last
        assertEquals(
                "a window must be at least one key wide, got 0",
                assertThrows(IllegalArgumentException.class, () -> Mask.window(0)).getMessage());
    }
}
