package nonmercer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Elementwise;
import nonmercer.array.Reduce;
import nonmercer.array.Shape;
import nonmercer.lanes.Binary;
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
        cases.add(
                stream(
                        "add",
                        new Limit.Memory(2, 1, 4 * LONG),
                        3,
                        (x, y, out) ->
                                Case.Contest.alone(
                                        () -> Elementwise.binary(Binary.ADD, x, y, out))));
        cases.add(
                stream(
                        "scale",
                        new Limit.Memory(1, 1, 4 * LONG),
                        2,
                        (x, _, out) ->
                                Case.Contest.alone(() -> Elementwise.affine(x, 0.5, 0, out))));
        cases.add(
                stream(
                        "axpy",
                        new Limit.Update(4 * LONG),
                        3,
                        (x, y, out) ->
                                new Case.Contest(
                                        () -> Elementwise.addScaled(1e-3, x, out),
                                        List.of(Netlib.addScaled(1e-3f, x.floats(), y.floats())))));
        cases.add(
                stream(
                        "sum",
                        new Limit.Memory(1, 0, 4 * LONG),
                        1,
                        (x, _, out) ->
                                Case.Contest.alone(
                                        () -> out.floats()[0] = (float) Reduce.sumAll(x))));
        cases.add(
                stream(
                        "dot",
                        new Limit.Memory(2, 0, 4 * LONG),
                        2,
                        (x, y, out) ->
                                new Case.Contest(
                                        () -> out.floats()[0] = (float) Reduce.dot(x, y),
                                        List.of(
                                                Netlib.dot(
                                                        x.floats(), y.floats(), out.floats())))));
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
                    Array out = Array.zeros(dtype, Shape.of(ELEMENTS));
                    return new Case.Contest(
                            () -> Elementwise.unary(f, x, out), JavaMath.peers(f, x));
                });
    }

    /// @param streams how many arrays are read or written
    private static Case stream(String work, Limit limit, int streams, Loop loop) {
        double bytes = (double) streams * LONG * DType.FLOAT32.bytes();
        Case.Amount amount = new Case.Amount(bytes, limit);
        return new Case(
                "elementwise",
                work,
                Suites.params("n", LONG),
                DType.FLOAT32,
                amount,
                () -> {
                    Array x = Suites.random("x", DType.FLOAT32, LONG);
                    Array y = Suites.random("y", DType.FLOAT32, LONG);
                    return loop.over(x, y, Array.zeros(DType.FLOAT32, Shape.of(LONG)));
                });
    }

    private interface Loop {
        Case.Contest over(Array x, Array y, Array out);
    }
}
