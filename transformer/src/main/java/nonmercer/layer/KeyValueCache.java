package nonmercer.layer;

import java.util.List;
import nonmercer.array.Shape;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// The keys and values of the tokens an attention layer has read, so that the next token asks them
/// and nothing is computed twice.
///
/// `[batch, heads of keys, tokens, width]`, as the kernel sees them, positions included. What a
/// query then finds has the bits of the full pass wherever attention is fused, since a query's
/// result depends on the keys it sees alone. Not for several threads at once.
public final class KeyValueCache {
    private @Nullable Tensor keys;
    private @Nullable Tensor values;

    /// The number of tokens read.
    public int length() {
        return keys == null ? 0 : keys.dim(2);
    }

    /// Adds the keys and values of more tokens.
    public void append(Tensor moreKeys, Tensor moreValues) {
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
