package nonmercer.array;

import java.util.Arrays;
import java.util.Locale;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Unary;

/// Operations element by element. Each writes the given `out` and allocates no result; `out` may be
/// an input of equal shape.
public final class Elementwise {
    private Elementwise() {}

    /// out = f(x).
    public static void unary(Unary f, Array x, Array out) {
        String name = f.name().toLowerCase(Locale.ROOT);
        Loops loops = Chunks.loops(name, x, out);
        Chunks.shape(name, "an output", x.shape(), out);
        Chunks.elements(x, (from, to) -> loops.unary(f, x, from, out, from, to - from));
    }

    /// out = f(a, b), the operands broadcast to the shape of `out` (axes aligned from the
    /// innermost, extents of 1 stretched).
    public static void binary(Binary f, Array a, Array b, Array out) {
        String name = f.name().toLowerCase(Locale.ROOT);
        Loops loops = Chunks.loops(name, a, b, out);
        Broadcast plan = broadcast(name, out, a, b);
        if (plan.plain()) {
            Chunks.elements(
                    out, (from, to) -> loops.binary(f, a, from, b, from, out, from, to - from));
        } else if (plan.rows() == 1) {
            Chunks.elements(out, (from, to) -> row(loops, f, plan, a, b, out, 0, from, to - from));
        } else {
            Chunks.rows(
                    plan.rows(),
                    plan.run(),
                    (from, to) -> {
                        for (int row = from; row < to; row++) {
                            row(loops, f, plan, a, b, out, row, 0, plan.run());
                        }
                    });
        }
    }

    private static void row(
            Loops loops,
            Binary f,
            Broadcast plan,
            Array a,
            Array b,
            Array out,
            int row,
            int from,
            int n) {
        int ao = plan.offset(0, row) + (plan.along()[0] ? from : 0);
        int bo = plan.offset(1, row) + (plan.along()[1] ? from : 0);
        int oo = row * plan.run() + from;
        if (!plan.along()[1]) {
            loops.binaryRight(f, a, ao, b.at(bo), out, oo, n);
        } else if (!plan.along()[0]) {
            loops.binaryLeft(f, a.at(ao), b, bo, out, oo, n);
        } else {
            loops.binary(f, a, ao, b, bo, out, oo, n);
        }
    }

    /// out = scale·x + shift, rounded once.
    public static void affine(Array x, double scale, double shift, Array out) {
        Loops loops = Chunks.loops("affine", x, out);
        Chunks.shape("affine", "an output", x.shape(), out);
        Chunks.elements(x, (from, to) -> loops.affine(x, from, scale, shift, out, from, to - from));
    }

    /// into += scale·x, rounded once: for buffers that accumulate.
    public static void addScaled(double scale, Array x, Array into) {
        Loops loops = Chunks.loops("addScaled", x, into);
        Chunks.shape("addScaled", "a buffer", x.shape(), into);
        Chunks.elements(x, (from, to) -> loops.addScaled(scale, x, from, into, from, to - from));
    }

    /// One value everywhere.
    public static void fill(Array out, double value) {
        Loops loops = Loops.of(out.dtype());
        Chunks.elements(out, (from, to) -> loops.fill(out, from, to - from, value));
    }

    /// out = x, broadcast to the shape of `out`.
    public static void copy(Array x, Array out) {
        Loops loops = Chunks.loops("copy", x, out);
        Broadcast plan = broadcast("copy", out, x);
        if (plan.plain()) {
            Chunks.elements(out, (from, to) -> loops.copy(x, from, out, from, to - from));
            return;
        }
        Chunks.rows(
                plan.rows(),
                plan.run(),
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        spread(loops, plan, 0, x, row, out, row * plan.run());
                    }
                });
    }

    /// One row of an operand, written out in full.
    private static void spread(
            Loops loops, Broadcast plan, int operand, Array x, int row, Array out, int oo) {
        int xo = plan.offset(operand, row);
        if (plan.along()[operand]) {
            loops.copy(x, xo, out, oo, plan.run());
        } else {
            loops.fill(out, oo, plan.run(), x.at(xo));
        }
    }

    /// out = mask ≠ 0 ? a : b, the three broadcast to the shape of `out`; all of one type.
    public static void select(Array mask, Array a, Array b, Array out) {
        Loops loops = Chunks.loops("select", mask, a, b, out);
        Array[] operands = {mask, a, b};
        Broadcast plan = broadcast("select", out, operands);
        if (plan.plain()) {
            Chunks.elements(
                    out,
                    (from, to) -> loops.select(mask, from, a, from, b, from, out, from, to - from));
            return;
        }
        int run = plan.run();
        Chunks.rows(
                plan.rows(),
                run,
                (from, to) -> {
                    Array[] whole = new Array[operands.length];
                    int[] at = new int[operands.length];
                    for (int i = 0; i < operands.length; i++) {
                        whole[i] =
                                plan.along()[i]
                                        ? operands[i]
                                        : Memory.HEAP.fresh(out.dtype(), Shape.of(run));
                    }
                    for (int row = from; row < to; row++) {
                        for (int i = 0; i < operands.length; i++) {
                            at[i] = plan.along()[i] ? plan.offset(i, row) : 0;
                            if (!plan.along()[i]) {
                                loops.fill(whole[i], 0, run, operands[i].at(plan.offset(i, row)));
                            }
                        }
                        loops.select(
                                whole[0], at[0], whole[1], at[1], whole[2], at[2], out, row * run,
                                run);
                    }
                });
    }

    private static Broadcast broadcast(String operation, Array out, Array... operands) {
        Shape[] shapes = Arrays.stream(operands).map(Array::shape).toArray(Shape[]::new);
        Shape whole = shapes[0];
        for (Shape shape : shapes) {
            try {
                whole = Shape.broadcast(whole, shape);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(operation + ": " + e.getMessage(), e);
            }
        }
        boolean fits =
                operands.length == 1 ? broadcasts(whole, out.shape()) : whole.equals(out.shape());
        if (!fits) {
            throw new IllegalArgumentException(
                    operation
                            + ": the operands "
                            + Arrays.toString(shapes)
                            + " do not give the output's shape "
                            + out.shape());
        }
        return Broadcast.of(out.shape(), shapes);
    }

    private static boolean broadcasts(Shape from, Shape to) {
        return from.rank() <= to.rank() && Shape.broadcast(from, to).equals(to);
    }
}
