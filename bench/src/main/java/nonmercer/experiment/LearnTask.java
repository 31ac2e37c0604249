package nonmercer.experiment;

import java.util.List;
import java.util.Locale;
import nonmercer.data.task.GeneratedTask;
import nonmercer.data.task.ListOps;
import nonmercer.data.task.Mqar;
import nonmercer.data.task.Needle;

/// What is learnt with learned kernels, each so small that some hundred trainings fit into an hour
/// on two cores.
public enum LearnTask {
    /// Multi-query associative recall: 3 pairs in 12 tokens.
    MQAR(
            new Mqar(32, 12, 3, 0.01, Mqar.Filler.RANDOM),
            ModelSize.SLIM,
            new Effort(8000, 1000, 2, 768, 3e-3)),
    /// A marked byte among 32.
    NEEDLE(new Needle(32, 10), ModelSize.SLIM, new Effort(3000, 2000, 2, 1024, 3e-3)),
    /// ListOps of three levels and 8 to 32 tokens, as `train listops --quick` draws it.
    LISTOPS(new ListOps(3, 4, 8, 32), ModelSize.SLIM, new Effort(8000, 2000, 2, 1024, 3e-3)),
    /// ListOps as the Long Range Arena draws it, of 501 to 1999 tokens: only to see that it runs.
    LONG_LISTOPS(
            new ListOps(10, 10, 501, 1999), ModelSize.SLIM, new Effort(400, 400, 1, 2048, 1e-3));

    private final GeneratedTask<?> task;
    private final ModelSize size;
    private final Effort effort;

    LearnTask(GeneratedTask<?> task, ModelSize size, Effort effort) {
        this.task = task;
        this.size = size;
        this.effort = effort;
    }

    /// The task of this name.
    static LearnTask named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /// The tasks whose variants are compared.
    public static List<LearnTask> compared() {
        return List.of(MQAR, NEEDLE, LISTOPS);
    }

    /// What is drawn.
    public GeneratedTask<?> task() {
        return task;
    }

    /// The model.
    public ModelSize size() {
        return size;
    }

    /// Coordinates of a query or a key.
    public int headWidth() {
        var sizes = size.sizes(task.vocabulary(), task.longest());
        return sizes.width() / sizes.heads().queries();
    }

    /// How much it is trained.
    public Effort effort() {
        return effort;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
