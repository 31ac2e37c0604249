package nonmercer.linalg;

import nonmercer.array.Shape;

/// The matrix products that a batched one consists of: equal extents, offsets by number.
///
/// A plain `[…, m, k]` times a single matrix is one product of all its rows.
///
/// @param extents of each product
/// @param count how many there are
/// @param shape the leading axes of the result
/// @param aSteps what one step along a leading axis of the result is in a, in matrices; 0 where a
///   is stretched
/// @param bSteps the same for b
record Batch(Extents extents, int count, Shape shape, int[] aSteps, int[] bSteps) {
    static Batch of(Shape a, Transpose ta, Shape b, Transpose tb, Shape out) {
        int m = out.dim(-2);
        int n = out.dim(-1);
        int k = a.dim(ta == Transpose.PLAIN ? -1 : -2);
        Shape lead = out.first(out.rank() - 2);
        Shape aLead = a.first(a.rank() - 2);
        Shape bLead = b.first(b.rank() - 2);
        if (bLead.size() == 1 && ta == Transpose.PLAIN && aLead.size() == lead.size()) {
            Extents whole = Extents.of(m * lead.size(), n, k, ta, tb);
            return new Batch(whole, 1, Shape.SCALAR, new int[0], new int[0]);
        }
        return new Batch(
                Extents.of(m, n, k, ta, tb),
                lead.size(),
                lead,
                steps(aLead, lead),
                steps(bLead, lead));
    }

    private static int[] steps(Shape lead, Shape out) {
        int[] steps = new int[out.rank()];
        int step = 1;
        for (int axis = 1; axis <= lead.rank(); axis++) {
            int extent = lead.dim(-axis);
            steps[out.rank() - axis] = extent == 1 ? 0 : step;
            step *= extent;
        }
        return steps;
    }

    /// Where the a of product `i` begins.
    int a(int i) {
        return matrix(i, aSteps) * extents.m() * extents.k();
    }

    /// Where the b of product `i` begins.
    int b(int i) {
        return matrix(i, bSteps) * extents.k() * extents.n();
    }

    /// Where the result of product `i` begins.
    int out(int i) {
        return i * extents.m() * extents.n();
    }

    private int matrix(int i, int[] steps) {
        int at = 0;
        int rest = i;
        for (int axis = steps.length - 1; axis >= 0; axis--) {
            at += rest % shape.dim(axis) * steps[axis];
            rest /= shape.dim(axis);
        }
        return at;
    }
}
