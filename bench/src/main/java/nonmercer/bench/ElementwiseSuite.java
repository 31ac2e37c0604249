package nonmercer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Elementwise;
import nonmercer.lanes.Unary;

/// Functions of one array within the caches, and sums and streams of arrays larger than any cache.
record ElementwiseSuite() implements Suite {
    private static final List<Unary> FUNCTIONS =
            List.of(
                    Unary.EXP,
                    Unary.LOG,
                    Unary.TANH,
                    Unary.ERF,
                    Unary.SIGMOID,
                    Unary.GELU,
                    Unary.SIN,
                    Unary.COS);
    private static final int ELEMENTS = 1 << 20;

    /// Small enough for the second-level cache with its results, large enough to be shared by two
    /// threads.
    private static final int BLOCK = 1 << 16;

    private static final int LONG = 1 << 24;

    @Override
    public String name() {
        return "elementwise";
    }

    @Override
    public String about() {
        return "functions and sums of arrays";
    }

    @Override
    public List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Unary f : FUNCTIONS) {
            cases.add(blocks(f));
        }
        for (Unary f : FUNCTIONS) {
            cases.add(function(DType.FLOAT32, f));
        }
        cases.add(function(DType.FLOAT64, Unary.EXP));
        cases.add(function(DType.FLOAT64, Unary.TANH));
        cases.add(matVec());
        Limit add = new Limit.Memory(2, 1, 4 * LONG);
        Limit scale = new Limit.Memory(1, 1, 4 * LONG);
        Limit sum = new Limit.Memory(1, 0, 4 * LONG);
        Limit dot = new Limit.Memory(2, 0, 4 * LONG);
        cases.add(stream("add", add, 3, Task.Add::new));
        cases.add(stream("scale", scale, 2, (x, _) -> new Task.Scale(0.5, x)));
        cases.add(
                stream(
                        "axpy",
                        new Limit.Update(4 * LONG),
                        3,
                        (x, y) -> new Task.AddScaled(1e-3, x, y)));
        cases.add(stream("sum", sum, 1, (x, _) -> new Task.Sum(x)));
        cases.add(stream("dot", dot, 2, Task.Dot::new));
        return cases;
    }

    @Override
    public List<Case> quick() {
        Set<String> few = Set.of("exp", "tanh", "gelu", "matrix x vector", "add", "sum");
        return cases().stream()
                .filter(c -> few.contains(c.work()))
                .filter(c -> c.params().containsKey("block") || !c.params().containsValue(ELEMENTS))
                .toList();
    }

    /// A million elements, as blocks that stay in the cache.
    private static Case blocks(Unary f) {
        Limit limit = new Limit.Memory(1, 1, BLOCK * DType.FLOAT32.bytes());
        return new Case(
                "elementwise",
                name(f),
                Suites.params("n", ELEMENTS, "block", BLOCK),
                DType.FLOAT32,
                new Case.Amount(2.0 * ELEMENTS * DType.FLOAT32.bytes(), limit),
                () ->
                        Case.Contest.of(
                                new Task.Blocks(
                                        f, argument(f, DType.FLOAT32, BLOCK), ELEMENTS / BLOCK)));
    }

    private static String name(Unary f) {
        return f.name().toLowerCase(Locale.ROOT);
    }

    private static Array argument(Unary f, DType dtype, int n) {
        Array x = Suites.random("x", dtype, n);
        if (f == Unary.LOG) {
            Elementwise.unary(Unary.ABS, x, x);
        }
        return x;
    }

    /// A matrix of 16M elements times a vector: what is read is the matrix.
    private static Case matVec() {
        int n = 1 << 12;
        Limit limit = new Limit.Memory(1, 0, n * n * DType.FLOAT32.bytes());
        return new Case(
                "elementwise",
                "matrix x vector",
                Suites.params("m", n, "n", n),
                DType.FLOAT32,
                new Case.Amount((double) n * n * DType.FLOAT32.bytes(), limit),
                () ->
                        Case.Contest.of(
                                new Task.MatVec(
                                        Suites.random("a", DType.FLOAT32, n, n),
                                        Suites.random("x", DType.FLOAT32, n, 1))));
    }

    private static Case function(DType dtype, Unary f) {
        int bytes = ELEMENTS * dtype.bytes();
        Case.Amount amount = new Case.Amount(2.0 * bytes, new Limit.Memory(1, 1, bytes));
        return new Case(
                "elementwise",
                name(f),
                Suites.params("n", ELEMENTS),
                dtype,
                amount,
                () -> Case.Contest.of(new Task.Function(f, argument(f, dtype, ELEMENTS))));
    }

    /// @param streams how many arrays are read or written
    private static Case stream(
            String work, Limit limit, int streams, BiFunction<Array, Array, Task> task) {
        double bytes = (double) streams * LONG * DType.FLOAT32.bytes();
        Case.Amount amount = new Case.Amount(bytes, limit);
        return new Case(
                "elementwise",
                work,
                Suites.params("n", LONG),
                DType.FLOAT32,
                amount,
                () ->
                        Case.Contest.of(
                                task.apply(
                                        Suites.random("x", DType.FLOAT32, LONG),
                                        Suites.random("y", DType.FLOAT32, LONG))));
    }
}
