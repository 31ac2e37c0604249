package nonmercer.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.FeatureExpression;
import nonmercer.feature.FeatureName;
import nonmercer.feature.Features;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Cosformer;
import nonmercer.kernel.EluPlusOne;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Polynomial;
import nonmercer.kernel.Sample;
import nonmercer.kernel.TaylorExp;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The one object [Attention] through features.
class AttentionInLinearTimeTest {
    private static final DType F64 = DType.FLOAT64;

    private static Tensor draw(String name, int... shape) {
        return Sample.tensor("linear/" + name, shape);
    }

    private static Attention of(FeatureName name, int count) {
        Features.Named named = new Features.Named(name, count);
        return Attention.of(named.kernel().orElse(new ExpDot())).linear(named);
    }

    /// A kernel with features of its own gives what it gives exactly, in linear time, under every
    /// mask that linear time knows.
    @Test
    void ownFeaturesAreExact() {
        Tensor q = draw("q", 2, 4, 19, 3);
        Tensor k = draw("k", 2, 2, 19, 3);
        Tensor v = draw("v", 2, 2, 19, 5);
        for (Kernel kernel : List.of(new EluPlusOne(), new Cosformer(), new TaylorExp())) {
            for (Mask mask :
                    List.of(
                            Mask.none(),
                            Mask.causal(),
                            Mask.lengths(7, 19),
                            Mask.causal().and(Mask.lengths(19, 3)))) {
                Attention exact = Attention.of(kernel);
                Array expected = exact.apply(q, k, v, mask, Pass.evaluation()).value();
                Array actual = exact.linear().apply(q, k, v, mask, Pass.evaluation()).value();
                // Sums of at most 19 keys and 10 features, of both signs, over a sum of their
                // sizes:
                // 200 roundings.
                for (int i = 0; i < expected.size(); i++) {
                    assertEquals(
                            expected.at(i), actual.at(i), 200 * 0x1p-52 * 4, kernel + " " + mask);
                }
                assertTrue(exact.linear().plan(q.shape(), k.shape(), v.shape()).exact());
            }
        }
    }

    /// Every name, drawn for a layer, is the mean with the weights it says it has.
    @ParameterizedTest
    @EnumSource(FeatureName.class)
    void outputsAreMeansWithTheWeights(FeatureName name) {
        Attention attention = of(name, 8).drawn(2, 4, F64, "here");
        Tensor q = draw("q", 1, 2, 9, 4);
        Tensor k = draw("k", 1, 2, 9, 4);
        Tensor v = draw("v", 1, 2, 9, 3);
        Tensor w = attention.weights(q, k, Mask.causal(), Pass.evaluation());
        Tensor rows = w.sum(-1);
        Array expected = w.matmul(v).value();
        Array actual = attention.apply(q, k, v, Mask.causal(), Pass.evaluation()).value();
        for (int i = 0; i < rows.value().size(); i++) {
            boolean blind = name == FeatureName.RELU && rows.value().at(i) == 0;
            assertEquals(blind ? 0 : 1, rows.value().at(i), 1e-13); // 100 roundings
        }
        for (int i = 0; i < actual.size(); i++) {
            // Waves can have sums of weights that cancel, to 1/1000 here at most.
            assertEquals(expected.at(i), actual.at(i), 1e-11);
        }
    }

