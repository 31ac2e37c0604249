package nonmercer.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import nonmercer.feature.LearnedSpectra;
import nonmercer.feature.NoisePolicy;
import nonmercer.feature.RandomFeatures;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Sample;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

/// Gradients of attention through features, of both orders, with what is kept and what is computed
/// again.
class LinearAttentionGradientTest {
    @Test
    void gradientsOfFirstAndSecondOrder() {
        Array q = Sample.normal("q", DType.FLOAT64, 1, 2, 5, 4);
        Array k = Sample.normal("k", DType.FLOAT64, 1, 2, 5, 4);
        Array v = Sample.normal("v", DType.FLOAT64, 1, 2, 5, 3);
        for (FeatureMap map : List.of(LinearAttentionTest.FAVOR, LinearAttentionTest.WAVES)) {
            for (Mask mask : List.of(Mask.none(), Mask.causal(), Mask.lengths(3))) {
                for (int order = 1; order <= 2; order++) {
                    GradCheck.of(x ->
                                    LinearAttentionTest.chunked(map, 2)
                                            .apply(
                                                    x.get(0),
                                                    x.get(1),
                                                    x.get(2),
                                                    mask,
                                                    Pass.evaluation()))
                            .at(q, k, v)
                            .order(order)
                            .check()
                            .orThrow();
                }
            }
        }
    }

    private record Model(RandomFeatures features, List<Parameter> data) {}

    /// Computed again in the backward pass: the same to rounding, with trained frequencies and the
    /// noise of a step, and second derivatives too.
    @Test
    void recomputingGivesTheSameGradients() {
        RandomFeatures recipe =
                new LearnedSpectra(2, 4, 6, DType.FLOAT64).gmmPrf(RandomStream.of(4));
        FeatureMap map = recipe.draw(RandomStream.of(5), NoisePolicy.PER_STEP);
        Model model =
                new Model(
                        recipe,
                        List.of(
                                new Parameter(Sample.normal("q", DType.FLOAT64, 1, 2, 5, 4)),
                                new Parameter(Sample.normal("k", DType.FLOAT64, 1, 2, 5, 4))));
        ParameterTree tree = ParameterTree.of(model);
        LinearAttention stored = LinearAttention.of(map);
        List<Array> first = List.of();
        for (LinearAttention linear : List.of(stored, stored.recomputing())) {
            try (Tape tape = Tape.open()) {
                Pass pass = Pass.training(tape, RandomStream.of(6));
                Tensor q = pass.use(model.data().get(0));
                Tensor k = pass.use(model.data().get(1));
                Tensor out = linear.apply(q, k, q, Mask.causal(), pass);
                var gradients = tape.gradients(out.square().sum(), tree);
                List<Array> found = new ArrayList<>();
                tree.forEach((name, p) -> found.add(gradients.of(p).copy()));
                if (first.isEmpty()) {
                    first = found;
                }
                assertEquals(first.size(), found.size());
                for (int i = 0; i < found.size(); i++) {
                    // q stands in two places: its parts add up in another order.
                    Sample.assertWithin(1e-13, first.get(i), found.get(i));
                }
            }
        }
        for (int order = 1; order <= 2; order++) {
            GradCheck.of(
                            tree,
                            pass -> {
                                Tensor q = pass.use(model.data().get(0));
                                Tensor k = pass.use(model.data().get(1));
                                return LinearAttention.of(recipe.draw(RandomStream.of(5)))
                                        .recomputing()
                                        .apply(q, k, k, Mask.none(), pass);
                            })
                    .order(order)
                    .check()
                    .orThrow();
        }
    }
}
