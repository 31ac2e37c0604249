package nonmercer.array;

import nonmercer.lanes.DoubleDiagonals;
import nonmercer.lanes.FloatDiagonals;

/// Products with blocks of the structured random matrices `V = S H G Π H B` of Le, Sarlós & Smola
/// (2013) in one pass over the rows: diagonals `S`, `G`, `B`, a permutation `Π` and the
/// unnormalised Hadamard matrix `H` of `n` elements, a power of two. A block takes `2 n log₂ n`
/// additions and `3 n` products a row, in place of `n d`.
///
/// Diagonals are `[blocks, n]`; `order` has `blocks·n` numbers, `(Π x)ᵢ = x[order[i]]`, and leaves
/// each element in its block. Each operation is rounded by itself, in the order of [Hadamard]: the
/// bits are those of six operations one after the other. In a block each element of `V x` errs by
/// at most `γ |sᵢ| Σⱼ |gⱼ| Σₗ |bₗ xₗ|`, `γ = p·u/(1 − p·u)`, `p = 2 log₂ n + 3`.
public final class Fastfood {
    private Fastfood() {}

    /// `out = (V₁ x, V₂ x …)`: rows of `d ≤ n` elements, as if zeros followed, into rows of
    /// `blocks·n`. Out must not be x.
    ///
    /// @throws IllegalArgumentException if shapes or types do not fit, or the order does not
    public static void project(Array x, Array s, Array g, Array b, int[] order, Array out) {
        Chunks.loops("fastfood", x, s, g, b, out);
        check(x.shape(), s, g, b, order);
        int m = order.length;
        int d = x.dim(-1);
        int rows = x.size() / d;
        Chunks.shape("fastfood", "an output", x.shape().with(-1, m), out);
        if (x.dtype() == DType.FLOAT64) {
            DoubleProjection.spread(doubles(s, g, b, order), x.doubles(), d, out.doubles(), rows);
        } else {
            FloatProjection.spread(floats(s, g, b, order), x.floats(), d, out.floats(), rows);
        }
    }

    /// The transpose, `out = V₁ᵀ y₁ + V₂ᵀ y₂ + …`, of it as many elements as out has: rows of
    /// `blocks·n` elements into rows of `d ≤ n`. Out must not be y.
    ///
    /// @throws IllegalArgumentException if shapes or types do not fit, or the order does not
    public static void projectBack(Array y, Array s, Array g, Array b, int[] order, Array out) {
        Chunks.loops("fastfood", y, s, g, b, out);
        check(out.shape(), s, g, b, order);
        int d = out.dim(-1);
        int rows = out.size() / d;
        Chunks.shape("fastfood", "an input", out.shape().with(-1, order.length), y);
        if (y.dtype() == DType.FLOAT64) {
            DoubleProjection.gather(doubles(s, g, b, order), y.doubles(), out.doubles(), d, rows);
        } else {
            FloatProjection.gather(floats(s, g, b, order), y.floats(), out.floats(), d, rows);
        }
    }

    private static DoubleDiagonals doubles(Array s, Array g, Array b, int... order) {
        return new DoubleDiagonals(s.dim(1), s.doubles(), g.doubles(), b.doubles(), order);
    }

    private static FloatDiagonals floats(Array s, Array g, Array b, int... order) {
        return new FloatDiagonals(s.dim(1), s.floats(), g.floats(), b.floats(), order);
    }

    private static void check(Shape x, Array s, Array g, Array b, int... order) {
        check(x, s.shape(), g.shape(), b.shape(), order.length);
        int n = s.dim(1);
        boolean[] seen = new boolean[order.length];
        for (int i = 0; i < order.length; i++) {
            int from = order[i];
            if (from < 0 || from >= order.length || from / n != i / n || seen[from]) {
                throw new IllegalArgumentException(
                        "fastfood: expected a permutation within each block of "
                                + n
                                + " elements, got "
                                + from
                                + " as element "
                                + i);
            }
            seen[from] = true;
        }
    }

    /// Refuses shapes that do not fit: rows `x` that are projected, diagonals, and an order of so
    /// many numbers.
    public static void check(Shape x, Shape s, Shape g, Shape b, int order) {
        boolean blocks =
                s.rank() == 2
                        && Integer.bitCount(s.dim(1)) == 1
                        && s.size() > 0
                        && s.equals(g)
                        && s.equals(b)
                        && s.size() == order;
        if (!blocks || x.rank() == 0 || x.dim(-1) < 1 || x.dim(-1) > s.dim(1)) {
            throw new IllegalArgumentException(
                    "fastfood: expected rows of at most n elements, three diagonals [blocks, n] for"
                            + " a power of two n, and an order of blocks*n numbers, got "
                            + x
                            + ", "
                            + s
                            + ", "
                            + g
                            + ", "
                            + b
                            + " and "
                            + order
                            + " numbers");
        }
    }
}
