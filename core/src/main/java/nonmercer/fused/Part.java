package nonmercer.fused;

/// Whose gradients a pass over a tile adds up.
enum Part {
    ALL,
    QUERIES,
    KEYS,
    BIAS;

    boolean queries() {
        return this == ALL || this == QUERIES;
    }

    boolean keys() {
        return this == ALL || this == KEYS;
    }
}
