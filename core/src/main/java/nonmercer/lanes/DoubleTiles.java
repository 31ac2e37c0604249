// twin: float
package nonmercer.lanes;

/// The innermost loops of the matrix product, on tiles of the output.
///
/// Every implementation computes each element of the output by the same chain of fused
/// multiply-adds, in ascending order of the summed index, from a given start. So the bits do not
/// depend on the vector width, on the tile's shape, or on how the caller cuts the sum into pieces
/// (a NaN's payload excepted). Only [#longDots] has another order.
public interface DoubleTiles {
    /// The tiles in use: vector or scalar, as [Lanes] chose.
    static DoubleTiles chosen() {
        return Lanes.vector() ? new VectorDoubleTiles() : new ScalarDoubleTiles();
    }

    /// The definition.
    static DoubleTiles definition() {
        return new ScalarDoubleTiles();
    }

    /// Elements of one vector.
    int lanes();

    /// Rows of the tallest tile.
    int rows();

    /// How many of `left` columns the next panel of a packed block takes: two vectors, and the last
    /// panel what is left, up to three. At least one vector, unless there are fewer columns.
    default int columns(int left) {
        return left <= 3 * lanes() ? left : 2 * lanes();
    }

    /// The length of a row of a packed panel: so many columns, filled up to whole vectors.
    default int width(int columns) {
        return (columns + lanes() - 1) / lanes() * lanes();
    }

    /// `c[i, j] = s[i, j] + Σₚ a[i, p]·b[p, j]` for `rows × columns × k`, with rows up to [#rows()]
    /// and columns from [#columns(int)], at least `lanes`.
    ///
    /// Element (i, p) of a stands at `ao + i·ar + p`, the packed panel of b at bo, row i of the
    /// start s at `so + i·ss`, that of c at `co + i·cs`. The start may be c itself, and its rows
    /// may be one (`ss = 0`).
    void tile(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs);

    /// Whether so many columns can be had from a b that is not packed.
    boolean inPlace(int columns);

    /// As [#tile], with so many rows and columns, and row p of b at `bo + p·bs`. Element (i, j) of
    /// the start stands at `so + i·ss + j·sj`, where sj is 1, or 0 for a start of equal elements,
    /// of which five vectors must be there.
    void inPlace(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            int bs,
            double[] s,
            int so,
            int ss,
            int sj,
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

    /// `c[j] += Σₚ a[p]·b[p, j]` for j in `0 … n-1`, where columns of b are contiguous, column j at
    /// `bo + j·bs`: a matrix times a vector.
    void dots(int n, int k, double[] a, int ao, double[] b, int bo, int bs, double[] c, int co);

    /// The same with each sum in the order of [DoubleLanes#dot], that of the first
    /// [DoubleLanes#HEAD] products plus that of the others: for columns so long that reading them
    /// is the work.
    void longDots(int n, int k, double[] a, int ao, double[] b, int bo, int bs, double[] c, int co);

    /// Packs a `k × n` block whose rows are contiguous, row p at `bo + p·bs`, into panels, one
    /// behind the other, of [#columns(int)] columns each and `k` rows of [#width(int)] elements.
    void pack(int k, int n, double[] b, int bo, int bs, double[] panels);

    /// Packs a `k × n` block whose columns are contiguous, column j at `bo + j·bs`.
    void packTransposed(int k, int n, double[] b, int bo, int bs, double[] panels);

    /// `to[at + p·width + j] = b[bo + j·bs + p]` for j in `0 … n-1`, p in `0 … k-1`.
    void turn(int k, int n, double[] b, int bo, int bs, double[] to, int at, int width);
}
