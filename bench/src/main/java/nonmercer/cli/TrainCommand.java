package nonmercer.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import nonmercer.data.task.GeneratedTask;
import nonmercer.experiment.Effort;
import nonmercer.experiment.ModelSize;
import nonmercer.experiment.TaskTraining;
import nonmercer.layer.Positions;
import nonmercer.model.Design;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Trains a Transformer on a generated task.
@Command(
        name = "train",
        description = {
            "Trains a Transformer on a task whose examples are drawn: listops, pathfinder, mqar (multi-query"
                    + " associative recall), copy, selective-copy, induction, needle or retrieval.",
            "Beside the model stand predictors that see little or nothing of what is asked. The long-range"
                    + " setting of ListOps is `listops --depth 10 --length 501-1999`."
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TASK", description = "The task, by name.")
    private String name = "";

    @Mixin private AttentionOptions attention;

    @Mixin private TaskOptions options;

    @Option(
            names = "--quick",
            description =
                    "A small setting of the task, learnt in less than two minutes (all but pathfinder).")
    private boolean quick;

    @Option(
            names = "--size",
            description = "The model: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "MEDIUM")
    private ModelSize size = ModelSize.MEDIUM;

    @Option(
            names = "--positions",
            description =
                    "How it knows where a token stands: ${COMPLETION-CANDIDATES} (default:"
                            + " ${DEFAULT-VALUE}).",
            defaultValue = "ROTARY")
    private Positions.Kind positions = Positions.Kind.ROTARY;

    @Option(names = "--train", paramLabel = "N", description = "Examples to train on.")
    private @Nullable Integer train;

    @Option(names = "--test", paramLabel = "N", description = "Examples to report on.")
    private @Nullable Integer test;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs of training.")
    private @Nullable Integer epochs;

    @Option(names = "--batch-tokens", paramLabel = "N", description = "Most tokens a step.")
    private @Nullable Integer batchTokens;

    @Option(names = "--rate", description = "The highest learning rate.")
    private @Nullable Double rate;

    @Option(
            names = "--seed",
            description = "Of everything random (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Mixin private JsonFile json;

    @Override
    public Integer call() throws IOException {
        json.check();
        TaskKind kind = TaskKind.named(name);
        GeneratedTask<?> task = options.task(kind, quick);
        Effort effort = effort(kind);
        Design design = attention.in(Design.standard().with(positions).withDropout(0));
        TaskTraining training = new TaskTraining(task, design, size, effort, seed);
        Terminal terminal = Terminal.here();
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "%s: %,d examples to train on, %,d epochs, %,d to test; %s; at most %,.1f million"
                                + " tokens to read%n",
                        task,
                        effort.train(),
                        effort.epochs(),
                        effort.test(),
                        size,
                        1e-6 * effort.train() * effort.epochs() * task.longest());
        if (!kind.limits(quick).isEmpty()) {
            terminal.err().println(kind.limits(quick));
        }
        TaskTraining.Result result;
        try (TrainingProgress progress =
                new TrainingProgress(terminal, design.attention().label(), 1)) {
            result = training.run(progress);
        }
        Table table = new Table(kind.toString(), "accuracy", "95 % interval");
        result.predictors().forEach(l -> add(table, l));
        add(table, result.model());
        table.print(terminal.out());
        terminal.out().println(standing(result));
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%,d parameters, %.0f s of training, %,.0f tokens/s%n",
                        result.parameters(),
                        result.seconds(),
                        result.tokensPerSecond());
        json.write("train", rows(task, result));
        return 0;
    }

    private Effort effort(TaskKind kind) {
        Effort usual = kind.effort(quick);
        return new Effort(
                train == null ? usual.train() : train,
                test == null ? usual.test() : test,
                epochs == null ? usual.epochs() : epochs,
                batchTokens == null ? usual.batchTokens() : batchTokens,
                rate == null ? usual.peakRate() : rate);
    }

    private static void add(Table table, TaskTraining.Line line) {
        boolean exact = line.interval().low() == line.interval().high();
        table.row(
                line.name(),
                String.format(Locale.ROOT, "%.3f", line.accuracy()),
                exact ? "" : line.interval().toString());
    }

    /// The best predictor that the model leaves behind by its whole interval.
    private static String standing(TaskTraining.Result result) {
        TaskTraining.Line best = null;
        for (TaskTraining.Line l : result.predictors()) {
            boolean below = l.accuracy() < result.model().interval().low();
            best = below && (best == null || l.accuracy() >= best.accuracy()) ? l : best;
        }
        return result.model().name()
                + (best == null
                        ? " is above none of these by its whole interval."
                        : " is above \"" + best.name() + "\" by its whole interval.");
    }

    private List<Map<String, Object>> rows(GeneratedTask<?> task, TaskTraining.Result result) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (TaskTraining.Line line : result.predictors()) {
            rows.add(row(line));
        }
        Map<String, Object> model = row(result.model());
        model.put("task", task.toString());
        model.put("seed", seed);
        model.put("parameters", result.parameters());
        model.put("seconds", result.seconds());
        model.put("tokensPerSecond", result.tokensPerSecond());
        model.put("epochs", result.epochs());
        rows.add(model);
        return rows;
    }

    private static Map<String, Object> row(TaskTraining.Line line) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("predictor", line.name());
        row.put("accuracy", line.accuracy());
        row.put("low", line.interval().low());
        row.put("high", line.interval().high());
        return row;
    }
}
