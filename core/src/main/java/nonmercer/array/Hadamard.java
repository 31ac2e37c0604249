package nonmercer.array;

import nonmercer.lanes.DoubleHadamard;
import nonmercer.lanes.FloatHadamard;

/// The fast Walsh–Hadamard transform along the innermost axis: `out = H x` for each row, with the
/// unnormalised Hadamard matrix of Sylvester, `H₁ = (1)`, `H₂ₙ = ((Hₙ, Hₙ), (Hₙ, −Hₙ))`.
///
/// `H` is symmetric and `H H = n I`. It takes `n log₂ n` additions; each element of the result is
/// rounded `log₂ n` times, `|error| ≤ γ Σⱼ |xⱼ|` with `γ = p·u/(1 − p·u)`, `p = log₂ n`.
public final class Hadamard {
    private static final DoubleHadamard DOUBLES = DoubleHadamard.chosen();
    private static final FloatHadamard FLOATS = FloatHadamard.chosen();

    private Hadamard() {}

    /// Writes the transform of every row; out may be x.
    ///
    /// @throws IllegalArgumentException if the rows are not of a power of two elements
    public static void transform(Array x, Array out) {
        Chunks.loops("hadamard", x, out);
        Chunks.shape("hadamard", "an output", x.shape(), out);
        check(x.shape());
        int n = x.dim(-1);
        boolean doubles = x.dtype() == DType.FLOAT64;
        Chunks.rows(
                x.size() / n,
                n,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        if (doubles) {
                            DOUBLES.transform(x.doubles(), row * n, out.doubles(), row * n, n);
                        } else {
                            FLOATS.transform(x.floats(), row * n, out.floats(), row * n, n);
                        }
                    }
                });
    }

    /// Refuses rows that have no Hadamard transform.
    public static void check(Shape shape) {
        if (shape.rank() == 0 || Integer.bitCount(shape.dim(-1)) != 1) {
            throw new IllegalArgumentException(
                    "hadamard: expected rows of a power of two elements, got "
                            + shape
                            + "; pad them with zeros");
        }
    }
}
