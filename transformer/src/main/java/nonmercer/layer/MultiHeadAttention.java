package nonmercer.layer;

import nonmercer.array.DType;
import nonmercer.attention.Attention;
import nonmercer.attention.Bias;
import nonmercer.attention.LinearStream;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// `concat(head₁, …, head_h) W_O`, `headᵢ = Attention(x Wᵢ_Q, y Wᵢ_K, y Wᵢ_V)` (Vaswani et al.
/// 2017, section 3.2.2), with any kernel in the place of the softmax. Heads of queries may share
/// heads of keys and values.
public record MultiHeadAttention(
        Linear query,
        Linear key,
        Linear value,
        Linear output,
        HeadCount heads,
        Attention attention) {
    /// Refuses widths the heads do not divide.
    public MultiHeadAttention {
        divides(query, heads.queries());
        divides(key, heads.keys());
        divides(value, heads.keys());
    }

    /// As many heads of keys as of queries.
    public MultiHeadAttention(
            Linear query, Linear key, Linear value, Linear output, int heads, Attention attention) {
        this(query, key, value, output, HeadCount.of(heads), attention);
    }

    private static void divides(Linear projection, int heads) {
        int d = projection.weight().shape().dim(1);
        if (d % heads != 0) {
            throw new IllegalArgumentException(
                    "a width of "
                            + d
                            + " cannot be shared by "
                            + heads
                            + " heads; choose a number of heads that divides it");
        }
    }

    /// Fresh weights, `d → d`.
    public static MultiHeadAttention create(
            RandomStream random, int d, int heads, Attention attention, DType dtype) {
        return create(random, d, HeadCount.of(heads), attention, dtype);
    }

    /// Fresh weights, `d → d`, with heads of width `d / heads.queries()`.
    public static MultiHeadAttention create(
            RandomStream random, int d, HeadCount heads, Attention attention, DType dtype) {
        return create(random, d, heads, attention, dtype, "attention");
    }

    /// Fresh weights, and features of the attention that are drawn for this place in a model:
    /// another place, other noise.
    public static MultiHeadAttention create(
            RandomStream random,
            int d,
            HeadCount heads,
            Attention attention,
            DType dtype,
            String place) {
        int narrow = d / heads.queries() * heads.keys();
        return new MultiHeadAttention(
                Linear.create(random.at("query"), d, d, dtype),
                Linear.create(random.at("key"), d, narrow, dtype),
                Linear.create(random.at("value"), d, narrow, dtype),
                Linear.create(random.at("output"), d, d, dtype),
                heads,
                attention.seeded(random).drawn(heads.queries(), d / heads.queries(), dtype, place));
    }

    /// Queries `[b, h, n, d/h]`, keys and values `[b, h', m, d/h]`, as the kernel sees them.
    public record Heads(Tensor q, Tensor k, Tensor v) {}

    /// The heads for `x [b, n, d]`, which asks, and `y [b, m, d]`, which answers.
    public Heads project(Tensor x, Tensor y, Positions positions, Pass pass) {
        return new Heads(
                positions.rotate(split(query.apply(x, pass), heads.queries())),
                positions.rotate(split(key.apply(y, pass), heads.keys())),
                split(value.apply(y, pass), heads.keys()));
    }

    /// Self-attention when `x` and `y` are the same, else cross-attention: `x [b, n, d]` asks, `y
    /// [b, m, d]` answers.
    public Tensor apply(Tensor x, Tensor y, Mask mask, Positions positions, Pass pass) {
        Heads parts = project(x, y, positions, pass);
        Bias bias = positions.bias(heads.queries());
        return joined(attention.apply(parts.q, parts.k, parts.v, mask, bias, pass), pass);
    }

    /// Causal self-attention of the next tokens, `x [b, n, d]`, with all that the cache has read,
    /// to which they are added: the last `n` rows of [#apply] of all tokens at once.
    ///
    /// @throws IllegalArgumentException in a pass that records: a cache keeps no gradients
    public Tensor extend(Tensor x, KeyValueCache cache, Positions positions, Pass pass) {
        int from = cache.length();
        Tensor q = positions.rotate(split(query.apply(x, pass), heads.queries()), from);
        Tensor k = positions.rotate(split(key.apply(x, pass), heads.keys()), from);
        Tensor v = split(value.apply(x, pass), heads.keys());
        Bias bias = positions.bias(heads.queries());
        if (attention.streams()) {
            LinearStream stream =
                    cache.stream(() -> attention.stream(q.shape(), v.shape(), bias, q.dtype()));
            cache.advance(q.dim(2));
            return joined(stream.extend(q, k, v, pass), pass);
        }
        cache.append(k, v);
        Mask mask = Mask.causal().ofFirst(cache.length());
        return joined(
                attention.apply(q, cache.roomOfKeys(), cache.roomOfValues(), mask, bias, pass),
                pass);
    }

    /// The keys and values of `y [b, m, d]`, which will answer in [#ask].
    ///
    /// @throws IllegalArgumentException in a pass that records: a cache keeps no gradients
    public KeyValueCache remember(Tensor y, Pass pass) {
        KeyValueCache cache = new KeyValueCache();
        cache.append(
                split(key.apply(y, pass), heads.keys()), split(value.apply(y, pass), heads.keys()));
        return cache;
    }

    /// Cross-attention of `x [b, n, d]` to what is remembered.
    public Tensor ask(Tensor x, KeyValueCache memory, Mask mask, Pass pass) {
        Tensor q = split(query.apply(x, pass), heads.queries());
        return joined(attention.apply(q, memory.keys(), memory.values(), mask, pass), pass);
    }

    private static Tensor split(Tensor x, int heads) { // [b, n, d] -> [b, h, n, d/h]
        return x.reshape(x.dim(0), x.dim(1), heads, x.dim(2) / heads).permute(0, 2, 1, 3);
    }

    private Tensor joined(Tensor x, Pass pass) { // [b, h, n, e] -> [b, n, d]
        Tensor rows = x.permute(0, 2, 1, 3).reshape(x.dim(0), x.dim(2), x.dim(1) * x.dim(3));
        return output.apply(rows, pass);
    }
}
