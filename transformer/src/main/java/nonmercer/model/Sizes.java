package nonmercer.model;

import nonmercer.layer.HeadCount;

/// The sizes of a Transformer.
///
/// @param vocabulary the number of tokens it knows
/// @param longest the most tokens a sequence may have
/// @param width `d`, the coordinates of a token's vector
/// @param heads the attention heads that share the width
/// @param feedForward the hidden coordinates of a feed-forward layer
/// @param blocks the blocks of the encoder, and of the decoder if there is one
public record Sizes(
        int vocabulary, int longest, int width, HeadCount heads, int feedForward, int blocks) {
    /// As many heads of keys as of queries.
    public Sizes(int vocabulary, int longest, int width, int heads, int feedForward, int blocks) {
        this(vocabulary, longest, width, counted(heads), feedForward, blocks);
    }

    /// Refuses sizes that cannot work, in a sentence.
    public Sizes {
        positive("vocabulary", vocabulary);
        positive("longest", longest);
        positive("width", width);
        positive("feedForward", feedForward);
        positive("blocks", blocks);
        int h = heads.queries();
        if (width % h != 0) {
            throw new IllegalArgumentException(
                    "a width of "
                            + width
                            + " cannot be shared by "
                            + h
                            + " heads; choose a width that is a multiple of the heads, such as "
                            + (width / h + 1) * h);
        }
    }

    private static HeadCount counted(int heads) {
        positive("heads", heads);
        return HeadCount.of(heads);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "the size '" + name + "' must be at least 1, got " + value);
        }
    }
}
