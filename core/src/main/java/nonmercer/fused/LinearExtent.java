package nonmercer.fused;

import nonmercer.lanes.DoubleRows;

/// How large an attention through features is, and where what it keeps stands.
///
/// @param x the attention
/// @param d coordinates of a query or key
/// @param features of a row
/// @param featureHeads heads of queries with frequencies of their own; 1 if all share them
/// @param norm `η` of the keys' offsets `−η‖k‖²`
/// @param causal whether a query sees the keys up to its own place alone
/// @param seen how many keys of each sequence are seen
record LinearExtent(
        Extent x, int d, int features, int featureHeads, double norm, boolean causal, int... seen) {
    /// Rows, features or coordinates of a block.
    static final int BLOCK = DoubleRows.BLOCK;

    static final int SIZE = BLOCK * BLOCK;

    /// Rows that one thread takes in order, whatever the number of threads.
    private static final int SEGMENT = 1024;

    static int blocks(int n) {
        return (n + BLOCK - 1) / BLOCK;
    }

    int featureBlocks() {
        return blocks(features);
    }

    int valueBlocks() {
        return blocks(x.e());
    }

    int widthBlocks() {
        return blocks(d);
    }

    /// Numbers of a tile of the features of [#BLOCK] rows.
    int tile() {
        return featureBlocks() * SIZE;
    }

    /// Numbers of the sums `Σ ψ vᵀ` of a group.
    int state() {
        return featureBlocks() * valueBlocks() * SIZE;
    }

    /// Numbers of the sums `Σ ψ` of a group.
    int total() {
        return featureBlocks() * BLOCK;
    }

    /// Numbers of the frequencies of a head.
    int spectrum() {
        return featureBlocks() * widthBlocks() * SIZE;
    }

    int featureHead(int group) {
        return featureHeads == 1 ? 0 : group % x.heads();
    }

    int seen(int group) {
        return seen[group / x.heads()];
    }

    static int segments(int rows) {
        return Math.max(1, (rows + SEGMENT - 1) / SEGMENT);
    }

    static int from(int segment) {
        return segment * SEGMENT;
    }

    static int to(int segment, int rows) {
        return Math.min(rows, (segment + 1) * SEGMENT);
    }

    // What the pullback needs, in one array.

    /// The shift of each query's features.
    int shifts() {
        return 0;
    }

    /// What each query's sum was divided by.
    int totals() {
        return x.groups() * x.n();
    }

    /// The level of each group's keys; causally of each key.
    int levels() {
        return 2 * x.groups() * x.n();
    }

    /// The offset of each key.
    int offsets() {
        return levels() + x.groups() * (causal ? x.m() : 1);
    }

    int states() {
        return offsets() + x.keyGroups() * x.m();
    }

    int sums() {
        return states() + (causal ? 0 : x.groups() * state());
    }

    int kept() {
        return sums() + (causal ? 0 : x.groups() * total());
    }
}
