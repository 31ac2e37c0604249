package nonmercer.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import nonmercer.array.Reduce;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.data.task.Answered;
import nonmercer.layer.Tokens;
import nonmercer.metric.Accuracy;
import nonmercer.model.LanguageModel;
import nonmercer.random.RandomStream;
import nonmercer.text.BatchSize;
import nonmercer.text.Batches;

/// Training a language model to give the right token where one is asked, such as the value of a key
/// or the symbol to copy; the validation score is the accuracy of the answers.
///
/// @param model sees each place and what came before
/// @param train what is trained on
/// @param validation what is scored after each epoch
/// @param batchTokens the most tokens a batch holds, padding included
public record Answering(
        LanguageModel model, List<Answered> train, List<Answered> validation, int batchTokens)
        implements Task<Answering.Batch> {
    /// Copies the lists; refuses to train on nothing or to be scored on nothing.
    public Answering {
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
    }

    /// Sequences, the places asked, `b · length + i` for token `i` of sequence `b`, and the answers
    /// there.
    public record Batch(Tokens tokens, int[] places, int[] answers) {
        static Batch of(List<Answered> examples) {
            Tokens tokens = Tokens.padded(examples.stream().map(Answered::tokens).toList(), 0);
            int[] all = new int[tokens.ids().length];
            Arrays.fill(all, Answered.NOTHING);
            for (int b = 0; b < examples.size(); b++) {
                int[] answers = examples.get(b).answers();
                System.arraycopy(answers, 0, all, b * tokens.length(), answers.length);
            }
            int[] places = IntStream.range(0, all.length).filter(i -> all[i] >= 0).toArray();
            return new Batch(tokens, places, Arrays.stream(places).map(i -> all[i]).toArray());
        }
    }

    @Override
    public List<Batch> epoch(RandomStream random) {
        return batches(
                train, Batches.shuffled(lengths(train), new BatchSize.Tokens(batchTokens), random));
    }

    @Override
    public Tensor loss(Batch batch, Pass pass) {
        return model.logits(batch.tokens(), batch.places(), pass).crossEntropy(batch.answers(), 0);
    }

    @Override
    public int tokens(Batch batch) {
        return batch.tokens().count();
    }

    @Override
    public double validate() {
        return accuracy(validation).value();
    }

    /// How many of the answers asked in these sequences are the likeliest token.
    public Accuracy accuracy(List<Answered> examples) {
        Accuracy all = new Accuracy(0, 0);
        for (Batch batch :
                batches(
                        examples,
                        Batches.sorted(lengths(examples), new BatchSize.Tokens(batchTokens)))) {
            int[] best =
                    Reduce.argMax(
                            model.logits(batch.tokens(), batch.places(), Pass.evaluation())
                                    .value());
            all = all.plus(Accuracy.of(best, batch.answers()));
        }
        return all;
    }

    private static List<Batch> batches(List<Answered> examples, List<int[]> places) {
        return places.stream()
                .map(batch -> Batch.of(Arrays.stream(batch).mapToObj(examples::get).toList()))
                .toList();
    }

    private static int[] lengths(List<Answered> examples) {
        return examples.stream().mapToInt(e -> e.tokens().length).toArray();
    }
}
