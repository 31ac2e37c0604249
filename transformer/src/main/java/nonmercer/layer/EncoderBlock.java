package nonmercer.layer;

import java.util.function.UnaryOperator;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// Self-attention, then a feed-forward layer, each with a residual connection and a normalisation.
///
/// With a causal mask it is the block of a language model.
public record EncoderBlock(
        Norm attentionNorm,
        MultiHeadAttention attention,
        Norm feedForwardNorm,
        FeedForward feedForward,
        Placement placement,
        double dropout) {
    /// `[b, n, d] → [b, n, d]`.
    public Tensor apply(Tensor x, Mask mask, Positions positions, Pass pass) {
        return through(x, z -> attention.apply(z, z, mask, positions, pass), pass);
    }

    /// The same, causally, for the next tokens `x [b, n, d]` of sequences whose earlier tokens the
    /// cache has read.
    public Tensor extend(Tensor x, KeyValueCache cache, Positions positions, Pass pass) {
        return through(x, z -> attention.extend(z, cache, positions, pass), pass);
    }

    private Tensor through(Tensor x, UnaryOperator<Tensor> attend, Pass pass) {
        Tensor y = placement.residual(x, attentionNorm, attend, dropout, pass);
        return placement.residual(
                y, feedForwardNorm, z -> feedForward.apply(z, pass), dropout, pass);
    }
}
