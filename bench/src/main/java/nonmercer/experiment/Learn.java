package nonmercer.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nonmercer.feature.Target;
import nonmercer.layer.Positions;
import nonmercer.model.Design;
import nonmercer.random.RandomStream;
import nonmercer.train.DivergedException;
import nonmercer.train.Epoch;
import nonmercer.train.Listener;

/// The claims of Chowdhury et al. (2022), "On Learning the Transformer Kernel": their six learned
/// feature maps, each beside itself with its spectrum fixed, exact attention, and features of a
/// given kernel, all with at most as many features.
///
/// Within a task and a seed everything but the attention is equal: examples, initial weights that
/// both have, order of the batches, schedule. So differences are taken seed by seed.
///
/// @param tasks what is learnt
/// @param variants of the attention
/// @param seeds 1 to this number
/// @param effort of a task's trainings
public record Learn(List<LearnTask> tasks, List<LearnVariant> variants, int seeds, Efforts effort) {
    private static final List<Integer> FEATURES = List.of(16, 32, 64, 128, 256);
    private static final double[] SCALES = {0.5, 1};
    private static final int ROWS = 512;

    /// Copies the lists; refuses too few seeds for an interval.
    public Learn {
        tasks = List.copyOf(tasks);
        variants = List.copyOf(variants);
        if (seeds < 2) {
            throw new IllegalArgumentException(
                    "paired differences need at least two seeds, got " + seeds);
        }
    }

    /// How much a task is trained.
    @FunctionalInterface
    public interface Efforts {
        /// The effort of a task.
        Effort of(LearnTask task);
    }

    private record Cell(LearnTask task, LearnVariant variant, long seed) {
        @Override
        public String toString() {
            return task + " " + variant.name() + " seed " + seed;
        }
    }

    /// Does the trainings that the results do not hold, seed by seed; then, once, the long
    /// expressions.
    public void train(Path file, Watcher watcher) throws IOException {
        RunFile<LearnLine> results = RunFile.open(file, LearnLine::of);
        List<Cell> missing = new ArrayList<>();
        for (long seed = 1; seed <= seeds; seed++) {
            for (LearnTask task : tasks) {
                boolean once = task == LearnTask.LONG_LISTOPS;
                for (LearnVariant variant : once ? LearnVariant.few() : variants) {
                    if (!(once && seed > 1)
                            && variants.contains(variant)
                            && !results.holds(new LearnLine.Run.Key(task, variant.name(), seed))) {
                        missing.add(new Cell(task, variant, seed));
                    }
                }
            }
        }
        for (int i = 0; i < missing.size() && watcher.goesOn(); i++) {
            Cell next = missing.get(i);
            Listener listener = watcher.begins(next.toString(), i + 1, missing.size());
            LearnLine.Run run = run(next, listener);
            results.add(run);
            watcher.ends(next + ": " + run.outcome());
        }
    }

    private LearnLine.Run run(Cell cell, Listener listener) {
        LearnTask task = cell.task;
        Design design =
                Design.standard()
                        .with(Positions.Kind.ROTARY)
                        .withDropout(0)
                        .with(cell.variant.attention(task.headWidth()));
        TaskTraining training =
                new TaskTraining(task.task(), design, task.size(), effort.of(task), cell.seed);
        try {
            TaskTraining.Result result = training.run(listener);
            Map<String, Double> predictors = new LinkedHashMap<>();
            result.predictors().forEach(l -> predictors.put(l.name(), l.accuracy()));
            boolean learns = cell.variant.learns();
            return new LearnLine.Run(
                    task,
                    cell.variant.name(),
                    cell.seed,
                    result.parameters(),
                    result.model().accuracy(),
                    predictors,
                    result.epochs().stream().map(Epoch::score).toList(),
                    result.seconds(),
                    learns ? Spectrum.of(training.fresh()) : Optional.empty(),
                    learns ? Spectrum.of(result.encoder()) : Optional.empty(),
                    "");
        } catch (DivergedException e) {
            return new LearnLine.Run(
                    task,
                    cell.variant.name(),
                    cell.seed,
                    0,
                    0,
                    Map.of(),
                    List.of(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    String.valueOf(e.getMessage()));
        }
    }

    /// Measures what the results do not hold: error against time of every feature map, and time and
    /// memory of attention against its length.
    public static void measure(Path file, List<Integer> lengths, Watcher watcher)
            throws IOException {
        RunFile<LearnLine> results = RunFile.open(file, LearnLine::of);
        for (double scale : SCALES) {
            if (results.lines().stream()
                    .anyMatch(l -> l instanceof LearnLine.Deviation e && e.scale() == scale)) {
                continue;
            }
            watcher.measures("error against time, scale " + scale);
            for (LearnLine line : errors(scale)) {
                results.add(line);
            }
        }
        for (AttentionCost cost : AttentionCost.all()) {
            for (int length : lengths) {
                if (watcher.goesOn()
                        && length <= cost.longest()
                        && !results.holds(List.of("cost", cost.name(), length))) {
                    watcher.measures("time and memory of " + cost.name() + ", " + length);
                    results.add(cost.at(length));
                }
            }
        }
    }

    private static List<LearnLine> errors(double scale) {
        HeadSamples samples =
                new HeadSamples.Drawing(4, 64, ROWS, scale, 0, 0)
                        .draw(RandomStream.of(1).at("heads"));
        Approximation.Found found =
                new Approximation(
                                Target.SOFTMAX,
                                samples,
                                FeatureFamilies.of(Target.SOFTMAX),
                                FEATURES,
                                5,
                                1,
                                ROWS,
                                Approximation.Stopwatch.median(0.01))
                        .run((family, budget, number, of) -> {});
        return found.points().stream()
                .<LearnLine>map(p ->
                        new LearnLine.Deviation(
                                p.family().name(),
                                scale,
                                p.features(),
                                p.rowError(),
                                p.seconds(),
                                found.exact()))
                .toList();
    }
}
