// twin: float
package nonmercer.lanes;

/// Products of rows with all blocks of [DoubleDiagonals], in `O(log n)` additions an element.
///
/// Every element is computed as the definition does it, one operation after the other and each
/// rounded: `b·x`, the stages of [DoubleHadamard] in its order, `g·`, the stages again, `s·`; the
/// bits do not depend on how many rows or stages are done together.
public interface DoubleFastfood {
    /// The loops in use: vector or scalar, as [Lanes] chose.
    static DoubleFastfood chosen() {
        return Lanes.vector() ? new VectorDoubleFastfood() : definition();
    }

    /// The definition.
    static DoubleFastfood definition() {
        return new RowsDoubleFastfood(DoubleHadamard.definition());
    }

    /// Elements of scratch that these blocks take.
    int scratch(DoubleDiagonals v);

    /// `out = (V₁ x, V₂ x …)` for rows of `d ≤ n` elements, as if zeros followed: all blocks' rows
    /// one after the other. Out must not be x.
    void spread(
            DoubleDiagonals v,
            double[] x,
            int xo,
            int d,
            double[] out,
            int oo,
            int rows,
            double[] scratch);

    /// `out = (V₁ y₁ + V₂ y₂) + …`, of it the first d elements, for rows of all blocks' elements.
    /// Out must not be y.
    void gather(
            DoubleDiagonals v,
            double[] y,
            int yo,
            double[] out,
            int oo,
            int d,
            int rows,
            double[] scratch);
}
