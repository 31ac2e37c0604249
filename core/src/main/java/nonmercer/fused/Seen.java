package nonmercer.fused;

/// What is visible, written out for blocks of queries and keys; a block of keys is 64 wide.
final class Seen {
    private final Extent extent;
    private final Visible visible;
    private final int rows;
    private final int columns;
    private final int blocks;
    private final int keyBlocks;
    private final int[] from;
    private final int[] to;
    private final int[] blockFrom;
    private final int[] blockTo;
    private final int[] lastFrom;
    private final int[] firstTo;

    /// For each tile, where keys within a range may be hidden: 0 nothing is seen, 1 some, 2 all.
    private final byte[] states;

    Seen(Extent x, Visible visible, int rows, int columns) {
        this.extent = x;
        this.visible = visible;
        this.rows = rows;
        this.columns = columns;
        blocks = (x.n() + rows - 1) / rows;
        keyBlocks = (x.m() + columns - 1) / columns;
        from = new int[x.sequences() * x.n()];
        to = new int[x.sequences() * x.n()];
        blockFrom = new int[x.sequences() * blocks];
        blockTo = new int[x.sequences() * blocks];
        lastFrom = new int[x.sequences() * blocks];
        firstTo = new int[x.sequences() * blocks];
        for (int b = 0; b < x.sequences(); b++) {
            for (int block = 0; block < blocks; block++) {
                ranges(b, block);
            }
        }
        states = visible.scattered() ? new byte[x.sequences() * blocks * keyBlocks] : new byte[0];
        for (int at = 0; at < states.length; at++) {
            states[at] = state(at / (blocks * keyBlocks), at / keyBlocks % blocks, at % keyBlocks);
        }
    }

    private void ranges(int b, int block) {
        int least = extent.m();
        int most = 0;
        int last = 0;
        int first = extent.m();
        for (int i = block * rows; i < Math.min(extent.n(), (block + 1) * rows); i++) {
            int at = b * extent.n() + i;
            from[at] = Math.clamp(visible.from(b, i, extent.n(), extent.m()), 0, extent.m());
            to[at] = Math.clamp(visible.to(b, i, extent.n(), extent.m()), 0, extent.m());
            last = Math.max(last, from[at]);
            first = Math.min(first, to[at]);
            if (from[at] < to[at]) {
                least = Math.min(least, from[at]);
                most = Math.max(most, to[at]);
            }
        }
        blockFrom[b * blocks + block] = least;
        blockTo[b * blocks + block] = most;
        lastFrom[b * blocks + block] = last;
        firstTo[b * blocks + block] = first;
    }

    private byte state(int b, int block, int keyBlock) {
        long some = 0;
        long all = -1;
        for (int i = block * rows; i < Math.min(extent.n(), (block + 1) * rows); i++) {
            long places = row(b, i, keyBlock * columns);
            some |= places;
            all &= places;
        }
        return (byte) (some == 0 ? 0 : all == -1 ? 2 : 1);
    }

    /// Whether a query of the block sees a key of the block.
    boolean meet(int b, int block, int keyBlock) {
        if (states.length > 0) {
            return states[(b * blocks + block) * keyBlocks + keyBlock] != 0;
        }
        int at = b * blocks + block;
        return blockFrom[at] < (keyBlock + 1) * columns && blockTo[at] > keyBlock * columns;
    }

    /// Whether some query of the block does not see some place of the tile.
    boolean partial(int b, int block, int keyBlock) {
        if (states.length > 0) {
            return states[(b * blocks + block) * keyBlocks + keyBlock] != 2;
        }
        int at = b * blocks + block;
        return lastFrom[at] > keyBlock * columns || firstTo[at] < (keyBlock + 1) * columns;
    }

    /// Bit l: whether query i sees key `first + l`.
    long row(int b, int i, int first) {
        int at = b * extent.n() + i;
        int f = Math.clamp(from[at] - (long) first, 0, columns);
        int t = Math.clamp(to[at] - (long) first, f, columns);
        if (f == t) {
            return 0;
        }
        long range = -1L << f & -1L >>> columns - t;
        return visible.scattered()
                ? range & visible.among(b, i, extent.n(), first, extent.m())
                : range;
    }
}
