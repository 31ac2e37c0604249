package nonmercer.linalg;

/// One matrix product `C[m, n] += A[m, k]·B[k, n]` on raw storage: how large, and where the
/// elements stand.
///
/// Element (i, p) of A stands at `i·aRow + p·aColumn`, (p, j) of B at `p·bRow + j·bColumn`, (i, j)
/// of C at `i·cRow + j`, each from its own offset. One step of A is 1, and one of B.
record Extents(int m, int n, int k, int aRow, int aColumn, int bRow, int bColumn, int cRow) {
    static Extents of(int m, int n, int k, Transpose ta, Transpose tb) {
        boolean a = ta == Transpose.PLAIN;
        boolean b = tb == Transpose.PLAIN;
        return new Extents(m, n, k, a ? k : 1, a ? 1 : m, b ? n : 1, b ? 1 : k, n);
    }

    /// A column of C, whose elements stand side by side, as a row: `Cᵀ = Bᵀ·Aᵀ`.
    Extents turned() {
        return new Extents(n, m, k, bColumn, bRow, aColumn, aRow, m);
    }

    /// Multiplications and additions.
    double flops() {
        return 2.0 * m * n * k;
    }
}
