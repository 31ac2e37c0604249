package nonmercer.fused;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;

/// `outᵢ = Σⱼ (φᵢ·ψⱼ) vⱼ / Σⱼ φᵢ·ψⱼ` through positive features `ln φ_if = qᵢ·ω_f + c_f`, `ln ψ_jf =
/// kⱼ·ω_f + c_f − η‖kⱼ‖²`, and its pullback, block by block: no array of the features of all rows
/// exists.
///
/// Projection, exponential and sums of a block of 64 rows are done while it is in the cache. Time
/// `O((n + m) features (d + e))`, memory beside the operands `O(features·e)` a head. A query's
/// features are taken relative to their largest, the keys' to a level that all of them have in
/// common (causally: that rises with them), which cancels. The bits are the same at any number of
/// threads and any vector width.
///
/// Operands, in this order: queries `[sequences, heads, n, d]`, keys `[sequences, h, m, d]`, values
/// `[sequences, h, m, e]`, frequencies `[heads or 1, features, d]`, constants `[heads or 1,
/// features]` or of no elements; head `i` of the queries reads head `i / (heads / h)` of the keys.
///
/// @param norm `η`
/// @param causal whether query i sees the keys `0 … i` alone; then there are as many of each
/// @param seen how many keys of each sequence are seen
public record FusedLinear(double norm, boolean causal, int... seen) {
    /// Copies the numbers.
    public FusedLinear {
        seen = seen.clone();
    }

    @Override
    public int[] seen() {
        return seen.clone();
    }

    /// How many numbers [#forward] keeps for the pullback.
    public int kept(List<Array> in) {
        return extent(in).kept();
    }

    /// Writes the means `[sequences, heads, n, e]`, and what the pullback needs.
    public void forward(List<Array> in, Array out, Array kept) {
        LinearExtent x = extent(in);
        if (out.dtype() == DType.FLOAT32) {
            FloatFusedLinear.forward(x, floats(in), out.floats(), kept.floats());
        } else {
            DoubleFusedLinear.forward(x, doubles(in), out.doubles(), kept.doubles());
        }
    }

    /// Writes the gradients of the operands, given that of `out`; those of frequencies and
    /// constants only where `to` has room for them.
    public void backward(List<Array> in, Array out, Array kept, Array gradient, List<Array> to) {
        LinearExtent x = extent(in);
        if (out.dtype() == DType.FLOAT32) {
            FloatFusedLinear.backward(
                    x, floats(in), out.floats(), kept.floats(), gradient.floats(), floats(to));
        } else {
            DoubleFusedLinear.backward(
                    x, doubles(in), out.doubles(), kept.doubles(), gradient.doubles(), doubles(to));
        }
    }

    private LinearExtent extent(List<Array> in) {
        Array q = in.get(0);
        Array k = in.get(1);
        Array v = in.get(2);
        Array w = in.get(3);
        boolean fits = q.shape().rank() == 4 && k.shape().rank() == 4 && v.shape().rank() == 4;
        fits = fits && w.shape().rank() == 3 && w.dim(2) == q.dim(3) && k.dim(3) == q.dim(3);
        fits = fits && k.shape().without(-1).equals(v.shape().without(-1));
        fits = fits && seen.length == q.dim(0);
        fits = fits && k.dim(0) == q.dim(0) && k.dim(1) > 0 && q.dim(1) % k.dim(1) == 0;
        fits = fits && (w.dim(0) == 1 || w.dim(0) == q.dim(1));
        fits = fits && (!causal || q.dim(2) == k.dim(2));
        Array c = in.get(4);
        fits = fits && (c.size() == 0 || c.shape().equals(Shape.of(w.dim(0), w.dim(1))));
        if (!fits) {
            throw new IllegalArgumentException(
                    "linear attention: expected queries [sequences, g h, n, d], keys [sequences, h, m, d],"
                            + " values [sequences, h, m, e], frequencies [g h or 1, f, d] and constants [g"
                            + " h or 1, f] or none, causally n = m, got "
                            + in.stream().map(Array::shape).toList()
                            + " and "
                            + seen.length
                            + " lengths");
        }
        Extent x = new Extent(q.dim(0), q.dim(1), k.dim(1), q.dim(2), k.dim(2), v.dim(3));
        return new LinearExtent(x, q.dim(3), w.dim(1), w.dim(0), norm, causal, seen);
    }

    private static float[][] floats(List<Array> arrays) {
        return arrays.stream().map(Array::floats).toArray(float[][]::new);
    }

    private static double[][] doubles(List<Array> arrays) {
        return arrays.stream().map(Array::doubles).toArray(double[][]::new);
    }
}
