package nonmercer.feature;

import java.util.List;
import java.util.stream.Stream;
import nonmercer.array.DType;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.FeatureMap;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Laws;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Gradients of random features in queries, keys, law and scale.
class RandomFeaturesGradientTest {
    /// Every law with every component, with respect to queries, keys, law and scale.
    @TestFactory
    Stream<DynamicTest> gradients() {
        return Laws.trained().entrySet().stream()
                .flatMap(e ->
                        Stream.of(
                                        new Component.Trigonometric(Target.SOFTMAX, 0.5),
                                        new Component.Positive(Target.GAUSSIAN),
                                        new Component.Hyperbolic(Target.SOFTMAX))
                                .map(c ->
                                        DynamicTest.dynamicTest(
                                                e.getKey() + " " + c,
                                                () ->
                                                        assertGradients(
                                                                new RandomFeatures(
                                                                                e.getValue(), c, 8)
                                                                        .with(
                                                                                Coefficient.trained(
                                                                                        0.4,
                                                                                        DType
                                                                                                .FLOAT64))))));
    }

    /// The data that a preconditioner is fitted to get their gradient through it.
    @Test
    void gradientsThroughPreconditioners() {
        for (Preconditioner p : Preconditioner.values()) {
            RandomFeatures f =
                    new RandomFeatures(
                            Gaussian.standard(4),
                            new Coupling.Orthogonal(),
                            new Component.OptimalPositive(-0.02),
                            p,
                            Coefficient.trained(0.4, DType.FLOAT64),
                            8);
            assertGradients(f);
        }
    }

    private record Model(RandomFeatures features, List<Parameter> data) {}

    private static void assertGradients(RandomFeatures f) {
        FeatureMap map = f.draw(RandomStream.of(5));
        int h = f.law().heads();
        Model model =
                new Model(
                        f,
                        List.of(
                                new Parameter(RandomFeaturesTest.points("q", 1, h, 2, 4)),
                                new Parameter(RandomFeaturesTest.points("k", 1, h, 3, 4))));
        GradCheck.of(
                        ParameterTree.of(model),
                        pass -> {
                            Tensor q = pass.use(model.data().get(0));
                            Tensor k = pass.use(model.data().get(1));
                            FeatureMap ready = map.fitted(q, k, pass);
                            return ready.queries(q, pass)
                                    .matmul(ready.keys(k, pass), Transpose.TRANSPOSED);
                        })
                .check()
                .orThrow();
    }
}
