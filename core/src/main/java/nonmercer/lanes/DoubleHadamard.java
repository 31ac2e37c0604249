// twin: float
package nonmercer.lanes;

/// The fast Walsh–Hadamard transform of a row of `n = 2ᵖ` numbers, unnormalised, in Sylvester's
/// order: `yᵢ = Σⱼ (−1)^(bits set in i and j) xⱼ`, that is, `y = Hₙ x`.
///
/// `p` stages of sums and differences `(a, b) → (a + b, a − b)` of elements `h = 1, 2, 4 …` apart,
/// in this order. Each element is rounded once a stage, so the bits do not depend on how many
/// stages are done in one pass over the row.
public interface DoubleHadamard {
    /// The loops in use: vector or scalar, as [Lanes] chose.
    static DoubleHadamard chosen() {
        return Lanes.vector() ? new VectorDoubleHadamard() : new ScalarDoubleHadamard();
    }

    /// The definition.
    static DoubleHadamard definition() {
        return new ScalarDoubleHadamard();
    }

    /// Writes the transform of `n` numbers, a power of two; out may be x at the same place.
    void transform(double[] x, int xo, double[] out, int oo, int n);
}
