// twin: float
package nonmercer.lanes;

/// The loops of attention over a tile: a block of scores, `rows × columns`, row i at `so + i·ss`,
/// that stays in the first-level cache. `columns` is a multiple of [DoubleLanes#STRIPE].
///
/// Sums have one order, whatever the machine: element j of a row goes to running sum `j mod
/// STRIPE`, j ascending.
public interface DoubleRows {
    /// The distance of the rows of b and of c for which [#multiplyAdd] is fastest.
    int BLOCK = 64;

    /// The loops in use: vector or scalar, as [Lanes] chose.
    static DoubleRows chosen() {
        return Lanes.vector() ? new VectorDoubleRows() : new ScalarDoubleRows();
    }

    /// The definition.
    static DoubleRows definition() {
        return new ScalarDoubleRows();
    }

    /// `cᵢⱼ = sᵢⱼ + Σₚ aᵢₚ·bₚⱼ` for `rows × columns × k`, each sum one chain of fused
    /// multiply-adds, p ascending. Element (i, p) of a stands at `ao + i·ar + p·ak`, row p of b
    /// begins at `bo + p·bs`, row i of c at `co + i·cs`, that of the start s at `so + i·ss`; with
    /// `ss = 0` all elements start at the first 2·STRIPE numbers of s, which are equal.
    void multiplyAdd(
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
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs);

    /// `most[i] = max(most[i], scale·sᵢⱼ)` over j; NaN is passed over.
    void maxima(
            int rows, int columns, double[] s, int so, int ss, double scale, double[] most, int mo);

    /// Whether a `scale·sᵢⱼ` is above `limit[i]`.
    boolean exceed(
            int rows,
            int columns,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] limit,
            int lo);

    /// `sᵢⱼ = e^(scale·sᵢⱼ − shift[i])`, for exponents far from overflow; a result below the
    /// smallest normal number is 0.
    void exponentials(
            int rows,
            int columns,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] shift,
            int ho);

    /// [#exponentials], then [#addUp] of them.
    void addedExponentials(
            int rows,
            int columns,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] shift,
            int ho,
            double[] sums,
            int uo);

    /// `sᵢⱼ = mᵢⱼ + e^(scale·sᵢⱼ − shift[i])`, then [#addUp] of them. Row i of m stands where that
    /// of s does.
    void addedExponentials(
            int rows,
            int columns,
            double[] m,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] shift,
            int ho,
            double[] sums,
            int uo);

    /// `sums[i·STRIPE + j mod STRIPE] += sᵢⱼ`.
    void addUp(int rows, int columns, double[] s, int so, int ss, double[] sums, int uo);

    /// `gᵢⱼ = pᵢⱼ·(gᵢⱼ − c[i])·scale`, the pullback of softmax times a constant.
    void centredProducts(
            int rows,
            int columns,
            double[] p,
            int po,
            double[] g,
            int go,
            int stride,
            double[] c,
            int co,
            double scale);

    /// `gᵢⱼ −= c[i]`.
    void centre(int rows, int columns, double[] g, int go, int stride, double[] c, int co);

    /// `outᵢⱼ = max(xᵢ + yⱼ − 2sᵢⱼ, 0)`: of dot products and squared norms the squared distances.
    /// Row i of out stands where that of s does, which out may be. Returns whether one is below
    /// `least·(xᵢ + yⱼ)`, where cancellation took its digits.
    boolean distances(
            int rows,
            int columns,
            double[] s,
            double[] out,
            int so,
            int ss,
            double[] x,
            int xo,
            double[] y,
            int yo,
            double least);

    /// The one number that running sums fold to, in halves: `a[k] + a[k + h]`. The sums are used
    /// up.
    static double folded(double[] sums, int uo) {
        for (int h = DoubleLanes.STRIPE / 2; h > 0; h /= 2) {
            for (int k = uo; k < uo + h; k++) {
                sums[k] += sums[k + h];
            }
        }
        return sums[uo];
    }

    /// [#folded] of each of up to BLOCK rows of running sums, which stay as they are; `room` is for
    /// `STRIPE·BLOCK` numbers.
    static void fold(int rows, double[] sums, int uo, double[] room, double[] out, int oo) {
        DoubleLanes lanes = Lanes.doubles();
        DoubleTiles.chosen()
                .turn(DoubleLanes.STRIPE, rows, sums, uo, DoubleLanes.STRIPE, room, 0, BLOCK);
        for (int h = DoubleLanes.STRIPE / 2; h > 0; h /= 2) {
            lanes.binary(Binary.ADD, room, 0, room, h * BLOCK, room, 0, h * BLOCK);
        }
        System.arraycopy(room, 0, out, oo, rows);
    }
}
