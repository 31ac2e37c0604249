package nonmercer.layer;

import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// Causal self-attention, cross-attention to the encoder's output, and a feed-forward layer, each
/// with a residual connection and a normalisation (Vaswani et al. 2017, section 3.1).
///
/// `own` is an encoder block's parts used causally; the cross-attention stands between its two.
public record DecoderBlock(EncoderBlock own, CrossAttention cross) {
    /// `x [b, n, d]`, `memory [b, m, d]` → `[b, n, d]`. `memoryMask` hides the padding of the
    /// memory.
    public Tensor apply(
            Tensor x, Tensor memory, Mask mask, Mask memoryMask, Positions positions, Pass pass) {
        Placement place = own.placement();
        double dropout = own.dropout();
        Positions none = new Positions.Absent();
        Tensor y =
                place.residual(
                        x,
                        own.attentionNorm(),
                        z -> own.attention().apply(z, z, mask, positions, pass),
                        dropout,
                        pass);
        Tensor w =
                place.residual(
                        y,
                        cross.norm(),
                        z -> cross.attention().apply(z, memory, memoryMask, none, pass),
                        dropout,
                        pass);
        return place.residual(
                w, own.feedForwardNorm(), z -> own.feedForward().apply(z, pass), dropout, pass);
    }
}
