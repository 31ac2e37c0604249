package nonmercer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Elementwise;
import nonmercer.lanes.Unary;

/// Functions of one array within the caches, and sums and streams of arrays larger than any cache.
record ElementwiseSuite() implements Suite {
    private static final int ELEMENTS = 1 << 20;
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
        for (Unary f :
                List.of(
                        Unary.EXP,
                        Unary.LOG,
                        Unary.TANH,
                        Unary.ERF,
                        Unary.SIGMOID,
                        Unary.GELU,
                        Unary.SIN,
                        Unary.COS)) {
            cases.add(function(DType.FLOAT32, f));
        }
        cases.add(function(DType.FLOAT64, Unary.EXP));
        cases.add(function(DType.FLOAT64, Unary.TANH));
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

    private static Case function(DType dtype, Unary f) {
        int bytes = ELEMENTS * dtype.bytes();
        Case.Amount amount = new Case.Amount(2.0 * bytes, new Limit.Memory(1, 1, bytes));
        String work = f.name().toLowerCase(Locale.ROOT);
        return new Case(
                "elementwise",
                work,
                Suites.params("n", ELEMENTS),
                dtype,
                amount,
                () -> {
                    Array x = Suites.random("x", dtype, ELEMENTS);
                    if (f == Unary.LOG) {
                        Elementwise.unary(Unary.ABS, x, x);
                    }
                    return Case.Contest.of(new Task.Function(f, x));
                });
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
