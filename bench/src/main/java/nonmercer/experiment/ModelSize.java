package nonmercer.experiment;

import nonmercer.model.Sizes;

/// The sizes of the models that the commands train.
public enum ModelSize {
    /// One block of width 64, 4 heads: seconds an epoch on two cores.
    SMALL(64, 4, 128, 1),
    /// Two such blocks.
    SLIM(64, 4, 128, 2),
    /// Two blocks of width 128, 4 heads.
    MEDIUM(128, 4, 256, 2),
    /// As medium, with 32 heads of width 4.
    MANY_HEADS(128, 32, 256, 2),
    /// Four blocks of width 256, 8 heads.
    LARGE(256, 8, 1024, 4);

    private final int width;
    private final int heads;
    private final int feedForward;
    private final int blocks;

    ModelSize(int width, int heads, int feedForward, int blocks) {
        this.width = width;
        this.heads = heads;
        this.feedForward = feedForward;
        this.blocks = blocks;
    }

    /// The sizes for this vocabulary and sequences of up to `longest` tokens.
    public Sizes sizes(int vocabulary, int longest) {
        return new Sizes(vocabulary, longest, width, heads, feedForward, blocks);
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                + " ("
                + blocks
                + (blocks == 1 ? " block" : " blocks")
                + " of width "
                + width
                + ", "
                + heads
                + " heads)";
    }
}
