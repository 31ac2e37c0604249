package nonmercer.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import nonmercer.array.DType;
import nonmercer.array.Slab;
import nonmercer.attention.Attention;
import nonmercer.autodiff.Engine;
import nonmercer.autodiff.Gradients;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.FeatureExpression;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.layer.Placement;
import nonmercer.layer.Positions;
import nonmercer.layer.Tokens;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Models whose blocks are computed once more for their gradients.
class RecomputingModelTest {
    private static final RandomStream RANDOM = RandomStream.of(11);

    private static Map<String, double[]> gradients(
            Object model, boolean again, Function<Pass, Tensor> loss) {
        Map<String, double[]> all = new LinkedHashMap<>();
        Slab slab = Slab.poisoned();
        try (Tape tape = Tape.open(slab, Engine.EAGER)) {
            Pass pass = Pass.training(tape, RANDOM.at("step"), RANDOM.at("epoch"));
            Tensor y = loss.apply(again ? pass.recomputing() : pass);
            ParameterTree tree = ParameterTree.of(model);
            Gradients found = tape.gradients(y, tree);
            all.put("the loss", y.value().toDoubles());
            tree.forEach((name, p) -> all.put(name, found.of(p).toDoubles()));
        }
        return all;
    }

    static Stream<Design> designs() {
        Design d = Models.DESIGN;
        return Stream.of(
                d,
                d.with(Placement.POST),
                d.with(Positions.Kind.ROTARY),
                d.with(Positions.Kind.ALIBI),
                d.with(Positions.Kind.LEARNED),
                d.with(new Gauss(Coefficient.trained(0.5, DType.FLOAT64))),
                d.with(features("favor+(8, noise=step)")),
                d.with(features("gmm-prf(8, noise=epoch)")));
    }

    private static Attention features(String text) {
        return Attention.of(new ExpDot()).linear(FeatureExpression.parse(text, 8));
    }

    @ParameterizedTest
    @MethodSource("designs")
    void aClassifiersGradientsAreTheSameBits(Design design) {
        Classifier model = Classifier.create(Models.config(design), 3, RANDOM.at("weights"));
        Tokens tokens = Models.tokens(new int[] {1, 2, 3, 4}, new int[] {5, 6, 1});
        Function<Pass, Tensor> loss =
                pass -> model.logits(tokens, pass).crossEntropy(new int[] {2, 0}, 0);
        Map<String, double[]> kept = gradients(model, false, loss);
        Map<String, double[]> again = gradients(model, true, loss);
        assertEquals(kept.keySet(), again.keySet());
        kept.forEach((name, g) -> assertArrayEquals(g, again.get(name), name));
    }

    /// The blocks of the decoder share the encoder's output: its gradient is their sum in another
    /// order, off by a rounding of each of at most four terms of size 10, magnified by no more than
    /// 10⁴ on the way back.
    @Test
    void aTranslatorsGradientsAreThatUpToTheOrderOfSums() {
        EncoderDecoder model =
                EncoderDecoder.create(Models.config(Models.DESIGN), RANDOM.at("weights"));
        Tokens source = Models.tokens(new int[] {1, 2, 3, 4}, new int[] {5, 6, 1});
        Tokens target = Models.tokens(new int[] {1, 3, 2}, new int[] {1, 6, 5});
        Function<Pass, Tensor> loss = pass -> model.loss(source, target, 0.1, pass);
        Map<String, double[]> kept = gradients(model, false, loss);
        Map<String, double[]> again = gradients(model, true, loss);
        assertEquals(kept.keySet(), again.keySet());
        kept.forEach((name, g) -> assertArrayEquals(g, again.get(name), 4 * 10e4 * 0x1p-53, name));
    }
}
