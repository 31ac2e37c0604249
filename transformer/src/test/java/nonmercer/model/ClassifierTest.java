package nonmercer.model;

import static nonmercer.model.Models.PASS;
import static nonmercer.model.Models.tokens;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Distance;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Kernels;
import nonmercer.layer.Norm;
import nonmercer.layer.Placement;
import nonmercer.layer.Positions;
import nonmercer.layer.Tokens;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClassifierTest {
    private static final int CLASSES = 3;

    private static Classifier classifier(Design design) {
        return Classifier.create(Models.config(design), CLASSES, RandomStream.of(1));
    }

    static Stream<Kernel> catalogue() {
        return Kernels.attended();
    }

    @Test
    void theScoresAreALinearFunctionOfTheMeanOverTheTokensThatCount() {
        Classifier model = classifier(Models.DESIGN);
        Tokens batch = tokens(new int[] {1, 2, 3, 4, 5}, new int[] {6, 5});
        Array vectors = model.encoder().apply(batch, PASS).value();
        assertEquals(Shape.of(2, 5, 8), vectors.shape());
        Array logits = model.logits(batch, PASS).value();
        Array w = model.head().weight().value();
        for (int b = 0; b < 2; b++) {
            int length = batch.lengths()[b];
            for (int c = 0; c < CLASSES; c++) {
                double expected = model.head().bias().orElseThrow().value().get(c);
                for (int l = 0; l < 8; l++) {
                    double mean = 0;
                    for (int i = 0; i < length; i++) {
                        mean += vectors.get(b, i, l) / length;
                    }
                    expected += mean * w.get(l, c);
                }
                // Eight products of numbers up to 3, each of a mean of five: less than 20 roundings
                // of size 25.
                assertEquals(expected, logits.get(b, c), 500 * DType.FLOAT64.unitRoundoff());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void anEncoderIsItsParts(Placement placement) {
        Encoder encoder = classifier(Models.DESIGN.with(placement)).encoder();
        Tokens batch = tokens(new int[] {1, 2, 3}, new int[] {6, 5});
        Tensor x = encoder.positions().embed(encoder.embedding().apply(batch, PASS), PASS);
        for (var block : encoder.blocks()) {
            x = block.apply(x, batch.mask(), encoder.positions(), PASS);
        }
        assertEquals(placement == Placement.PRE, encoder.last().isPresent());
        Tensor expected = encoder.last().isPresent() ? encoder.last().get().apply(x, PASS) : x;
        assertEquals(expected.value(), encoder.apply(batch, PASS).value());
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void theOtherSequencesOfABatchDoNotMatter(Kernel kernel) {
        Classifier model = classifier(Models.DESIGN.with(kernel));
        int[] sequence = {1, 2, 3, 4};
        Tensor alone = model.logits(tokens(sequence), PASS);
        Tensor padded =
                model.logits(tokens(sequence, new int[] {6, 5, 4, 3, 2, 1, 6, 5, 4}), PASS)
                        .slice(0, 0, 1);
        // Sums of nine instead of four in attention and mean, and products blocked differently:
        // numbers of size 10 with
        // some 100 roundings, which two blocks magnify by less than 100.
        assertTrue(Models.most(alone, padded) <= 1e5 * DType.FLOAT64.unitRoundoff(), kernel.name());
    }

    @Test
    void predictionsKeepTheOrderOfTheSequences() {
        Classifier model = classifier(Models.DESIGN);
        RandomStream random = RandomStream.of(4);
        List<int[]> sequences = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            int[] s = Models.sequence(random, 1 + i * 7 % 12);
            sequences.add(s);
            Array logits = model.logits(tokens(s), PASS).value();
            int best = 0;
            for (int c = 1; c < CLASSES; c++) {
                best = logits.at(c) > logits.at(best) ? c : best;
            }
            expected.add(best);
        }
        assertTrue(expected.stream().distinct().count() > 1, "a test with one answer says nothing");
        int[] predicted = model.predict(sequences, 30);
        assertArrayEquals(expected.stream().mapToInt(Integer::intValue).toArray(), predicted);
    }

    @Test
    void aSequenceLongerThanTheLimitIsRefused() {
        Classifier model = classifier(Models.DESIGN);
        assertEquals(Shape.of(1, CLASSES), model.logits(tokens(new int[12]), PASS).shape());
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> model.logits(tokens(new int[13]), PASS));
        assertEquals(
                "a sequence of 13 tokens is longer than this model's limit of 12; cut it, or build the model "
                        + "with a larger limit",
                e.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Positions.Kind.class)
    void positionsTellTheOrderOfTheTokens(Positions.Kind kind) {
        Classifier model = classifier(Models.DESIGN.with(kind));
        Tensor one = model.logits(tokens(new int[] {1, 2, 3, 4}), PASS);
        Tensor other = model.logits(tokens(new int[] {4, 2, 3, 1}), PASS);
        double difference = Models.most(one, other);
        if (kind == Positions.Kind.NONE) {
            assertTrue(
                    difference < 1e4 * DType.FLOAT64.unitRoundoff(),
                    "without positions a sentence is a bag of tokens");
        } else {
            assertTrue(difference > 1e-3, kind.name());
        }
    }

    @Test
    void gradientsOfAWholeModelAgreeWithDifferences() {
        Design design =
                Models.DESIGN.with(Positions.Kind.LEARNED).with(Placement.POST).with(Norm.Kind.RMS);
        Classifier model =
                Classifier.create(
                        new Config(new Sizes(7, 3, 4, 2, 4, 1), design, DType.FLOAT64),
                        CLASSES,
                        RandomStream.of(1));
        Tokens batch = tokens(new int[] {1, 2, 3}, new int[] {6, 5});
        GradCheck.of(
                        ParameterTree.of(model),
                        pass -> model.logits(batch, pass).crossEntropy(new int[] {2, 0}, 0.1))
                .check()
                .orThrow();
    }

    @Test
    void headsAreWhatTheKernelOfABlockSees() {
        Encoder encoder = classifier(Models.DESIGN.with(new Distance())).encoder();
        Tokens batch = tokens(new int[] {1, 2, 3});
        Tensor x = encoder.positions().embed(encoder.embedding().apply(batch, PASS), PASS);
        x = encoder.blocks().getFirst().apply(x, batch.mask(), encoder.positions(), PASS);
        var second = encoder.blocks().get(1);
        Tensor z = second.attentionNorm().apply(x, PASS);
        var expected = second.attention().project(z, z, encoder.positions(), PASS);
        var heads = encoder.heads(batch, 1, PASS);
        assertEquals(expected.q().value(), heads.q().value());
        assertEquals(expected.k().value(), heads.k().value());
        assertNotEquals(heads.q().value(), encoder.heads(batch, 0, PASS).q().value());
        assertEquals(Shape.of(1, 2, 3, 4), heads.v().shape());
    }

    @Test
    void freshWeightsDifferBetweenBlocksAndParts() {
        List<Array> seen = new ArrayList<>();
        ParameterTree.of(classifier(Models.DESIGN))
                .forEach((name, p) -> {
                    if (name.endsWith("weight")) {
                        assertTrue(seen.stream().noneMatch(p.value()::equals), name);
                        seen.add(p.value());
                    }
                });
        assertEquals(2 * 6 + 1, seen.size(), () -> Arrays.toString(seen.toArray()));
    }
}
