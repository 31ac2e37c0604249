package nonmercer.bench;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Rows;

/// What is done to the rows of a matrix, in float32, against the bandwidth of the caches that hold
/// it.
record SoftmaxSuite() implements Suite {
    private static final int ROWS = 1024;
    private static final int BYTES = ROWS * ROWS * DType.FLOAT32.bytes();
    private static final double EPSILON = 1e-5;

    @Override
    public String name() {
        return "softmax";
    }

    @Override
    public String about() {
        return "softmax, log-sum-exp and layer norm of rows";
    }

    @Override
    public List<Case> cases() {
        return List.of(
                rows("softmax", 1, 1, () -> new Task.Softmax(matrix("x"))),
                rows("softmax gradient", 2, 1, SoftmaxSuite::softmaxGradient),
                rows("log-sum-exp", 1, 0, () -> new Task.LogSumExp(matrix("x"))),
                rows("layer norm", 1, 1, () -> new Task.LayerNorm(matrix("x"), EPSILON)),
                rows(
                        "layer norm gradient",
                        2,
                        1,
                        () -> new Task.LayerNormGradient(matrix("x"), matrix("g"), EPSILON)),
                training());
    }

    @Override
    public List<Case> quick() {
        Set<String> few = Set.of("softmax", "log-sum-exp", "layer norm");
        return cases().stream().filter(c -> few.contains(c.work())).toList();
    }

    private static Task softmaxGradient() {
        Array y = matrix("x");
        Rows.softmax(y, y);
        return new Task.SoftmaxGradient(y, matrix("g"));
    }

    /// At least x is read and y written, then g and x are read and the gradient of x written: five
    /// arrays, for which the bound reads and writes two and a half each.
    private static Case training() {
        Limit limit = new Limit.Memory(1, 1, BYTES / 2 * 5);
        return new Case(
                "softmax",
                "layer norm",
                Suites.params("m", ROWS, "n", ROWS, "pass", "forward+backward"),
                DType.FLOAT32,
                new Case.Amount(5.0 * BYTES, limit),
                () ->
                        Case.Contest.of(
                                new Task.LayerNormTraining(
                                        matrix("x"),
                                        Suites.random("gain", DType.FLOAT32, ROWS),
                                        Suites.random("bias", DType.FLOAT32, ROWS),
                                        matrix("g"),
                                        EPSILON)));
    }

    private static Array matrix(String name) {
        return Suites.random(name, DType.FLOAT32, ROWS, ROWS);
    }

    private static Case rows(String work, int reads, int writes, Supplier<Task> task) {
        Limit limit = new Limit.Memory(reads, writes, BYTES);
        return new Case(
                "softmax",
                work,
                Suites.params("m", ROWS, "n", ROWS),
                DType.FLOAT32,
                new Case.Amount((double) (reads + writes) * BYTES, limit),
                () -> Case.Contest.of(task.get()));
    }
}
