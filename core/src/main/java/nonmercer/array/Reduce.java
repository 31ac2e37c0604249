package nonmercer.array;

import nonmercer.lanes.Binary;
import nonmercer.parallel.Parallel;

/// Reductions. Each writes the given `out`; the order of every sum is fixed, so the bits depend on
/// the input only.
public final class Reduce {
    private Reduce() {}

    private static final int BLOCK = 256; // entries of an outer axis that are summed at a time

    /// out = Σ x along an axis, which `out` does not have. Along the innermost axis in the order of
    /// [nonmercer.lanes.DoubleLanes]; along others in blocks of 256, each from its first index up,
    /// and the blocks' sums in order.
    public static void sum(Array x, int axis, Array out) {
        along("sum", Binary.ADD, x, axis, out);
    }

    /// out = the largest along an axis, which `out` does not have; NaN if any is.
    public static void max(Array x, int axis, Array out) {
        along("max", Binary.MAXIMUM, x, axis, out);
    }

    /// out = the smallest along an axis, which `out` does not have; NaN if any is.
    public static void min(Array x, int axis, Array out) {
        along("min", Binary.MINIMUM, x, axis, out);
    }

    private static void along(String name, Binary f, Array x, int axis, Array out) {
        Loops loops = Chunks.loops(name, x, out);
        Chunks.shape(name, "an output", x.shape().without(axis), out);
        fold(loops, f, x, x.shape().outer(axis), x.dim(axis), x.shape().inner(axis), out);
    }

    /// x is `[outer, count, inner]`, out `[outer, inner]`.
    private static void fold(
            Loops loops, Binary f, Array x, int outer, int count, int inner, Array out) {
        if (outer == 0 || inner == 0) {
            return;
        }
        if (count == 0) {
            Elementwise.fill(
                    out,
                    f == Binary.ADD
                            ? 0
                            : f == Binary.MAXIMUM
                                    ? Double.NEGATIVE_INFINITY
                                    : Double.POSITIVE_INFINITY);
        } else if (inner == 1) {
            Chunks.rows(
                    outer,
                    count,
                    (from, to) -> {
                        for (int row = from; row < to; row++) {
                            loops.put(
                                    out,
                                    row,
                                    switch (f) {
                                        case ADD -> loops.sum(x, row * count, count);
                                        case MAXIMUM -> loops.max(x, row * count, count);
                                        default -> loops.min(x, row * count, count);
                                    });
                        }
                    });
        } else if (f == Binary.ADD && count > BLOCK) {
            int blocks = (count + BLOCK - 1) / BLOCK;
            Array sums = Memory.of(x, out).fresh(x.dtype(), Shape.of(outer, blocks, inner));
            strips(loops, f, x, outer, count, BLOCK, inner, sums);
            fold(loops, f, sums, outer, blocks, inner, out);
        } else {
            strips(loops, f, x, outer, count, count, inner, out);
        }
    }

