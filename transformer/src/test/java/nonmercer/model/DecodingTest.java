package nonmercer.model;

import static nonmercer.model.Models.PASS;
import static nonmercer.model.Models.tokens;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.layer.Tokens;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

/// Models with random weights write random sentences, which is all that these tests need.
class DecodingTest {
    private static final int BEGIN = 1;
    private static final int END = 2;
    private static final int VOCABULARY = 5;

    private static EncoderDecoder model(int seed) {
        return EncoderDecoder.create(
                new Config(new Sizes(VOCABULARY, 8, 8, 2, 8, 1), Design.standard(), DType.FLOAT64),
                RandomStream.of(seed));
    }

    private static int[] source(int seed) {
        return RandomStream.of(seed).at("source").ints(1 + seed % 6, 0, VOCABULARY).toArray();
    }

    /// `ln p` of each token after the first, given those before and the source.
    private static double[] logProbabilities(EncoderDecoder model, int[] source, int[] sequence) {
        Tokens s = tokens(source);
        Tokens t = tokens(Arrays.copyOf(sequence, sequence.length - 1));
        Array logits = model.logits(model.decode(model.memory(s, PASS), s, t, PASS), PASS).value();
        double[] p = new double[sequence.length - 1];
        for (int i = 0; i < p.length; i++) {
            p[i] = Models.logProbabilities(logits, i)[sequence[i + 1]];
        }
        return p;
    }

    private static int[] and(int[] sequence, int token) {
        int[] longer = Arrays.copyOf(sequence, sequence.length + 1);
        longer[sequence.length] = token;
        return longer;
    }

    private static int[] decode(Decoding how, EncoderDecoder model, int[] source) {
        return how.decode(model, tokens(source), BEGIN, END).getFirst();
    }

    @Test
    void greedyTakesTheLikeliestTokenAtEachStep() {
        Set<Boolean> ended = new HashSet<>();
        for (int seed = 0; seed < 12; seed++) {
            EncoderDecoder model = model(seed);
            int[] written = {BEGIN};
            boolean open = true;
            while (open && written.length <= 6) {
                int best = 0;
                double most = Double.NEGATIVE_INFINITY;
                for (int t = 0; t < VOCABULARY; t++) {
                    double p =
                            logProbabilities(model, source(seed), and(written, t))[
                                    written.length - 1];
                    if (p > most) {
                        most = p;
                        best = t;
                    }
                }
                open = best != END;
                written = open ? and(written, best) : written;
            }
            ended.add(!open);
            int[] expected = Arrays.copyOfRange(written, 1, written.length);
            assertArrayEquals(
                    expected, decode(Decoding.greedy(6), model, source(seed)), "seed " + seed);
            assertArrayEquals(
                    expected,
                    decode(Decoding.beam(1, 6), model, source(seed)),
                    "one beam, seed " + seed);
        }
        assertEquals(
                Set.of(true, false),
                ended,
                "some sentences must end and some be cut for this test to say anything");
    }

    private record Hypothesis(int[] tokens, double logProbability, double rank) {}

    /// Beam search by its definition: of all extensions of the live hypotheses, those of the best
    /// `beams` that end are ended, and the best `beams` that do not end live on; until `beams` have
    /// ended or the limit is reached.
    private static int[] beamSearch(
            EncoderDecoder model, int[] source, int beams, double penalty, int longest) {
        List<Hypothesis> live = List.of(new Hypothesis(new int[] {BEGIN}, 0, 0));
        List<Hypothesis> ended = new ArrayList<>();
        for (int t = 1; t <= longest && ended.size() < beams; t++) {
            List<Hypothesis> all = new ArrayList<>();
            for (Hypothesis h : live) {
                for (int token = 0; token < VOCABULARY; token++) {
                    int[] tokens = and(h.tokens, token);
                    double p = Arrays.stream(logProbabilities(model, source, tokens)).sum();
                    all.add(new Hypothesis(tokens, p, p / Math.pow((5 + t) / 6.0, penalty)));
                }
            }
            all.sort(Comparator.comparingDouble(Hypothesis::rank).reversed());
            ended.addAll(all.stream().limit(beams).filter(DecodingTest::ends).toList());
            live = all.stream().filter(h -> !ends(h)).limit(beams).toList();
        }
        Hypothesis best =
                (ended.isEmpty() ? live : ended)
                        .stream().max(Comparator.comparingDouble(Hypothesis::rank)).orElseThrow();
        return Arrays.copyOfRange(best.tokens, 1, best.tokens.length - (ends(best) ? 1 : 0));
    }

    private static boolean ends(Hypothesis h) {
        return h.tokens[h.tokens.length - 1] == END;
    }

    @Test
    void aBeamKeepsTheBestHypotheses() {
        for (int seed = 130;
                seed < 146;
                seed++) { // in 140 a hypothesis outside of the beam ends, which must not count
            for (int beams = 1; beams <= 4; beams++) {
                double penalty = seed % 3 * 0.6;
                assertArrayEquals(
                        beamSearch(model(seed), source(seed), beams, penalty, 6),
                        decode(new Decoding(beams, penalty, 6), model(seed), source(seed)),
                        "seed " + seed + ", beams " + beams);
            }
        }
    }

