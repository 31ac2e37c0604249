package nonmercer.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Component;
import nonmercer.feature.LearnedSpectra;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Sample;
import nonmercer.parallel.Parallel;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Attention through features block by block is the same attention through their arrays.
class ProjectedAttentionTest {
    private static final int THREADS = Parallel.threads();

    @AfterEach
    void threads() {
        Parallel.threads(THREADS);
    }

    /// Shapes around the edges of blocks of 64 and of segments of 1024 rows.
    ///
    /// @param heads of queries
    /// @param groups of keys
    record Case(
            String name,
            int heads,
            int groups,
            int n,
            int m,
            int d,
            int e,
            Mask mask,
            FeatureMap map) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static FeatureMap draw(RandomFeatures f) {
        return f.draw(RandomStream.of(5));
    }

    private static FeatureMap learned(int heads, int d, int m, DType dtype) {
        return draw(new LearnedSpectra(heads, d, m, dtype).gmmPrf(RandomStream.of(3)));
    }

    static List<Case> cases() {
        FeatureMap favor = draw(RandomFeatures.favorPlus(5, 70));
        FeatureMap whole = draw(RandomFeatures.favorPlus(64, 128));
        FeatureMap optimal =
                draw(
                        new RandomFeatures(
                                Gaussian.standard(5), new Component.OptimalPositive(-0.1), 33));
        FeatureMap pairs =
                draw(
                        new RandomFeatures(
                                        Gaussian.standard(5),
                                        new Component.Hyperbolic(Target.GAUSSIAN),
                                        32)
                                .with(new Coupling.Simplex()));
        FeatureMap wide = draw(RandomFeatures.favorPlus(70, 10));
        Mask causal = Mask.causal();
        return List.of(
                new Case("one", 1, 1, 1, 1, 5, 3, Mask.none(), favor),
                new Case("edges", 2, 2, 63, 65, 5, 7, Mask.none(), favor),
                new Case("whole blocks", 1, 1, 128, 128, 64, 64, Mask.none(), whole),
                new Case("segments", 1, 1, 1030, 1100, 5, 7, Mask.none(), favor),
                new Case("shared keys", 4, 2, 70, 130, 5, 7, Mask.none(), optimal),
                new Case("lengths", 2, 1, 66, 90, 5, 7, Mask.lengths(70, 0), pairs),
                new Case("wide", 2, 2, 66, 90, 70, 80, Mask.none(), wide),
                new Case("causal one", 1, 1, 1, 1, 5, 3, causal, favor),
                new Case("causal", 2, 2, 150, 150, 5, 7, causal, favor),
                new Case("causal whole", 1, 1, 192, 192, 64, 64, causal, whole),
                new Case("causal shared", 4, 2, 130, 130, 5, 7, causal, pairs),
                new Case("causal wide", 2, 2, 70, 70, 70, 80, causal, wide),
                new Case(
                        "causal lengths",
                        2,
                        2,
                        140,
                        140,
                        5,
                        7,
                        causal.and(Mask.lengths(100, 0)),
                        optimal));
    }

    /// Output and gradients of queries, keys and values, computed block by block or not.
    private static List<Array> run(Case c, List<Array> in, LinearAttention.Keeps keeps) {
        LinearAttention attention = new LinearAttention(c.map, 64, keeps);
        try (Tape tape = Tape.open()) {
            List<Tensor> x = in.subList(0, 3).stream().map(tape::watch).toList();
            Tensor y = attention.apply(x.get(0), x.get(1), x.get(2), c.mask, Pass.recorded(tape));
            List<Array> all = new ArrayList<>();
            all.add(y.value().copy());
            tape.gradients(y.mul(Tensor.of(in.get(3))).sum(), x)
                    .forEach(g -> all.add(g.value().copy()));
            return all;
        }
    }

    private static List<Array> inputs(Case c, DType dtype, double size) {
        int b = c.mask.toString().contains("Lengths") ? 2 : 1;
        return List.of(
                scaled("q", dtype, size, b, c.heads, c.n, c.d),
                scaled("k", dtype, size, b, c.groups, c.m, c.d),
                scaled("v", dtype, 1, b, c.groups, c.m, c.e),
                scaled("g", dtype, 1, b, c.heads, c.n, c.e));
    }

