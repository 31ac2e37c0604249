package nonmercer.cli;

import nonmercer.io.BadInputException;
import picocli.CommandLine.Command;

/// The experiments of the papers, each a command below this one.
@Command(
        name = "experiment",
        description = "Repeats an experiment of the papers, and writes its page.",
        synopsisSubcommandLabel = "EXPERIMENT",
        subcommands = {SwapCommand.class, LearnCommand.class},
        mixinStandardHelpOptions = true)
final class ExperimentCommand implements Runnable {
    @Override
    public void run() {
        throw new BadInputException(
                "which experiment? `./nonmercer experiment --help` lists them: swap, learn");
    }
}
