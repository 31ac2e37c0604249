package nonmercer.model;

import java.nio.file.Path;
import java.util.Map;
import nonmercer.random.RandomStream;
import nonmercer.text.BytePairTokenizer;
import nonmercer.text.TooLong;

/// A writer of texts: a tokeniser and a language model that was trained on texts between start and
/// end marks.
public record TextGenerator(LanguageModel model, BytePairTokenizer tokenizer) {
    private static final String KIND = "text generator";

    /// Refuses parts that do not belong together.
    public TextGenerator {
        SavedModel.checkVocabulary(tokenizer, model.stack().config());
    }

    /// The tokens of a text to train on, between a start and an end mark, cut to the model's limit.
    public int[] tokens(String text) {
        int[] tokens = tokenizer.encode(text);
        int longest = model.stack().config().sizes().longest();
        int[] cut = TooLong.TRUNCATE.limit(tokens, longest - 2, "the text");
        int[] marked = new int[cut.length + 2];
        marked[0] = BytePairTokenizer.BOS;
        System.arraycopy(cut, 0, marked, 1, cut.length);
        marked[cut.length + 1] = BytePairTokenizer.EOS;
        return marked;
    }

    /// How the likeliest text goes on after a prompt, which may be empty.
    public String write(String prompt, Decoding how) {
        return tokenizer.decode(how.decode(model, begun(prompt), BytePairTokenizer.EOS));
    }

    /// How a text drawn at random goes on after a prompt.
    public String write(String prompt, Sampling how, RandomStream random) {
        return tokenizer.decode(how.write(model, begun(prompt), BytePairTokenizer.EOS, random));
    }

    private int[] begun(String prompt) {
        int[] tokens = tokenizer.encode(prompt);
        int[] begun = new int[tokens.length + 1];
        begun[0] = BytePairTokenizer.BOS;
        System.arraycopy(tokens, 0, begun, 1, tokens.length);
        return begun;
    }

    /// Saves weights, configuration and tokeniser in a folder; [#load(Path)] gives the same
    /// generator, bit for bit.
    public void save(Path folder) {
        SavedModel.save(folder, KIND, model.stack().config(), Map.of(), tokenizer, model);
    }

    /// The generator saved in a folder.
    ///
    /// @throws nonmercer.io.BadInputException if the folder holds no such generator, in a sentence
    public static TextGenerator load(Path folder) {
        SavedModel saved = SavedModel.open(folder, KIND);
        LanguageModel model =
                saved.model(config -> LanguageModel.create(config, RandomStream.of(0)));
        BytePairTokenizer tokenizer = saved.tokenizer();
        return saved.whole(() -> new TextGenerator(model, tokenizer));
    }
}
