package nonmercer.data.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.linalg.MatMul;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqarTest {
    @ParameterizedTest
    @EnumSource(Mqar.Filler.class)
    void everyKeyIsAskedOnceAndAnsweredWithItsValue(Mqar.Filler filler) {
        Mqar task = new Mqar(64, 48, 10, 0.01, filler);
        for (int n = 0; n < 500; n++) {
            Answered example = task.draw(RandomStream.of(1).at(n));
            int[] t = example.tokens();
            Map<Integer, Integer> pairs = new HashMap<>();
            Set<Integer> values = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                assertTrue(t[2 * i] >= 1 && t[2 * i] < 32, "a key");
                assertTrue(t[2 * i + 1] >= 32 && t[2 * i + 1] < 64, "a value");
                pairs.put(t[2 * i], t[2 * i + 1]);
                values.add(t[2 * i + 1]);
            }
            assertEquals(10, pairs.size());
            assertEquals(10, values.size());
            assertEquals(10, example.asked());
            Set<Integer> asked = new HashSet<>();
            for (int i = 0; i < 48; i++) {
                assertTrue(t[i] >= 0 && t[i] < 64);
                if (example.answers()[i] >= 0) {
                    assertTrue(i >= 20 && i % 2 == 0, "a question stands at an even place");
                    assertEquals(pairs.get(t[i]), example.answers()[i]);
                    assertTrue(asked.add(t[i]));
                } else if (i >= 20 && filler == Mqar.Filler.BLANK) {
                    assertEquals(0, t[i]);
                }
            }
        }
    }

    @Test
    void thePaperHas8192Tokens() {
        assertEquals(new Mqar(8192, 256, 16, 0.01, Mqar.Filler.RANDOM), Mqar.of(256, 16));
        assertEquals(1.0 / 4096, Mqar.of(256, 16).guesses().getFirst().accuracy());
    }

    /// With one pair the gap is `g` with probability `(g + 1)^(power - 1) / Σ`. Bernstein at 1e-9
    /// for each of the 31 places.
    @Test
    void questionsComeSoonByAPowerLaw() {
        Mqar task = new Mqar(16, 64, 1, 0.01, Mqar.Filler.BLANK);
        int n = 50_000;
        int[] counts = new int[31];
        RandomStream random = RandomStream.of(2);
        for (int i = 0; i < n; i++) {
            int[] answers = task.draw(random).answers();
            int at = 2;
            while (answers[at] < 0) {
                at += 2;
            }
            counts[at / 2 - 1]++;
        }
        double total = 0;
        for (int g = 0; g < 31; g++) {
            total += Math.pow(g + 1, -0.99);
        }
        for (int g = 0; g < 31; g++) {
            double p = Math.pow(g + 1, -0.99) / total;
            assertEquals(
                    p, (double) counts[g] / n, Chance.bernstein(n, p * (1 - p), 1), "gap " + g);
        }
    }

    /// With two pairs the second gap is drawn from what the first left: `P(g, h) = w_g / W · w_h /
    /// (W
    /// - w_g)`. Bernstein at 1e-9 for three of the pairs of places.
    @Test
    void theSecondQuestionTakesWhatTheFirstLeft() {
        Mqar task = new Mqar(16, 12, 2, 0.5, Mqar.Filler.BLANK);
        int n = 50_000;
        int[][] counts = new int[4][4];
        RandomStream random = RandomStream.of(4);
        for (int i = 0; i < n; i++) {
            Answered e = task.draw(random);
            int[] gap = new int[2];
            for (int g = 0; g < 4; g++) {
                for (int k = 0; k < 2; k++) {
                    gap[k] = e.answers()[4 + 2 * g] == e.tokens()[2 * k + 1] ? g : gap[k];
                }
            }
            counts[gap[0]][gap[1]]++;
        }
        double[] w = {1, Math.pow(2, -0.5), Math.pow(3, -0.5), 0.5};
        double total = w[0] + w[1] + w[2] + w[3];
        for (int[] pair : new int[][] {{0, 1}, {1, 0}, {3, 2}}) {
            double p = w[pair[0]] / total * w[pair[1]] / (total - w[pair[0]]);
            assertEquals(
                    p, (double) counts[pair[0]][pair[1]] / n, Chance.bernstein(n, p * (1 - p), 1));
        }
    }

    /// Features of one-hot keys, `m >= K`, fillers left out: the state `Σ φ(kⱼ) vⱼᵀ` holds every
    /// value, and `φ(q)` reads it, exactly.
    @Test
    void oneHotKeysRecallExactly() {
        Mqar task = new Mqar(32, 40, 10, 0.01, Mqar.Filler.RANDOM);
        Answered e = task.draw(RandomStream.of(3));
        int[][] state = new int[16][32]; // key, one-hot value
        for (int i = 0; i < 10; i++) {
            state[e.tokens()[2 * i]][e.tokens()[2 * i + 1]]++;
        }
        for (int i = 20; i < 40; i++) {
            if (e.answers()[i] >= 0) {
                for (int v = 0; v < 32; v++) {
                    assertEquals(v == e.answers()[i] ? 1 : 0, state[e.tokens()[i]][v]);
                }
            }
        }
    }

    /// Recall weights `A = Φ Ψᵀ` of `m` features, at random: no nearer to the identity than the
    /// bound, which the projection on `m` of the keys attains.
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 15})
    void fewerFeaturesThanPairsCannotRecallVectors(int m) {
        int pairs = 16;
        double bound = Mqar.of(64, pairs).leastRecallError(m);
        RandomStream random = RandomStream.of(7).at(m);
        for (int n = 0; n < 20; n++) {
            Array phi = Array.zeros(DType.FLOAT64, Shape.of(pairs, m));
            Array psi = Array.zeros(DType.FLOAT64, Shape.of(pairs, m));
            random.fillNormal(phi, 0, 1 / Math.sqrt(m));
            random.fillNormal(psi, 0, 1 / Math.sqrt(m));
            Array a = Array.zeros(DType.FLOAT64, Shape.of(pairs, pairs));
            MatMul.multiply(phi, Transpose.PLAIN, psi, Transpose.TRANSPOSED, a);
            assertTrue(distanceFromIdentity(a) > bound);
        }
        Array projection = Array.zeros(DType.FLOAT64, Shape.of(pairs, pairs));
        for (int i = 0; i < m; i++) {
            projection.doubles()[i * pairs + i] = 1;
        }
        assertEquals(bound, distanceFromIdentity(projection), 0x1p-50);
        assertEquals(0, Mqar.of(64, pairs).leastRecallError(pairs));
    }

    private static double distanceFromIdentity(Array a) {
        double sum = 0;
        int k = a.shape().dim(0);
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                sum += Math.pow(a.get(i, j) - (i == j ? 1 : 0), 2);
            }
        }
        return Math.sqrt(sum);
    }

    @Test
    void whatHasNoRoomIsRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> Mqar.of(64, 17));
        assertEquals(
                "recall of 17 pairs needs at least 1 pair and a length of 4 tokens a pair, 68; got a"
                        + " length of 64",
                e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Mqar(16, 64, 8, 0.01, Mqar.Filler.RANDOM));
    }
}
