package nonmercer.attention;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Tensor;

/// `yᵢ = Sᵢᵀ qᵢ`, `Sᵢ = gᵢ Sᵢ₋₁ + kᵢ vᵢᵀ`: causal linear attention that forgets, with a gate `0 < g
/// ≤ 1` for each token and head and no normaliser (the scalar case of Yang et al. 2024, "Gated
/// linear attention transformers"; a constant gate is Sun et al. 2023's retention).
///
/// `yᵢ = Σ_{j ≤ i} (g_{j+1} … gᵢ) (qᵢ·kⱼ) vⱼ`, by chunks, linear in the length forward and
/// backward.
///
/// The gates' logarithms are added up along the sequence in the element type: in float32 each
/// addition may leave a product of gates off by `6·10⁻⁸` times the sum of their logarithms so far,
/// relative to itself.
///
/// @param chunk the rows of a chunk
public record GatedLinear(int chunk) {
    /// Refuses an empty chunk.
    public GatedLinear {
        LinearAttention.checkChunk(chunk);
    }

    /// With chunks of 64.
    public GatedLinear() {
        this(LinearAttention.CHUNK);
    }

    /// `q`, `k` `[…, n, f]`, `v` `[…, n, e]` and the logarithms of the gates `[…, n]`, at most 0 →
    /// `[…, n, e]`. The first gate has nothing to forget.
    public Tensor apply(Tensor q, Tensor k, Tensor v, Tensor logGates) {
        Shape rows = q.shape().without(-1);
        if (!logGates.shape().equals(rows)) {
            throw new IllegalArgumentException(
                    "gated attention takes a gate for each row "
                            + rows
                            + " of the queries, got "
                            + logGates.shape());
        }
        PrefixProduct sums = new PrefixProduct(PrefixProduct.Order.FORTH, chunk);
        Tensor ones = Tensor.of(Array.full(q.dtype(), rows.append(1), 1));
        Tensor none = Tensor.of(Array.zeros(q.dtype(), rows));
        Tensor levels =
                Tensor.apply(sums, ones, ones, logGates.neg().reshape(rows.append(1)), none)
                        .reshape(rows);
        return Tensor.apply(sums, q, k, v, levels);
    }
}
