package nonmercer.experiment;

import java.util.ArrayList;
import java.util.List;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Schedule;
import nonmercer.baseline.ListOpsLadder;
import nonmercer.data.Split;
import nonmercer.data.task.AnswerTask;
import nonmercer.data.task.Answered;
import nonmercer.data.task.ClassTask;
import nonmercer.data.task.Classified;
import nonmercer.data.task.Example;
import nonmercer.data.task.GeneratedTask;
import nonmercer.data.task.ListOps;
import nonmercer.data.task.Needle;
import nonmercer.metric.Accuracy;
import nonmercer.metric.Interval;
import nonmercer.model.Classifier;
import nonmercer.model.Config;
import nonmercer.model.Design;
import nonmercer.model.Encoder;
import nonmercer.model.LanguageModel;
import nonmercer.random.RandomStream;
import nonmercer.train.Answering;
import nonmercer.train.Classification;
import nonmercer.train.Epoch;
import nonmercer.train.Listener;
import nonmercer.train.Recipe;
import nonmercer.train.Task;
import nonmercer.train.Trainer;

/// A Transformer trained on a generated task: an encoder that classifies, or a causal one that
/// answers.
///
/// @param task what is drawn
/// @param design of the Transformer, with its kernel
/// @param size of the Transformer
/// @param effort how much it is trained
/// @param seed of everything random
public record TaskTraining(
        GeneratedTask<?> task, Design design, ModelSize size, Effort effort, long seed) {
    private static final double WARM_UP = 0.1;
    private static final double DECAY = 0.01;

    /// What a predictor reaches on the test examples.
    ///
    /// @param accuracy the share of right answers
    /// @param interval its 95 % interval; a single point where the accuracy is known exactly
    public record Line(String name, double accuracy, Interval interval) {}

    /// A training and what it came to.
    ///
    /// @param predictors what is reached without the model, on the same test examples or exactly
    /// @param model what the model of the best epoch reaches on the test examples
    /// @param parameters the numbers trained
    /// @param encoder the stack of that model
    public record Result(
            List<Line> predictors,
            Line model,
            long parameters,
            List<Epoch> epochs,
            Encoder encoder) {
        /// Tokens a second in training.
        public double tokensPerSecond() {
            double seconds = 0;
            double tokens = 0;
            for (Epoch e : epochs) {
                seconds += e.seconds();
                tokens += e.seconds() * e.tokensPerSecond();
            }
            return tokens / seconds;
        }

        /// Seconds of training.
        public double seconds() {
            return epochs.stream().mapToDouble(Epoch::seconds).sum();
        }
    }

    /// Draws the examples, trains on them, and measures on the test examples.
    public Result run(Listener listener) {
        return switch (task) {
            case ClassTask t -> classify(t, listener);
            case AnswerTask t -> answer(t, listener);
        };
    }

    private Result classify(ClassTask task, Listener listener) {
        Split<Classified> data = split(task);
        Classifier model = classifier(task);
        Classification training =
                new Classification(
                        model, examples(data.train()), examples(data.validation()), batch(), 0);
        List<Epoch> epochs = train(model, training, listener);
        int[] expected = data.test().stream().mapToInt(Classified::label).toArray();
        List<int[]> sequences = data.test().stream().map(Classified::tokens).toList();
        Accuracy reached = Accuracy.of(model.predict(sequences, batch()), expected);
        return new Result(
                predictors(task, data),
                new Line(design.attention().label(), reached.value(), reached.interval()),
                ParameterTree.of(model).count(),
                epochs,
                model.encoder());
    }

    /// The stack of the model before its training.
    Encoder fresh() {
        return switch (task) {
            case ClassTask t -> classifier(t).encoder();
            case AnswerTask t -> answering().stack();
        };
    }

    private Classifier classifier(ClassTask t) {
        return Classifier.create(config(), t.classes(), RandomStream.of(seed).at("weights"));
    }

    private LanguageModel answering() {
        return LanguageModel.create(config(), RandomStream.of(seed).at("weights"));
    }

    private Result answer(AnswerTask task, Listener listener) {
        Split<Answered> data = split(task);
        LanguageModel model = answering();
        Answering training = new Answering(model, data.train(), data.validation(), batch());
        List<Epoch> epochs = train(model, training, listener);
        double reached = training.accuracy(data.test()).value();
        return new Result(
                guesses(),
                new Line(
                        design.attention().label(), reached, interval(reached, data.test().size())),
                ParameterTree.of(model).count(),
                epochs,
                model.stack());
    }

    /// The answers of one sequence are not independent. As many sequences as there are, each with
    /// one answer, would tell no more: the interval is that of a share of the sequences, which is
    /// wide enough whatever the dependence.
    private static Interval interval(double share, int sequences) {
        return Interval.wilson((int) Math.round(share * sequences), sequences);
    }

    private <E extends Example> Split<E> split(GeneratedTask<E> task) {
        return task.split(
                effort.train(),
                Math.max(1, effort.test() / 2),
                effort.test(),
                RandomStream.of(seed).at("examples"));
    }

    private Config config() {
        return Config.of(size.sizes(task.vocabulary(), task.longest()), design);
    }

    private int batch() {
        return Math.max(effort.batchTokens(), task.longest());
    }

    private <B> List<Epoch> train(Record model, Task<B> training, Listener listener) {
        ParameterTree tree = ParameterTree.of(model);
        int steps = effort.epochs() * training.epoch(RandomStream.of(seed)).size();
        int warmUp = Math.min((int) Math.ceil(WARM_UP * steps), steps - 1);
        Schedule schedule = Schedule.warmUpCosine(effort.peakRate(), warmUp, steps, 0);
        Recipe recipe = Recipe.of(effort.epochs(), schedule, seed);
        return new Trainer(tree, AdamW.of(tree, DECAY), recipe, listener).train(training);
    }

    private static List<Classification.Example> examples(List<Classified> items) {
        return items.stream().map(i -> new Classification.Example(i.tokens(), i.label())).toList();
    }

    private List<Line> guesses() {
        return task.guesses().stream()
                .map(g ->
                        new Line(g.name(), g.accuracy(), new Interval(g.accuracy(), g.accuracy())))
                .toList();
    }

    /// The ladder for ListOps, else chance, the most frequent class, and what counting bytes tells
    /// of a needle.
    private List<Line> predictors(ClassTask task, Split<Classified> data) {
        if (task instanceof ListOps) {
            return ListOpsLadder.train(data.train()).climb(data.test()).stream()
                    .map(r -> line(r.name(), r.accuracy()))
                    .toList();
        }
        int[] counts = new int[task.classes()];
        data.train().forEach(e -> counts[e.label()]++);
        int most = 0;
        for (int c = 1; c < counts.length; c++) {
            most = counts[c] > counts[most] ? c : most;
        }
        int right = 0;
        for (Classified e : data.test()) {
            right += e.label() == most ? 1 : 0;
        }
        List<Line> lines = new ArrayList<>(guesses());
        lines.add(line("the most frequent class", new Accuracy(right, data.test().size())));
        if (task instanceof Needle needle) {
            long byCount =
                    data.test().stream()
                            .filter(e -> needle.mostFrequent(e.tokens()) == e.label())
                            .count();
            lines.add(
                    line(
                            "the class whose byte is there most often",
                            new Accuracy((int) byCount, data.test().size())));
        }
        return lines;
    }

    private static Line line(String name, Accuracy accuracy) {
        return new Line(name, accuracy.value(), accuracy.interval());
    }
}
