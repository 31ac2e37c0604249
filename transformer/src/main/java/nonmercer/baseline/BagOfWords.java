package nonmercer.baseline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import nonmercer.autodiff.optim.Lbfgs;
import nonmercer.baseline.WordVectors.Sparse;
import nonmercer.data.Labelled;
import nonmercer.metric.Accuracy;
import nonmercer.parallel.Parallel;

/// Multinomial logistic regression on the words of a text, whatever their order.
///
/// What counts as a word, its weighting and the strength of the penalty are chosen by the accuracy
/// on the validation part: all [Terms] with every [Weighting] and every strength of [#STRENGTHS];
/// of equally good ones the stronger penalty, then the first in the order of the grid. Nothing of
/// the test part is seen. Deterministic.
public final class BagOfWords {
    /// The strengths `λ` of the penalty `λ/2·‖W‖²` on the sum of losses, strongest first.
    public static final List<Double> STRENGTHS = List.of(3.0, 1.0, 0.3, 0.1, 0.03);

    private static final List<Bag> BAGS =
            Stream.of(Terms.values())
                    .flatMap(t -> Stream.of(Weighting.values()).map(w -> new Bag(t, w)))
                    .toList();
    private static final double TOLERANCE = 1e-5;
    private static final int MOST_STEPS = 200;

    /// One point of the grid.
    ///
    /// @param terms what counts as a word
    /// @param weighting what a word counts
    /// @param strength `λ`
    /// @param validation the accuracy on the validation part
    public record Trial(Terms terms, Weighting weighting, double strength, Accuracy validation) {
        /// `cased words, tf-idf, L2 strength 0.1`.
        @Override
        public String toString() {
            return name(terms) + " words, " + name(weighting) + ", L2 strength " + strength;
        }

        private static String name(Enum<?> choice) {
            return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private record Bag(Terms terms, Weighting weighting) {}

    private record Fit(
            Trial trial, WordVectors vectors, SoftmaxRegression regression, double[] weights) {
        int predict(String text) {
            return regression.predict(weights, vectors.of(text));
        }
    }

    private final List<String> labels;
    private final Fit best;
    private final List<Trial> trials;

    private BagOfWords(List<String> labels, Fit best, List<Trial> trials) {
        this.labels = labels;
        this.best = best;
        this.trials = trials;
    }

    /// Fits the whole grid on the training part and keeps the best of it.
    public static BagOfWords train(List<Labelled> training, List<Labelled> validation) {
        if (training.isEmpty() || validation.isEmpty()) {
            throw new IllegalArgumentException(
                    "the bag of words needs texts to train on and texts to choose by, got "
                            + training.size()
                            + " and "
                            + validation.size());
        }
        List<String> labels =
                List.copyOf(new TreeSet<>(training.stream().map(Labelled::label).toList()));
        List<List<Fit>> paths = BAGS.stream().map(_ -> (List<Fit>) new ArrayList<Fit>()).toList();
        Parallel.forEach(
                BAGS.size(),
                i -> paths.get(i).addAll(path(BAGS.get(i), labels, training, validation)));
        List<Fit> all = paths.stream().flatMap(List::stream).toList();
        Fit best =
                all.stream()
                        .min(
                                Comparator.comparingInt((Fit f) -> -f.trial.validation.right())
                                        .thenComparingDouble(
                                                f -> -f.trial.strength)) // of equals the first
                        .orElseThrow();
        return new BagOfWords(labels, best, all.stream().map(Fit::trial).toList());
    }

    /// The fits of one kind of vectors, from the strongest penalty to the weakest, each started at
    /// the one before it.
    private static List<Fit> path(
            Bag bag, List<String> labels, List<Labelled> training, List<Labelled> validation) {
        var vectors =
                new WordVectors(
                        training.stream().map(Labelled::text).toList(), bag.terms, bag.weighting);
        List<Sparse> rows = training.stream().map(t -> vectors.of(t.text())).toList();
        int[] classes = training.stream().mapToInt(t -> labels.indexOf(t.label())).toArray();
        double[] weights = new double[(vectors.size() + 1) * labels.size()];
        List<Fit> fits = new ArrayList<>();
        for (double strength : STRENGTHS) {
            var regression =
                    new SoftmaxRegression(rows, classes, vectors.size(), labels.size(), strength);
            Lbfgs.minimise(regression, weights, TOLERANCE, MOST_STEPS);
            double[] fitted = weights.clone();
            int right = 0;
            for (Labelled v : validation) {
                right +=
                        labels.get(regression.predict(fitted, vectors.of(v.text())))
                                        .equals(v.label())
                                ? 1
                                : 0;
            }
            Trial trial =
                    new Trial(
                            bag.terms,
                            bag.weighting,
                            strength,
                            new Accuracy(right, validation.size()));
            fits.add(new Fit(trial, vectors, regression, fitted));
        }
        return fits;
    }

    /// The label of a text.
    public String predict(String text) {
        return labels.get(best.predict(text));
    }

    /// The weighting and the strength that were chosen, with their accuracy on the validation part.
    public Trial chosen() {
        return best.trial;
    }

    /// The whole grid.
    public List<Trial> trials() {
        return trials;
    }
}
