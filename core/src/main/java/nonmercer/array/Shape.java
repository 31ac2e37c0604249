package nonmercer.array;

import java.util.Arrays;

/// The extents of an array, outermost first: `[2, 3]` is two rows of three. Extents may be 0; `[]`
/// is a scalar.
///
/// Axes count from 0; a negative axis counts from the end, so -1 is the innermost.
public final class Shape {
    /// The shape `[]` of a scalar.
    public static final Shape SCALAR = new Shape(new int[0]);

    private final int[] extents;
    private final int size;

    private Shape(int[] extents) {
        long size = 1;
        for (int extent : extents) {
            if (extent < 0) {
                throw new IllegalArgumentException(
                        "shape " + Arrays.toString(extents) + " has a negative extent");
            }
            size *= extent;
            if (size > Integer.MAX_VALUE - 64) {
                throw new IllegalArgumentException(
                        "shape "
                                + Arrays.toString(extents)
                                + " has more than 2^31 - 64 elements, the most one array holds");
            }
        }
        this.extents = extents;
        this.size = (int) size;
    }

    /// The shape with these extents, outermost first.
    public static Shape of(int... extents) {
        return extents.length == 0 ? SCALAR : new Shape(extents.clone());
    }

    /// The number of axes.
    public int rank() {
        return extents.length;
    }

    /// The number of elements: the product of the extents, 1 for a scalar.
    public int size() {
        return size;
    }

    /// The extent along an axis; -1 is the innermost.
    public int dim(int axis) {
        return extents[axis(axis)];
    }

    /// An axis as an index from 0, with negative axes counted from the end.
    ///
    /// @throws IllegalArgumentException if there is no such axis
    public int axis(int axis) {
        int a = axis < 0 ? axis + extents.length : axis;
        if (a < 0 || a >= extents.length) {
            throw new IllegalArgumentException("axis " + axis + " does not exist in shape " + this);
        }
        return a;
    }

    /// A copy of the extents.
    public int[] extents() {
        return extents.clone();
    }

    /// Elements in all axes before `axis`.
    public int outer(int axis) {
        int n = 1;
        for (int i = 0, end = axis(axis); i < end; i++) {
            n *= extents[i];
        }
        return n;
    }

    /// Elements in all axes after `axis`: the stride of `axis`.
    public int inner(int axis) {
        int n = 1;
        for (int i = axis(axis) + 1; i < extents.length; i++) {
            n *= extents[i];
        }
        return n;
    }

    /// This shape with another extent along one axis.
    public Shape with(int axis, int extent) {
        int[] e = extents.clone();
        e[axis(axis)] = extent;
        return new Shape(e);
    }

    /// This shape without one axis.
    public Shape without(int axis) {
        int a = axis(axis);
        int[] e = new int[extents.length - 1];
        System.arraycopy(extents, 0, e, 0, a);
        System.arraycopy(extents, a + 1, e, a, e.length - a);
        return of(e);
    }

    /// This shape with further axes inside: `[2].append(3, 4)` is `[2, 3, 4]`.
    public Shape append(int... more) {
        int[] e = Arrays.copyOf(extents, extents.length + more.length);
        System.arraycopy(more, 0, e, extents.length, more.length);
        return of(e);
    }

    /// The outermost `n` axes.
    public Shape first(int n) {
        return of(Arrays.copyOf(extents, n));
    }

    /// This shape with its axes in another order: axis `i` of the result is axis `order[i]` of
    /// this.
    public Shape permute(int... order) {
        int[] e = new int[extents.length];
        boolean[] seen = new boolean[extents.length];
        boolean valid = order.length == extents.length;
        for (int i = 0; valid && i < order.length; i++) {
            valid = order[i] >= 0 && order[i] < extents.length && !seen[order[i]];
            if (valid) {
                seen[order[i]] = true;
                e[i] = extents[order[i]];
            }
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "permute: "
                            + Arrays.toString(order)
                            + " is not an order of the "
                            + rank()
                            + " axes of "
                            + this);
        }
        return of(e);
    }

    /// The shape to which `a` and `b` broadcast: axes aligned from the innermost, an extent of 1
    /// stretched.
    ///
    /// @throws IllegalArgumentException if two aligned extents differ and neither is 1
    public static Shape broadcast(Shape a, Shape b) {
        if (a.equals(b)) {
            return a;
        }
        int rank = Math.max(a.rank(), b.rank());
        int[] e = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int m = i <= a.rank() ? a.extents[a.rank() - i] : 1;
            int n = i <= b.rank() ? b.extents[b.rank() - i] : 1;
            if (m != n && m != 1 && n != 1) {
                throw new IllegalArgumentException(
                        "shapes "
                                + a
                                + " and "
                                + b
                                + " do not broadcast: axis -"
                                + i
                                + " is "
                                + m
                                + " in one and "
                                + n
                                + " in the other");
            }
            e[rank - i] = m == 1 ? n : m;
        }
        return of(e);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape s && Arrays.equals(extents, s.extents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(extents);
    }

    @Override
    public String toString() {
        return Arrays.toString(extents);
    }
}
