package nonmercer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import nonmercer.experiment.Effort;
import nonmercer.experiment.Learn;
import nonmercer.experiment.LearnLine;
import nonmercer.experiment.LearnPage;
import nonmercer.experiment.LearnTask;
import nonmercer.experiment.LearnVariant;
import nonmercer.io.BadInputException;
import nonmercer.train.Epoch;
import nonmercer.train.Listener;
import nonmercer.train.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--seeds",
            description = "Trainings a variant (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int seeds;

    @Option(
            names = "--quick",
            description = "One short epoch, two seeds, into target/learn: does it run?")
    private boolean quick;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "Begin nothing further after N minutes; default: no limit.")
    private double minutes = Double.POSITIVE_INFINITY;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "The page; the results stand beside it, under the same name in .jsonl.")
    private @Nullable Path page;

    @Override
    public Integer call() throws IOException {
        Path target =
                page != null
                        ? page
                        : Build.project()
                                .resolve(
                                        quick
                                                ? "target/learn/learned-kernels.md"
                                                : "docs/learned-kernels.md");
        if (!target.getFileName().toString().endsWith(".md")) {
            throw new BadInputException("--page: expected a file in .md, got " + target);
        }
        Terminal terminal = Terminal.here();
        Path results = LearnPage.results(target);
        Watch watch =
                new Watch(terminal, System.nanoTime() + (long) (Math.min(minutes, 1e5) * 60e9));
        if (part == Part.ALL || part == Part.TRAININGS) {
            new Learn(
                            tasks,
                            LearnVariant.all(),
                            quick ? 2 : seeds,
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

    /// Shows each training, and one line of what it came to.
    private static final class Watch implements Learn.Watcher {
        private final Terminal terminal;
        private final long end;
        private @Nullable TrainingProgress progress;

        Watch(Terminal terminal, long end) {
            this.terminal = terminal;
            this.end = end;
        }

        @Override
        public Listener begins(
                LearnTask task, LearnVariant variant, long seed, int number, int of) {
            String title =
                    String.format(
                            Locale.ROOT,
                            "%d/%d %s %s seed %d",
                            number,
                            of,
                            task,
                            variant.name(),
                            seed);
            TrainingProgress shown = new TrainingProgress(terminal, title, 1);
            progress = shown;
            return new Listener() {
                @Override
                public void step(Progress p) {
                    shown.step(p);
                }

                @Override
                public void epoch(Epoch epoch) {
                    shown.epoch(epoch);
                }
            };
        }

        @Override
        public void ends(LearnLine.Run run) {
            if (progress != null) {
                progress.close();
            }
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "%s %s seed %d: %s%n",
                            run.task(),
                            run.variant(),
                            run.seed(),
                            run.failure().isEmpty()
                                    ? String.format(
                                            Locale.ROOT,
                                            "accuracy %.3f in %.0f s",
                                            run.accuracy(),
                                            run.seconds())
                                    : "diverged: " + run.failure());
        }

        @Override
        public void measures(String what) {
            terminal.err().println("measuring " + what);
        }

        @Override
        public boolean goesOn() {
            return System.nanoTime() - end < 0;
        }
    }
}
