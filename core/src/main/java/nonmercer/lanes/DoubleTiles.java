// twin: float
package nonmercer.lanes;

/// The innermost loops of the matrix product, on tiles of the output.
///
/// Every implementation computes each element of the output by the same chain of fused
/// multiply-adds, in ascending order of the summed index, from the value the element held before.
/// So the bits do not depend on the vector width, on the tile's shape, or on how the caller cuts
/// the sum into pieces (a NaN's payload excepted).
public interface DoubleTiles {
    /// The tiles in use: vector or scalar, as [Lanes] chose.
    static DoubleTiles chosen() {
        return Lanes.vector() ? new VectorDoubleTiles() : new ScalarDoubleTiles();
    }

    /// The definition.
    static DoubleTiles definition() {
        return new ScalarDoubleTiles();
    }

    /// Elements of one vector; tiles are one or two vectors wide.
    int lanes();

    /// How many of `left` remaining rows the next tile takes, at least one.
    int rows(int left);

    /// `c[i, j] += Σₚ a[i, p]·b[p, j]` for `rows × columns × k`, with `rows` from [#rows(int)] and
    /// `columns ≤ 2·lanes`.
    ///
    /// Element (i, p) of a stands at `ao + i·ar + p·ak`, row p of b begins at `bo + p·bs`, row i of
    /// c at `co + i·cs`. The rows of b must be readable, but need not be meaningful, up to a
    /// multiple of `lanes`.
    void tile(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int ar,
            int ak,
            double[] b,
            int bo,
            int bs,
            double[] c,
            int co,
            int cs);

    /// `c[j] += Σₚ a[p]·b[p, j]` for j in `0 … n-1`, reading b in long rows: a vector times a
    /// matrix.
    void row(
            int n,
            int k,
            double[] a,
            int ao,
            int ak,
            double[] b,
            int bo,
            int bs,
            double[] c,
            int co);

    /// Copies a `k × n` block whose rows are contiguous into a panel with rows of `width ≥ n`. What
    /// the rest of a row of the panel holds is not said.
    void pack(int k, int n, double[] b, int bo, int bs, double[] panel, int to, int width);

    /// Copies a `k × n` block whose columns are contiguous, column j at `bo + j·bs`, into such a
    /// panel.
    void packTransposed(
            int k, int n, double[] b, int bo, int bs, double[] panel, int to, int width);
}
