package nonmercer.linalg;

import nonmercer.array.Shape;

/// The matrix products that a batched one consists of: equal extents, offsets by number.
///
/// A plain `[…, m, k]` times a single matrix is one product of all its rows.
///
/// @param extents of each product
/// @param count how many there are
/// @param a the shape of a
/// @param b the shape of b
/// @param out the shape of the result, to whose leading axes those of a and b stretch
record Batch(Extents extents, int count, Shape a, Shape b, Shape out) {
    static Batch of(Shape a, Transpose ta, Shape b, Transpose tb, Shape out, int startRank) {
        int m = out.dim(-2);
        int n = out.dim(-1);
        int k = a.dim(ta == Transpose.PLAIN ? -1 : -2);
        int count = matrices(out);
        boolean whole = ta == Transpose.PLAIN && matrices(a) == count && matrices(b) == 1;
        Extents extents = Extents.of(whole ? m * count : m, n, k, ta, tb, startRank);
        return new Batch(extents, whole ? 1 : count, a, b, out);
    }

    private static int matrices(Shape shape) {
        int count = 1;
        for (int axis = 3; axis <= shape.rank(); axis++) {
            count *= shape.dim(-axis);
        }
        return count;
    }

    /// Where the a of product `i` begins.
    int a(int i) {
        return matrix(i, a) * extents.m() * extents.k();
    }

    /// Where the b of product `i` begins.
    int b(int i) {
        return matrix(i, b) * extents.k() * extents.n();
    }

    /// Where the result of product `i` begins.
    int out(int i) {
        return i * extents.m() * extents.n();
    }

    /// Where the start of product `i` begins; a number or a row is the start of them all.
    int start(int i) {
        return extents.sRow() == 0 ? 0 : out(i);
    }

    private int matrix(int i, Shape x) {
        int at = 0;
        int step = 1;
        int rest = i;
        for (int axis = 3; axis <= x.rank(); axis++) {
            int extent = x.dim(-axis);
            if (extent > 1) {
                at += rest % extent * step;
                step *= extent;
            }
            rest /= out.dim(-axis);
        }
        return at;
    }
}