    /// More features come nearer to the kernel they estimate.
    @Test
    void namedFeaturesEstimateTheirKernel() {
        Tensor q = draw("q", 1, 1, 5, 4).scale(0.5);
        Tensor k = draw("k", 1, 1, 6, 4).scale(0.5);
        for (FeatureName name :
                List.of(
                        FeatureName.PRF,
                        FeatureName.FAVOR_PLUS,
                        FeatureName.FAVOR_PLUS_PLUS,
                        FeatureName.SIMPLEX)) {
            Attention estimate = of(name, 20_000).drawn(1, 4, F64, "here");
            Array expected =
                    Attention.of(estimate.kernel())
                            .weights(q, k, Mask.none(), Pass.evaluation())
                            .value();
            Array actual = estimate.weights(q, k, Mask.none(), Pass.evaluation()).value();
            for (int i = 0; i < expected.size(); i++) {
                // ‖x + y‖² = 1 on average and at most 4: relative deviations of √(e⁴/20000) = 0.05
                // at most, of a weight of up to ½; the draws are fixed.
                assertEquals(expected.at(i), actual.at(i), 0.05, name.text());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FeatureName.class)
    void expressionsArePrintedAndRead(FeatureName name) {
        Features.Named f = new Features.Named(name, 32);
        assertEquals(f, FeatureExpression.parse(name.text(), 32));
        for (Features.Named g :
                List.of(
                        f.untrained(),
                        f.seeded(7),
                        f.with(nonmercer.feature.NoisePolicy.PER_EPOCH).untrained())) {
            assertEquals(g, FeatureExpression.parse(FeatureExpression.print(g), 1));
        }
    }

    /// Learned spectra belong to the layer that drew them, fixed ones to nobody; both have the same
    /// values at first.
    @Test
    void learnedSpectraAreParameters() {
        for (FeatureName name :
                List.of(
                        FeatureName.GMM_RKS,
                        FeatureName.GMM_PRF,
                        FeatureName.FASTFOOD_RKS,
                        FeatureName.FASTFOOD_PRF,
                        FeatureName.GENERATIVE_RKS,
                        FeatureName.GENERATIVE_PRF)) {
            Features.Named learned = new Features.Named(name, 16);
            Attention trained = Attention.of(new ExpDot()).linear(learned).drawn(2, 4, F64, "x");
            Attention fixed =
                    Attention.of(new ExpDot()).linear(learned.untrained()).drawn(2, 4, F64, "x");
            assertFalse(ParameterTree.found(trained).isEmpty(), name.text());
            assertTrue(ParameterTree.found(fixed).isEmpty(), name.text());
            Tensor q = draw("q", 1, 2, 3, 4);
            Tensor v = draw("v", 1, 2, 3, 2);
            assertEquals(
                    trained.apply(q, q, v, Mask.none(), Pass.evaluation()).value(),
                    fixed.apply(q, q, v, Mask.none(), Pass.evaluation()).value());
        }
    }

    /// A law that stays as it starts is recorded nowhere, and its features can be computed again.
    @ParameterizedTest
    @EnumSource(FeatureName.class)
    void fixedFeaturesAreConstants(FeatureName name) {
        Features.Named fixed = new Features.Named(name, 8).untrained();
        Evaluation.Linear how = new Evaluation.Linear(fixed);
        Tensor k = draw("k", 1, 2, 5, 4);
        Tensor v = draw("v", 1, 2, 5, 2);
        List<Array> gradients = new ArrayList<>();
        for (Evaluation each : List.of(how, how.recomputing())) {
            Attention attention =
                    Attention.of(fixed.kernel().orElse(new ExpDot()))
                            .with(each)
                            .drawn(2, 4, F64, "here");
            try (Tape tape = Tape.open()) {
                Pass pass = Pass.training(tape, RandomStream.of(1));
                assertFalse(attention.apply(k, k, v, Mask.causal(), pass).recorded(), name.text());
                Tensor q = tape.watch(draw("q", 1, 2, 5, 4).value());
                Tensor out = attention.apply(q, k, v, Mask.causal(), pass);
                gradients.add(tape.gradient(out.square().sum(), q).value().copy());
            }
        }
        assertEquals(gradients.get(0), gradients.get(1)); // the same operations
    }

    @Test
    void gradientsReachInputsThroughTheObject() {
        Attention attention = of(FeatureName.FAVOR_PLUS, 6).drawn(2, 3, F64, "here");
        GradCheck.of(x ->
                        attention.apply(
                                x.get(0), x.get(1), x.get(2), Mask.causal(), Pass.evaluation()))
                .at(
                        draw("q", 1, 2, 5, 3).value(),
                        draw("k", 1, 1, 5, 3).value(),
                        draw("v", 1, 1, 5, 2).value())
                .check()
                .orThrow();
    }

    /// Another place or seed, other noise; the same, the same.
    @Test
    void thePlaceDecidesTheNoise() {
        Attention named = of(FeatureName.PRF, 8);
        Tensor q = draw("q", 1, 1, 4, 3);
        Array here = weights(named.drawn(1, 3, F64, "here"), q);
        assertEquals(here, weights(named.drawn(1, 3, F64, "here"), q));
        assertFalse(here.equals(weights(named.drawn(1, 3, F64, "there"), q)));
    }

    private static Array weights(Attention a, Tensor q) {
        return a.weights(q, q, Mask.none(), Pass.evaluation()).value();
    }

    @Test
    void plansSayWhatIsKnownOfTheError() {
        Shape s = Shape.of(1, 8, 1024, 64);
        String favor = of(FeatureName.FAVOR_PLUS, 128).plan(s, s, s).toString();
        assertTrue(favor.contains("linear, 128 features (favor+(128))"), favor);
        assertTrue(favor.contains("relative standard deviation"), favor);
        String learned = of(FeatureName.GMM_PRF, 128).plan(s, s, s).toString();
        assertTrue(learned.contains("a learned kernel in the place of ExpDot"), learned);
        assertFalse(of(FeatureName.PRF, 128).plan(s, s, s).exact());
        assertTrue(of(FeatureName.ELU_PLUS_ONE, 128).plan(s, s, s).exact());
    }

    @Test
    void whatCannotWorkIsRefused() {
        Tensor q = draw("q", 1, 1, 4, 3);
        Pass pass = Pass.evaluation();
        Attention elu = Attention.of(new EluPlusOne()).linear();
        assertSays("no bias of pairs", () -> elu.apply(q, q, q, Mask.none(), Bias.alibi(1), pass));
        assertSays("no weights that could be dropped", () -> elu.withDropout(0.1));
        assertSays("knows no mask", () -> elu.apply(q, q, q, Mask.window(2), pass));
        assertSays("knows no mask", () -> elu.apply(q, q, q, Mask.table(new boolean[4][4]), pass));
        assertSays("no finite features", () -> Attention.of(new ExpDot()).linear());
        assertSays(
                "features of Gauss",
                () -> Attention.of(new ExpDot()).linear(new Features.Named(FeatureName.RFF, 8)));
        assertSays(
                "needs each weight",
                () ->
                        Attention.of(new Polynomial(), new Denominator.Absolute())
                                .linear(new Features.Own()));
        assertSays(
                "trained numbers",
                () ->
                        Attention.of(new ExpDot(Coefficient.trained(1, F64)))
                                .linear(new Features.Named(FeatureName.GMM_PRF, 8)));
        assertSays("no features named 'favour'", () -> FeatureExpression.parse("favour", 1));
        assertSays("no option 'k'", () -> FeatureExpression.parse("prf(k=2)", 1));
        assertSays("at least one feature", () -> FeatureExpression.parse("prf(0)", 1));
        assertSays("expected )", () -> FeatureExpression.parse("prf(2", 1));
        assertThrows(
                IllegalStateException.class,
                () -> of(FeatureName.PRF, 8).apply(q, q, q, Mask.none(), pass));
        assertEquals("Gauss", Attention.of(new Gauss()).label());
        assertEquals("favor+(8)", of(FeatureName.FAVOR_PLUS, 8).label());
    }

    private static void assertSays(String words, Executable code) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, code);
        assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
    }
}
