package nonmercer.train;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.Reduce;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.layer.Tokens;
import nonmercer.model.EncoderDecoder;
import nonmercer.random.RandomStream;
import nonmercer.text.BatchSize;
import nonmercer.text.Batches;

/// Training an encoder-decoder on pairs of token sequences; the validation score is the accuracy of
/// the next token, given the true tokens before it.
///
/// @param model the encoder-decoder
/// @param train what is trained on
/// @param validation what is scored after each epoch
/// @param batchTokens the most tokens a batch holds on either side, padding included
/// @param smoothing the label smoothing, in `[0, 1)`
public record Translation(
        EncoderDecoder model,
        List<Example> train,
        List<Example> validation,
        int batchTokens,
        double smoothing)
        implements Task<Translation.Batch> {
    /// Copies the lists; refuses to train on nothing or to be scored on nothing.
    public Translation {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        if (train.isEmpty() || validation.isEmpty()) {
            throw new IllegalArgumentException(
                    "training needs at least one pair to train on and one to validate "
                            + "on, got "
                            + train.size()
                            + " and "
                            + validation.size());
        }
    }

    /// A source sequence, and a target sequence with its start and end marks.
    public record Example(int[] source, int[] target) {
        /// Refuses an empty source or a target without a token to predict.
        public Example {
            if (source.length == 0 || target.length < 2) {
                throw new IllegalArgumentException(
                        "a pair needs a source token and, after the start mark, a "
                                + "target token; got "
                                + source.length
                                + " and "
                                + target.length
                                + " tokens");
            }
        }

        private int longer() {
            return Math.max(source.length, target.length);
        }
    }

    /// Pairs of about one length.
    public record Batch(Tokens source, Tokens target) {
        static Batch of(List<Example> examples) {
            return new Batch(
                    Tokens.padded(examples.stream().map(Example::source).toList(), 0),
                    Tokens.padded(examples.stream().map(Example::target).toList(), 0));
        }
    }

    @Override
    public List<Batch> epoch(RandomStream random) {
        return Batches.shuffled(lengths(train), new BatchSize.Tokens(batchTokens), random).stream()
                .map(places -> Batch.of(Arrays.stream(places).mapToObj(train::get).toList()))
                .toList();
    }

    @Override
    public Tensor loss(Batch batch, Pass pass) {
        return model.loss(batch.source(), batch.target(), smoothing, pass);
    }

    @Override
    public int tokens(Batch batch) {
        return batch.source().count() + batch.target().count();
    }

    @Override
    public double validate() {
        return tokenAccuracy(model, validation, batchTokens);
    }

    /// The share of target tokens, end marks included, that are likeliest given the source and the
    /// true tokens before.
    public static double tokenAccuracy(
            EncoderDecoder model, List<Example> examples, int batchTokens) {
        Pass pass = Pass.evaluation();
        long right = 0;
        long all = 0;
        for (int[] places : Batches.sorted(lengths(examples), new BatchSize.Tokens(batchTokens))) {
            Batch batch = Batch.of(Arrays.stream(places).mapToObj(examples::get).toList());
            Tokens target = batch.target();
            Tensor decoded =
                    model.decode(model.memory(batch.source(), pass), batch.source(), target, pass);
            Array logits = model.logits(decoded, pass).value();
            int[] best = Reduce.argMax(logits);
            for (int b = 0; b < target.batch(); b++) {
                for (int i = 0; i + 1 < target.lengths()[b]; i++) {
                    right +=
                            best[b * target.length() + i]
                                            == target.ids()[b * target.length() + i + 1]
                                    ? 1
                                    : 0;
                    all++;
                }
            }
        }
        return right / (double) all;
    }

    private static int[] lengths(List<Example> examples) {
        return examples.stream().mapToInt(Example::longer).toArray();
    }
}
