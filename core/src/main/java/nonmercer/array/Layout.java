package nonmercer.array;

import java.util.Arrays;
import java.util.Locale;

/// Operations that move elements and change none: permuted axes, concatenation, slices, rows by
/// index.
///
/// Each writes the given `out`, whose shape and type must fit and whose storage must not be an
/// input's.
public final class Layout {
    private Layout() {}

    /// The axes in another order: `out[i₀, i₁, …] = x[j₀, j₁, …]` with `j[order[a]] = i[a]`, so
    /// axis `a` of `out` is axis `order[a]` of `x`. `order = {1, 0}` transposes a matrix; `{0, 2,
    /// 1, 3}` takes `[b, n, h, d]` to `[b, h, n, d]`.
    public static void permute(Array x, int[] order, Array out) {
        expect("permute", x.shape().permute(order), x.dtype(), out);
        Walk walk = Walk.of(x.shape(), order);
        if (x.dtype() == DType.FLOAT64) {
            DoubleLayout.permute(x.doubles(), out.doubles(), walk);
        } else {
            FloatLayout.permute(x.floats(), out.floats(), walk);
        }
    }

    /// The parts one after the other along an axis: `[2, 3]` and `[2, 5]` along axis 1 give `[2,
    /// 8]`.
    public static void concat(int axis, Array[] parts, Array out) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("concat: expected at least one part");
        }
        Shape first = parts[0].shape();
        int a = first.axis(axis);
        int extent = 0;
        for (Array part : parts) {
            if (part.dtype() != parts[0].dtype()
                    || part.shape().rank() != first.rank()
                    || !part.shape().with(a, 0).equals(first.with(a, 0))) {
                throw new IllegalArgumentException(
                        "concat: parts may differ along axis "
                                + a
                                + " only, got "
                                + Arrays.toString(
                                        Arrays.stream(parts).map(Layout::describe).toArray()));
            }
            extent = Math.addExact(extent, part.dim(a));
        }
        Shape whole = first.with(a, extent);
        expect("concat", whole, parts[0].dtype(), out);
        int outer = whole.outer(a);
        int inner = whole.inner(a);
        int at = 0;
        for (Array part : parts) {
            int run = part.dim(a) * inner;
            copyRuns(part, 0, run, out, at, extent * inner, outer, run);
            at += run;
        }
    }

    /// `out.dim(axis)` consecutive entries of `x` along `axis`, the first of them number `from`.
    public static void slice(Array x, int axis, int from, Array out) {
        int a = x.shape().axis(axis);
        if (out.shape().rank() != x.shape().rank()) {
            throw new IllegalArgumentException(
                    "slice: a slice of " + x.shape() + " cannot have shape " + out.shape());
        }
        int extent = out.dim(a);
        expect("slice", x.shape().with(a, extent), x.dtype(), out);
        if (from < 0 || from > x.dim(a) - extent) {
            throw new IllegalArgumentException(
                    "slice: entries "
                            + from
                            + " to "
                            + ((long) from + extent)
                            + " of axis "
                            + a
                            + " are outside shape "
                            + x.shape());
        }
        int inner = x.shape().inner(a);
        copyRuns(
                x,
                from * inner,
                x.dim(a) * inner,
                out,
                0,
                extent * inner,
                x.shape().outer(a),
                extent * inner);
    }

    /// The adjoint of [#slice]: writes `x` over the entries of `out` along `axis` from number
    /// `from` on; the rest of `out` keeps what it held.
    public static void place(Array x, int axis, int from, Array out) {
        int a = out.shape().axis(axis);
        if (x.shape().rank() != out.shape().rank()) {
            throw new IllegalArgumentException(
                    "place: " + x.shape() + " cannot be a slice of " + out.shape());
        }
        int extent = x.dim(a);
        expect("place", x.shape().with(a, out.dim(a)), x.dtype(), out);
        if (from < 0 || from > out.dim(a) - extent) {
            throw new IllegalArgumentException(
                    "place: entries "
                            + from
                            + " to "
                            + ((long) from + extent)
                            + " of axis "
                            + a
                            + " are outside shape "
                            + out.shape());
        }
        int inner = out.shape().inner(a);
        copyRuns(
                x,
                0,
                extent * inner,
                out,
                from * inner,
                out.dim(a) * inner,
                out.shape().outer(a),
                extent * inner);
    }

    /// Rows of a table, `[rows, …]`, by number: `out[i, …] = table[index[i], …]`. `out` may have
    /// any shape of that size that ends in the table's inner extents.
    public static void gatherRows(Array table, int[] index, Array out) {
        int inner = rowSize("gatherRows", table, index, out);
        int rows = table.dim(0);
        for (int row : index) {
            if (row < 0 || row >= rows) {
                throw new IllegalArgumentException(outside("gatherRows", row, table));
            }
        }
        if (table.dtype() == DType.FLOAT64) {
            DoubleLayout.gatherRows(table.doubles(), index, inner, out.doubles());
        } else {
            FloatLayout.gatherRows(table.floats(), index, inner, out.floats());
        }
    }

    /// `out[…, j] = x[…, order[j]]`: the elements of each row in another order.
    ///
    /// @throws IllegalArgumentException if the order is no permutation of the row
    public static void shuffle(Array x, int[] order, Array out) {
        Chunks.loops("shuffle", x, out);
        Chunks.shape("shuffle", "an output", x.shape(), out);
        int n = x.dim(-1);
        boolean[] seen = new boolean[n];
        for (int i : order) {
            if (order.length != n || i < 0 || i >= n || seen[i]) {
                throw new IllegalArgumentException(
                        "shuffle: expected a permutation of the " + n + " elements of a row");
            }
            seen[i] = true;
        }
        Chunks.rows(
                n == 0 ? 0 : x.size() / n,
                n,
                (from, to) -> {
                    if (x.dtype() == DType.FLOAT64) {
                        DoubleLayout.shuffle(x.doubles(), order, out.doubles(), from, to);
                    } else {
                        FloatLayout.shuffle(x.floats(), order, out.floats(), from, to);
                    }
                });
    }

    /// The adjoint of [#gatherRows]: `into[index[i], …] += g[i, …]`, for `i` ascending, so that a
    /// row that is named several times sums in the order of the index. `into` keeps what it held:
    /// it is an accumulation buffer.
    public static void scatterAddRows(Array g, int[] index, Array into) {
        int inner = rowSize("scatterAddRows", into, index, g);
        int rows = into.dim(0);
        for (int row : index) {
            if (row < 0 || row >= rows) {
                throw new IllegalArgumentException(outside("scatterAddRows", row, into));
            }
        }
        if (into.dtype() == DType.FLOAT64) {
            DoubleLayout.scatterAddRows(g.doubles(), index, inner, into.doubles());
        } else {
            FloatLayout.scatterAddRows(g.floats(), index, inner, into.floats());
        }
    }

    /// Copies `count` runs of `length` elements: run `i` from `from + i·fromStep` to `at +
    /// i·atStep`.
    private static void copyRuns(
            Array x, int from, int fromStep, Array out, int at, int atStep, int count, int length) {
        if (count == 0 || length == 0) {
            return;
        }
        Object source = x.dtype() == DType.FLOAT64 ? x.doubles() : x.floats();
        Object target = x.dtype() == DType.FLOAT64 ? out.doubles() : out.floats();
        for (int i = 0; i < count; i++) {
            System.arraycopy(source, from + i * fromStep, target, at + i * atStep, length);
        }
    }

    /// The size of one row of a table, after checking that `picked` has one row for each index.
    private static int rowSize(String what, Array table, int[] index, Array picked) {
        if (table.shape().rank() == 0) {
            throw new IllegalArgumentException(what + ": expected a table with rows, got a scalar");
        }
        int inner = table.shape().inner(0);
        Shape row = table.shape().without(0);
        int lead = picked.shape().rank() - row.rank();
        boolean fits =
                picked.dtype() == table.dtype()
                        && lead >= 0
                        && picked.size() == (long) inner * index.length;
        for (int i = 0; fits && i < row.rank(); i++) {
            fits = picked.dim(lead + i) == row.dim(i);
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    what
                            + ": "
                            + index.length
                            + " rows of a table "
                            + describe(table)
                            + " do not fit "
                            + describe(picked));
        }
        return inner;
    }

    private static String outside(String what, int row, Array table) {
        return what
                + ": index "
                + row
                + " is outside a table of "
                + table.dim(0)
                + " rows, shape "
                + table.shape();
    }

    private static void expect(String what, Shape shape, DType dtype, Array out) {
        if (!out.shape().equals(shape) || out.dtype() != dtype) {
            throw new IllegalArgumentException(
                    what
                            + ": the result is "
                            + dtype.name().toLowerCase(Locale.ROOT)
                            + shape
                            + ", out is "
                            + describe(out));
        }
    }

    private static String describe(Array a) {
        return a.dtype().name().toLowerCase(Locale.ROOT) + a.shape();
    }
}
