package nonmercer.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nonmercer.io.Json;
import nonmercer.layer.Tokens;
import nonmercer.random.RandomStream;
import nonmercer.text.BatchSize;
import nonmercer.text.Batches;
import nonmercer.text.BytePairTokenizer;
import nonmercer.text.TooLong;

/// A translator of texts: one tokeniser for both languages, and an encoder-decoder.
///
/// @param language the language it writes, such as `de`
public record Translator(EncoderDecoder model, BytePairTokenizer tokenizer, String language) {
    private static final String KIND = "translator";
    private static final int BATCH_TOKENS = 2048;

    /// Refuses parts that do not belong together.
    public Translator {
        SavedModel.checkVocabulary(tokenizer, model.encoder().config());
        if (model.encoder().config().sizes().longest() < 3) {
            throw new IllegalArgumentException(
                    "a translator needs sequences of at least 3 tokens, for the marks "
                            + "and one token between them; the model's limit is "
                            + model.encoder().config().sizes().longest());
        }
    }

    /// The tokens of a source text, with an end mark, cut to the model's limit.
    public int[] source(String text) {
        int[] tokens = TooLong.TRUNCATE.limit(tokenizer.encode(text), longest() - 1, "the text");
        int[] marked = Arrays.copyOf(tokens, tokens.length + 1);
        marked[tokens.length] = BytePairTokenizer.EOS;
        return marked;
    }

    /// The tokens of a target text between a start and an end mark, cut to the model's limit.
    public int[] target(String text) {
        int[] tokens = TooLong.TRUNCATE.limit(tokenizer.encode(text), longest() - 2, "the text");
        int[] marked = new int[tokens.length + 2];
        marked[0] = BytePairTokenizer.BOS;
        System.arraycopy(tokens, 0, marked, 1, tokens.length);
        marked[tokens.length + 1] = BytePairTokenizer.EOS;
        return marked;
    }

    private int longest() {
        return model.encoder().config().sizes().longest();
    }

    /// The translation of each text.
    public List<String> translate(List<String> texts, Decoding how) {
        if (how.longest() > longest()) {
            throw new IllegalArgumentException(
                    "decoding up to "
                            + how.longest()
                            + " tokens is more than this model's limit of "
                            + longest());
        }
        List<int[]> sources = texts.stream().map(this::source).toList();
        int[] lengths = sources.stream().mapToInt(s -> s.length).toArray();
        List<String> written = new ArrayList<>(texts);
        int most = Math.max(BATCH_TOKENS, longest());
        for (int[] places : Batches.sorted(lengths, new BatchSize.Tokens(most))) {
            Tokens batch =
                    Tokens.padded(
                            Arrays.stream(places).mapToObj(sources::get).toList(),
                            BytePairTokenizer.PAD);
            List<int[]> out =
                    how.decode(model, batch, BytePairTokenizer.BOS, BytePairTokenizer.EOS);
            for (int i = 0; i < places.length; i++) {
                written.set(places[i], tokenizer.decode(out.get(i)));
            }
        }
        return written;
    }

    /// Saves weights, configuration and tokeniser in a folder; [#load(Path)] gives the same
    /// translator, bit for bit.
    public void save(Path folder) {
        Map<String, Json> more = Map.of("language", Json.of(language));
        SavedModel.save(folder, KIND, model.encoder().config(), more, tokenizer, model);
    }

    /// The translator saved in a folder.
    ///
    /// @throws nonmercer.io.BadInputException if the folder holds no such translator, in a sentence
    public static Translator load(Path folder) {
        SavedModel saved = SavedModel.open(folder, KIND);
        String language = saved.read(json -> json.get("language").text());
        EncoderDecoder model =
                saved.model(config -> EncoderDecoder.create(config, RandomStream.of(0)));
        BytePairTokenizer tokenizer = saved.tokenizer();
        return saved.whole(() -> new Translator(model, tokenizer, language));
    }
}
