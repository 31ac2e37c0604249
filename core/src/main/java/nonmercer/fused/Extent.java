package nonmercer.fused;

/// How large an attention is.
///
/// @param sequences the batch
/// @param heads of queries in each sequence
/// @param keyHeads of keys and values in each sequence; it divides `heads`, and head `h` of the
///   queries reads head `h / (heads / keyHeads)` of the keys, in place
/// @param n queries of a head
/// @param m keys of a head
/// @param e numbers of a value
/// @param room keys and values that a head has room for, at least m: the next head's begin behind
record Extent(int sequences, int heads, int keyHeads, int n, int m, int e, int room) {
    /// Keys that stand one head behind the other.
    Extent(int sequences, int heads, int keyHeads, int n, int m, int e) {
        this(sequences, heads, keyHeads, n, m, e, m);
    }

    int groups() {
        return sequences * heads;
    }

    int keyGroups() {
        return sequences * keyHeads;
    }

    /// Heads of queries that read one head of keys.
    int share() {
        return heads / Math.max(1, keyHeads);
    }

    /// The group of keys that a group of queries reads.
    int keyGroup(int group) {
        return group / share();
    }
}
