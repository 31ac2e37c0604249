package nonmercer.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import nonmercer.attention.Attention;
import nonmercer.attention.Denominator;
import nonmercer.autodiff.ParameterTree;
import nonmercer.data.LabelledCorpus;
import nonmercer.data.Pair;
import nonmercer.data.PairCorpus;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Distance;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.ExpIntersection;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Quadratic;
import nonmercer.kernel.TaylorExp;
import nonmercer.kernel.Trait;
import nonmercer.metric.Bleu;
import nonmercer.model.Translator;
import nonmercer.train.DivergedException;
import nonmercer.train.Epoch;
import nonmercer.train.Listener;

/// The kernels of Wright & Gonzalez (2021, section 5) swapped in a Transformer, and between the
/// infinite-dimensional softmax kernel and its finite rivals the softmax kernel cut off at each
/// degree.
///
/// Everything but the kernel is equal in the runs of one task and seed: data, split, tokeniser,
/// initial weights, order of the batches, dropout masks, schedule, number of parameters. So
/// differences are taken seed by seed.
///
/// @param tasks what is learnt
/// @param kernels that are swapped in
/// @param seeds 1 to this number
/// @param quick one epoch only, to see that everything runs
public record Swap(List<SwapTask> tasks, List<Kernel> kernels, int seeds, boolean quick) {
    private static final long SPLIT = 1; // the seed of the commands' default split
    private static final String LANGUAGE = "de";
    private static final int MOST_IN_NARROW = 4;

    /// Copies the lists; refuses too few seeds for an interval.
    public Swap {
        tasks = List.copyOf(tasks);
        kernels = List.copyOf(kernels);
        if (seeds < 2) {
            throw new IllegalArgumentException(
                    "paired differences need at least two seeds, got " + seeds);
        }
    }

    /// The five kernels of the paper, and the softmax kernel cut off at degrees 1 to 8.
    public static List<Kernel> kernels(boolean quick) {
        return quick
                ? List.of(new ExpDot(), new Quadratic(), new TaylorExp(2))
                : List.of(
                        new ExpDot(),
                        new Gauss(),
                        new ExpIntersection(),
                        new Quadratic(),
                        new Distance(),
                        new TaylorExp(1),
                        new TaylorExp(2),
                        new TaylorExp(3),
                        new TaylorExp(4),
                        new TaylorExp(5),
                        new TaylorExp(6),
                        new TaylorExp(7),
                        new TaylorExp(8));
    }

    /// What a kernel is called in the results.
    public static String name(Kernel kernel) {
        return kernel instanceof TaylorExp(int degree, Coefficient c)
                ? "TaylorExp(" + degree + ")"
                : kernel.name();
    }

    private record Cell(SwapTask task, Kernel kernel, long seed) {
        @Override
        public String toString() {
            return task + " " + name(kernel) + " seed " + seed;
        }
    }

    /// In narrow heads only the softmax kernel and those cut off early are told apart by what they
    /// can represent.
    static boolean takes(SwapTask task, Kernel kernel) {
        return task != SwapTask.NARROW
                || kernel instanceof ExpDot
                || kernel instanceof TaylorExp(int degree, Coefficient c)
                        && degree <= MOST_IN_NARROW;
    }

    /// Weights of an odd degree can be negative: their rows are divided by the sum of the sizes of
    /// the weights, which is the sum itself where none is.
    static Attention attention(Kernel kernel) {
        return kernel.traits().of(Trait.NON_NEGATIVE) instanceof Evidence.Refuted
                ? Attention.of(kernel, new Denominator.Absolute())
                : Attention.of(kernel);
    }

    int epochs(SwapTask task) {
        return quick ? 1 : task.epochs();
    }

    /// Does the runs that the results do not hold, seed by seed, so that whatever is there can be
    /// compared in pairs.
    public void run(Path file, Watcher watcher) throws IOException {
        RunFile<SwapRun> results = RunFile.open(file, SwapRun::of);
        List<Cell> missing = new ArrayList<>();
        for (long seed = 1; seed <= seeds; seed++) {
            for (SwapTask task : tasks) {
                for (Kernel kernel : kernels) {
                    if (!takes(task, kernel)) {
                        continue;
                    }
                    var key = new SwapRun.Key(task, name(kernel), seed, epochs(task));
                    if (!results.holds(key)) {
                        missing.add(new Cell(task, kernel, seed));
                    }
                }
            }
        }
        Map<SwapTask, Learner> learners = new EnumMap<>(SwapTask.class);
        for (int i = 0; i < missing.size() && watcher.goesOn(); i++) {
            Cell next = missing.get(i);
            Listener listener = watcher.begins(next.toString(), i + 1, missing.size());
            Learner learner =
                    learners.computeIfAbsent(
                            next.task,
                            task ->
                                    task == SwapTask.TRANSLATION
                                            ? new Translating(epochs(task))
                                            : new Labelling(task, epochs(task)));
            SwapRun run = learner.run(next.kernel, next.seed, listener);
            results.add(run);
            watcher.ends(next + ": " + run.outcome());
        }
    }

