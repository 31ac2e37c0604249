package nonmercer.layer;

/// The cross-attention of a decoder block and the normalisation that goes with it.
public record CrossAttention(Norm norm, MultiHeadAttention attention) {}
