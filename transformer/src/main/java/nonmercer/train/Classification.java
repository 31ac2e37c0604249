package nonmercer.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.data.Labelled;
import nonmercer.io.BadInputException;
import nonmercer.layer.Tokens;
import nonmercer.model.Classifier;
import nonmercer.model.TextClassifier;
import nonmercer.random.RandomStream;
import nonmercer.text.BatchSize;
import nonmercer.text.Batches;

/// Training a classifier of token sequences; the validation score is the accuracy.
///
/// @param model the classifier
/// @param train what is trained on
/// @param validation what is scored after each epoch
/// @param batchTokens the most tokens a batch holds, padding included
/// @param smoothing the label smoothing, in `[0, 1)` (Szegedy et al. 2016)
public record Classification(
        Classifier model,
        List<Example> train,
        List<Example> validation,
        int batchTokens,
        double smoothing)
        implements Task<Classification.Batch> {
    /// Copies the lists; refuses to train on nothing or to be scored on nothing.
    public Classification {
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

    /// Training a classifier of texts on labelled texts; batches of 2,048 tokens, no smoothing.
    ///
    /// @throws BadInputException if a text has a label the classifier does not know
    public static Classification of(
            TextClassifier classifier, List<Labelled> train, List<Labelled> validation) {
        int batchTokens = Math.max(2048, classifier.model().encoder().config().sizes().longest());
        return new Classification(
                classifier.model(),
                examples(classifier, train),
                examples(classifier, validation),
                batchTokens,
                0);
    }

    /// The same with another label smoothing.
    public Classification smoothing(double smoothing) {
        return new Classification(model, train, validation, batchTokens, smoothing);
    }

    private static List<Example> examples(TextClassifier classifier, List<Labelled> items) {
        List<Example> examples = new ArrayList<>();
        for (Labelled item : items) {
            int label = classifier.labels().indexOf(item.label());
            if (label < 0) {
                throw new BadInputException(
                        "the label \""
                                + item.label()
                                + "\" of \""
                                + item.text()
                                + "\" is not among the labels to train: "
                                + String.join(", ", classifier.labels()));
            }
            examples.add(new Example(classifier.tokens(item.text()), label));
        }
        return examples;
    }

    /// A token sequence and the number of its class.
    public record Example(int[] tokens, int label) {
        /// Refuses an empty sequence.
        public Example {
            if (tokens.length == 0) {
                throw new IllegalArgumentException(
                        "a sequence to classify needs at least one token");
            }
        }
    }

    /// Sequences of about one length and their classes.
    public record Batch(Tokens tokens, int[] labels) {
        static Batch of(List<Example> examples) {
            return new Batch(
                    Tokens.padded(examples.stream().map(Example::tokens).toList(), 0),
                    examples.stream().mapToInt(Example::label).toArray());
        }
    }

    @Override
    public List<Batch> epoch(RandomStream random) {
        int[] lengths = train.stream().mapToInt(e -> e.tokens().length).toArray();
        return Batches.shuffled(lengths, new BatchSize.Tokens(batchTokens), random).stream()
                .map(places -> Batch.of(Arrays.stream(places).mapToObj(train::get).toList()))
                .toList();
    }

    @Override
    public Tensor loss(Batch batch, Pass pass) {
        return model.logits(batch.tokens(), pass).crossEntropy(batch.labels(), smoothing);
    }

    @Override
    public int tokens(Batch batch) {
        return batch.tokens().count();
    }

    @Override
    public double validate() {
        List<int[]> sequences = validation.stream().map(Example::tokens).toList();
        int[] predicted = model.predict(sequences, batchTokens);
        int right = 0;
        for (int i = 0; i < predicted.length; i++) {
            right += predicted[i] == validation.get(i).label() ? 1 : 0;
        }
        return right / (double) predicted.length;
    }
}