    /// x is `[outer, count, inner]`, out `[outer, blocks of count, inner]`. A task is a strip of
    /// the inner axis in a block, or several.
    private static void strips(
            Loops loops, Binary f, Array x, int outer, int count, int block, int inner, Array out) {
        int blocks = (count + block - 1) / block;
        int strip = Math.max(512, Chunks.GRAIN / block);
        int strips = (inner + strip - 1) / strip;
        int perTask = Math.max(1, Chunks.GRAIN / Math.multiplyExact(block, Math.min(inner, strip)));
        Parallel.forRanges(
                Math.multiplyExact(outer * blocks, strips),
                perTask,
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int at = i / strips;
                        int first = at % blocks * block;
                        int column = i % strips * strip;
                        int xo = (at / blocks * count + first) * inner + column;
                        int rows = Math.min(block, count - first);
                        int n = Math.min(strip, inner - column);
                        foldRows(loops, f, x, xo, inner, rows, out, at * inner + column, n);
                    }
                });
    }

    private static void foldRows(
            Loops loops,
            Binary f,
            Array x,
            int xo,
            int stride,
            int rows,
            Array out,
            int oo,
            int n) {
        loops.copy(x, xo, out, oo, n);
        if (f == Binary.ADD) {
            loops.addRows(x, xo + stride, stride, rows - 1, out, oo, n);
            return;
        }
        for (int r = 1; r < rows; r++) {
            loops.binary(f, out, oo, x, xo + r * stride, out, oo, n);
        }
    }

    /// out = x summed down to the shape of `out`, which must broadcast to that of `x`: the adjoint
    /// of broadcasting.
    public static void sumTo(Array x, Array out) {
        Loops loops = Chunks.loops("sumTo", x, out);
        Shape from = x.shape();
        Shape to = out.shape();
        if (!broadcasts(to, from)) {
            throw new IllegalArgumentException(
                    "sumTo: an output of shape " + to + " does not broadcast to " + from);
        }
        if (to.size() == 1) {
            loops.put(out, 0, sumAll(x));
            return;
        }
        // Axes in groups, kept and summed in turn: x is [.., summed, kept, summed, kept]; the
        // innermost group first.
        int lead = from.rank() - to.rank();
        Array rest = x;
        int inner = 1;
        int axis = from.rank() - 1;
        while (axis >= 0) {
            int run = 1;
            while (axis >= 0 && !summed(from, to, axis, lead)) {
                run *= from.dim(axis--);
            }
            inner *= run;
            int count = 1;
            while (axis >= 0 && (summed(from, to, axis, lead) || from.dim(axis) == 1)) {
                count *= from.dim(axis--);
            }
            if (count != 1 || axis < 0) {
                boolean last = onlyKept(from, to, axis, lead);
                int outer = before(from, axis);
                Array target =
                        last ? out : Memory.of(x, out).fresh(x.dtype(), Shape.of(outer, inner));
                fold(loops, Binary.ADD, rest, outer, count, inner, target);
                if (last) {
                    return;
                }
                rest = target;
            }
        }
        Elementwise.copy(rest.reshape(to), out);
    }

    private static boolean broadcasts(Shape to, Shape from) {
        int lead = from.rank() - to.rank();
        boolean fits = lead >= 0;
        for (int axis = 0; fits && axis < to.rank(); axis++) {
            fits = to.dim(axis) == 1 || to.dim(axis) == from.dim(axis + lead);
        }
        return fits;
    }

    private static boolean summed(Shape from, Shape to, int axis, int lead) {
        return from.dim(axis) != 1 && (axis < lead || to.dim(axis - lead) == 1);
    }

    private static boolean onlyKept(Shape from, Shape to, int axis, int lead) {
        for (int a = axis; a >= 0; a--) {
            if (summed(from, to, a, lead)) {
                return false;
            }
        }
        return true;
    }

    private static int before(Shape shape, int axis) {
        int n = 1;
        for (int a = 0; a <= axis; a++) {
            n *= shape.dim(a);
        }
        return n;
    }

    /// Σ of all elements: blocks of 32,768 in the order of [nonmercer.lanes.DoubleLanes], the
    /// blocks' sums in order, in float64. In an array of 2²⁰ bytes or more the first 48 bytes are a
    /// block of their own, so that the others begin where a cache line does.
    public static double sumAll(Array x) {
        Loops loops = Loops.of(x.dtype());
        if (x.size() <= Chunks.GRAIN) {
            return loops.sum(x, 0, x.size());
        }
        double[] sums = sums(x);
        Chunks.blocks(x, (from, to) -> sums[Chunks.block(x, from)] = loops.sum(x, from, to - from));
        return total(sums, x);
    }

    /// Σ a·b over all elements of two arrays of one shape, in the same order as [#sumAll].
    public static double dot(Array a, Array b) {
        Loops loops = Chunks.loops("dot", a, b);
        Chunks.shape("dot", "a second operand", a.shape(), b);
        if (a.size() <= Chunks.GRAIN) {
            return loops.dot(a, 0, b, 0, a.size());
        }
        double[] sums = sums(a);
        Chunks.blocks(
                a,
                (from, to) -> sums[Chunks.block(a, from)] = loops.dot(a, from, b, from, to - from));
        return total(sums, a);
    }

    /// A number for each block of x, or more.
    private static double[] sums(Array x) {
        return Memory.of(x).fresh(DType.FLOAT64, Shape.of(Chunks.count(x))).doubles();
    }

    private static double total(double[] sums, Array x) {
        double total = 0;
        for (int i = 0; i < Chunks.count(x); i++) {
            total += sums[i];
        }
        return total;
    }

    /// The index of the largest along the innermost axis, one a row: the first of equals, or the
    /// first NaN if any.
    public static int[] argMax(Array x) {
        int n = x.dim(-1);
        if (n == 0) {
            throw new IllegalArgumentException(
                    "argMax: the innermost axis of " + x.shape() + " is empty");
        }
        Loops loops = Loops.of(x.dtype());
        int[] out = new int[x.size() / n];
        Chunks.rows(
                out.length,
                n,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        out[row] = loops.indexOfMax(x, row * n, n);
                    }
                });
        return out;
    }

    /// The position of the first element that is infinite or NaN, or −1.
    public static int firstNonFinite(Array x) {
        return Loops.of(x.dtype()).firstNonFinite(x, 0, x.size());
    }
}
