package nonmercer.layer;

import java.util.function.UnaryOperator;
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
        Positions none = new Positions.Absent();
        return through(
                x,
                z -> own.attention().apply(z, z, mask, positions, pass),
                z -> cross.attention().apply(z, memory, memoryMask, none, pass),
                pass);
    }

    /// The same, causally, for the next tokens `x [b, n, d]` of sequences whose earlier tokens
    /// `read` holds; `memory` holds the keys and values of the memory.
    public Tensor extend(
            Tensor x,
            KeyValueCache read,
            KeyValueCache memory,
            Mask memoryMask,
            Positions positions,
            Pass pass) {
        return through(
                x,
                z -> own.attention().extend(z, read, positions, pass),
                z -> cross.attention().ask(z, memory, memoryMask, pass),
                pass);
    }

    private Tensor through(
            Tensor x, UnaryOperator<Tensor> attend, UnaryOperator<Tensor> ask, Pass pass) {
        Placement place = own.placement();
        double dropout = own.dropout();
        Tensor y = place.residual(x, own.attentionNorm(), attend, dropout, pass);
        Tensor w = place.residual(y, cross.norm(), ask, dropout, pass);
        return place.residual(
                w, own.feedForwardNorm(), z -> own.feedForward().apply(z, pass), dropout, pass);
    }
}
