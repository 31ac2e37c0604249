package nonmercer.layer;

import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private static final Array TABLE = normal("table", DType.FLOAT64, 5, 4);
    private static final Embedding EMBEDDING = new Embedding(new Parameter(TABLE));

    @Test
    void itIsTheScaledRowOfEachToken() {
        Tokens tokens = Tokens.padded(List.of(new int[] {3, 1, 3}, new int[] {4}), 0);
        Array x = EMBEDDING.apply(tokens, Pass.evaluation()).value();
        assertEquals(Shape.of(2, 3, 4), x.shape());
        int[] ids = {3, 1, 3, 4, 0, 0};
        for (int i = 0; i < ids.length; i++) {
            double[] expected = row(TABLE, ids[i]);
            for (int l = 0; l < 4; l++) {
                expected[l] *= 2; // √4
            }
            assertArrayEquals(expected, row(x, i));
        }
    }

    @Test
    void theOutputLayerIsTheSameTable() {
        Array x = normal("x", DType.FLOAT64, 3, 4);
        Array logits = EMBEDDING.logits(Tensor.of(x), Pass.evaluation()).value();
        for (int i = 0; i < 3; i++) {
            for (int t = 0; t < 5; t++) {
                double dot = 0;
                double size = 0;
                for (int l = 0; l < 4; l++) {
                    dot += x.get(i, l) * TABLE.get(t, l);
                    size += Math.abs(x.get(i, l) * TABLE.get(t, l));
                }
                // 4 roundings on either side
                assertEquals(dot, logits.get(i, t), 8 * DType.FLOAT64.unitRoundoff() * size);
            }
        }
        try (Tape tape = Tape.open()) {
            Pass pass = Pass.recorded(tape);
            Tokens tokens = Tokens.padded(List.of(new int[] {1, 2}), 0);
            Tensor loss = EMBEDDING.logits(EMBEDDING.apply(tokens, pass), pass).square().sum();
            assertEquals(
                    Shape.of(5, 4),
                    tape.gradients(loss, ParameterTree.of(EMBEDDING))
                            .of(EMBEDDING.table())
                            .shape());
        }
    }

    @Test
    void aFreshEmbeddingHasUnitVariance() {
        Embedding fresh = Embedding.create(RandomStream.of(1), 100, 50, DType.FLOAT32);
        int[] all = new int[100];
        Arrays.setAll(all, i -> i);
        Array x = fresh.apply(Tokens.padded(List.of(all), 0), Pass.evaluation()).value();
        double squares = 0;
        for (double v : x.toDoubles()) {
            squares += v * v;
        }
        // The mean of 5,000 squares of normal numbers has the standard deviation √(2/5000); five of
        // them.
        assertEquals(1, squares / 5000, 5 * Math.sqrt(2.0 / 5000));
    }

    @Test
    void aTokenOutsideTheVocabularyIsRefused() {
        Tokens tokens = Tokens.padded(List.of(new int[] {1, 5}), 0);
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> EMBEDDING.apply(tokens, Pass.evaluation()));
        String sentence = String.valueOf(e.getMessage());
        assertTrue(sentence.contains("5"), sentence);
    }
}
