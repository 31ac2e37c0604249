package nonmercer.bench;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Rows;
import nonmercer.array.Shape;

/// What is done to the rows of a matrix, in float32, against the bandwidth of the caches that hold
/// it.
record SoftmaxSuite() implements Suite {
    private static final int ROWS = 1024;
    private static final int BYTES = ROWS * ROWS * DType.FLOAT32.bytes();

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
                rows("softmax", 1, 1, (x, _, _, out) -> Rows.softmax(x, out)),
                rows("softmax gradient", 2, 1, (x, y, _, out) -> Rows.softmaxGradient(x, y, out)),
                rows("log-sum-exp", 1, 0, (x, _, perRow, _) -> Rows.logSumExp(x, perRow)),
                rows(
                        "layer norm",
                        1,
                        1,
                        (x, _, perRow, out) -> Rows.layerNorm(x, 1e-5, out, perRow)),
                rows(
                        "layer norm gradient",
                        2,
                        1,
                        (x, y, perRow, out) -> Rows.layerNormGradient(x, y, perRow, out)));
    }

    private static Case rows(String work, int reads, int writes, Loop loop) {
        Case.Amount amount =
                new Case.Amount(
                        (double) (reads + writes) * BYTES, new Limit.Memory(reads, writes, BYTES));
        return new Case(
                "softmax",
                work,
                Suites.params("m", ROWS, "n", ROWS),
                DType.FLOAT32,
                amount,
                () -> {
                    Array x = Suites.random("x", DType.FLOAT32, ROWS, ROWS);
                    Array y = Suites.random("y", DType.FLOAT32, ROWS, ROWS);
                    Array perRow = Array.full(DType.FLOAT32, Shape.of(ROWS), 1);
                    Array out = Array.zeros(DType.FLOAT32, Shape.of(ROWS, ROWS));
                    return new Case.Contest(() -> loop.run(x, y, perRow, out), () -> {}, List.of());
                });
    }

    private interface Loop {
        void run(Array x, Array y, Array perRow, Array out);
    }
}
