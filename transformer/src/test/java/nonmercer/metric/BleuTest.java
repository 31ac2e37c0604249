package nonmercer.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// The expected scores are those of sacrebleu's README and of its tests, to the digits given there.
class BleuTest {
    private static final List<String> SYSTEM =
            List.of(
                    "The dog bit the man.",
                    "It wasn't surprising.",
                    "The man had just bitten him.");
    private static final List<List<String>> REFERENCES =
            List.of(
                    List.of("The dog bit the man.", "The dog had bit the man."),
                    List.of("It was not unexpected.", "No one was surprised."),
                    List.of("The man bit him first.", "The man had bitten the dog."));
    private static final String ROMANIAN =
            "Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;";
    private static final String ROMANIAN_REFERENCE =
            "producţia de zahăr brut se exprimă în zahăr alb;";

    @Test
    void theReadmesExample() {
        Bleu bleu = Bleu.ofLanguage("de");
        BleuScore score = bleu.scoreAll(SYSTEM, REFERENCES);
        assertEquals(48.530827, score.score(), 1e-6);
        assertEquals(
                "BLEU = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)",
                score.toString());
        assertEquals("case:mixed|eff:no|tok:13a|smooth:exp", bleu.signature());
    }

    @Test
    void tokensAndSmoothing() {
        assertEquals(
                49.1919566, Bleu.of(BleuTokens.NONE).scoreAll(SYSTEM, REFERENCES).score(), 1e-7);
        var none = new Bleu(BleuTokens.MTEVAL_13A, new Smoothing.None(), 4, Bleu.Orders.ALL);
        assertEquals(48.530827, none.scoreAll(SYSTEM, REFERENCES).score(), 1e-6);
        assertEquals(
                0,
                Bleu.of(BleuTokens.MTEVAL_13A).scoreAll(List.of("", "", ""), REFERENCES).score());
    }

    @Test
    void ordersFromOneToSix() {
        String[] expected = {"77.65", "60.50", "53.93", "48.53", "46.14", "43.28"};
        for (int n = 1; n <= 6; n++) {
            var bleu =
                    new Bleu(
                            BleuTokens.MTEVAL_13A, new Smoothing.Exponential(), n, Bleu.Orders.ALL);
            double score = bleu.scoreAll(SYSTEM, REFERENCES).score();
            assertEquals(expected[n - 1], String.format(Locale.ROOT, "%.2f", score));
        }
    }

    @Test
    void singleSentences() {
        assertEquals(8.493, romanian(new Smoothing.Exponential(), BleuTokens.MTEVAL_13A), 1e-3);
        assertEquals(0, romanian(new Smoothing.None(), BleuTokens.MTEVAL_13A));
        assertEquals(4.51688, romanian(new Smoothing.Floor(0.1), BleuTokens.MTEVAL_13A), 1e-3);
        assertEquals(10.10, romanian(new Smoothing.Floor(0.5), BleuTokens.MTEVAL_13A), 1e-3);
        assertEquals(14.882, romanian(new Smoothing.AddK(1), BleuTokens.MTEVAL_13A), 1e-3);
        assertEquals(21.389, romanian(new Smoothing.AddK(2), BleuTokens.MTEVAL_13A), 1e-3);
        assertEquals(7.347, romanian(new Smoothing.Exponential(), BleuTokens.NONE), 1e-3);
        assertEquals(40.8759, romanian(new Smoothing.Exponential(), BleuTokens.CHARACTERS), 1e-3);
    }

    private static double romanian(Smoothing smoothing, BleuTokens tokens) {
        return new Bleu(tokens, smoothing, 4, Bleu.Orders.EFFECTIVE)
                .score(List.of(ROMANIAN), List.of(ROMANIAN_REFERENCE))
                .score();
    }

