package nonmercer.cli;

import java.nio.file.Path;
import java.util.Objects;
import nonmercer.experiment.Watcher;
import nonmercer.io.BadInputException;
import nonmercer.train.Listener;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How much of an experiment is done, and where its page stands, as the experiments' commands take
/// it.
final class ExperimentOptions {
    private static final double MOST_MINUTES = 1e5; // nanoseconds that a long holds

    @Option(
            names = "--seeds",
            description = "Trainings of each (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int seeds;

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

    int seeds() {
        return seeds;
    }

    /// The page, or this one of the project if none is named.
    Path page(String usual) {
        Path target = page != null ? page : Build.project().resolve(usual);
        if (!Objects.requireNonNull(target.getFileName()).toString().endsWith(".md")) {
            throw new BadInputException("--page: expected a file in .md, got " + target);
        }
        return target;
    }

    /// Shows each training, and one line of what it came to; the minutes begin now.
    Watcher watcher(Terminal terminal) {
        return new Watch(
                terminal, System.nanoTime() + (long) (Math.min(minutes, MOST_MINUTES) * 60e9));
    }

    private static final class Watch implements Watcher {
        private final Terminal terminal;
        private final long end;
        private @Nullable TrainingProgress progress;

        Watch(Terminal terminal, long end) {
            this.terminal = terminal;
            this.end = end;
        }

        @Override
        public Listener begins(String training, int number, int of) {
            TrainingProgress shown =
                    new TrainingProgress(terminal, number + "/" + of + " " + training, 1);
            progress = shown;
            return shown;
        }

        @Override
        public void ends(String training) {
            if (progress != null) {
                progress.close();
            }
            terminal.out().println(training);
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
