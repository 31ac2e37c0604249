package nonmercer.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import nonmercer.array.Array;
import nonmercer.attention.Attention;
import nonmercer.attention.Evaluation;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Schedule;
import nonmercer.baseline.BagOfWords;
import nonmercer.baseline.MajorityClass;
import nonmercer.data.Labelled;
import nonmercer.data.LabelledCorpus;
import nonmercer.data.Shares;
import nonmercer.data.Split;
import nonmercer.feature.Features;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.layer.MultiHeadAttention;
import nonmercer.layer.Tokens;
import nonmercer.linalg.Transpose;
import nonmercer.metric.McNemar;
import nonmercer.model.Config;
import nonmercer.model.Design;
import nonmercer.model.Encoder;
import nonmercer.model.Sizes;
import nonmercer.model.TextClassifier;
import nonmercer.random.RandomStream;
import nonmercer.text.BytePairTokenizer;
import nonmercer.train.Classification;
import nonmercer.train.Epoch;
import nonmercer.train.Listener;
import nonmercer.train.Recipe;
import nonmercer.train.Trainer;

/// The same Transformer encoder trained once per attention on one text classification task.
///
/// Everything but the attention is equal: data, split, tokeniser, initial weights, order of the
/// batches, dropout masks, schedule. The encoder's size, the vocabulary, the schedule and the
/// dropout were chosen for the softmax kernel among twelve settings, by the mean validation
/// accuracy of the JDK's messages over the seeds 101, 102 and 103; no kernel is tuned.
///
/// @param corpus the texts and labels
/// @param size of the encoder
/// @param epochs of training, at least 1
/// @param seeds trainings a kernel, at least 1; the split stays the same
/// @param seed of everything that is random
public record Compare(LabelledCorpus corpus, ModelSize size, int epochs, int seeds, long seed) {
    private static final int VOCABULARY = 3000;
    private static final int LONGEST = 64;
    private static final double PEAK_RATE = 2e-3;
    private static final double WARM_UP = 0.1;
    private static final double DECAY = 0.05;
    private static final double DROPOUT = 0.3;
    private static final double SMOOTHING = 0.1;
    private static final int PICTURED = 24; // tokens of the message whose Gram matrix is shown

    /// Refuses what cannot run.
    public Compare {
        if (epochs < 1 || seeds < 1) {
            throw new IllegalArgumentException(
                    "a comparison needs at least one epoch and one seed, got "
                            + epochs
                            + " and "
                            + seeds);
        }
    }

    /// The data as every kernel sees it.
    ///
    /// @param split training, validation and test
    /// @param expected the label of each test text
    public record Data(Split<Labelled> split, BytePairTokenizer tokenizer, List<String> expected) {}

    /// One of the two baselines.
    ///
    /// @param choice what was chosen on the validation data; empty if nothing was
    /// @param right which test texts it labels right
    public record Baseline(String name, String choice, boolean[] right) {}

    /// One training with one kernel.
    ///
    /// @param right which test texts it labels right
    /// @param gram `K[i, j]` of the first head on one test message, tokens as rows and columns
    public record Training(
            List<Epoch> epochs, boolean[] right, double[][] gram, TextClassifier model) {
        /// The best validation accuracy, that of the model kept.
        public double validation() {
            return epochs.stream().mapToDouble(Epoch::score).max().orElseThrow();
        }
    }

    /// All trainings with one attention.
    public record Result(Attention attention, List<Training> trainings) {
        /// What it is called in tables.
        public String name() {
            return attention.label();
        }

        /// The kernel as a formula, or that of its features.
        public String formula() {
            return features().isPresent() ? "φ(q)·φ(k)" : attention.kernel().formula();
        }

        /// How many features a head of the model has; empty if its attention is exact.
        public OptionalInt features() {
            var encoder = trainings.getFirst().model().model().encoder();
            Sizes sizes = encoder.config().sizes();
            return map(encoder)
                    .map(m -> OptionalInt.of(m.dimension(sizes.width() / sizes.heads().queries())))
                    .orElse(OptionalInt.empty());
        }

        /// Seconds of training an epoch, over all trainings.
        public double secondsPerEpoch() {
            return trainings.stream()
                    .flatMap(t -> t.epochs().stream())
                    .mapToDouble(Epoch::seconds)
                    .average()
                    .orElseThrow();
        }

        /// Tokens a second in training, over all trainings.
        public double tokensPerSecond() {
            double seconds = 0;
            double tokens = 0;
            for (Training t : trainings) {
                for (Epoch e : t.epochs()) {
                    seconds += e.seconds();
                    tokens += e.seconds() * e.tokensPerSecond();
                }
            }
            return tokens / seconds;
        }

        /// How the first training stands to a baseline on the same test texts.
        public McNemar against(Baseline baseline) {
            return McNemar.of(trainings.getFirst().right(), baseline.right());
        }
    }

