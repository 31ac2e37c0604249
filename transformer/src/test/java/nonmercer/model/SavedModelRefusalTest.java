package nonmercer.model;

import static nonmercer.model.SavedModels.TOKENIZER;
import static nonmercer.model.SavedModels.classifier;
import static nonmercer.model.SavedModels.translator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import nonmercer.array.DType;
import nonmercer.io.BadInputException;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.random.RandomStream;
import nonmercer.text.BytePairTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no saved model, or that of something else, is refused in a sentence.
class SavedModelRefusalTest {
    @TempDir Path temporary = Path.of(".");

    private String refusal(Path folder) {
        return String.valueOf(
                assertThrows(BadInputException.class, () -> TextClassifier.load(folder))
                        .getMessage());
    }

    private Path saved() {
        classifier(Design.standard().with(new ExpDot(Coefficient.trained(0.5, DType.FLOAT32))))
                .save(temporary);
        return temporary;
    }

    private void edit(String from, String to) throws IOException {
        Path file = temporary.resolve("config.json");
        String text = Files.readString(file);
        assertTrue(text.contains(from), text);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void aFolderWithoutAModelIsRefused() {
        Path folder = temporary.resolve("empty");
        assertEquals(
                folder + " holds no saved model: there is no config.json in it", refusal(folder));
    }

    @Test
    void aModelOfAnotherKindIsRefused() {
        translator().save(temporary);
        assertEquals(
                temporary.resolve("config.json")
                        + ": expected a text classifier, this is a translator",
                refusal(temporary));
        classifier(Design.standard()).save(temporary);
        assertEquals(
                temporary.resolve("config.json")
                        + ": expected a translator, this is a text classifier",
                assertThrows(BadInputException.class, () -> Translator.load(temporary))
                        .getMessage());
    }

    /// Version 1 wrote a number of heads and a kernel: the version is refused, not what it wrote.
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anotherVersionIsRefused(int version) throws IOException {
        saved();
        edit("\"version\": 2", "\"version\": " + version);
        edit("\"attention\":", "\"kernel\":");
        assertEquals(
                temporary.resolve("config.json")
                        + ": saved in version "
                        + version
                        + " of the format, this library reads version 2; load it with the release"
                        + " that saved it, or train it anew",
                refusal(temporary));
    }

    /// Who changes what is written raises the version.
    @Test
    void version2WritesThisDesign() throws IOException {
        String config = Files.readString(saved().resolve("config.json"));
        assertTrue(config.contains("\"version\": 2"), config);
        assertTrue(
                config.contains(
                        """
                        "design": {
                              "attention": {
                                "kernel": {
                                  "kind": "ExpDot",
                                  "scale": {
                                    "kind": "Coefficient.Trained",
                                    "log": {
                                      "parameter": 0,
                                      "dtype": "FLOAT32",
                                      "shape": [],
                                      "values": [-0.6931471824645996]
                                    }
                                  }
                                },
                                "evaluation": {
                                  "kind": "Evaluation.Fused"
                                },
                                "denominator": {
                                  "kind": "Denominator.Refuse"
                                },
                                "dropout": 0.0
                              },
                              "positions": "SINUSOIDAL",
                              "norm": "LAYER",
                              "placement": "PRE",
                              "activation": "GELU",
                              "dropout": 0.1
                            },
                        """),
                config);
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights.safetensors", "tokenizer.json"})
    void aMissingFileIsRefused(String name) throws IOException {
        Files.delete(saved().resolve(name));
        assertEquals(temporary.resolve(name) + ": there is no such file", refusal(temporary));
    }

    @Test
    void weightsOfOtherShapesAreRefused() throws IOException {
        saved();
        edit("\"feedForward\": 12", "\"feedForward\": 13");
        assertEquals(
                temporary.resolve("weights.safetensors")
                        + ": 'encoder.blocks.0.feedForward.in.weight' is FLOAT32 [8, 13] in"
                        + " this model, but FLOAT32 [8, 12] in the saved arrays",
                refusal(temporary));
    }

    @Test
    void weightsOfOtherNamesAreRefused() throws IOException {
        saved();
        edit("\"blocks\": 1", "\"blocks\": 2");
        String more = refusal(temporary);
        assertTrue(
                more.startsWith(
                        temporary.resolve("weights.safetensors")
                                + ": the saved arrays lack 'encoder.blocks.1."),
                more);
        saved();
        edit("\"norm\": \"LAYER\"", "\"norm\": \"RMS\"");
        String fewer = refusal(temporary);
        assertEquals(
                temporary.resolve("weights.safetensors")
                        + ": the saved arrays hold 'encoder.blocks.0.attentionNorm.bias', which this model does not have",
                fewer);
    }

    @Test
    void anotherNumberOfLabelsIsRefused() throws IOException {
        saved();
        edit("\"cat\",", "");
        assertTrue(
                refusal(temporary)
                        .contains(
                                "'head.weight' is FLOAT32 [8, 2] in this model, but FLOAT32 [8, 3]"),
                refusal(temporary));
    }

    @Test
    void weightsThatAreCutShortAreRefused() throws IOException {
        Path weights = saved().resolve("weights.safetensors");
        byte[] all = Files.readAllBytes(weights);
        for (int length : new int[] {0, 7, 50, all.length - 1}) {
            Files.write(weights, Arrays.copyOf(all, length));
            assertTrue(refusal(temporary).startsWith(weights + ": "), refusal(temporary));
        }
    }

    @Test
    void aConfigurationThatCannotWorkIsRefused() throws IOException {
        Path file = temporary.resolve("config.json");
        String[][] edits = {
            {"\"queries\": 2", "\"queries\": 3", "3 heads of queries cannot share 2 heads of keys"},
            {"\"width\": 8", "\"width\": 7", "a width of 7 cannot be shared by 2 heads"},
            {"\"dropout\": 0.1", "\"dropout\": 2", "dropout must be in [0, 1), got 2.0"},
            {
                "\"kind\": \"ExpDot\"",
                "\"kind\": \"Softmax\"",
                "\"Softmax\" is no Kernel of this library"
            },
            {"\"labels\"", "\"names\"", "expected a member \"labels\""},
            {"\"activation\": \"GELU\"", "\"activation\": \"SWISH\"", "\"SWISH\" is no Activation"},
            {"\"width\": 8", "\"width\": 1000000000", "" /* whatever runs out first */},
            {"{", "", "expected"},
        };
        for (String[] e : edits) {
            saved();
            edit(e[0], e[1]);
            String sentence = refusal(temporary);
            assertTrue(sentence.startsWith(file + ":"), sentence);
            assertTrue(sentence.contains(e[2]), sentence);
        }
    }

    @Test
    void aTokeniserOfAnotherModelIsRefused() {
        saved();
        String corpus =
                "the cat sat on the mat with the other cats and the matted dogs and the other mats";
        BytePairTokenizer larger = BytePairTokenizer.train(List.of(corpus, corpus), 275);
        assertEquals(275, larger.size());
        larger.save(temporary.resolve("tokenizer.json"));
        assertEquals(
                temporary
                        + ": the tokeniser has 275 tokens, the model knows "
                        + TOKENIZER.size()
                        + "; give the model the tokeniser's size as its vocabulary",
                refusal(temporary));
    }

    @Test
    void partsThatDoNotBelongTogetherAreRefused() {
        TextClassifier good = classifier(Design.standard());
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new TextClassifier(good.model(), TOKENIZER, List.of("cat")));
        assertEquals("there are 1 labels for a classifier of 3 classes", e.getMessage());
        Config tiny = Config.of(new Sizes(TOKENIZER.size(), 2, 8, 2, 12, 1), Design.standard());
        var f =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new Translator(
                                        EncoderDecoder.create(tiny, RandomStream.of(1)),
                                        TOKENIZER,
                                        "de"));
        assertEquals(
                "a translator needs sequences of at least 3 tokens, for the marks and one token between them; "
                        + "the model's limit is 2",
                f.getMessage());
    }
}
