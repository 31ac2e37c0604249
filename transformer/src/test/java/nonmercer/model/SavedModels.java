package nonmercer.model;

import java.util.List;
import nonmercer.array.DType;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.random.RandomStream;
import nonmercer.text.BytePairTokenizer;

/// A text classifier and a translator that tests save.
final class SavedModels {
    static final List<String> TEXTS =
            List.of("the cat sat", "a dog ran off", "the the the", "", "größer – 大");

    static final List<String> LABELS = List.of("cat", "dog", "Ärger \"quoted\"");

    static final BytePairTokenizer TOKENIZER =
            BytePairTokenizer.train(
                    List.of("the cat sat on the mat", "the dog ran off the mat"), 270);

    private SavedModels() {}

    static Config config(Design design) {
        return Config.of(new Sizes(TOKENIZER.size(), 20, 8, 2, 12, 1), design);
    }

    static TextClassifier classifier(Design design) {
        return TextClassifier.create(config(design), TOKENIZER, LABELS, RandomStream.of(1));
    }

    static Translator translator() {
        Design design = Design.standard().with(new ExpDot(Coefficient.trained(0.5, DType.FLOAT32)));
        return new Translator(
                EncoderDecoder.create(config(design), RandomStream.of(2)), TOKENIZER, "de");
    }
}
