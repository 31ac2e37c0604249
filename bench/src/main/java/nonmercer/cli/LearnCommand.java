package nonmercer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import nonmercer.experiment.Effort;
import nonmercer.experiment.ExperimentPage;
import nonmercer.experiment.Learn;
import nonmercer.experiment.LearnPage;
import nonmercer.experiment.LearnTask;
import nonmercer.experiment.LearnVariant;
import nonmercer.experiment.Watcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Learns kernels through their spectra, and says what the differences say.
@Command(
        name = "learn",
        description = {
            "Trains Transformers whose kernel is learned through its random features, as Chowdhury et al. (2022) did,",
            "beside fixed ones and exact attention, measures time and memory, and writes the page"
                    + " docs/learned-kernels.md with its pictures.",
            "Each training and measurement is a line of the results file: run the command again and it goes on."
        },
        mixinStandardHelpOptions = true)
final class LearnCommand implements Callable<Integer> {
    private static final Effort LITTLE = new Effort(64, 32, 1, 4096, 1e-3);

    /// What is done.
    enum Part {
        /// Trainings and measurements.
        ALL,
        /// Trainings alone.
        TRAININGS,
        /// Measurements alone, best on a quiet machine.
        MEASUREMENTS,
        /// Nothing new: the page of what is there.
        PAGE
    }

    @Option(
            names = "--part",
            description = "What is done: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "ALL")
    private Part part = Part.ALL;

    @Option(
            names = "--task",
            split = ",",
            description = "What is learnt: ${COMPLETION-CANDIDATES} (default: all).")
    private List<LearnTask> tasks = List.of(LearnTask.values());

    @Mixin private ExperimentOptions options;

    @Option(
            names = "--quick",
            description = "One short epoch, two seeds, into target/learn: does it run?")
    private boolean quick;

    @Override
    public Integer call() throws IOException {
        Path target =
                options.page(quick ? "target/learn/learned-kernels.md" : "docs/learned-kernels.md");
        Terminal terminal = Terminal.here();
        Path results = ExperimentPage.results(target);
        Watcher watch = options.watcher(terminal);
        if (part == Part.ALL || part == Part.TRAININGS) {
            new Learn(
                            tasks,
                            LearnVariant.all(),
                            quick ? 2 : options.seeds(),
                            task -> quick ? LITTLE : task.effort())
                    .train(results, watch);
        }
        if (part == Part.ALL || part == Part.MEASUREMENTS) {
            List<Integer> lengths =
                    quick ? List.of(64, 256) : List.of(256, 512, 1024, 2048, 4096, 8192, 16_384);
            Learn.measure(results, lengths, watch);
        }
        LearnPage.of(results).write(target);
        terminal.out().println("page: " + target.toAbsolutePath().normalize());
        return 0;
    }
}
