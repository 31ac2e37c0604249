package nonmercer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import nonmercer.experiment.ExperimentPage;
import nonmercer.experiment.Swap;
import nonmercer.experiment.SwapPage;
import nonmercer.experiment.SwapTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin private ExperimentOptions options;

    @Option(
            names = "--quick",
            description = "Three kernels, one epoch, two seeds, into target/swap: does it run?")
    private boolean quick;

    @Override
    public Integer call() throws IOException {
        Path target =
                options.page(quick ? "target/swap/swapped-kernels.md" : "docs/swapped-kernels.md");
        Terminal terminal = Terminal.here();
        Path results = ExperimentPage.results(target);
        new Swap(tasks, Swap.kernels(quick), quick ? 2 : options.seeds(), quick)
                .run(results, options.watcher(terminal));
        SwapPage.of(results).write(target);
        terminal.out().println("page: " + target.toAbsolutePath().normalize());
        return 0;
    }
}
