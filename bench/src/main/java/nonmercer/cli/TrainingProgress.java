package nonmercer.cli;

import java.util.Locale;
import nonmercer.train.Epoch;
import nonmercer.train.Listener;
import org.jspecify.annotations.Nullable;

/// Shows a training, or several in turn, as one progress: loss, speed, the last validation score.
final class TrainingProgress implements Listener, AutoCloseable {
    private final Terminal terminal;
    private final String title;
    private final int trainings;
    private @Nullable Progress progress;
    private long before;
    private int last;
    private String score = "";

    TrainingProgress(Terminal terminal, String title, int trainings) {
        this.terminal = terminal;
        this.title = title;
        this.trainings = trainings;
    }

    @Override
    public void step(nonmercer.train.Progress p) {
        Progress bar = progress;
        if (bar == null) {
            bar = terminal.progress(title, (long) p.steps() * trainings);
            progress = bar;
        }
        if (p.step() < last) { // the next training began
            before += last;
        }
        last = p.step();
        bar.at(
                before + last,
                String.format(
                        Locale.ROOT,
                        "loss %.3f, %,.0f tokens/s%s",
                        p.loss(),
                        p.tokensPerSecond(),
                        score));
    }

    @Override
    public void epoch(Epoch epoch) {
        score = String.format(Locale.ROOT, ", validation %.3f", epoch.score());
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }
}