    private static Array scaled(String name, DType dtype, double by, int... shape) {
        return Sample.tensor("projected/" + name, shape).scale(by).value().cast(dtype);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void blocksGiveWhatArraysGive(Case c) {
        for (double size : new double[] {0.3, 3}) {
            List<Array> in = inputs(c, DType.FLOAT64, size);
            List<Array> expected = run(c, in, LinearAttention.Keeps.FEATURES);
            List<Array> actual = run(c, in, LinearAttention.Keeps.FASTEST);
            for (int i = 0; i < expected.size(); i++) {
                // Sums of up to 1100 keys and 128 features in another order; exponents of up to
                // 100,
                // known to 100 roundings; gradients of up to 30 times the largest feature.
                assertNear(c + " " + i, expected.get(i), actual.get(i), 1e-10);
            }
        }
    }

    private static void assertNear(String what, Array expected, Array actual, double tolerance) {
        double most = 0;
        for (int i = 0; i < expected.size(); i++) {
            most = Math.max(most, Math.abs(expected.at(i)));
        }
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.at(i), actual.at(i), tolerance * Math.max(1, most), what);
        }
    }

    /// In float32 to float32's roundings of the exponents, which are up to 10 here.
    @ParameterizedTest
    @MethodSource("cases")
    void floatsAreNear(Case c) {
        List<Array> expected =
                run(c, inputs(c, DType.FLOAT64, 0.5), LinearAttention.Keeps.FEATURES);
        List<Array> actual = run(c, inputs(c, DType.FLOAT32, 0.5), LinearAttention.Keeps.FASTEST);
        for (int i = 0; i < expected.size(); i++) {
            assertNear(c + " " + i, expected.get(i), actual.get(i), 200 * 0x1p-23);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void threadsChangeNoBit(Case c) {
        List<Array> in = inputs(c, DType.FLOAT32, 1);
        Parallel.threads(1);
        List<Array> one = run(c, in, LinearAttention.Keeps.FASTEST);
        for (int t : new int[] {2, 3, 8}) {
            Parallel.threads(t);
            assertEquals(one, run(c, in, LinearAttention.Keeps.FASTEST), t + " threads");
        }
    }

    /// Logarithms of keys that grow by hundreds from chunk to chunk: the level rises within chunks
    /// and between them, and what came before is not lost for the queries that saw nothing else.
    @Test
    void levelsRise() {
        for (Mask mask : List.of(Mask.none(), Mask.causal())) {
            Case c =
                    new Case(
                            "rising",
                            1,
                            1,
                            200,
                            200,
                            5,
                            7,
                            mask,
                            draw(RandomFeatures.favorPlus(5, 40)));
            List<Array> in = new ArrayList<>(inputs(c, DType.FLOAT64, 1));
            for (int j = 0; j < 200; j++) {
                for (int l = 0; l < 5; l++) {
                    // Long keys first: −‖k‖²/2 is −600 at first and 0 at the end.
                    in.get(1).doubles()[j * 5 + l] *= 1 + (199 - j) / 10.0;
                }
            }
            List<Array> expected = run(c, in, LinearAttention.Keeps.FEATURES);
            List<Array> actual = run(c, in, LinearAttention.Keeps.FASTEST);
            for (int i = 0; i < expected.size(); i++) {
                // Exponents of up to 1000, known to 10⁻¹³ and some sums.
                assertNear(mask + " " + i, expected.get(i), actual.get(i), 1e-8);
            }
            assertTrue(Math.abs(actual.getFirst().at(0)) > 1e-3, "the first row is there");
        }
    }

    private record Model(LinearAttention attention, List<Parameter> data) {}

    /// Gradients of both orders, also in the parameters of the law.
    @Test
    void gradientsOfBothOrders() {
        for (Mask mask : List.of(Mask.none(), Mask.causal(), Mask.lengths(2))) {
            Model model =
                    new Model(
                            LinearAttention.of(learned(2, 3, 4, DType.FLOAT64)),
                            List.of(
                                    Sample.parameter("q", 1, 1, 2, 4, 3),
                                    Sample.parameter("k", 1, 1, 1, 4, 3),
                                    Sample.parameter("v", 1, 1, 1, 4, 2)));
            for (int order = 1; order <= 2; order++) {
                GradCheck.of(
                                ParameterTree.of(model),
                                pass ->
                                        model.attention.apply(
                                                pass.use(model.data.get(0)),
                                                pass.use(model.data.get(1)),
                                                pass.use(model.data.get(2)),
                                                mask,
                                                pass))
                        .order(order)
                        .check()
                        .orThrow();
            }
        }
    }

    /// What is hidden may be anything.
    @Test
    void paddingLeavesNoTrace() {
        for (Mask mask : List.of(Mask.lengths(70, 100), Mask.lengths(70, 100).and(Mask.causal()))) {
            Case c =
                    new Case(
                            "padded",
                            1,
                            1,
                            100,
                            100,
                            5,
                            7,
                            mask,
                            draw(RandomFeatures.favorPlus(5, 40)));
            List<Array> in = inputs(c, DType.FLOAT32, 1);
            List<Array> before = run(c, in, LinearAttention.Keeps.FASTEST);
            for (int l = 70 * 5; l < 100 * 5; l++) {
                in.get(1).floats()[l] = Float.NaN;
            }
            for (int l = 70 * 7; l < 100 * 7; l++) {
                in.get(2).floats()[l] = Float.NaN;
            }
            List<Array> after = run(c, in, LinearAttention.Keeps.FASTEST);
            assertEquals(before.get(0), after.get(0));
            assertEquals(before.get(1), after.get(1));
            for (int l = 70 * 5; l < 100 * 5; l++) {
                assertEquals(0, after.get(2).at(l));
            }
        }
    }
}
