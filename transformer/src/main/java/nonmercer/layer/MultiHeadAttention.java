package nonmercer.layer;

import java.util.List;
import nonmercer.array.DType;
import nonmercer.attention.Attention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// `concat(head₁, …, head_h) W_O`, `headᵢ = Attention(x Wᵢ_Q, y Wᵢ_K, y Wᵢ_V)` (Vaswani et al.
/// 2017, section 3.2.2), with any kernel in the place of the softmax.
public record MultiHeadAttention(
        Linear query, Linear key, Linear value, Linear output, int heads, Attention attention) {
    /// Refuses a width the heads do not divide.
    public MultiHeadAttention {
        for (Linear projection : List.of(query, key, value)) {
            int d = projection.weight().shape().dim(1);
            if (heads < 1 || d % heads != 0) {
                throw new IllegalArgumentException(
                        "a width of "
                                + d
                                + " cannot be shared by "
                                + heads
                                + " heads; choose a number of heads that divides it");
            }
        }
    }

    /// Fresh weights, `d → d`.
    public static MultiHeadAttention create(
            RandomStream random, int d, int heads, Attention attention, DType dtype) {
        return new MultiHeadAttention(
                Linear.create(random.at("query"), d, d, dtype),
                Linear.create(random.at("key"), d, d, dtype),
                Linear.create(random.at("value"), d, d, dtype),
                Linear.create(random.at("output"), d, d, dtype),
                heads,
                attention);
    }

    /// Queries `[b, h, n, d/h]`, keys and values `[b, h, m, d/h]`, as the kernel sees them.
    public record Heads(Tensor q, Tensor k, Tensor v) {}

    /// The heads for `x [b, n, d]`, which asks, and `y [b, m, d]`, which answers.
    public Heads project(Tensor x, Tensor y, Positions positions, Pass pass) {
        return new Heads(
                positions.rotate(split(query.apply(x, pass))),
                positions.rotate(split(key.apply(y, pass))),
                split(value.apply(y, pass)));
    }

    /// Self-attention when `x` and `y` are the same, else cross-attention: `x [b, n, d]` asks, `y
    /// [b, m, d]` answers.
    public Tensor apply(Tensor x, Tensor y, Mask mask, Positions positions, Pass pass) {
        Heads heads = project(x, y, positions, pass);
        return output.apply(join(attention.apply(heads.q, heads.k, heads.v, mask, pass)), pass);
    }

    private Tensor split(Tensor x) { // [b, n, d] -> [b, h, n, d/h]
        return x.reshape(x.dim(0), x.dim(1), heads, x.dim(2) / heads).permute(0, 2, 1, 3);
    }

    private static Tensor join(Tensor x) { // [b, h, n, e] -> [b, n, h e]
        return x.permute(0, 2, 1, 3).reshape(x.dim(0), x.dim(2), x.dim(1) * x.dim(3));
    }
}