    /// Splits the corpus and trains the tokeniser on the training texts.
    public Data prepare() {
        Split<Labelled> split =
                corpus.split(new Shares(0.7, 0.1, 0.2), RandomStream.of(seed).at("split"));
        List<String> texts = split.train().stream().map(Labelled::text).toList();
        List<String> expected = split.test().stream().map(Labelled::label).toList();
        return new Data(split, BytePairTokenizer.train(texts, VOCABULARY), expected);
    }

    /// The majority class and the bag-of-words logistic regression.
    public List<Baseline> baselines(Data data) {
        List<String> test = data.split.test().stream().map(Labelled::text).toList();
        MajorityClass majority = MajorityClass.train(data.split.train());
        BagOfWords words = BagOfWords.train(data.split.train(), data.split.validation());
        return List.of(
                new Baseline(
                        "majority class",
                        majority.label(),
                        right(test.stream().map(majority::predict).toList(), data.expected)),
                new Baseline(
                        "bag of words",
                        words.chosen().toString(),
                        right(test.stream().map(words::predict).toList(), data.expected)));
    }

    /// Trains with one attention, once a seed.
    public Result train(Attention attention, Data data, Listener listener) {
        List<Training> trainings = new ArrayList<>();
        for (int s = 0; s < seeds; s++) {
            trainings.add(train(attention, data, seed + s, listener));
        }
        return new Result(attention, trainings);
    }

    /// Trains with one attention, once, with this seed for all but the split.
    public Training train(Attention attention, Data data, long seed, Listener listener) {
        Config config =
                Config.of(
                        size.sizes(data.tokenizer.size(), LONGEST),
                        Design.standard().withDropout(DROPOUT).with(attention));
        TextClassifier classifier =
                TextClassifier.create(
                        config,
                        data.tokenizer,
                        corpus.labels(),
                        RandomStream.of(seed).at("weights"));
        Classification task =
                Classification.of(classifier, data.split.train(), data.split.validation())
                        .smoothing(SMOOTHING);
        int steps = epochs * task.epoch(RandomStream.of(seed)).size();
        int warmUp = (int) Math.ceil(WARM_UP * steps);
        Schedule schedule = Schedule.warmUpCosine(PEAK_RATE, Math.min(warmUp, steps - 1), steps, 0);
        ParameterTree tree = ParameterTree.of(classifier.model());
        List<Epoch> curve =
                new Trainer(
                                tree,
                                AdamW.of(tree, DECAY),
                                Recipe.of(epochs, schedule, seed),
                                listener)
                        .train(task);
        List<String> predicted =
                classifier.classify(data.split.test().stream().map(Labelled::text).toList());
        return new Training(
                curve, right(predicted, data.expected), gram(classifier, data), classifier);
    }

    private static boolean[] right(List<String> predicted, List<String> expected) {
        boolean[] right = new boolean[expected.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = predicted.get(i).equals(expected.get(i));
        }
        return right;
    }

    /// The first test text of at least [#PICTURED] tokens, or else the longest.
    public static String pictured(Data data) {
        String longest = "";
        int most = -1;
        for (Labelled item : data.split.test()) {
            int n = data.tokenizer.encode(item.text()).length;
            if (n >= PICTURED) {
                return item.text();
            }
            if (n > most) {
                most = n;
                longest = item.text();
            }
        }
        return longest;
    }

    /// The features of the first block; empty if its attention is exact.
    private static Optional<FeatureMap> map(Encoder encoder) {
        return encoder.blocks().getFirst().attention().attention().evaluation()
                                instanceof Evaluation.Linear l
                        && l.features() instanceof Features.Drawn d
                ? Optional.of(d.map())
                : Optional.empty();
    }

    private static double[][] gram(TextClassifier classifier, Data data) {
        int[] ids = classifier.tokens(pictured(data));
        int n = Math.min(ids.length, PICTURED);
        Tokens tokens = Tokens.padded(List.of(Arrays.copyOf(ids, n)), 0);
        var encoder = classifier.model().encoder();
        MultiHeadAttention.Heads heads = encoder.heads(tokens, 0, Pass.evaluation());
        Kernel kernel = encoder.blocks().getFirst().attention().attention().kernel();
        Pass pass = Pass.evaluation();
        Array k =
                map(encoder)
                        .map(m -> m.fitted(heads.q(), heads.k(), pass))
                        .map(m ->
                                m.queries(heads.q(), pass)
                                        .matmul(m.keys(heads.k(), pass), Transpose.TRANSPOSED))
                        .orElseGet(() -> Gram.of(kernel, heads.q(), heads.k(), pass))
                        .value(); // [1, heads, n, n]
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows[i][j] = k.get(0, 0, i, j);
            }
        }
        return rows;
    }
}
