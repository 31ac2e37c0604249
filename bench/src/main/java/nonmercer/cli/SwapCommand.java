package nonmercer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import nonmercer.experiment.Swap;
import nonmercer.experiment.SwapPage;
import nonmercer.experiment.SwapResults;
import nonmercer.experiment.SwapRun;
import nonmercer.experiment.SwapTask;
import nonmercer.io.BadInputException;
import nonmercer.kernel.Kernel;
import nonmercer.train.Epoch;
import nonmercer.train.Listener;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Swaps the attention kernel of Transformers, and says what the differences say.
@Command(
        name = "swap",
        description = {
            "Swaps the attention kernel of a classifier and of a translator, as Wright & Gonzalez (2021) did,",
            "and writes the page docs/swapped-kernels.md with its pictures.",
            "Each finished training is a line of the results file: run the command again and it goes on."
        },
        mixinStandardHelpOptions = true)
final class SwapCommand implements Callable<Integer> {
    @Option(
            names = "--task",
            split = ",",
            description = "What is learnt: ${COMPLETION-CANDIDATES} (default: all).")
    private List<SwapTask> tasks = List.of(SwapTask.values());

    @Option(
            names = "--seeds",
            description = "Trainings a kernel (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int seeds;

    @Option(
            names = "--quick",
            description = "Three kernels, one epoch, two seeds, into target/swap: does it run?")
    private boolean quick;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "Begin no further training after N minutes; default: no limit.")
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
                                                ? "target/swap/swapped-kernels.md"
                                                : "docs/swapped-kernels.md");
        if (!target.getFileName().toString().endsWith(".md")) {
            throw new BadInputException("--page: expected a file in .md, got " + target);
        }
        Terminal terminal = Terminal.here();
        Swap swap = new Swap(tasks, Swap.kernels(quick), quick ? 2 : seeds, quick);
        SwapResults results = SwapResults.open(SwapPage.results(target));
        swap.run(
                results,
                new Watch(terminal, System.nanoTime() + (long) (Math.min(minutes, 1e5) * 60e9)));
        new SwapPage(results.runs(), Swap.kernels(false)).write(target);
        terminal.out().println("page: " + target.toAbsolutePath().normalize());
        return 0;
    }

    /// Shows each training, and one line of what it came to.
    private static final class Watch implements Swap.Watcher {
        private final Terminal terminal;
        private final long end;
        private @Nullable TrainingProgress progress;

        Watch(Terminal terminal, long end) {
            this.terminal = terminal;
            this.end = end;
        }

        @Override
        public Listener begins(SwapTask task, Kernel kernel, long seed, int number, int of) {
            String title =
                    String.format(
                            Locale.ROOT,
                            "%d/%d %s %s seed %d",
                            number,
                            of,
                            task,
                            Swap.name(kernel),
                            seed);
            TrainingProgress shown = new TrainingProgress(terminal, title, 1);
            progress = shown;
            return new Listener() {
                @Override
                public void step(nonmercer.train.Progress p) {
                    shown.step(p);
                }

                @Override
                public void epoch(Epoch epoch) {
                    shown.epoch(epoch);
                }
            };
        }

        @Override
        public void ends(SwapRun run) {
            if (progress != null) {
                progress.close();
            }
            String scores =
                    run.failure().isEmpty()
                            ? run.scores().entrySet().stream()
                                    .sorted(java.util.Map.Entry.comparingByKey())
                                    .map(e ->
                                            e.getKey().words()
                                                    + " "
                                                    + e.getKey().print(e.getValue()))
                                    .collect(Collectors.joining(", "))
                            : "diverged: " + run.failure();
            terminal.out()
                    .printf("%s %s seed %d: %s%n", run.task(), run.kernel(), run.seed(), scores);
        }

        @Override
        public boolean goesOn() {
            return System.nanoTime() - end < 0;
        }
    }
}