    /// Every sentence of up to `most` tokens, its end mark included.
    private static List<int[]> sentences(int most) {
        List<int[]> all = new ArrayList<>();
        List<int[]> open = List.of(new int[] {BEGIN});
        for (int t = 1; t <= most; t++) {
            List<int[]> longer = new ArrayList<>();
            for (int[] s : open) {
                for (int token = 0; token < VOCABULARY; token++) {
                    (token == END ? all : longer).add(and(s, token));
                }
            }
            open = longer;
        }
        return all;
    }

    @Test
    void aBeamWiderThanAllSentencesFindsTheBest() {
        List<int[]> all = sentences(4);
        assertEquals(1 + 4 + 16 + 64, all.size());
        Set<Integer> lengths = new HashSet<>();
        for (double penalty : new double[] {0, 0.6, 3}) {
            for (int seed = 0; seed < 6; seed++) {
                EncoderDecoder model = model(seed);
                int[] best = {};
                double most = Double.NEGATIVE_INFINITY;
                for (int[] sentence : all) {
                    double p = Arrays.stream(logProbabilities(model, source(seed), sentence)).sum();
                    double rank = p / Math.pow((5 + sentence.length - 1) / 6.0, penalty);
                    if (rank > most) {
                        most = rank;
                        best = sentence;
                    }
                }
                int[] expected = Arrays.copyOfRange(best, 1, best.length - 1);
                lengths.add(expected.length);
                assertArrayEquals(
                        expected,
                        decode(new Decoding(400, penalty, 4), model, source(seed)),
                        "penalty " + penalty + ", seed " + seed);
            }
        }
        assertTrue(lengths.size() > 1, "all sentences have one length");
    }

    @Test
    void aHigherPenaltyNeverShortensTheBestSentence() {
        boolean longer = false;
        for (int seed = 0; seed < 8; seed++) {
            int length = 0;
            for (double penalty : new double[] {0, 1, 2, 4, 8}) {
                int next = decode(new Decoding(400, penalty, 4), model(seed), source(seed)).length;
                assertTrue(next >= length, "seed " + seed);
                longer |= next > length && penalty > 0;
                length = next;
            }
        }
        assertTrue(longer, "no penalty changed anything");
    }

    @Test
    void sentencesOfABatchAreWrittenEachByItself() {
        EncoderDecoder model = model(3);
        List<int[]> sources = new ArrayList<>();
        for (int seed = 0; seed < 8; seed++) {
            sources.add(source(seed));
        }
        for (Decoding how : List.of(Decoding.greedy(6), Decoding.beam(3, 6))) {
            List<int[]> together = how.decode(model, Tokens.padded(sources, 0), BEGIN, END);
            for (int i = 0; i < 8; i++) {
                assertArrayEquals(decode(how, model, sources.get(i)), together.get(i));
            }
        }
    }

    @Test
    void aSentenceHoldsNoMarksAndIsNoLongerThanAsked() {
        for (int seed = 0; seed < 8; seed++) {
            for (int beams = 1; beams <= 3; beams++) {
                int[] written = decode(Decoding.beam(beams, 3), model(seed), source(seed));
                assertTrue(written.length <= 3);
                assertTrue(Arrays.stream(written).noneMatch(t -> t == END));
            }
        }
    }

    /// Beam search over a language model against the sum of the log-probabilities of the full pass.
    @Test
    void aBeamGoesOnAfterAPrompt() {
        Set<Integer> lengths = new HashSet<>();
        for (int seed = 0; seed < 8; seed++) {
            LanguageModel model =
                    LanguageModel.create(
                            new Config(
                                    new Sizes(VOCABULARY, 8, 8, 2, 8, 1),
                                    Design.standard(),
                                    DType.FLOAT64),
                            RandomStream.of(seed));
            int[] prompt = seed % 2 == 0 ? new int[] {BEGIN} : new int[] {BEGIN, 3, 4};
            int[] best = {};
            double most = Double.NEGATIVE_INFINITY;
            for (int[] sentence : sentences(4)) {
                int[] whole = Arrays.copyOf(prompt, prompt.length + sentence.length - 1);
                System.arraycopy(sentence, 1, whole, prompt.length, sentence.length - 1);
                Array logits = model.logits(tokens(whole), PASS).value();
                double p = 0;
                for (int i = prompt.length; i < whole.length; i++) {
                    p += Models.logProbabilities(logits, i - 1)[whole[i]];
                }
                if (p > most) {
                    most = p;
                    best = sentence;
                }
            }
            int[] expected = Arrays.copyOfRange(best, 1, best.length - 1);
            lengths.add(expected.length);
            assertArrayEquals(
                    expected, new Decoding(400, 0, 4).decode(model, prompt, END), "seed " + seed);
        }
        assertTrue(lengths.size() > 1, "all sentences have one length");
    }

    @Test
    void whatCannotWorkIsRefused() {
        String sentence =
                "decoding needs at least one beam, one token and a penalty of 0 or more, got ";
        assertEquals(
                sentence + "0, 5 and 0.6",
                assertThrows(IllegalArgumentException.class, () -> Decoding.beam(0, 5))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Decoding.greedy(0));
        assertThrows(IllegalArgumentException.class, () -> new Decoding(1, -1, 5));
        assertThrows(IllegalArgumentException.class, () -> new Decoding(1, Double.NaN, 5));
    }
}
