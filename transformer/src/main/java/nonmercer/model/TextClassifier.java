package nonmercer.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.io.Json;
import nonmercer.layer.Tokens;
import nonmercer.random.RandomStream;
import nonmercer.text.BytePairTokenizer;
import nonmercer.text.TooLong;

/// A classifier of texts: tokeniser, model and the names of the classes.
public record TextClassifier(Classifier model, BytePairTokenizer tokenizer, List<String> labels) {
    private static final String KIND = "text classifier";
    private static final int BATCH_TOKENS = 8192;

    /// Copies the labels; refuses parts that do not belong together.
    public TextClassifier {
        labels = List.copyOf(labels);
        int classes = model.head().weight().shape().dim(1);
        if (labels.size() != classes) {
            throw new IllegalArgumentException(
                    "there are "
                            + labels.size()
                            + " labels for a classifier of "
                            + classes
                            + " classes");
        }
        SavedModel.checkVocabulary(tokenizer, model.encoder().config());
    }

    /// A classifier with fresh weights for these labels.
    public static TextClassifier create(
            Config config, BytePairTokenizer tokenizer, List<String> labels, RandomStream random) {
        return new TextClassifier(
                Classifier.create(config, labels.size(), random), tokenizer, labels);
    }

    /// A label and its probability.
    public record Prediction(String label, double probability) {}

    /// The tokens of a text, cut to the model's limit. An empty text is the end mark alone.
    public int[] tokens(String text) {
        int[] tokens = tokenizer.encode(text);
        int longest = model.encoder().config().sizes().longest();
        return tokens.length == 0
                ? new int[] {BytePairTokenizer.EOS}
                : TooLong.TRUNCATE.limit(tokens, longest, "the text");
    }

    /// The likeliest label of a text.
    public Prediction classify(String text) {
        Array logits =
                model.logits(Tokens.padded(List.of(tokens(text)), 0), Pass.evaluation())
                        .softmax()
                        .value();
        int best = 0;
        for (int c = 1; c < labels.size(); c++) {
            best = logits.at(c) > logits.at(best) ? c : best;
        }
        return new Prediction(labels.get(best), logits.at(best));
    }

    /// The likeliest label of each text.
    public List<String> classify(List<String> texts) {
        int limit = Math.max(BATCH_TOKENS, model.encoder().config().sizes().longest());
        return Arrays.stream(model.predict(texts.stream().map(this::tokens).toList(), limit))
                .mapToObj(labels::get)
                .toList();
    }

    /// Saves weights, configuration and tokeniser in a folder; [#load(Path)] gives the same
    /// classifier, bit for bit.
    public void save(Path folder) {
        Json names = Json.of(labels.stream().map(Json::of).toList());
        SavedModel.save(
                folder, KIND, model.encoder().config(), Map.of("labels", names), tokenizer, model);
    }

    /// The classifier saved in a folder.
    ///
    /// @throws nonmercer.io.BadInputException if the folder holds no such classifier, in a sentence
    public static TextClassifier load(Path folder) {
        SavedModel saved = SavedModel.open(folder, KIND);
        List<String> labels =
                saved.read(json -> json.get("labels").items().stream().map(Json::text).toList());
        Classifier model =
                saved.model(config -> Classifier.create(config, labels.size(), RandomStream.of(0)));
        BytePairTokenizer tokenizer = saved.tokenizer();
        return saved.whole(() -> new TextClassifier(model, tokenizer, labels));
    }
}
