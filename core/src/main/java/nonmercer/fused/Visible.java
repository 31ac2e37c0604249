package nonmercer.fused;

/// Which keys a query sees: consecutive ones, or some of those.
public interface Visible {
    /// All of them.
    static Visible all() {
        return new All();
    }

    /// How many of the `m` keys given are keys at all: those behind are room for more, of which
    /// nothing is read. The other methods are asked with this number as `m`.
    default int keys(int m) {
        return m;
    }

    /// The first key that query `i` of `n` sees among the `m` keys of sequence `b`.
    int from(int b, int i, int n, int m);

    /// The first key behind those it sees; at most `m`. Nothing is seen where this is not above
    /// [#from].
    int to(int b, int i, int n, int m);

    /// Whether a query may not see a key between those two; then [#among] says which it sees.
    default boolean scattered() {
        return false;
    }

    /// Bit `l`: whether query `i` of `n` sees key `first + l` of the `m` of sequence `b`, for those
    /// between [#from] and [#to]; the other bits do not matter.
    default long among(int b, int i, int n, int first, int m) {
        return -1;
    }

    /// Every query sees every key.
    record All() implements Visible {
        @Override
        public int from(int b, int i, int n, int m) {
            return 0;
        }

        @Override
        public int to(int b, int i, int n, int m) {
            return m;
        }
    }
}
