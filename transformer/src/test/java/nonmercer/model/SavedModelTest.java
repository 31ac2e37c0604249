package nonmercer.model;

import static nonmercer.model.SavedModels.TEXTS;
import static nonmercer.model.SavedModels.TOKENIZER;
import static nonmercer.model.SavedModels.classifier;
import static nonmercer.model.SavedModels.translator;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import nonmercer.array.DType;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.io.BadInputException;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Kernels;
import nonmercer.kernel.Quadratic;
import nonmercer.kernel.Sample;
import nonmercer.kernel.Warp;
import nonmercer.layer.Activation;
import nonmercer.layer.Norm;
import nonmercer.layer.Placement;
import nonmercer.layer.Positions;
import nonmercer.text.BytePairTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Text classifiers and translators in folders.
class SavedModelTest {
    @TempDir Path temporary = Path.of(".");

    // --- round trips ---

    static Stream<Kernel> kernels() {
        Warp tied = new Warp.Ard(Sample.parameter("ard", 0.3, 4));
        return Stream.concat(
                Kernels.attended(),
                Stream.of(
                        new ExpDot(Coefficient.trained(0.7, DType.FLOAT32)),
                        new Gauss().warped(tied),
                        new Gauss()
                                .warped(
                                        new Warp.Linear(Sample.parameter("f", 0.5, 4, 2)),
                                        new Warp.Linear(Sample.parameter("g", 0.5, 4, 2)))
                                .plus(new Quadratic().times(new ExpDot()).scaled(0.25))
                                .lengthscale(1.5)));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aClassifierComesBackBitForBit(Kernel kernel) throws IOException {
        TextClassifier before = classifier(Design.standard().with(kernel));
        // Trained values differ from those the configuration starts with.
        ParameterTree.of(before.model())
                .forEach((name, p) -> p.assign(Tensor.of(p.value()).affine(1.25, 0.125).value()));
        Path folder = temporary.resolve("new/folder");
        before.save(folder);
        TextClassifier after = TextClassifier.load(folder);
        assertEquals(before.labels(), after.labels());
        assertEquals(
                ParameterTree.of(before.model()).snapshot(),
                ParameterTree.of(after.model()).snapshot());
        assertEquals(
                kernel.formula(), after.model().encoder().config().design().kernel().formula());
        for (String text : TEXTS) {
            assertEquals(before.classify(text), after.classify(text)); // the probability, too
            assertArrayEquals(before.tokens(text), after.tokens(text));
        }
        assertEquals(before.classify(TEXTS), after.classify(TEXTS));
        Path again = temporary.resolve("again");
        after.save(again);
        for (String file : List.of("weights.safetensors", "config.json", "tokenizer.json")) {
            assertEquals(-1, Files.mismatch(folder.resolve(file), again.resolve(file)), file);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(3, files.count());
        }
    }

    @Test
    void everyDesignComesBack() {
        for (Positions.Kind positions : Positions.Kind.values()) {
            Design design =
                    new Design(
                            new Gauss(),
                            positions,
                            Norm.Kind.RMS,
                            Placement.POST,
                            Activation.GELU_TANH,
                            0.25);
            TextClassifier before = classifier(design);
            Path folder = temporary.resolve(positions.name());
            before.save(folder);
            TextClassifier after = TextClassifier.load(folder);
            assertEquals(before.model().encoder().config(), after.model().encoder().config());
            assertEquals(before.classify(TEXTS.getFirst()), after.classify(TEXTS.getFirst()));
        }
    }

    @Test
    void aTranslatorComesBackBitForBit() {
        Translator before = translator();
        before.save(temporary);
        Translator after = Translator.load(temporary);
        assertEquals("de", after.language());
        assertEquals(
                ParameterTree.of(before.model()).snapshot(),
                ParameterTree.of(after.model()).snapshot());
        Decoding how = Decoding.beam(2, 6);
        assertEquals(before.translate(TEXTS, how), after.translate(TEXTS, how));
        for (String text : TEXTS) {
            assertArrayEquals(before.source(text), after.source(text));
            assertArrayEquals(before.target(text), after.target(text));
        }
    }

    @Test
    void aLaterSaveTakesThePlaceOfAnEarlierOne() {
        classifier(Design.standard()).save(temporary);
        Translator later = translator();
        later.save(temporary);
        assertEquals(
                ParameterTree.of(later.model()).snapshot(),
                ParameterTree.of(Translator.load(temporary).model()).snapshot());
    }

    // --- nothing half-written ---

    /// No record: it cannot be written down.
    private static final class Opaque implements Warp {
        @Override
        public double[] at(double[] x) {
            return x.clone();
        }

        @Override
        public Tensor of(Tensor x, Pass pass) {
            return x;
        }

        @Override
        public boolean linear() {
            return true;
        }

        @Override
        public String print(String x) {
            return x;
        }
    }

    @Test
    void aModelThatCannotBeWrittenLeavesNothing() {
        Path folder = temporary.resolve("none");
        TextClassifier opaque =
                classifier(Design.standard().with(new Gauss().warped(new Opaque())));
        var e = assertThrows(IllegalArgumentException.class, () -> opaque.save(folder));
        String sentence = String.valueOf(e.getMessage());
        assertTrue(
                sentence.contains("Opaque cannot be saved: configurations are records of"),
                sentence);
        assertFalse(Files.exists(folder));
    }

    @Test
    void aSaveThatFailsLeavesTheOldModel() throws IOException {
        TextClassifier old = classifier(Design.standard());
        old.save(temporary);
        // A folder in the place of the temporary weights makes writing fail.
        Path blocked =
                temporary
                        .resolve(".part-" + ProcessHandle.current().pid())
                        .resolve("weights.safetensors");
        Files.createDirectories(blocked.resolve("in the way"));
        TextClassifier changed = classifier(Design.standard().with(new Gauss()));
        String sentence =
                String.valueOf(
                        assertThrows(BadInputException.class, () -> changed.save(temporary))
                                .getMessage());
        assertTrue(
                sentence.startsWith("the model cannot be saved in " + temporary + ": "), sentence);
        assertEquals(
                ParameterTree.of(old.model()).snapshot(),
                ParameterTree.of(TextClassifier.load(temporary).model()).snapshot());
    }

    @Test
    void aFirstSaveThatFailsLeavesNoFolder() {
        Path folder = temporary.resolve("new");
        Thread.currentThread().interrupt(); // closes the file that is being written
        try {
            assertThrows(BadInputException.class, () -> classifier(Design.standard()).save(folder));
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertFalse(Files.exists(folder));
    }

    @Test
    void aFileInThePlaceOfTheFolderIsRefused() throws IOException {
        Path file = temporary.resolve("file");
        Files.writeString(file, "mine");
        String sentence =
                assertThrows(
                                BadInputException.class,
                                () -> classifier(Design.standard()).save(file))
                        .getMessage();
        assertEquals(file + " is a file; name a folder to save the model in", sentence);
        assertEquals("mine", Files.readString(file));
        assertThrows(
                BadInputException.class,
                () -> classifier(Design.standard()).save(file.resolve("below")));
    }

    // --- texts ---

    @Test
    void textsAreCutToTheLimitAndMarked() {
        TextClassifier classifier = classifier(Design.standard());
        Translator translator = translator();
        String longText = "zyx ".repeat(50);
        int[] all = TOKENIZER.encode(longText);
        assertEquals(20, classifier.tokens(longText).length);
        assertArrayEquals(new int[] {BytePairTokenizer.EOS}, classifier.tokens(""));
        int[] source = translator.source(longText);
        assertEquals(20, source.length);
        assertEquals(all[18], source[18]);
        assertEquals(BytePairTokenizer.EOS, source[19]);
        int[] target = translator.target(longText);
        assertEquals(20, target.length);
        assertEquals(BytePairTokenizer.BOS, target[0]);
        assertEquals(all[17], target[18]);
        assertEquals(BytePairTokenizer.EOS, target[19]);
        assertArrayEquals(
                new int[] {BytePairTokenizer.BOS, BytePairTokenizer.EOS}, translator.target(""));
    }

    @Test
    void translationsKeepTheOrderOfTheTexts() {
        Translator translator = translator();
        List<String> together = translator.translate(TEXTS, Decoding.greedy(5));
        for (int i = 0; i < TEXTS.size(); i++) {
            assertEquals(
                    translator.translate(List.of(TEXTS.get(i)), Decoding.greedy(5)).getFirst(),
                    together.get(i));
        }
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> translator.translate(TEXTS, Decoding.greedy(21)));
        assertEquals(
                "decoding up to 21 tokens is more than this model's limit of 20", e.getMessage());
    }

    @Test
    void oneTextAndManyGetTheSameLabel() {
        TextClassifier classifier = classifier(Design.standard());
        List<String> together = classifier.classify(TEXTS);
        for (int i = 0; i < TEXTS.size(); i++) {
            TextClassifier.Prediction p = classifier.classify(TEXTS.get(i));
            assertEquals(p.label(), together.get(i));
            assertTrue(p.probability() >= 1.0 / 3 - 1e-6 && p.probability() <= 1);
        }
    }
}
