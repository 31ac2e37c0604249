package nonmercer.train;

import java.util.Arrays;
import java.util.List;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.layer.Tokens;
import nonmercer.model.LanguageModel;
import nonmercer.random.RandomStream;
import nonmercer.text.BatchSize;
import nonmercer.text.Batches;

/// Training a language model on token sequences; the validation score is the mean logarithm of the
/// probability of a token given those before it, in nats: 0 for certainty, and `e^-score` is the
/// perplexity.
///
/// @param model the language model
/// @param train what is trained on
/// @param validation what is scored after each epoch
/// @param batchTokens the most tokens a batch holds, padding included
/// @param smoothing the label smoothing in training, in `[0, 1)`
public record LanguageModelling(
        LanguageModel model,
        List<int[]> train,
        List<int[]> validation,
        int batchTokens,
        double smoothing)
        implements Task<Tokens> {
    /// Copies the lists; refuses to train or to be scored on nothing, and sequences without a token
    /// to predict.
    public LanguageModelling {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        if (train.isEmpty() || validation.isEmpty()) {
            throw new IllegalArgumentException(
                    "training needs at least one sequence to train on and one to "
                            + "validate on, got "
                            + train.size()
                            + " and "
                            + validation.size());
        }
        for (List<int[]> sequences : List.of(train, validation)) {
            for (int[] s : sequences) {
                if (s.length < 2) {
                    throw new IllegalArgumentException(
                            "a sequence to model needs a token and one that follows, got "
                                    + s.length);
                }
            }
        }
    }

    @Override
    public List<Tokens> epoch(RandomStream random) {
        return batches(
                train, Batches.shuffled(lengths(train), new BatchSize.Tokens(batchTokens), random));
    }

    @Override
    public Tensor loss(Tokens batch, Pass pass) {
        return model.loss(batch, smoothing, pass);
    }

    @Override
    public int tokens(Tokens batch) {
        return batch.count();
    }

    @Override
    public double validate() {
        double sum = 0;
        long predicted = 0;
        for (Tokens batch :
                batches(
                        validation,
                        Batches.sorted(lengths(validation), new BatchSize.Tokens(batchTokens)))) {
            int count = batch.count() - batch.batch(); // nothing predicts a first token
            sum -= count * model.loss(batch, 0, Pass.evaluation()).item();
            predicted += count;
        }
        return sum / predicted;
    }

    private static List<Tokens> batches(List<int[]> sequences, List<int[]> places) {
        return places.stream()
                .map(batch ->
                        Tokens.padded(Arrays.stream(batch).mapToObj(sequences::get).toList(), 0))
                .toList();
    }

    private static int[] lengths(List<int[]> sequences) {
        return sequences.stream().mapToInt(s -> s.length).toArray();
    }
}