    /// Trains on a task whose data it prepares once.
    private interface Learner {
        SwapRun run(Kernel kernel, long seed, Listener listener);
    }

    /// Text classification.
    private static final class Labelling implements Learner {
        private final SwapTask task;
        private final Compare compare;
        private final Compare.Data data;

        Labelling(SwapTask task, int epochs) {
            this.task = task;
            this.compare = new Compare(LabelledCorpus.ofJdk(), task.size(), epochs, 1, SPLIT);
            this.data = compare.prepare();
        }

        @Override
        public SwapRun run(Kernel kernel, long seed, Listener listener) {
            try {
                Compare.Training training = compare.train(attention(kernel), data, seed, listener);
                StringBuilder items = new StringBuilder();
                for (boolean right : training.right()) {
                    items.append(right ? '1' : '0');
                }
                double right = items.chars().filter(c -> c == '1').count();
                return new SwapRun(
                        task,
                        name(kernel),
                        seed,
                        compare.epochs(),
                        ParameterTree.of(training.model().model()).count(),
                        Map.of(SwapMetric.ACCURACY, right / items.length()),
                        items.toString(),
                        training.epochs().stream().map(Epoch::score).toList(),
                        seconds(training.epochs()),
                        "");
            } catch (DivergedException e) {
                return diverged(task, kernel, seed, compare.epochs(), e);
            }
        }
    }

    /// Translation.
    private static final class Translating implements Learner {
        private final int epochs;
        private final PairCorpus corpus;
        private final Translate.Data data;

        Translating(int epochs) {
            this.epochs = epochs;
            this.corpus = PairCorpus.ofJdk(LANGUAGE).upTo(SwapTask.SHORT);
            this.data = translate(new ExpDot(), SPLIT).prepare();
        }

        private Translate translate(Kernel kernel, long seed) {
            return new Translate(
                    corpus, LANGUAGE, attention(kernel), SwapTask.TRANSLATION.size(), epochs, seed);
        }

        @Override
        public SwapRun run(Kernel kernel, long seed, Listener listener) {
            Translate translate = translate(kernel, seed);
            List<Epoch> curve = new ArrayList<>();
            Translator translator;
            try {
                translator = translate.train(data, new Watch(listener, curve));
            } catch (DivergedException e) {
                return diverged(SwapTask.TRANSLATION, kernel, seed, epochs, e);
            }
            List<Pair> test = data.split().test();
            List<String> written = Translate.translate(translator, test, 1);
            double bleu =
                    Bleu.ofLanguage(LANGUAGE)
                            .score(written, test.stream().map(Pair::target).toList())
                            .score();
            return new SwapRun(
                    SwapTask.TRANSLATION,
                    name(kernel),
                    seed,
                    epochs,
                    ParameterTree.of(translator.model()).count(),
                    Map.of(
                            SwapMetric.BLEU,
                            bleu,
                            SwapMetric.TOKEN_ACCURACY,
                            translate.tokenAccuracy(translator, test)),
                    "",
                    curve.stream().map(Epoch::score).toList(),
                    seconds(curve),
                    "");
        }
    }

    /// Passes on what happens and keeps the epochs.
    private record Watch(Listener listener, List<Epoch> curve) implements Translate.Watcher {
        @Override
        public void step(nonmercer.train.Progress p) {
            listener.step(p);
        }

        @Override
        public void epoch(Epoch epoch, Translator translator) {
            listener.epoch(epoch);
            curve.add(epoch);
        }
    }

    private static double seconds(List<Epoch> epochs) {
        return epochs.stream().mapToDouble(Epoch::seconds).sum();
    }

    private static SwapRun diverged(
            SwapTask task, Kernel kernel, long seed, int epochs, DivergedException e) {
        String why = String.valueOf(e.getMessage());
        return new SwapRun(task, name(kernel), seed, epochs, 0, Map.of(), "", List.of(), 0, why);
    }
}
