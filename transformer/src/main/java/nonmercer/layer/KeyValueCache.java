package nonmercer.layer;

import java.util.function.Supplier;
import nonmercer.attention.LinearStream;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// What an attention layer keeps of the tokens it has read, so that nothing is computed twice:
/// their keys and values, or the state of constant size of attention in linear time.
///
/// `[batch, heads of keys, tokens, width]`, as the kernel sees them, positions included. What a
/// query then finds has the bits of the full pass wherever attention is fused, since a query's
/// result depends on the keys it sees alone. Room grows by doubling, and fused attention reads keys
/// and values where they stand, so that a token costs no copy of those before it; a kernel that
/// maps its keys first maps all of them at each token. Not for several threads at once, and not for
/// training: what is added must not be recorded.
public final class KeyValueCache {
    private @Nullable GrowingRows keys;
    private @Nullable GrowingRows values;
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

    /// The numbers kept, without room for more.
    public long numbers() {
        return (stream == null ? 0 : stream.numbers())
                + (keys == null || values == null ? 0 : keys.numbers() + values.numbers());
    }

    /// Adds the keys and values of more tokens, which are copied.
    ///
    /// @throws IllegalArgumentException if they are recorded, or of another shape than those before
    public void append(Tensor moreKeys, Tensor moreValues) {
        if (moreKeys.recorded() || moreValues.recorded()) {
            throw new IllegalArgumentException(
                    "a cache keeps numbers without a gradient; in training apply the attention to all"
                            + " tokens at once");
        }
        if (!moreKeys.shape().with(3, 1).equals(moreValues.shape().with(3, 1))) {
            throw new IllegalArgumentException(
                    "a cache takes a value for each key, got values "
                            + moreValues.shape()
                            + " for keys "
                            + moreKeys.shape());
        }
        if (keys == null || values == null) {
            keys = new GrowingRows(moreKeys.value());
            values = new GrowingRows(moreValues.value());
        } else {
            keys.check(moreKeys.value());
            values.check(moreValues.value());
            keys.append(moreKeys.value());
            values.append(moreValues.value());
        }
        length += moreKeys.dim(2);
    }

    /// The keys of all tokens read.
    public Tensor keys() {
        return read(keys).rows();
    }

    /// The values of all tokens read.
    public Tensor values() {
        return read(values).rows();
    }

    /// The keys, and room for more behind the first [#length()].
    Tensor roomOfKeys() {
        return read(keys).room();
    }

    /// The values, and as much room.
    Tensor roomOfValues() {
        return read(values).room();
    }

    private static GrowingRows read(@Nullable GrowingRows x) {
        if (x == null) {
            throw new IllegalStateException("the cache is empty: nothing was read yet");
        }
        return x;
    }

    /// Makes sequence `sequences[i]` sequence `i`: one may be taken several times, as the
    /// continuations of one hypothesis are.
    ///
    /// @throws IllegalArgumentException if there is no such sequence
    public void pick(int... sequences) {
        if (stream != null) {
            stream = stream.pick(sequences);
        }
        if (keys != null && values != null) {
            keys = keys.pick(sequences);
            values = values.pick(sequences);
        }
    }
}
