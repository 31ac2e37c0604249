package nonmercer.layer;

/// How many heads an attention layer has.
///
/// With fewer heads of keys and values than of queries, as many heads of queries read one of them:
/// grouped queries (Ainslie et al. 2023), or, with a single one, multi-query attention (Shazeer
/// 2019). The cache of a decoder shrinks by that factor.
///
/// @param queries heads of queries
/// @param keys heads of keys and values; divides the number of heads of queries
public record HeadCount(int queries, int keys) {
    /// Refuses heads of keys that cannot be shared evenly.
    public HeadCount {
        if (queries < 1 || keys < 1 || queries % keys != 0) {
            throw new IllegalArgumentException(
                    queries
                            + " heads of queries cannot share "
                            + keys
                            + " heads of keys and values; choose a number that divides them");
        }
    }

    /// As many heads of keys as of queries.
    public static HeadCount of(int heads) {
        return new HeadCount(heads, heads);
    }
}
