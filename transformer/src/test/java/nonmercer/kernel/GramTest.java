package nonmercer.kernel;

import static nonmercer.kernel.Sample.assertWithin;
import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.row;
import static nonmercer.kernel.Sample.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
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
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GramTest {
    private static final Pass PASS = Pass.evaluation();

    @Provide
    Arbitrary<Kernel> kernels() {
        return Kernels.any();
    }

    /// What an element is, and how far it may be off.
    private interface Element {
        Rounded at(double[] q, double[] k, double u);
    }

    /// Compares `[b, n, m]` with the definition. Both sides are within their bound, the
    /// definition's in float64.
    private static void assertDefinition(Element element, Array q, Array k, Array gram) {
        double u = gram.dtype().unitRoundoff();
        int n = q.dim(-2);
        int m = k.dim(-2);
        double[] expected = new double[gram.size()];
        double[] bounds = new double[gram.size()];
        for (int at = 0; at < expected.length; at++) {
            double[] x = row(q, at / m);
            double[] y = row(k, at / (n * m) * m + at % m);
            Rounded r = element.at(x, y, u);
            expected[at] = r.value();
            bounds[at] = r.error() + element.at(x, y, DType.FLOAT64.unitRoundoff()).error();
        }
        assertWithin(bounds, expected, gram);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void everyElementIsTheKernelInFloat64(
            @ForAll("kernels") Kernel kernel,
            @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @IntRange(min = 1, max = 5) int m,
            @ForAll @IntRange(min = 1, max = 12) int d) {
        Array q = normal("q", DType.FLOAT64, 2, n, d);
        Array k = normal("k", DType.FLOAT64, 2, m, d);
        Array gram = Gram.of(kernel, Tensor.of(q), Tensor.of(k), PASS).value();
        assertEquals(Shape.of(2, n, m), gram.shape());
        assertDefinition((x, y, u) -> Rounded.of(kernel, x, y, u), q, k, gram);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void everyElementIsTheKernelInFloat32(
            @ForAll("kernels") Kernel kernel,
            @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @IntRange(min = 1, max = 12) int d) {
        // A model's kernel has parameters of the model's type.
        Kernel narrow = ParameterTree.freshCopy(kernel, DType.FLOAT32);
        Array q = normal("q", DType.FLOAT32, 1, n, d);
        Array k = normal("k", DType.FLOAT32, 1, 3, d);
        Array gram = Gram.of(narrow, Tensor.of(q), Tensor.of(k), PASS).value();
        assertDefinition((x, y, u) -> Rounded.of(narrow, x, y, u), q, k, gram);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void theLogFormIsTheLogarithm(
            @ForAll("kernels") Kernel kernel,
            @ForAll @IntRange(min = 1, max = 4) int n,
            @ForAll @IntRange(min = 1, max = 12) int d) {
        Array q = normal("q", DType.FLOAT64, 2, n, d);
        Array k = normal("k", DType.FLOAT64, 2, 3, d);
        var log = Gram.log(kernel, Tensor.of(q), Tensor.of(k), PASS);
        assertEquals(Gram.hasLog(kernel), log.isPresent());
        if (log.isPresent()) {
            assertDefinition(
                    (x, y, u) -> {
                        Rounded value = Rounded.of(kernel, x, y, u).log(u);
                        return new Rounded(
                                value.value(),
                                value.error() + Rounded.logOf(kernel, x, y, u).error());
                    },
                    q,
                    k,
                    log.get().value());
        }
    }

    @Test
    void aKernelHasALogFormWhereAllItsPartsHave() {
        Kernel dot = new ExpDot();
        Kernel square = new Quadratic();
        assertTrue(Gram.hasLog(dot));
        assertTrue(
                Gram.hasLog(
                        dot.plus(new Gauss())
                                .times(new ExpIntersection())
                                .scaled(2)
                                .lengthscale(3)));
        for (Kernel without :
                List.of(
                        square,
                        new Distance(),
                        dot.plus(square),
                        dot.times(square),
                        square.scaled(2),
                        square.lengthscale(2),
                        new Kernels.Affine())) {
            assertFalse(Gram.hasLog(without), without.name());
            assertTrue(Gram.log(without, tensor("q", 2, 3), tensor("k", 2, 3), PASS).isEmpty());
        }
    }

    @Test
    void theLogFormHoldsWhereTheValueOverflowsAndWhereItVanishes() {
        Tensor q = Tensor.of(Array.matrix(new double[][] {{30}, {-30}}));
        Kernel kernel = new ExpDot(Coefficient.of(1)).plus(new Gauss(Coefficient.of(1))).scaled(2);
        Array log = Gram.log(kernel, q, q, PASS).orElseThrow().value();
        // ln(2 (e⁹⁰⁰ + 1)) and ln(2 (e⁻⁹⁰⁰ + e⁻³⁶⁰⁰)); the second terms do not count.
        assertWithin(
                new double[] {2e-13, 2e-13, 2e-13, 2e-13},
                new double[] {
                    900 + Math.log(2), -900 + Math.log(2), -900 + Math.log(2), 900 + Math.log(2)
                },
                log);
    }

    @ParameterizedTest
    @EnumSource(Pairing.class)
    void aPairingRefusesTwoWidths(Pairing pairing) {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> pairing.of(tensor("q", 2, 3), tensor("k", 2, 4)));
        assertEquals(
                "the pairing "
                        + pairing.symbol()
                        + " needs queries and keys of one width, got [2, 3] and [2, 4]",
                e.getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> pairing.at(new double[3], new double[4]));
    }

    @Test
    void twoTowersMayHaveTwoWidths() {
        Kernel kernel =
                new ExpDot()
                        .warped(
                                new Warp.Linear(Sample.parameter("f", 0.5, 3, 2)),
                                new Warp.Linear(Sample.parameter("g", 0.5, 5, 2)));
        Array q = normal("q", DType.FLOAT64, 4, 3);
        Array k = normal("k", DType.FLOAT64, 6, 5);
        Array gram = Gram.of(kernel, Tensor.of(q), Tensor.of(k), PASS).value();
        assertEquals(Shape.of(4, 6), gram.shape());
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 6; j++) {
                double expected = kernel.at(row(q, i), row(k, j));
                assertEquals(
                        expected,
                        gram.get(i, j),
                        1e-13 * expected); // 100 roundings at most, values near 1
            }
        }
    }

    @Test
    void aFeaturedKernelIsTheProductOfItsFeatures() {
        Array q = normal("q", DType.FLOAT64, 2, 4, 3);
        Array k = normal("k", DType.FLOAT64, 2, 5, 3);
        Kernel kernel = new Kernels.Affine();
        Array gram = Gram.of(kernel, Tensor.of(q), Tensor.of(k), PASS).value();
        assertDefinition(
                (x, y, u) -> {
                    Rounded dot = Rounded.of(Pairing.DOT, x, y, u, 0);
                    return new Rounded(dot.value(), dot.error()).plus(new Rounded(1, 0), 2 * u);
                },
                q,
                k,
                gram);
    }

    /// Everything a kernel can train, at once: a temperature, lengthscales, a matrix, the weight of
    /// a term.
    private record Trained(Kernel kernel) {
        static Trained create() {
            Kernel ard = new Gauss().warped(new Warp.Ard(Sample.parameter("ard", 0.3, 3)));
            Kernel linear =
                    new ExpDot(Coefficient.trained(0.4, DType.FLOAT64))
                            .warped(
                                    new Warp.Linear(Sample.parameter("f", 0.5, 3, 2)),
                                    new Warp.Linear(Sample.parameter("g", 0.5, 3, 2)));
            Kernel stretched =
                    new Kernels.Cauchy(Coefficient.of(0.5))
                            .warped(new Warp.Stretch(Coefficient.trained(0.8, DType.FLOAT64)));
            Kernel weighted =
                    new Scaled(Coefficient.trained(2, DType.FLOAT64), new ExpIntersection());
            return new Trained(ard.plus(linear).plus(weighted.times(stretched)));
        }
    }

    @Test
    void everyParameterOfAKernelIsTrained() {
        Trained model = Trained.create();
        ParameterTree tree = ParameterTree.of(model);
        assertEquals(6, tree.all().size());
        Tensor q = tensor("q", 4, 3);
        Tensor k = tensor("k", 5, 3);
        assertEveryParameterTakesPart(tree, pass -> Gram.of(model.kernel(), q, k, pass));
        GradCheck.of(tree, pass -> Gram.of(model.kernel(), q, k, pass)).order(2).check().orThrow();
        GradCheck.of(x -> Gram.of(model.kernel(), x.get(0), x.get(1), PASS))
                .at(q.value(), k.value())
                .order(2)
                .check()
                .orThrow();
    }

    /// A parameter that is read but not recorded is an error of the tape; differences could not
    /// tell.
    private static void assertEveryParameterTakesPart(
            ParameterTree tree, Function<Pass, Tensor> function) {
        try (Tape tape = Tape.open()) {
            assertEquals(
                    tree, tape.gradients(function.apply(Pass.recorded(tape)).sum(), tree).model());
        }
    }

    @Test
    void theLogFormTrainsTheSameParameters() {
        Kernel kernel =
                new ExpDot(Coefficient.trained(0.4, DType.FLOAT64))
                        .times(
                                new Scaled(
                                        Coefficient.trained(2, DType.FLOAT64),
                                        new Gauss(Coefficient.trained(1, DType.FLOAT64))))
                        .plus(new ExpIntersection(Coefficient.trained(0.3, DType.FLOAT64)));
        ParameterTree tree = ParameterTree.of(kernel);
        assertEquals(4, tree.all().size());
        Tensor q = tensor("q", 4, 3);
        Tensor k = tensor("k", 5, 3);
        assertEveryParameterTakesPart(tree, pass -> Gram.log(kernel, q, k, pass).orElseThrow());
        GradCheck.of(tree, pass -> Gram.log(kernel, q, k, pass).orElseThrow())
                .order(2)
                .check()
                .orThrow();
    }

    static Stream<Kernel> trainable() {
        Coefficient a = Coefficient.trained(0.7, DType.FLOAT64);
        Coefficient b = Coefficient.trained(1.3, DType.FLOAT64);
        return Stream.of(
                Gauss.ard(1, 2, 0.5),
                new RationalQuadratic(a, b),
                new Matern(2, a),
                new Laplace(a, Laplace.Norm.TWO),
                new Periodic(a, b),
                new Gibbs(a),
                new Rotated(a, b),
                new Signed(a),
                new Cosformer(b),
                new Sigmoid(a, 0.5),
                new TaylorExp(3, a),
                new Linear(a).exponential().normalised(),
                new ReLU().plus(new Quadratic(b, 1)).normalised(),
                new SquaredDistance().decay(a).scaled(b),
                new ExpDot(a).warped(Network.random(3, 4, 2, RandomStream.of(1))),
                new ExpDot()
                        .warped(
                                new Warp.Identity(),
                                new Warp.Linear(Sample.parameter("w", 0.5, 3, 3))));
    }

    @ParameterizedTest
    @MethodSource("trainable")
    void gradientsReachPointsAndParameters(Kernel kernel) {
        ParameterTree tree = ParameterTree.of(kernel);
        Tensor q = tensor("q", 4, 3);
        Tensor k = tensor("k", 5, 3);
        assertEveryParameterTakesPart(tree, pass -> kernel.gram(q, k, pass));
        GradCheck.of(tree, pass -> kernel.gram(q, k, pass)).order(2).check().orThrow();
        GradCheck.of(x -> kernel.gram(x.get(0), x.get(1), PASS))
                .at(q.value(), k.value())
                .order(2)
                .check()
                .orThrow();
    }

    /// The first key is 0, from where tiles measure distances: what they may be off by is then what
    /// a matrix product may be.
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void inTilesItIsTheDefinition(
            @ForAll("kernels") Kernel kernel,
            @ForAll boolean wide,
            @ForAll @IntRange(min = 0, max = 140) int n,
            @ForAll @IntRange(min = 1, max = 70) int m,
            @ForAll @IntRange(min = 9, max = 20) int d) {
        DType dtype = wide ? DType.FLOAT64 : DType.FLOAT32;
        Kernel typed = ParameterTree.freshCopy(kernel, dtype);
        Array q = normal("q", dtype, 1, n, d);
        double[] keys = normal("k", dtype, 1, m, d).toDoubles();
        Arrays.fill(keys, 0, d, 0);
        Array k = Array.of(Shape.of(1, m, d), keys).cast(dtype);
        Array gram = typed.gram(q, k);
        assertEquals(Shape.of(1, n, m), gram.shape());
        assertDefinition((x, y, u) -> Rounded.of(typed, x, y, u), q, k, gram);
    }

    @Test
    void aGramMatrixWithoutGradientsNeedsLittleBesideItself() {
        Kernel kernel = new Gauss().times(new Quadratic()).plus(new Matern());
        Array x = normal("x", DType.FLOAT32, 1500, 8);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        // Loops that are not compiled yet box their vectors: the least of many calls counts.
        long least = Long.MAX_VALUE;
        for (int call = 0; call < 60; call++) {
            long before = threads.getTotalThreadAllocatedBytes();
            kernel.gram(x, x);
            least = Math.min(least, threads.getTotalThreadAllocatedBytes() - before);
        }
        // One matrix of 9 MB; each temporary would be another.
        assertTrue(least < 1.5 * 4 * 1500 * 1500, least + " bytes");
    }

    @Test
    void pointsOfTwoTypesHaveNoGramMatrix() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Gauss()
                                .gram(
                                        normal("x", DType.FLOAT32, 2, 3),
                                        normal("y", DType.FLOAT64, 2, 3)));
    }

    @Test
    void aParameterInTwoPlacesGetsOneGradient() {
        Parameter shared = Sample.parameter("ard", 0.3, 3);
        Kernel kernel = new Gauss().warped(new Warp.Ard(shared));
        ParameterTree tree = ParameterTree.of(kernel);
        assertEquals(List.of("queries.logLengthscales"), List.copyOf(tree.byName().keySet()));
        try (Tape tape = Tape.open()) {
            Tensor loss =
                    Gram.of(kernel, tensor("q", 2, 3), tensor("k", 2, 3), Pass.recorded(tape))
                            .sum();
            assertEquals(Shape.of(3), tape.gradients(loss, tree).of(shared).shape());
        }
    }
}
