package nonmercer.layer;

import java.util.List;
import java.util.function.Supplier;
import nonmercer.array.Shape;
import nonmercer.attention.LinearStream;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// What an attention layer keeps of the tokens it has read, so that nothing is computed twice:
/// their keys and values, or the state of constant size of attention in linear time.
///
/// `[batch, heads of keys, tokens, width]`, as the kernel sees them, positions included. What a
/// query then finds has the bits of the full pass wherever attention is fused, since a query's
/// result depends on the keys it sees alone. Not for several threads at once.
public final class KeyValueCache {
    private @Nullable Tensor keys;
    private @Nullable Tensor values;
    private @Nullable LinearStream stream;
    private int length;

    /// The number of tokens read.
    public int length() {
        return length;
    }

    /// The state of attention in linear time, made at the first call; it reads tokens by
    /// [#advance].
    LinearStream stream(Supplier<LinearStream> make) {
        if (stream == null) {
            stream = make.get();
        }
        return stream;
    }

    /// Counts tokens that the stream has read.
    void advance(int tokens) {
        length += tokens;
    }

    /// The numbers kept.
    public long numbers() {
        return (stream == null ? 0 : stream.numbers())
                + (keys == null || values == null
                        ? 0
                        : (long) keys.value().size() + values.value().size());
    }

    /// Adds the keys and values of more tokens.
    public void append(Tensor moreKeys, Tensor moreValues) {
        length += moreKeys.dim(2);
        keys = keys == null ? moreKeys : Tensor.concat(2, List.of(keys, moreKeys));
        values = values == null ? moreValues : Tensor.concat(2, List.of(values, moreValues));
    }

    /// The keys of all tokens read.
    public Tensor keys() {
        return read(keys);
    }

    /// The values of all tokens read.
    public Tensor values() {
        return read(values);
    }

    private static Tensor read(@Nullable Tensor x) {
        if (x == null) {
            throw new IllegalStateException("the cache is empty: nothing was read yet");
        }
        return x;
    }

    /// Makes sequence `sequences[i]` sequence `i`: one may be taken several times, as the
    /// continuations of one hypothesis are.
    public void pick(int... sequences) {
        if (stream != null) {
            stream = stream.pick(sequences);
        }
        if (keys != null && values != null) {
            keys = picked(keys, sequences);
            values = picked(values, sequences);
        }
    }

    private static Tensor picked(Tensor x, int... sequences) {
        Shape row = x.shape().without(0);
        return x.reshape(x.dim(0), row.size())
                .gather(sequences)
                .reshape(sequences.length, row.dim(0), row.dim(1), row.dim(2));
    }
}
