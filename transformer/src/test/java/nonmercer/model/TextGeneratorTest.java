package nonmercer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import nonmercer.autodiff.Pass;
import nonmercer.layer.Tokens;
import nonmercer.random.RandomStream;
import nonmercer.text.BytePairTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextGeneratorTest {
    private static final List<String> TEXTS = List.of("the cat sat on the mat", "the dog sat");

    @TempDir Path temporary;

    private static TextGenerator generator() {
        BytePairTokenizer tokenizer = BytePairTokenizer.train(TEXTS, 270);
        Config config = Config.of(new Sizes(tokenizer.size(), 24, 8, 2, 12, 1), Design.standard());
        return new TextGenerator(LanguageModel.create(config, RandomStream.of(4)), tokenizer);
    }

    @Test
    void aTextGoesOnAfterAPromptAndTheGeneratorComesBackBitForBit() {
        TextGenerator before = generator();
        before.save(temporary.resolve("generator"));
        TextGenerator after = TextGenerator.load(temporary.resolve("generator"));
        for (String prompt : List.of("", "the cat")) {
            String written = before.write(prompt, Decoding.greedy(6));
            assertEquals(written, after.write(prompt, Decoding.greedy(6)));
            // The likeliest of one token is what is drawn from one token.
            Sampling one = new Sampling(1, 1, 6);
            assertEquals(written, after.write(prompt, one, RandomStream.of(1)));
        }
        int[] tokens = before.tokens("the cat");
        assertEquals(BytePairTokenizer.BOS, tokens[0]);
        assertEquals(BytePairTokenizer.EOS, tokens[tokens.length - 1]);
        assertEquals(24, before.tokens("x".repeat(100)).length);
    }

    /// The shares of the first token, drawn 4,000 times.
    @Test
    void tokensComeWithTheProbabilitiesOfTheModel() {
        LanguageModel model =
                LanguageModel.create(Models.config(Models.DESIGN), RandomStream.of(4));
        int draws = 4000;
        double temperature = 0.5;
        int[] counts = new int[7];
        RandomStream random = RandomStream.of(9);
        for (int i = 0; i < draws; i++) {
            int[] written = new Sampling(temperature, 7, 1).write(model, new int[] {1}, -1, random);
            counts[written[0]]++;
        }
        Tokens prompt = Models.tokens(new int[] {1});
        double[] p =
                model.logits(prompt, Pass.evaluation())
                        .scale(1 / temperature)
                        .softmax()
                        .value()
                        .toDoubles();
        for (int t = 0; t < 7; t++) {
            double deviation = Math.sqrt(p[t] * (1 - p[t]) / draws);
            // Five standard errors of each of seven: a fresh seed would fail in 4 of 10⁶ runs.
            assertEquals(p[t], counts[t] / (double) draws, 5 * deviation + 1e-12);
        }
        int[] narrow = new int[7];
        for (int i = 0; i < 200; i++) {
            narrow[new Sampling(1, 2, 1).write(model, new int[] {1}, -1, random)[0]]++;
        }
        assertEquals(2, Arrays.stream(narrow).filter(n -> n > 0).count());
    }

    @Test
    void theEndMarkEndsAText() {
        LanguageModel model =
                LanguageModel.create(Models.config(Models.DESIGN), RandomStream.of(4));
        Sampling all = new Sampling(1, 7, 8);
        int shorter = 0;
        for (int seed = 0; seed < 20; seed++) {
            int[] written = all.write(model, new int[] {1, 2}, 3, RandomStream.of(seed));
            assertTrue(Arrays.stream(written).noneMatch(t -> t == 3));
            shorter += written.length < 8 ? 1 : 0;
        }
        assertNotEquals(0, shorter);
        assertEquals(
                "sampling needs a temperature above 0, at least one token to draw from and one to write,"
                        + " got 0.0, 1 and 1",
                assertThrows(IllegalArgumentException.class, () -> new Sampling(0, 1, 1))
                        .getMessage());
    }
}
