package nonmercer.linalg;

/// One matrix product `C[m, n] = S + A[m, k]·B[k, n]` on raw storage: how large, and where the
/// elements stand.
///
/// Element (i, p) of A stands at `i·aRow + p·aColumn`, (p, j) of B at `p·bRow + j·bColumn`, (i, j)
/// of the start S at `i·sRow + j·sColumn`, of C at `i·cRow + j`, each from its own offset. One step
/// of A is 1, and one of B.
record Extents(
        int m,
        int n,
        int k,
        int aRow,
        int aColumn,
        int bRow,
        int bColumn,
        int sRow,
        int sColumn,
        int cRow) {
    /// The depth from which on the elements of a matrix times a vector are sums of several chains.
    static final int LONG = 512;

    /// Nothing.
    static final Extents NONE = of(0, 0, 0, Transpose.PLAIN, Transpose.PLAIN, 0);

    /// Of whole matrices, with a start of rank 0 (a number), 1 (a row) or more (a matrix).
    static Extents of(int m, int n, int k, Transpose ta, Transpose tb, int startRank) {
        boolean a = ta == Transpose.PLAIN;
        boolean b = tb == Transpose.PLAIN;
        return new Extents(
                m,
                n,
                k,
                a ? k : 1,
                a ? 1 : m,
                b ? n : 1,
                b ? 1 : k,
                startRank < 2 ? 0 : n,
                startRank < 1 ? 0 : 1,
                n);
    }

    /// A column of C, whose elements stand side by side, as a row: `Cᵀ = Sᵀ + Bᵀ·Aᵀ`.
    Extents turned() {
        return new Extents(n, m, k, bColumn, bRow, aColumn, aRow, sColumn, sRow, m);
    }

    /// So many rows and so much of the depth, with rows of A this far apart, from the start or, if
    /// not the first, from C.
    Extents part(int rows, int depth, int step, boolean first) {
        int row = first ? sRow : cRow;
        int column = first ? sColumn : 1;
        return new Extents(rows, n, depth, step, 1, bRow, bColumn, row, column, cRow);
    }

    /// Whether C is one row of dot products of long contiguous vectors: a matrix times a vector.
    boolean inner() {
        return m == 1 && bRow == 1 && aColumn == 1 && k >= LONG;
    }

    /// Multiplications and additions.
    double flops() {
        return 2.0 * m * n * k;
    }
}
