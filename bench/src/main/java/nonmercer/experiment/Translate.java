package nonmercer.experiment;

import java.util.ArrayList;
import java.util.List;
import nonmercer.attention.Attention;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Schedule;
import nonmercer.data.Pair;
import nonmercer.data.PairCorpus;
import nonmercer.data.Shares;
import nonmercer.data.Split;
import nonmercer.model.Config;
import nonmercer.model.Decoding;
import nonmercer.model.Design;
import nonmercer.model.EncoderDecoder;
import nonmercer.model.Translator;
import nonmercer.random.RandomStream;
import nonmercer.text.BytePairTokenizer;
import nonmercer.train.Epoch;
import nonmercer.train.Listener;
import nonmercer.train.Recipe;
import nonmercer.train.Trainer;
import nonmercer.train.Translation;

/// An encoder-decoder trained to translate, on pairs split so that near-duplicates stay on one
/// side.
///
/// @param corpus the pairs
/// @param language the language it writes
/// @param attention of all its layers
/// @param size of the encoder and of the decoder
/// @param epochs of training, at least 1
/// @param seed of everything random
public record Translate(
        PairCorpus corpus,
        String language,
        Attention attention,
        ModelSize size,
        int epochs,
        long seed) {
    private static final int VOCABULARY = 3000;
    private static final int LONGEST = 96;
    private static final int BATCH_TOKENS = 1536;
    private static final double PEAK_RATE = 2e-3;
    private static final double WARM_UP = 0.1;
    private static final double DECAY = 0.05;
    private static final double DROPOUT = 0.2;
    private static final double SMOOTHING = 0.1;
    private static final int MOST_CHARACTERS = 200;

    /// Refuses what cannot run.
    public Translate {
        if (epochs < 1) {
            throw new IllegalArgumentException(
                    "a translator needs at least one epoch of training, got " + epochs);
        }
    }

    /// The data as the model sees it.
    public record Data(Split<Pair> split, BytePairTokenizer tokenizer) {}

    /// Splits the pairs whose texts have at most 200 characters, and trains one tokeniser on both
    /// languages.
    public Data prepare() {
        Split<Pair> split =
                corpus.upTo(MOST_CHARACTERS)
                        .split(new Shares(0.85, 0.05, 0.1), RandomStream.of(seed).at("split"));
        List<String> texts = new ArrayList<>();
        split.train()
                .forEach(p -> {
                    texts.add(p.source());
                    texts.add(p.target());
                });
        return new Data(split, BytePairTokenizer.train(texts, VOCABULARY));
    }

    /// Told of each epoch with the translator as it then is.
    public interface Watcher extends Listener {
        /// An epoch ended.
        void epoch(Epoch epoch, Translator translator);
    }

    /// Trains; the translator that is best on the validation pairs is returned.
    public Translator train(Data data, Watcher watcher) {
        Config config =
                Config.of(
                        size.sizes(data.tokenizer.size(), LONGEST),
                        Design.standard().withDropout(DROPOUT).with(attention));
        EncoderDecoder model = EncoderDecoder.create(config, RandomStream.of(seed).at("weights"));
        Translator translator = new Translator(model, data.tokenizer, language);
        Translation task =
                new Translation(
                        model,
                        examples(data.split.train(), translator),
                        examples(data.split.validation(), translator),
                        BATCH_TOKENS,
                        SMOOTHING);
        int steps = epochs * task.epoch(RandomStream.of(seed)).size();
        int warmUp = Math.min((int) Math.ceil(WARM_UP * steps), steps - 1);
        ParameterTree tree = ParameterTree.of(model);
        Listener listener =
                watcher.and(
                        new Listener() {
                            @Override
                            public void epoch(Epoch epoch) {
                                watcher.epoch(epoch, translator);
                            }
                        });
        Recipe recipe = Recipe.of(epochs, Schedule.warmUpCosine(PEAK_RATE, warmUp, steps, 0), seed);
        List<Epoch> _ = new Trainer(tree, AdamW.of(tree, DECAY), recipe, listener).train(task);
        return translator;
    }

    /// The share of the test pairs' target tokens that are likeliest given the true tokens before.
    public double tokenAccuracy(Translator translator, List<Pair> pairs) {
        return Translation.tokenAccuracy(
                translator.model(), examples(pairs, translator), BATCH_TOKENS);
    }

    /// Translations of the pairs' sources.
    public static List<String> translate(Translator translator, List<Pair> pairs, int beams) {
        Decoding how = beams == 1 ? Decoding.greedy(LONGEST) : Decoding.beam(beams, LONGEST);
        return translator.translate(pairs.stream().map(Pair::source).toList(), how);
    }

    /// So many of the pairs, drawn at random and not chosen.
    public List<Pair> sample(List<Pair> pairs, int count) {
        int[] order = RandomStream.of(seed).at("sample").permutation(pairs.size());
        List<Pair> drawn = new ArrayList<>();
        for (int i = 0; i < Math.min(count, order.length); i++) {
            drawn.add(pairs.get(order[i]));
        }
        return drawn;
    }

    private static List<Translation.Example> examples(List<Pair> pairs, Translator translator) {
        return pairs.stream()
                .map(p ->
                        new Translation.Example(
                                translator.source(p.source()), translator.target(p.target())))
                .toList();
    }
}