    @Test
    void effectiveOrderAndFloor() {
        raw(36.78794411714425, "test", "a test", 0.01);
        raw(100, "a test", "a test", 0.01);
        raw(3.218297948685433, "a little test", "a test", 0.01);
        raw(22.3606797749979, "this is a fest", "this is a test", 0.01);
        raw(0, "okay", "this is a cat", 0.1);
        raw(15.55722182, "am I am a character sequence", "I am a symbol string sequence a a", 0.1);
        raw(0, "am I am a character sequence", "I am a symbol string sequence a a", 0);
    }

    private static void raw(double expected, String hypothesis, String reference, double floor) {
        var bleu = new Bleu(BleuTokens.NONE, new Smoothing.Floor(floor), 4, Bleu.Orders.EFFECTIVE);
        assertEquals(expected, bleu.score(List.of(hypothesis), List.of(reference)).score(), 1e-6);
    }

    @Test
    void statisticsWithoutMatchesOrHypotheses() {
        assertEquals(83.75922397, none(11, 11, new double[] {9, 7, 5, 3}, 10, 8, 6, 4), 1e-6);
        assertEquals(0, none(0, 1, new double[] {0, 0, 0, 0}, 4, 4, 2, 1));
        assertEquals(0, none(14, 10, new double[] {0, 0, 0, 0}, 10, 11, 12, 0));
        assertEquals(0, none(0, 0, new double[] {0, 0, 0, 0}, 0, 0, 0, 0));
        assertEquals(0, none(6, 6, new double[] {6, 5, 4, 0}, 6, 5, 4, 3));
    }

    private static double none(long length, long reference, double[] matches, double... total) {
        return new Bleu(BleuTokens.NONE, new Smoothing.None(), 4, Bleu.Orders.ALL)
                .score(matches, total, length, reference)
                .score();
    }

    @Test
    void theClosestReferenceCountsAndOfTwoTheShorter() {
        Bleu bleu = Bleu.of(BleuTokens.NONE);
        assertEquals(
                2,
                bleu.scoreAll(List.of("a b c"), List.of(List.of("a b c d", "a b")))
                        .referenceLength());
        assertEquals(
                2,
                bleu.scoreAll(List.of("a b c"), List.of(List.of("a b", "a b c d")))
                        .referenceLength());
        assertEquals(
                4,
                bleu.scoreAll(List.of("a b c"), List.of(List.of("a", "a b c d")))
                        .referenceLength());
    }

    @Test
    void tokensOf13a() {
        assertEquals(
                "It 's $ 3,000.50 , ( see p . 4 ) - no 3 - 4 well-known \" & < .",
                String.join(
                        " ",
                        BleuTokens.MTEVAL_13A.of(
                                "It 's $3,000.50, (see p.4) - no 3-4 well-known&quot;&amp;&lt;.  ")));
    }

    @Test
    void tokensOfChineseAndJapanese() {
        assertEquals(
                List.of(
                        "无", "法", "打", "开", "{", "0", "}", "：", "file", ".", "txt", "“", "a", "”",
                        "𠀀b"),
                BleuTokens.CHINESE.of("无法打开 {0}：file.txt “a” 𠀀b"));
        assertEquals(
                List.of("フ", "ァ", "イ", "ル", "a", "𠀀"),
                BleuTokens.CHARACTERS.of("ファイル a\u3000𠀀 "));
        assertEquals("char", Bleu.ofLanguage("ja").tokens().signature());
        assertEquals("zh", Bleu.ofLanguage("zh_CN").tokens().signature());
    }

    @Property
    void aTextIsItsOwnPerfectTranslation(@ForAll @Size(min = 1, max = 5) List<String> sentences) {
        List<String> long4 = sentences.stream().map(s -> s + " a b c d").toList();
        for (BleuTokens tokens : BleuTokens.values()) {
            // Logs of 100 summed, divided and exponentiated: a few roundings of numbers near 4.6.
            assertEquals(100, Bleu.of(tokens).score(long4, long4).score(), 1e-12);
        }
    }

    @Test
    void countsMustAgree() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Bleu.ofLanguage("de").score(List.of("a"), List.of()));
        assertEquals("bleu: 1 hypotheses for 0 references", e.getMessage());
    }
}
