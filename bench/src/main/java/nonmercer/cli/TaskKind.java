package nonmercer.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import nonmercer.data.task.Copy;
import nonmercer.data.task.GeneratedTask;
import nonmercer.data.task.Induction;
import nonmercer.data.task.ListOps;
import nonmercer.data.task.Mqar;
import nonmercer.data.task.Needle;
import nonmercer.data.task.Pathfinder;
import nonmercer.data.task.Retrieval;
import nonmercer.data.task.SelectiveCopy;
import nonmercer.experiment.Effort;
import nonmercer.io.BadInputException;

/// The generated tasks by name, each with a setting to learn and a quick one.
enum TaskKind {
    LISTOPS {
        @Override
        GeneratedTask<?> task(TaskOptions o, boolean quick) {
            int depth = o.number("--depth", quick ? 3 : 4);
            int[] lengths = quick ? o.range(8, 32) : o.range(16, 128);
            return new ListOps(depth, o.number("--arity", quick ? 4 : 10), lengths[0], lengths[1]);
        }

        @Override
        Effort effort(boolean quick) {
            return quick
                    ? new Effort(60_000, 2000, 5, 1024, 1e-3)
                    : new Effort(96_000, 2000, 20, 2048, 1e-3);
        }
    },
    PATHFINDER {
        @Override
        GeneratedTask<?> task(TaskOptions o, boolean quick) {
            return Pathfinder.of(o.number("--side", 32), o.number("--contour", quick ? 6 : 14));
        }

        @Override
        Effort effort(boolean quick) {
            return quick
                    ? new Effort(1000, 500, 2, 4096, 1e-3)
                    : new Effort(20_000, 2000, 5, 8192, 1e-3);
        }

        @Override
        String limits(boolean quick) {
            return "pathfinder: no setting is known that this model learns within two minutes on two"
                    + " cores. Pictures of 16 x 16 with curves of 2 or 3 paddles, 6000 of them read"
                    + " four times in three minutes, left it at chance, as the quick setting does;"
                    + " expect little above 0.5 of a short training";
        }
    },
    MQAR {
        @Override
        GeneratedTask<?> task(TaskOptions o, boolean quick) {
            return new Mqar(
                    o.number("--vocabulary", quick ? 64 : 256),
                    o.number("--length", quick ? 32 : 64),
                    o.number("--pairs", quick ? 4 : 8),
                    0.01,
                    Mqar.Filler.RANDOM);
        }

        @Override
        Effort effort(boolean quick) {
            return quick
                    ? new Effort(20_000, 1000, 3, 2048, 2e-3)
                    : new Effort(50_000, 2000, 10, 4096, 2e-3);
        }
    },
    COPY {
        @Override
        GeneratedTask<?> task(TaskOptions o, boolean quick) {
            return new Copy(
                    o.number("--symbols", 8),
                    o.number("--count", quick ? 8 : 16),
                    o.number("--delay", quick ? 8 : 64));
        }

        @Override
        Effort effort(boolean quick) {
            return new Effort(10_000, 1000, quick ? 2 : 10, 2048, 2e-3);
        }
    },
    SELECTIVE_COPY {
        @Override
        GeneratedTask<?> task(TaskOptions o, boolean quick) {
            return new SelectiveCopy(
                    o.number("--symbols", 8),
                    o.number("--count", quick ? 4 : 8),
                    o.number("--length", quick ? 16 : 64));
        }

        @Override
        Effort effort(boolean quick) {
            return new Effort(quick ? 10_000 : 20_000, 1000, quick ? 4 : 20, 2048, 2e-3);
        }
    },
    INDUCTION {
        @Override
        GeneratedTask<?> task(TaskOptions o, boolean quick) {
            return new Induction(
                    o.number("--vocabulary", 16), o.number("--length", quick ? 16 : 64));
        }

        @Override
        Effort effort(boolean quick) {
            return new Effort(quick ? 20_000 : 40_000, 2000, quick ? 4 : 10, 2048, 2e-3);
        }
    },
    NEEDLE {
        @Override
        GeneratedTask<?> task(TaskOptions o, boolean quick) {
            return new Needle(o.number("--length", quick ? 64 : 512), o.number("--classes", 10));
        }

        @Override
        Effort effort(boolean quick) {
            return new Effort(20_000, 2000, quick ? 2 : 5, 2048, 1e-3);
        }
    },
    RETRIEVAL {
        @Override
        GeneratedTask<?> task(TaskOptions o, boolean quick) {
            return new Retrieval(
                    o.number("--length", quick ? 8 : 32),
                    o.number("--identifier", quick ? 1 : 2),
                    o.number("--symbols", quick ? 8 : 16));
        }

        @Override
        Effort effort(boolean quick) {
            return new Effort(40_000, 2000, quick ? 4 : 20, 2048, 1e-3);
        }
    };

    /// The task with these options.
    abstract GeneratedTask<?> task(TaskOptions options, boolean quick);

    /// How much it is trained unless other options say otherwise.
    abstract Effort effort(boolean quick);

    /// What this task is known not to reach; empty if nothing.
    String limits(boolean quick) {
        return "";
    }

    /// The task of this name, such as `selective-copy`.
    ///
    /// @throws BadInputException naming the tasks there are
    static TaskKind named(String name) {
        return Arrays.stream(values())
                .filter(k -> k.toString().equalsIgnoreCase(name.replace('_', '-')))
                .findFirst()
                .orElseThrow(() ->
                        new BadInputException(
                                "there is no task named '"
                                        + name
                                        + "'; there are "
                                        + Arrays.stream(values())
                                                .map(TaskKind::toString)
                                                .collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
